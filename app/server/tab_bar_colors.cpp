#include "server/tab_bar_colors.h"

#include "model/config_view.h"

namespace lunette::server {

namespace {

void read_color(const Value& text, model::TextColor& color) {
    if (text.kind() != Kind::string) return;
    if (const model::TextColor parsed = model::parse_config_color(text.text()); !parsed.is_inherited())
        color = parsed;
}

void set(model::TextStyle& style, std::uint16_t attribute) noexcept {
    style.set = static_cast<std::uint16_t>(style.set | attribute);
}

void read_style(const Value& area, model::TextStyle& style) {
    using Style = model::TextStyle;
    read_color(area["bg_color"], style.background);
    read_color(area["fg_color"], style.foreground);
    const std::string_view intensity = area["intensity"].text();
    if (!intensity.empty()) {
        set(style, Style::sets_intensity);
        style.intensity = intensity == "Bold"   ? model::TextIntensity::bold
                          : intensity == "Half" ? model::TextIntensity::half
                                                : model::TextIntensity::normal;
    }
    const std::string_view underline = area["underline"].text();
    if (!underline.empty()) {
        set(style, Style::sets_underline);
        style.underline = underline == "Single"   ? model::TextUnderline::single
                          : underline == "Double" ? model::TextUnderline::double_
                          : underline == "Curly"  ? model::TextUnderline::curly
                          : underline == "Dotted" ? model::TextUnderline::dotted
                          : underline == "Dashed" ? model::TextUnderline::dashed
                                                  : model::TextUnderline::none;
    }
    if (const Value& italic = area["italic"]; italic.kind() == Kind::boolean) {
        set(style, Style::sets_italic);
        style.italic = italic.boolean_or(false);
    }
    if (const Value& strike = area["strikethrough"]; strike.kind() == Kind::boolean) {
        set(style, Style::sets_strikethrough);
        style.strikethrough = strike.boolean_or(false);
    }
}

} // namespace

model::TabBarColors tab_bar_colors(const Value& options) {
    model::TabBarColors colors = model::TabBarColors::standard();
    // The fancy bar takes `colors.tab_bar` only, the plain one also what the colour scheme says.
    const Value& resolved = options["resolved_palette"]["tab_bar"];
    const bool fancy = options["use_fancy_tab_bar"].boolean_or(true);
    const Value& bar = fancy || resolved.is_nil() ? options["colors"]["tab_bar"] : resolved;
    read_color(bar["background"], colors.background.background);
    read_color(bar["inactive_tab_edge"], colors.edge);
    read_style(bar["active_tab"], colors.active_tab);
    read_style(bar["inactive_tab"], colors.inactive_tab);
    read_style(bar["inactive_tab_hover"], colors.inactive_tab_hover);
    read_style(bar["new_tab"], colors.new_tab);
    read_style(bar["new_tab_hover"], colors.new_tab_hover);
    return colors;
}

} // namespace lunette::server
