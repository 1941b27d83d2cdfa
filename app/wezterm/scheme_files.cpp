#include "wezterm/scheme_files.h"

#include "wezterm/data_formats.h"
#include "wezterm/palette_value.h"

#include <array>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using Failed = tl::unexpected<std::string>;
using Parsed = tl::expected<SchemeFile, std::string>;

// Of files that may leave out the '#'.
std::optional<Rgba> file_color(const Value& value) {
    const std::string text{value.text()};
    if (const auto color = parse_color(text)) return color;
    return parse_color("#" + text);
}

Value metadata_of(const Value& name, const Value& author) {
    return Value::map({{"name", name}, {"author", author}, {"aliases", Value::list({})}});
}

} // namespace

Parsed parse_scheme(std::string_view toml) {
    auto file = decode_data(DataFormat::toml, toml);
    if (!file) return Failed{std::move(file.error())};
    if ((*file)["colors"].kind() != Kind::map) return Failed{"the table [colors] is missing"};
    auto palette = palette_from_value((*file)["colors"]);
    if (!palette) return Failed{std::move(palette.error())};
    const Value& metadata = (*file)["metadata"];
    return SchemeFile{std::move(*palette), metadata.is_nil() ? Value::map({}) : metadata};
}

Parsed parse_base16_scheme(std::string_view yaml) {
    auto file = decode_data(DataFormat::yaml, yaml);
    if (!file) return Failed{std::move(file.error())};
    std::array<Rgba, 16> base;
    for (std::size_t i = 0; i < base.size(); ++i) {
        const std::string name = std::string{"base0"} + "0123456789ABCDEF"[i];
        const auto color = file_color((*file)[name]);
        if (!color) return Failed{name + ": color expected, got " + describe((*file)[name], 60)};
        base[i] = *color;
    }
    // Which base colour stands where: WezTerm, color-funcs/src/schemes/base16.rs.
    Palette p;
    p.foreground = p.cursor_bg = p.cursor_border = p.selection_bg = base[5];
    p.background = p.cursor_fg = p.selection_fg = base[0];
    p.ansi = {base[0], base[8], base[11], base[10], base[13], base[14], base[12], base[5]};
    p.brights = {base[3], base[8], base[11], base[10], base[13], base[14], base[12], base[7]};
    p.indexed = {{16, base[9]}, {17, base[15]}, {18, base[1]}, {19, base[2]}, {20, base[4]}, {21, base[6]}};
    return SchemeFile{std::move(p), metadata_of((*file)["scheme"], (*file)["author"])};
}

Parsed parse_terminal_sexy_scheme(std::string_view json) {
    auto file = decode_data(DataFormat::json, json);
    if (!file) return Failed{std::move(file.error())};
    const Value& colors = (*file)["color"];
    if (colors.kind() != Kind::list || colors.size() != 16) return Failed{"color: 16 colors expected"};
    std::array<Rgba, 8> rows[2];
    for (std::size_t i = 0; i < 16; ++i) {
        const auto color = file_color(colors.items()[i]);
        if (!color) return Failed{"color: color expected, got " + describe(colors.items()[i], 60)};
        rows[i / 8][i % 8] = *color;
    }
    Palette p;
    p.ansi = rows[0];
    p.brights = rows[1];
    p.foreground = file_color((*file)["foreground"]);
    p.background = file_color((*file)["background"]);
    if (!p.foreground || !p.background) return Failed{"foreground and background: colors expected"};
    return SchemeFile{std::move(p), metadata_of((*file)["name"], (*file)["author"])};
}

tl::expected<std::string, std::string> write_scheme(const SchemeFile& scheme) {
    return encode_data(
        DataFormat::toml,
        Value::map({{"colors", palette_to_value(scheme.colors)}, {"metadata", scheme.metadata}}),
        DataStyle::pretty);
}

} // namespace lunette::wezterm
