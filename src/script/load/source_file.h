#pragma once

#include <string>

#include <tl/expected.hpp>

namespace lunette::script {

struct SourceFailure {
    bool absent = false; ///< nothing is there, or nothing that can be opened as a file
    std::string message;
};

/// A file of Lua text: regular, at most 16 MiB, opened once and read in as few system calls as there can be
/// (open, fstat, read, close). Waits for the disk.
tl::expected<std::string, SourceFailure> read_source(const std::string& path);

} // namespace lunette::script
