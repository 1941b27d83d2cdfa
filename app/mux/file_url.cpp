#include "mux/file_url.h"

#include <cctype>

namespace lunette::mux {

namespace {

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
            hex_digit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

} // namespace

std::string local_path_of_url(std::string_view url, std::string_view own_host) {
    constexpr std::string_view scheme = "file://";
    if (!url.starts_with(scheme)) return {};
    url.remove_prefix(scheme.size());
    const std::size_t slash = url.find('/');
    if (slash == std::string_view::npos) return {};
    const std::string_view host = url.substr(0, slash);
    if (!host.empty() && host != own_host && host != "localhost") return {};
    std::string path = percent_decoded(url.substr(slash));
    return path.find('\0') == std::string::npos ? path : std::string{};
}

std::string url_of_path(std::string_view path, std::string_view host) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view plain = "/-._~+@,:=";
    std::string url = "file://" + std::string{host};
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) || plain.find(c) != std::string_view::npos)) {
            url += c;
        } else {
            url += '%';
            url += digits[byte >> 4];
            url += digits[byte & 15];
        }
    }
    return url;
}

} // namespace lunette::mux
