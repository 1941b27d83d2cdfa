#include "wezterm/plugins.h"

#include "model/utf8.h"
#include "wezterm/places.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <utf8proc.h>

namespace lunette::wezterm {

namespace {

bool is_alphanumeric(char32_t c) noexcept {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

} // namespace

std::string plugin_component(std::string_view url) {
    std::string component;
    while (!url.empty()) {
        const model::Decoded decoded = model::decode_utf8(url);
        const std::size_t length = decoded.length ? decoded.length : 1;
        const char32_t c = decoded.code_point;
        if (c == '/' || c == '\\')
            component += "sZs";
        else if (c == ':')
            component += "sCs";
        else if (c == '.')
            component += "sDs";
        else if (c == '-' || c == '_' || is_alphanumeric(c))
            component += url.substr(0, length);
        else
            component += fmt::format("u{}", static_cast<std::uint32_t>(c));
        url.remove_prefix(length);
    }
    if (component.ends_with("sZs")) component.resize(component.size() - 3);
    return component;
}

std::vector<std::string> plugin_folders() {
    std::vector<std::string> folders{data_directory("lunette/plugins"), data_directory("wezterm/plugins")};
    const std::string usual = home_directory() + "/.local/share/";
    for (const char* name : {"lunette/plugins", "wezterm/plugins"})
        if (std::find(folders.begin(), folders.end(), usual + name) == folders.end())
            folders.push_back(usual + name);
    return folders;
}

namespace {

// Not the URL for certain: what a component does not tell from plain letters is taken for a sign.
std::string url_of_component(std::string_view component) {
    std::string url;
    for (std::size_t i = 0; i < component.size();) {
        const std::string_view three = component.substr(i, 3);
        const char stands_for = three == "sZs" ? '/' : three == "sCs" ? ':' : three == "sDs" ? '.' : '\0';
        url += stands_for ? stands_for : component[i];
        i += stands_for ? 3 : 1;
    }
    return url;
}

} // namespace

std::string plugin_url(const std::string& clone) {
    std::ifstream file{clone + "/.git/config"};
    bool in_remote = false;
    for (std::string line; std::getline(file, line);) {
        const std::size_t begin = line.find_first_not_of(" \t");
        if (begin == std::string::npos) continue;
        const std::string_view text = std::string_view{line}.substr(begin);
        if (text[0] == '[') {
            in_remote = text.starts_with("[remote ");
        } else if (in_remote && text.starts_with("url")) {
            const std::size_t equals = text.find('=');
            const std::size_t value =
                equals == std::string_view::npos ? equals : text.find_first_not_of(" \t", equals + 1);
            if (value != std::string_view::npos) return std::string{text.substr(value)};
        }
    }
    const std::string_view path = clone;
    return url_of_component(path.substr(path.rfind('/') + 1));
}

} // namespace lunette::wezterm
