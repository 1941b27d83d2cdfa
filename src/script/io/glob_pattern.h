#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lunette::script {

/// Replaces {a,b} by its alternatives, nested ones too; a brace without a partner stands for itself. At most
/// 1024 results: what would go beyond is left as it is.
std::vector<std::string> expand_braces(std::string_view pattern);

/// Whether a name (no slash in it) matches: * any text, ? one character (UTF-8), [a-z] [!a-z] [^a-z] one of a
/// set, \ takes the next character literally. A leading dot is matched only by a dot. Time is bounded by
/// pattern × name.
bool matches_name(std::string_view pattern, std::string_view name);

/// The pattern has something to match in it; else it is a plain name (perhaps with backslashes).
bool has_wildcard(std::string_view pattern);
std::string without_escapes(std::string_view pattern);

} // namespace lunette::script
