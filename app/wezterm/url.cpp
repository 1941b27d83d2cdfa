#include "wezterm/url.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

struct DefaultPort {
    std::string_view scheme;
    std::int64_t port;
};
// The schemes with an authority and a path of segments (WHATWG URL: "special"), and their ports.
constexpr std::array<DefaultPort, 6> special_schemes{
    {{"file", 0}, {"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}}};

const DefaultPort* find_special(std::string_view scheme) noexcept {
    for (const DefaultPort& special : special_schemes)
        if (special.scheme == scheme) return &special;
    return nullptr;
}

bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

int hex_digit(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// Percent-encodes what may not stand in a URL: controls, blanks, quotes and everything beyond ASCII.
std::string encode(std::string_view text, std::string_view also) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7F || also.find(c) != std::string_view::npos)
            fmt::format_to(std::back_inserter(result), "%{:02X}", byte);
        else
            result += c;
    }
    return result;
}

tl::expected<void, std::string> parse_authority(std::string_view authority, const DefaultPort* special,
                                                Url& url) {
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view user = authority.substr(0, at);
        const std::size_t colon = user.find(':');
        url.username = user.substr(0, colon);
        if (colon != std::string_view::npos) url.password = user.substr(colon + 1);
        authority.remove_prefix(at + 1);
    }
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        const std::string_view digits = authority.substr(colon + 1);
        std::int64_t port = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (!digits.empty()) {
            if (error != std::errc{} || end != digits.data() + digits.size() || port > 65535)
                return tl::unexpected<std::string>{"invalid port number"};
            if (!special || special->port != port) url.port = port;
        }
        authority = authority.substr(0, colon);
    }
    std::string host = special ? lower(percent_decode(authority)) : std::string{authority};
    if (special && special->scheme != "file" && host.empty())
        return tl::unexpected<std::string>{"empty host"};
    if (host.find_first_of(" #/<>?@\\^|") != std::string::npos)
        return tl::unexpected<std::string>{"invalid host"};
    if (!host.empty() && !(url.scheme == "file" && host == "localhost")) url.host = std::move(host);
    return {};
}

std::string without_dot_segments(std::string_view path) {
    std::string result;
    bool ends_in_slash = false;
    for (std::size_t begin = 1; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view segment = path.substr(begin, end - begin);
        const bool last = end == path.size();
        if (segment == "..") {
            result.resize(result.empty() ? 0 : result.rfind('/'));
            ends_in_slash = last;
        } else if (segment == ".") {
            ends_in_slash = last;
        } else {
            result += '/';
            result += segment;
        }
        begin = end + 1;
    }
    if (ends_in_slash || result.empty()) result += '/';
    return result;
}

std::string joined(const Url& url, bool has_authority) {
    std::string text = url.scheme + ":";
    if (has_authority) {
        text += "//" + url.username;
        if (url.password) text += ":" + *url.password;
        if (!url.username.empty() || url.password) text += '@';
        if (url.host) text += *url.host;
        if (url.port) text += fmt::format(":{}", *url.port);
    }
    text += url.path;
    if (url.query) text += "?" + *url.query;
    if (url.fragment) text += "#" + *url.fragment;
    return text;
}

} // namespace

std::string percent_decode(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            result += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string percent_encode_path(std::string_view path) { return encode(path, "\"#%<>?`{}"); }

tl::expected<Url, std::string> Url::parse(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.remove_suffix(1);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !is_alpha(text[0]))
        return tl::unexpected<std::string>{"relative URL without a base"};
    for (const char c : text.substr(0, colon))
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.')
            return tl::unexpected<std::string>{"relative URL without a base"};

    Url url;
    url.scheme = lower(text.substr(0, colon));
    const DefaultPort* special = find_special(url.scheme);
    std::string_view rest = text.substr(colon + 1);
    if (const std::size_t hash = rest.find('#'); hash != std::string_view::npos) {
        url.fragment = encode(rest.substr(hash + 1), "\"<>`");
        rest = rest.substr(0, hash);
    }
    if (const std::size_t mark = rest.find('?'); mark != std::string_view::npos) {
        url.query = encode(rest.substr(mark + 1), "\"#<>'");
        rest = rest.substr(0, mark);
    }
    const bool has_authority = rest.substr(0, 2) == "//";
    if (has_authority) {
        rest.remove_prefix(2);
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        if (auto parsed = parse_authority(rest.substr(0, slash), special, url); !parsed)
            return tl::unexpected<std::string>{std::move(parsed.error())};
        rest.remove_prefix(slash);
    } else if (special && special->scheme != "file") {
        return tl::unexpected<std::string>{"empty host"};
    }
    const bool hierarchical = special || rest.substr(0, 1) == "/";
    url.path = encode(rest, hierarchical ? "\"<>`{}" : "");
    if (special || url.path.substr(0, 1) == "/")
        url.path = without_dot_segments(url.path.empty() ? "/" : url.path);
    if (hierarchical) url.file_path = percent_decode(url.path);
    url.text = joined(url, has_authority || special);
    return url;
}

const TypedSchema<Url>& url_schema() {
    static const TypedSchema<Url> schema = lunette::schema<Url>("Url")
                                               .field("text", &Url::text)
                                               .field("scheme", &Url::scheme)
                                               .field("username", &Url::username)
                                               .field("password", &Url::password)
                                               .field("host", &Url::host)
                                               .field("port", &Url::port)
                                               .field("path", &Url::path)
                                               .field("query", &Url::query)
                                               .field("fragment", &Url::fragment)
                                               .field("file_path", &Url::file_path);
    return schema;
}

Value url_value(std::string_view text) {
    auto url = Url::parse(text);
    return url ? Value{url_schema().make(std::move(*url))} : Value{};
}

} // namespace lunette::wezterm
