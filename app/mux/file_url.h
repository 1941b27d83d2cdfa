#pragma once

#include <string>
#include <string_view>

namespace lunette::mux {

// The path of a file URL whose host is ours or none, decoded; empty for any other text.
std::string local_path_of_url(std::string_view url, std::string_view own_host);
// "file://host/path", percent-encoded.
std::string url_of_path(std::string_view path, std::string_view host);

} // namespace lunette::mux
