#include "wezterm/format_items.h"

#include "model/ansi_text.h"
#include "model/utf8.h"
#include "wezterm/color.h"

#include <algorithm>

namespace lunette::wezterm {

using model::TextBlink;
using model::TextColor;
using model::TextIntensity;
using model::TextStyle;
using model::TextUnderline;

namespace {

void apply(const FormatItem& item, TextStyle& style) {
    struct Apply {
        TextStyle& style;
        void operator()(const TextItem&) const {}
        void operator()(const ResetItem&) const { style = {}; }
        void operator()(const ForegroundItem& item) const { style.foreground = item.color; }
        void operator()(const BackgroundItem& item) const { style.background = item.color; }
        void operator()(TextIntensity intensity) const { style.intensity = intensity; }
        void operator()(TextUnderline underline) const { style.underline = underline; }
        void operator()(TextBlink blink) const { style.blink = blink; }
        void operator()(const ItalicItem& item) const { style.italic = item.on; }
        void operator()(const ReverseItem& item) const { style.inverse = item.on; }
        void operator()(const InvisibleItem& item) const { style.invisible = item.on; }
        void operator()(const StrikeThroughItem& item) const { style.strikethrough = item.on; }
    };
    std::visit(Apply{style}, item);
}

bool same_attributes(const TextStyle& a, const TextStyle& b) noexcept {
    return a.intensity == b.intensity && a.italic == b.italic && a.underline == b.underline &&
           a.blink == b.blink && a.inverse == b.inverse && a.invisible == b.invisible &&
           a.strikethrough == b.strikethrough;
}

void add(std::string& parameters, std::string_view more) {
    if (!parameters.empty()) parameters += ';';
    parameters += more;
}

void add_color(std::string& parameters, const TextColor& color, bool background) {
    const int base = background ? 40 : 30;
    switch (color.kind()) {
    case TextColor::Kind::inherited: return add(parameters, std::to_string(base + 9));
    case TextColor::Kind::indexed:
        if (color.index() < 8) return add(parameters, std::to_string(base + color.index()));
        if (color.index() < 16) return add(parameters, std::to_string(base + 52 + color.index()));
        return add(parameters, std::to_string(base + 8) + ":5:" + std::to_string(color.index()));
    case TextColor::Kind::direct:
        return add(parameters, std::to_string(base + 8) + ":2::" + std::to_string(color.red()) + ":" +
                                   std::to_string(color.green()) + ":" + std::to_string(color.blue()));
    case TextColor::Kind::transparent: return add(parameters, std::to_string(base + 8) + ":6::0:0:0:0");
    }
}

// The SGR parameters that lead from one style to another, empty when they are equal. As in WezTerm a
// change of any attribute resets them all, so "Normal" and "None" mean the style of the area.
std::string transition(const TextStyle& from, const TextStyle& to) {
    std::string parameters;
    TextStyle now = from;
    if (!same_attributes(from, to)) {
        parameters = "0";
        now = {};
        if (to.intensity == TextIntensity::bold)
            add(parameters, "1");
        else if (to.intensity == TextIntensity::half)
            add(parameters, "2");
        if (to.italic) add(parameters, "3");
        switch (to.underline) {
        case TextUnderline::none: break;
        case TextUnderline::single: add(parameters, "4"); break;
        case TextUnderline::double_: add(parameters, "21"); break;
        case TextUnderline::curly: add(parameters, "4:3"); break;
        case TextUnderline::dotted: add(parameters, "4:4"); break;
        case TextUnderline::dashed: add(parameters, "4:5"); break;
        }
        if (to.blink != TextBlink::none) add(parameters, to.blink == TextBlink::slow ? "5" : "6");
        if (to.inverse) add(parameters, "7");
        if (to.invisible) add(parameters, "8");
        if (to.strikethrough) add(parameters, "9");
    }
    if (to.foreground != now.foreground) add_color(parameters, to.foreground, false);
    if (to.background != now.background) add_color(parameters, to.background, true);
    return parameters;
}

// Whether a text is itself when it is read as text with escapes.
bool is_plain(std::string_view text) noexcept {
    while (!text.empty()) {
        const model::Decoded decoded = model::decode_utf8(text);
        const char32_t c = decoded.code_point;
        if (!decoded.valid || c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
        text.remove_prefix(decoded.length);
    }
    return true;
}

} // namespace

TextColor format_color(std::string_view text) {
    const Rgba color = parse_color(text).value_or(Rgba{1, 1, 1, 1});
    const auto [red, green, blue, alpha] = color.bytes();
    return alpha == 0 ? TextColor::transparent() : TextColor::direct(red, green, blue);
}

std::string format_items(std::span<const FormatItem> items) {
    std::string out;
    TextStyle wanted;
    TextStyle current;
    for (const FormatItem& item : items) {
        const auto* text = std::get_if<TextItem>(&item);
        if (!text) {
            apply(item, wanted);
            continue;
        }
        if (const std::string parameters = transition(current, wanted); !parameters.empty()) {
            out += "\x1b[" + parameters + "m";
        }
        current = wanted;
        out += text->text;
    }
    return out + "\x1b[0m";
}

model::StyledText style_items(std::span<const FormatItem> items) {
    const bool plain = std::all_of(items.begin(), items.end(), [](const FormatItem& item) {
        const auto* text = std::get_if<TextItem>(&item);
        return !text || is_plain(text->text);
    });
    if (!plain) return model::parse_ansi_text(format_items(items));

    model::StyledText result;
    TextStyle wanted;
    TextStyle current;
    TextStyle shown;
    for (const FormatItem& item : items) {
        const auto* text = std::get_if<TextItem>(&item);
        if (!text) {
            apply(item, wanted);
            continue;
        }
        if (const std::string parameters = transition(current, wanted); !parameters.empty()) {
            model::apply_sgr(parameters, shown);
        }
        current = wanted;
        result.append(text->text, shown);
    }
    return result;
}

} // namespace lunette::wezterm
