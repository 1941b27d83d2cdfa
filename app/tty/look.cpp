#include "tty/look.h"

#include "tty/color_match.h"

#include <fmt/format.h>

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

namespace lunette::tty {

namespace {

using model::TextColor;
using model::TextUnderline;
using ui::FrameStyle;
using Colors = Capabilities::Colors;

TextColor reduced(TextColor color, Colors colors) noexcept {
    if (color.kind() == TextColor::Kind::transparent) return {};
    if (color.is_inherited() || colors == Colors::direct) return color;
    const bool direct = color.kind() == TextColor::Kind::direct;
    if (colors == Colors::palette)
        return direct ? TextColor::indexed(nearest_of_256(color.red(), color.green(), color.blue())) : color;
    return TextColor::indexed(direct ? nearest_of_16(color.red(), color.green(), color.blue())
                                     : nearest_of_16(color.index()));
}

// Parameters of one SGR.
class Parameters {
public:
    void add(std::initializer_list<int> numbers, char separator = ';') {
        if (!text_.empty()) text_ += ';';
        bool first = true;
        for (const int number : numbers) {
            if (!first) text_ += separator;
            first = false;
            if (number != left_out) text_ += fmt::format_int{number}.c_str();
        }
    }

    void add(TextColor color, int basic, int bright, int extended) {
        switch (color.kind()) {
        case TextColor::Kind::inherited:
        case TextColor::Kind::transparent: return add({extended + 1});
        case TextColor::Kind::indexed:
            if (color.index() < 8) return add({basic + color.index()});
            if (color.index() < 16) return add({bright + color.index() - 8});
            return add({extended, 5, color.index()});
        // Semicolons are understood by more terminals than the standard's colons.
        case TextColor::Kind::direct: return add({extended, 2, color.red(), color.green(), color.blue()});
        }
    }

    // Only with colons: where this is unknown, semicolons would set other attributes.
    void add_underline(TextColor color) {
        switch (color.kind()) {
        case TextColor::Kind::inherited:
        case TextColor::Kind::transparent: return add({59});
        case TextColor::Kind::indexed: return add({58, 5, color.index()}, ':');
        case TextColor::Kind::direct:
            return add({58, 2, left_out, color.red(), color.green(), color.blue()}, ':');
        }
    }

    std::string_view text() const noexcept { return text_; }

private:
    static constexpr int left_out = -1;
    std::string text_;
};

struct Code {
    std::uint16_t bit;
    int on;
};
constexpr std::array<Code, 9> codes{{{FrameStyle::bold, 1},
                                     {FrameStyle::faint, 2},
                                     {FrameStyle::italic, 3},
                                     {FrameStyle::blink, 5},
                                     {FrameStyle::rapid_blink, 6},
                                     {FrameStyle::inverse, 7},
                                     {FrameStyle::conceal, 8},
                                     {FrameStyle::strike, 9},
                                     {FrameStyle::overline, 53}}};
// Bits that one code turns off together.
struct Off {
    std::uint16_t bits;
    int code;
};
constexpr std::array<Off, 7> offs{{{FrameStyle::bold | FrameStyle::faint, 22},
                                   {FrameStyle::italic, 23},
                                   {FrameStyle::blink | FrameStyle::rapid_blink, 25},
                                   {FrameStyle::inverse, 27},
                                   {FrameStyle::conceal, 28},
                                   {FrameStyle::strike, 29},
                                   {FrameStyle::overline, 55}}};

// What leads from `from` to `to` when off-codes are used.
void add_changes(Parameters& parameters, const FrameStyle& from, const FrameStyle& to) {
    unsigned left = from.attributes;
    for (const Off& off : offs) {
        if ((left & off.bits & ~static_cast<unsigned>(to.attributes)) == 0) continue;
        parameters.add({off.code});
        left &= ~static_cast<unsigned>(off.bits);
    }
    if (to.underline != from.underline && to.underline == TextUnderline::none) parameters.add({24});
    for (const Code& code : codes)
        if (to.attributes & code.bit & ~left) parameters.add({code.on});
    if (to.underline != from.underline && to.underline != TextUnderline::none) {
        if (to.underline == TextUnderline::single)
            parameters.add({4});
        else
            parameters.add({4, static_cast<int>(to.underline)}, ':');
    }
    if (to.foreground != from.foreground) parameters.add(to.foreground, 30, 90, 38);
    if (to.background != from.background) parameters.add(to.background, 40, 100, 48);
    if (to.underline_color != from.underline_color) parameters.add_underline(to.underline_color);
}

} // namespace

FrameStyle look_of(const FrameStyle& style, const Capabilities& can) noexcept {
    FrameStyle look = style;
    if (style.foreground.kind() == TextColor::Kind::transparent) look.attributes |= FrameStyle::conceal;
    look.foreground = reduced(style.foreground, can.colors);
    look.background = reduced(style.background, can.colors);
    look.underline_color = can.underline_color ? reduced(style.underline_color, can.colors) : TextColor{};
    if (can.colors == Colors::eight) {
        const auto bright = [](TextColor color) {
            return color.kind() == TextColor::Kind::indexed && color.index() >= 8;
        };
        if (bright(look.foreground)) {
            look.foreground = TextColor::indexed(look.foreground.index() & 7);
            look.attributes |= FrameStyle::bold;
        }
        if (bright(look.background)) look.background = TextColor::indexed(look.background.index() & 7);
    }
    if (!can.styled_underline && look.underline != TextUnderline::none)
        look.underline = TextUnderline::single;
    if (!can.hyperlinks) look.link = 0;
    return look;
}

void append_sgr(std::string& out, const FrameStyle& from, const FrameStyle& to) {
    FrameStyle same = to;
    same.link = from.link;
    if (same == from) return;
    FrameStyle plain;
    plain.link = from.link;
    if (same == plain) {
        out += "\x1B[m";
        return;
    }
    Parameters changes;
    add_changes(changes, from, to);
    Parameters anew;
    anew.add({0});
    add_changes(anew, {}, to);
    const std::string_view best = anew.text().size() < changes.text().size() ? anew.text() : changes.text();
    out += "\x1B[";
    out += best;
    out += 'm';
}

bool is_erased(const FrameStyle& look) noexcept {
    constexpr unsigned seen = FrameStyle::inverse | FrameStyle::strike | FrameStyle::overline;
    return look.background.is_inherited() && (look.attributes & seen) == 0 &&
           look.underline == TextUnderline::none && look.link == 0;
}

} // namespace lunette::tty
