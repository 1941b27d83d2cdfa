#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "script/load/cache_directory.h"

namespace lunette::script {

/// A part of a CacheFile in memory, which moves: one place for all that is read, for fresh memory costs more
/// than system calls. Owns the file. One thread at a time.
class FileWindow {
public:
    explicit FileWindow(CacheFile file) noexcept : file_{std::move(file)} {}

    const CacheFile& file() const noexcept { return file_; }
    /// The bytes from there, valid until the next call; fewer at the end of the file.
    Expected<std::string_view> at(std::size_t begin, std::size_t count);

private:
    static constexpr std::size_t piece = std::size_t{64} << 10; ///< as much is read at once

    CacheFile file_;
    std::unique_ptr<char[]> bytes_; ///< of the file, from begin_ on
    std::size_t room_ = 0, begin_ = 0, size_ = 0;
};

} // namespace lunette::script
