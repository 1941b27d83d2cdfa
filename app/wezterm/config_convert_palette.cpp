#include "wezterm/config_convert_palette.h"

#include "model/nearest.h"
#include "wezterm/palette_value.h"
#include "wezterm/schemes.h"

#include <optional>
#include <utility>

namespace lunette::wezterm {

namespace {

using Failed = tl::unexpected<std::string>;

std::string missing_scheme(std::string_view name, const Value& color_schemes) {
    model::Nearest nearest{name};
    for (const MapEntry& entry : color_schemes.entries()) nearest.offer(entry.key.text());
    for_each_builtin_scheme([&nearest](std::string_view known, const auto&) { nearest.offer(known); });
    std::string text = "color_scheme: there is no scheme '" + std::string{name} + "'";
    if (!nearest.word().empty()) text += "; did you mean '" + std::string{nearest.word()} + "'?";
    return text;
}

} // namespace

tl::expected<ResolvedPalette, std::string> resolve_palette(const Value& color_scheme,
                                                           const Value& color_schemes, const Value& colors) {
    ResolvedPalette result;
    Palette palette = default_palette();
    if (color_scheme.kind() == Kind::string) {
        const std::string_view name = color_scheme.text();
        if (const Value& own = color_schemes[name]; !own.is_nil()) {
            auto scheme = palette_from_value(own);
            if (!scheme) return Failed{"color_schemes." + std::string{name} + "." + scheme.error()};
            palette = palette.overlaid_with(*scheme);
        } else if (const auto builtin = find_builtin_scheme(name)) {
            palette = palette.overlaid_with(builtin->palette);
        } else {
            result.warning = missing_scheme(name, color_schemes);
        }
    }
    if (!colors.is_nil()) {
        auto own = palette_from_value(colors);
        if (!own) return Failed{"colors." + own.error()};
        palette = palette.overlaid_with(*own);
    }
    result.palette = palette_to_value(palette);
    return result;
}

} // namespace lunette::wezterm
