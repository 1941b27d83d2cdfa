#include "wezterm/color_object.h"
#include "wezterm/gradient.h"
#include "wezterm/modules.h"
#include "wezterm/palette_value.h"
#include "wezterm/plain_value.h"
#include "wezterm/scheme_files.h"
#include "wezterm/scheme_tab_bars.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

// Made once for the process: over a thousand palettes. Lua sees it as a lazy table.
const Value& builtin_schemes() {
    static const Value schemes = [] {
        std::vector<MapEntry> entries;
        for_each_builtin_scheme([&entries](std::string_view name, const std::function<Palette()>& palette) {
            Palette colors = palette();
            if (!colors.tab_bar) colors.tab_bar = scheme_tab_bar(name);
            entries.push_back({name, palette_to_value(colors)});
        });
        return Value::map(std::move(entries));
    }();
    return schemes;
}

Gradient gradient_from(const Value& value) {
    if (value.kind() != Kind::map) throw BindError{"a Gradient table expected, got " + describe(value, 60)};
    Gradient gradient;
    for (const Value& color : value["colors"].items()) gradient.colors.emplace_back(color.text());
    if (const Value& preset = value["preset"]; !preset.is_nil()) gradient.preset = std::string{preset.text()};
    if (const Value& name = value["interpolation"]; !name.is_nil()) {
        const auto interpolation = parse_interpolation(name.text());
        if (!interpolation) throw BindError{"unknown interpolation " + describe(name, 60)};
        gradient.interpolation = *interpolation;
    }
    if (const Value& name = value["blend"]; !name.is_nil()) {
        const auto blend = parse_blend_mode(name.text());
        if (!blend) throw BindError{"unknown blend " + describe(name, 60)};
        gradient.blend = *blend;
    }
    if (const std::int64_t size = value["segment_size"].integer_or(0); size > 0)
        gradient.segment_size = static_cast<std::size_t>(size);
    if (const Value& smoothness = value["segment_smoothness"]; !smoothness.is_nil())
        gradient.segment_smoothness = smoothness.number_or(0);
    return gradient;
}

Value gradient(Script& script, Value table, std::int64_t count) {
    if (count < 0 || static_cast<std::size_t>(count) > max_gradient_colors)
        throw BindError{"the number of colors must be 0…" + std::to_string(max_gradient_colors)};
    const auto colors =
        gradient_colors(gradient_from(plain_value(script, table)), static_cast<std::size_t>(count));
    if (!colors) throw BindError{colors.error()};
    std::vector<Value> items;
    for (const Rgba& color : *colors) items.push_back(color_value(color));
    return Value::list(std::move(items));
}

using Parse = tl::expected<SchemeFile, std::string> (*)(std::string_view);

template<Parse parse>
std::tuple<Value, Value> load(Script& script, std::string path) {
    script.reads_file(path);
    std::ifstream file{path, std::ios::binary};
    if (!file) throw BindError{"cannot read the color scheme " + path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    auto scheme = parse(text);
    if (!scheme) throw BindError{path + ": " + scheme.error()};
    return {palette_to_value(scheme->colors), std::move(scheme->metadata)};
}

void save(Script& script, Value colors, Value metadata, std::string path) {
    auto palette = palette_from_value(plain_value(script, colors));
    if (!palette) throw BindError{palette.error()};
    const auto text = write_scheme({std::move(*palette), plain_value(script, metadata)});
    if (!text) throw BindError{text.error()};
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    if (!(file << *text) || !file.flush()) throw BindError{"cannot write " + path};
}

// As many colors as were asked for: the sixteen of the default palette, over and over.
Value colors_of_image(Script& script, std::string path, Value parameters) {
    constexpr std::int64_t usual = 16;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) throw BindError{"cannot read the image " + path};
    const Value wanted{plain_value(script, parameters)["num_colors"]};
    const std::int64_t count = wanted.integer_or(usual);
    if (count < 0 || static_cast<std::size_t>(count) > max_gradient_colors)
        throw BindError{"num_colors: 0…" + std::to_string(max_gradient_colors) + " expected, got " +
                        describe(wanted, 60)};
    script.problem(false, "images are not read: the colors of " + path + " are those of the default palette");
    const Palette palette = default_palette();
    std::vector<Rgba> all;
    for (const auto* row : {&palette.ansi, &palette.brights})
        if (*row) all.insert(all.end(), (*row)->begin(), (*row)->end());
    std::vector<Value> items;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
        items.push_back(color_value(all[i % all.size()]));
    return Value::list(std::move(items));
}

} // namespace

Module color_module(Module& wezterm) {
    wezterm.function("get_builtin_color_schemes", [] { return builtin_schemes(); })
        .function("gradient_colors", gradient);
    Module color{"color"};
    color.function("parse", [](Value text) { return color_value(require_color(text)); })
        .function("from_hsla",
                  [](double hue, double saturation, double lightness, double alpha) {
                      return color_value(Rgba::from_hsla(hue, saturation, lightness, alpha));
                  })
        .function("gradient", gradient)
        .function("get_default_colors", [] { return palette_to_value(default_palette()); })
        .function("get_builtin_schemes", [] { return builtin_schemes(); })
        .function("load_scheme", load<parse_scheme>)
        .function("load_base16_scheme", load<parse_base16_scheme>)
        .function("load_terminal_sexy_scheme", load<parse_terminal_sexy_scheme>)
        .function("save_scheme", save)
        .function("extract_colors_from_image", colors_of_image);
    return color;
}

} // namespace lunette::wezterm
