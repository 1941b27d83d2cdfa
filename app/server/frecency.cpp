#include "server/frecency.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunette::server {

namespace {

constexpr double half_life_s = 7 * 24 * 3600;
constexpr std::size_t most_bytes = 256U << 10; // of the file
constexpr std::size_t longest_name = 500;
constexpr double highest_score = 1e6;

} // namespace

double Frecency::now(const Use& use, std::int64_t now_s) noexcept {
    const auto age = static_cast<double>(std::max<std::int64_t>(now_s - use.at_s, 0));
    return use.score * std::exp2(-age / half_life_s);
}

void Frecency::note(std::string_view name, std::int64_t now_s) {
    read();
    if (name.empty() || name.size() > longest_name || name.find_first_of("\n\t") != std::string_view::npos)
        return;
    Use& use = uses_[std::string{name}];
    use = {std::min(now(use, now_s) + 1, highest_score), now_s};
    while (uses_.size() > most) {
        const auto least = std::min_element(uses_.begin(), uses_.end(), [&](const auto& a, const auto& b) {
            return now(a.second, now_s) < now(b.second, now_s);
        });
        uses_.erase(least);
    }
    write();
}

int Frecency::weight(std::string_view name, std::int64_t now_s) {
    read();
    const auto found = uses_.find(name);
    return found == uses_.end() ? 0 : static_cast<int>(std::lround(now(found->second, now_s) * 1000));
}

std::vector<std::string> Frecency::best(std::size_t count, std::int64_t now_s) {
    read();
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [name, use] : uses_) order.emplace_back(-now(use, now_s), name);
    std::sort(order.begin(), order.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i)
        names.push_back(std::move(order[i].second));
    return names;
}

void Frecency::read() {
    if (std::exchange(was_read_, true) || path_.empty()) return;
    struct stat status {};
    if (::lstat(path_.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != ::geteuid() ||
        static_cast<std::size_t>(status.st_size) > most_bytes)
        return;
    std::ifstream file{path_};
    for (std::string line; uses_.size() < most && std::getline(file, line);) {
        std::istringstream fields{line};
        Use use;
        std::string name;
        if (!(fields >> use.score >> use.at_s) || fields.get() != '\t' || !std::getline(fields, name))
            continue;
        if (!(use.score > 0) || use.score > highest_score || name.empty() || name.size() > longest_name)
            continue;
        uses_[name] = use;
    }
}

// What cannot be written is not remembered; nobody needs to know.
void Frecency::write() const {
    if (path_.empty()) return;
    std::error_code ignored;
    const std::filesystem::path path{path_};
    if (std::filesystem::create_directories(path.parent_path(), ignored))
        std::filesystem::permissions(path.parent_path(), std::filesystem::perms::owner_all, ignored);
    std::ostringstream text;
    for (const auto& [name, use] : uses_) text << use.score << '\t' << use.at_s << '\t' << name << '\n';
    const std::string bytes = text.str();
    const std::string temporary = path_ + "." + std::to_string(::getpid());
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return;
    const bool written = ::write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    ::close(fd);
    if (!written || ::rename(temporary.c_str(), path_.c_str()) != 0) ::unlink(temporary.c_str());
}

} // namespace lunette::server
