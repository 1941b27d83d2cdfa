#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/bind.h>

#include "script/io/file_descriptor.h"

namespace lunette::script {

/// A file of a CacheDirectory, open and found to be ours. Any thread.
class CacheFile {
public:
    /// How much to read at once.
    static constexpr std::size_t piece = std::size_t{64} << 10;

    CacheFile(FileDescriptor fd, std::size_t size, std::int64_t last_used_s) noexcept
        : fd_{std::move(fd)}, size_{size}, last_used_s_{last_used_s} {}

    std::size_t size() const noexcept { return size_; }
    std::int64_t last_used_s() const noexcept { return last_used_s_; } ///< since 1970
    /// The bytes from there; returns how many there are before the end of the file.
    Expected<std::size_t> read(std::span<char> to, std::size_t at) const;

private:
    FileDescriptor fd_;
    std::size_t size_;
    std::int64_t last_used_s_;
};

/// A folder of small files that nobody but this user can have written: the folder and every file are checked
/// on the open descriptor (owner, mode, type, size), links are not followed. Files are replaced as a whole,
/// so that any number of processes may use one folder.
///
/// Thread: any, also several at once. Owns its descriptor.
class CacheDirectory {
public:
    static constexpr std::size_t largest_file = std::size_t{32} << 20;
    static constexpr std::string_view suffix = ".luac";

    enum class Missing : std::uint8_t { fail, create };
    /// Fails also when the folder is not ours or others may write to it. `absent` receives whether it does
    /// not exist.
    static Expected<CacheDirectory> open(const std::string& path, Missing missing, bool* absent = nullptr);

    /// Nothing: there is no such file.
    Expected<std::optional<CacheFile>> open_file(const std::string& name) const;
    Expected<std::optional<std::string>> read(const std::string& name) const;
    Expected<void> write(const std::string& name, std::string_view content) const;
    /// Notes that the file has been used now.
    void touch(const std::string& name) const noexcept;
    bool remove(const std::string& name) const noexcept;

    struct Found {
        std::string name;
        std::uint64_t bytes;
        std::int64_t last_used_s;
    };
    /// Our files; with `temporaries` those that a writer left behind, instead.
    std::vector<Found> list(bool temporaries = false) const;

private:
    explicit CacheDirectory(FileDescriptor fd) noexcept : fd_{std::move(fd)} {}
    FileDescriptor fd_;
    unsigned owner_ = geteuid(); ///< asked once: it is a system call
};

} // namespace lunette::script
