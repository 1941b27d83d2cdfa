#include "terminal/cluster_table.h"

#include "model/utf8.h"

#include <algorithm>
#include <utility>

namespace lunette::terminal {

namespace {
constexpr std::size_t recent_size = 256;
}

std::uint32_t ClusterTable::extend(std::uint32_t key, std::string_view text, char32_t code_point) {
    if (recent_.empty()) recent_.resize(recent_size);
    const std::uint64_t question = static_cast<std::uint64_t>(key) << 32 | code_point;
    const std::uint64_t mixed = question * 0x9E3779B97F4A7C15;
    Recent& recent = recent_[mixed >> 56];
    if (recent.question == question) return recent.id;
    std::string longer{text};
    model::append_utf8(longer, code_point);
    recent = {question, intern(std::move(longer))};
    return recent.id;
}

std::uint32_t ClusterTable::intern(std::string text) {
    const auto found = ids_.find(text);
    if (found != ids_.end()) return found->second;
    std::uint32_t id;
    if (free_.empty()) {
        id = static_cast<std::uint32_t>(texts_.size());
        texts_.push_back(std::move(text));
    } else {
        id = free_.back();
        free_.pop_back();
        texts_[id] = std::move(text);
    }
    ids_.emplace(texts_[id], id);
    return id;
}

std::string_view ClusterTable::operator[](std::uint32_t id) const noexcept {
    return id < texts_.size() ? std::string_view{texts_[id]} : std::string_view{};
}

void ClusterTable::sweep() {
    for (std::uint32_t id = 0; id < texts_.size(); ++id) {
        if (marks_[id] || texts_[id].empty()) continue;
        ids_.erase(texts_[id]);
        texts_[id] = {};
        free_.push_back(id);
    }
    std::fill(recent_.begin(), recent_.end(), Recent{});
    marks_ = {};
    sweep_at_ = std::max(min_sweep, size() * 2);
}

std::size_t ClusterTable::memory_bytes() const noexcept {
    std::size_t bytes =
        texts_.size() * sizeof(std::string) + ids_.size() * 48 + recent_.capacity() * sizeof(Recent);
    for (const std::string& text : texts_) bytes += text.capacity() > 15 ? text.capacity() : 0;
    return bytes;
}

} // namespace lunette::terminal
