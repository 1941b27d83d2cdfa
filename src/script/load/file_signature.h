#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "script/load/digest.h"

namespace lunette::script {

/// Path -> what a load saw of the file, as content_signature() gives it.
using WatchedFiles = std::map<std::string, std::string, std::less<>>;

/// Differs when the file does. Nothing is said by size and time: of regular files up to 8 MiB it is the
/// content, of folders what is in them, of "folder/*.ending" which names there are; of others inode, size and
/// times. Waits for the disk; any thread.
std::string content_signature(const std::string& path);
std::string content_signature_of(const Digest& digest);
/// Inode, size and times.
std::string status_signature(const struct stat& info);
/// Which names there are in a folder that end like that; absent_signature when none.
std::string names_signature(const std::string& folder, std::string_view ending);
/// Other machines can change what is there, and this one is told of nothing. Any thread.
bool is_remote(const std::string& path);
extern const char* const absent_signature;
/// Of a path that ends in "/*.ending".
std::optional<std::string> folder_of_pattern(const std::string& path);

/// The names, each in its folder, at which a change can make this path lead to something else: the file's,
/// and those of the links on the way to it. What is missing is looked for in the last folder that is there.
using WatchedPlaces = std::vector<std::pair<std::string, std::string>>;
WatchedPlaces places_of(const std::string& path);

} // namespace lunette::script
