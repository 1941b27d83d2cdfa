#include "wezterm/config_convert_palette.h"

#include "model/nearest.h"
#include "wezterm/options_type.h"
#include "wezterm/palette_value.h"
#include "wezterm/scheme_tab_bars.h"
#include "wezterm/schemes.h"

#include <optional>
#include <utility>

namespace lunette::wezterm {

namespace {

std::string missing_scheme(std::string_view name, const Value& color_schemes) {
    model::Nearest nearest{name};
    for (const MapEntry& entry : color_schemes.entries()) nearest.offer(entry.key.text());
    for_each_builtin_scheme([&nearest](std::string_view known, const auto&) { nearest.offer(known); });
    std::string text = "color_scheme: there is no scheme '" + std::string{name} + "'";
    if (!nearest.word().empty()) text += "; did you mean '" + std::string{nearest.word()} + "'?";
    return text;
}

// Without the fields that are no colours: an error begins with the name of its field.
Palette readable_part(const Value& colors, const std::string& path, std::vector<std::string>& warnings) {
    std::vector<MapEntry> entries = colors.entries();
    for (;;) {
        auto palette = palette_from_value(Value::map(entries));
        if (palette) return std::move(*palette);
        warnings.push_back(path + '.' + palette.error() + left_out);
        const std::string_view error = palette.error();
        const std::string_view field = error.substr(0, error.find_first_of(".[:"));
        if (std::erase_if(entries, [field](const MapEntry& e) { return e.key.text() == field; }) == 0)
            return {};
    }
}

Palette builtin_palette(const BuiltinScheme& scheme) {
    Palette palette = scheme.palette;
    if (!palette.tab_bar) palette.tab_bar = scheme_tab_bar(scheme.name);
    return palette;
}

} // namespace

ResolvedPalette resolve_palette(const Value& color_scheme, const Value& color_schemes, const Value& colors) {
    ResolvedPalette result;
    Palette palette = default_palette();
    if (color_scheme.kind() == Kind::string) {
        const std::string name{color_scheme.text()};
        if (const Value& own = color_schemes[name]; !own.is_nil())
            palette = palette.overlaid_with(readable_part(own, "color_schemes." + name, result.warnings));
        else if (const auto builtin = find_builtin_scheme(name))
            palette = palette.overlaid_with(builtin_palette(*builtin));
        else
            result.warnings.push_back(missing_scheme(name, color_schemes));
    }
    if (!colors.is_nil()) palette = palette.overlaid_with(readable_part(colors, "colors", result.warnings));
    result.palette = palette_to_value(palette);
    return result;
}

} // namespace lunette::wezterm
