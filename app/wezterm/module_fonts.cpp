#include "wezterm/handles.h"
#include "wezterm/modules.h"
#include "wezterm/plain_value.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

// Legacy {italic=…} over {style=…}.
Value style_of(const Value& table) {
    if (const Value& italic = table["italic"]; italic.kind() == Kind::boolean)
        return italic.boolean_or(false) ? "Italic" : "Normal";
    return table["style"].is_nil() ? Value{"Normal"} : table["style"];
}

Value weight_of(const Value& table) {
    if (const Value& bold = table["bold"]; bold.kind() == Kind::boolean)
        return bold.boolean_or(false) ? "Bold" : "Regular";
    return table["weight"].is_nil() ? Value{"Regular"} : table["weight"];
}

Value stretch_of(const Value& table) {
    return table["stretch"].is_nil() ? Value{"Normal"} : table["stretch"];
}

// Ligatures of these two swallow "fi" in common words; WezTerm turns them off unless told otherwise.
bool dislikes_ligatures(std::string_view family) { return family == "Menlo" || family == "Monaco"; }

// WezTerm's FontAttributes of a family name or a table. `defaults` replace weight, stretch and style.
Value font_attributes(const Value& font, const Value& defaults, bool is_fallback) {
    const bool named = font.kind() == Kind::string;
    const Value family = named ? font : Value{font["family"]};
    if (family.kind() != Kind::string)
        throw BindError{"the name of a font or a table with `family` expected, got " + describe(font, 60)};
    const Value& style = defaults.kind() == Kind::map ? defaults : font;
    std::vector<MapEntry> entries{
        {"family", family},         {"weight", weight_of(style)}, {"stretch", stretch_of(style)},
        {"style", style_of(style)}, {"is_fallback", is_fallback}, {"is_synthetic", false}};
    Value features = font["harfbuzz_features"];
    if (features.is_nil() && dislikes_ligatures(family.text()))
        features = Value::list({"kern", "clig", "liga=0"});
    if (!features.is_nil()) entries.push_back({"harfbuzz_features", features});
    for (const char* name : {"freetype_load_target", "freetype_render_target", "freetype_load_flags", "scale",
                             "assume_emoji_presentation"})
        if (const Value& value = font[name]; !value.is_nil()) entries.push_back({name, value});
    return Value::map(std::move(entries));
}

Value text_style(std::vector<Value> fonts, const Value& defaults) {
    std::vector<MapEntry> entries{{"font", Value::list(std::move(fonts))}};
    if (const Value& color = defaults["foreground"]; !color.is_nil())
        entries.push_back({"foreground", color});
    return Value::map(std::move(entries));
}

} // namespace

void add_fonts(Module& wezterm) {
    wezterm
        .function("font",
                  [](Script& script, Value font, Value defaults) {
                      defaults = plain_value(script, defaults);
                      return text_style({font_attributes(font, defaults, false)}, defaults);
                  })
        .function("font_with_fallback", [](Script& script, Value fonts, Value defaults) {
            const bool empty = fonts.kind() == Kind::map && fonts.size() == 0; // Lua's {} is either
            if (fonts.kind() != Kind::list && !empty)
                throw BindError{"array of fonts expected, got " + describe(fonts, 60)};
            defaults = plain_value(script, defaults);
            std::vector<Value> attributes;
            for (const Value& font : fonts.items())
                attributes.push_back(font_attributes(font, defaults, !attributes.empty()));
            return text_style(std::move(attributes), defaults);
        });
}

} // namespace lunette::wezterm
