#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

// WezTerm's Url: an absolute URL and its parts. A value.
namespace lunette::wezterm {

struct Url {
    std::string text; // as a whole
    std::string scheme;
    std::string username;
    std::optional<std::string> password;
    std::optional<std::string> host;
    std::optional<std::int64_t> port; // nothing when it is the scheme's own
    std::string path;                 // as written: still percent-encoded
    std::optional<std::string> query;
    std::optional<std::string> fragment;
    std::optional<std::string> file_path; // percent-decoded; nothing for mailto: and the like

    static tl::expected<Url, std::string> parse(std::string_view text);

    friend bool operator==(const Url&, const Url&) = default;
};

const TypedSchema<Url>& url_schema();

// The object for a text; nil when it is no URL.
Value url_value(std::string_view text);

// "%41" to "A". Anything else stays.
std::string percent_decode(std::string_view text);
// A path as the path of a file URL.
std::string percent_encode_path(std::string_view path);

} // namespace lunette::wezterm
