#include "script/load/cache_directory.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

namespace lunette::script {

namespace {

constexpr std::string_view temporary_suffix = ".tmp";

/// A file of an open folder.
int open_at(int folder, const std::string& name, int flags, mode_t mode = 0) {
#if defined(__SANITIZE_THREAD__)
    // libtsan sees open() but not openat(): it would take the descriptor for an older one of its number.
    return ::open(fmt::format("/proc/self/fd/{}/{}", folder, name).c_str(), flags, mode);
#else
    return ::openat(folder, name.c_str(), flags, mode);
#endif
}

tl::unexpected<Error> system_failure(std::string_view what) {
    return failure(fmt::format("{}: {}", what, std::strerror(errno)));
}

/// The folders above, as the XDG specification wants them.
void make_parents(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1))
        mkdir(path.substr(0, slash).c_str(), 0700);
}

bool write_all(int fd, std::string_view content) {
    while (!content.empty()) {
        const ssize_t count = ::write(fd, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

} // namespace

Expected<std::size_t> CacheFile::read(std::span<char> to, std::size_t at) const {
    std::size_t have = 0;
    while (have < to.size()) {
        const ssize_t got =
            pread(fd_.get(), to.data() + have, to.size() - have, static_cast<off_t>(at + have));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure("reading");
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    return have;
}

Expected<CacheDirectory> CacheDirectory::open(const std::string& path, Missing missing, bool* absent) {
    if (path.empty() || path[0] != '/') return failure("the folder of a cache needs an absolute path");
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    FileDescriptor fd{::open(path.c_str(), flags)};
    if (absent) *absent = !fd && errno == ENOENT;
    if (!fd && errno == ENOENT && missing == Missing::create) {
        make_parents(path);
        if (mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) fd.reset(::open(path.c_str(), flags));
    }
    if (!fd) return system_failure(path);
    struct stat info {};
    if (fstat(fd.get(), &info) != 0) return system_failure(path);
    if (info.st_uid != geteuid()) return failure(path + ": it belongs to somebody else");
    if (info.st_mode & 022) return failure(path + ": others may write to it");
    if ((info.st_mode & 077) && fchmod(fd.get(), 0700) != 0) return system_failure(path);
    return CacheDirectory{std::move(fd)};
}

Expected<std::optional<CacheFile>> CacheDirectory::open_file(const std::string& name) const {
    // Non-blocking: somebody may have put a pipe there.
    FileDescriptor fd{open_at(fd_.get(), name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
    if (!fd) {
        if (errno == ENOENT) return std::nullopt;
        return system_failure(name);
    }
    struct stat info {};
    if (fstat(fd.get(), &info) != 0) return system_failure(name);
    if (!S_ISREG(info.st_mode)) return failure(name + ": not a regular file");
    if (info.st_uid != owner_) return failure(name + ": it belongs to somebody else");
    if (info.st_mode & 077) return failure(name + ": others may use it");
    if (info.st_size < 0 || static_cast<std::size_t>(info.st_size) > largest_file)
        return failure(name + ": too large");
    return CacheFile{std::move(fd), static_cast<std::size_t>(info.st_size), info.st_mtim.tv_sec};
}

Expected<std::optional<std::string>> CacheDirectory::read(const std::string& name) const {
    const auto file = open_file(name);
    if (!file) return tl::unexpected<Error>{file.error()};
    if (!*file) return std::nullopt;
    std::string content((*file)->size(), '\0');
    const auto read = (*file)->read(content, 0);
    if (!read) return failure(name + ": " + read.error().message);
    content.resize(*read);
    return content;
}

Expected<void> CacheDirectory::write(const std::string& name, std::string_view content) const {
    static std::atomic<std::uint64_t> count{0};
    const std::string temporary = fmt::format(".{}.{}-{}{}", name, getpid(), ++count, temporary_suffix);
    FileDescriptor fd{
        open_at(fd_.get(), temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)};
    if (!fd) return system_failure(name);
    // No fsync: a file that a crash left half written fails its checksum.
    if (write_all(fd.get(), content) && renameat(fd_.get(), temporary.c_str(), fd_.get(), name.c_str()) == 0)
        return {};
    auto failed = system_failure(name);
    unlinkat(fd_.get(), temporary.c_str(), 0);
    return failed;
}

void CacheDirectory::touch(const std::string& name) const noexcept {
    utimensat(fd_.get(), name.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

bool CacheDirectory::remove(const std::string& name) const noexcept {
    return unlinkat(fd_.get(), name.c_str(), 0) == 0;
}

std::vector<CacheDirectory::Found> CacheDirectory::list(bool temporaries) const {
    std::vector<Found> found;
    const int again = open_at(fd_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (again < 0) return found;
    const std::unique_ptr<DIR, int (*)(DIR*)> folder{fdopendir(again), &closedir};
    if (!folder) {
        ::close(again);
        return found;
    }
    while (const dirent* entry = readdir(folder.get())) {
        const std::string_view name = entry->d_name;
        const bool wanted =
            temporaries ? name.starts_with(".") && name.ends_with(temporary_suffix) : name.ends_with(suffix);
        struct stat info {};
        if (!wanted || fstatat(fd_.get(), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(info.st_mode))
            continue;
        found.push_back({std::string{name}, static_cast<std::uint64_t>(info.st_size), info.st_mtim.tv_sec});
    }
    return found;
}

} // namespace lunette::script
