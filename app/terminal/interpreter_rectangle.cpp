#include "terminal/interpreter.h"

#include <algorithm>

namespace lunette::terminal {

namespace {

void set_bits(Style& style, std::uint16_t bits, bool on) noexcept {
    style.attributes = static_cast<std::uint16_t>(on ? style.attributes | bits : style.attributes & ~bits);
}

// The attributes that DECCARA and DECRARA know (VT420: bold, underline, blink, inverse; xterm adds
// invisible).
constexpr std::uint16_t changeable = attribute::bold | attribute::blink | attribute::inverse;

std::uint16_t bits_of(int code) noexcept {
    switch (code) {
    case 1: return attribute::bold;
    case 5: return attribute::blink;
    case 7: return attribute::inverse;
    case 8: return attribute::conceal;
    default: return 0;
    }
}

void change_attribute(Style& style, int code) noexcept {
    if (code == 0) {
        set_bits(style, changeable | attribute::conceal, false);
        style.underline = Underline::none;
    } else if (code == 4 || code == 24) {
        style.underline = code == 4 ? Underline::single : Underline::none;
    } else {
        set_bits(style, bits_of(code % 20), code < 20);
    }
}

void reverse_attribute(Style& style, int code) noexcept {
    if (code == 4 || code == 0)
        style.underline = style.underline == Underline::none ? Underline::single : Underline::none;
    const std::uint16_t bits = code == 0 ? changeable : bits_of(code);
    style.attributes = static_cast<std::uint16_t>(style.attributes ^ bits);
}

} // namespace

// Top, left, bottom, right from parameter `first` on, relative to the margins in origin mode.
std::optional<Rectangle> Interpreter::area(const Params& params, std::size_t first) const {
    const Rectangle page = screen_.modes().origin ? screen_.margins() : screen_.whole();
    const auto edge = [&params](std::size_t index, int from, int to) {
        const int value = params.at(index);
        return value > 0 ? std::min(from + value - 1, to) : to;
    };
    Rectangle area;
    area.top = std::min(page.top + params.count(first) - 1, screen_.rows());
    area.left = std::min(page.left + params.count(first + 1) - 1, screen_.columns());
    area.bottom = edge(first + 2, page.top, page.bottom);
    area.right = edge(first + 3, page.left, page.right);
    if (area.top > area.bottom || area.left > area.right) return std::nullopt;
    return area;
}

template<typename Change>
void Interpreter::change_area(const Params& params, Change change) {
    const auto apply = [&params, change](Style& style) {
        if (params.size() <= 4) change(style, 0);
        for (std::size_t i = 4; i < params.size(); ++i) change(style, params.at(i));
    };
    if (attribute_extent_ == 2) {
        if (const std::optional<Rectangle> rectangle = area(params, 0)) screen_.restyle(*rectangle, apply);
        return;
    }
    // From the first position to the last one as text flows, so left may be right of right.
    const Rectangle page = screen_.modes().origin ? screen_.margins() : screen_.whole();
    const int top = page.top + params.count(0) - 1;
    const int left = page.left + params.count(1) - 1;
    const int bottom = params.at(2) > 0 ? std::min(page.top + params.at(2) - 1, page.bottom) : page.bottom;
    const int right = params.at(3) > 0 ? std::min(page.left + params.at(3) - 1, page.right) : page.right;
    if (left > page.right) return;
    for (int y = top; y <= bottom; ++y) {
        const int from = y == top ? left : page.left;
        const int to = y == bottom ? right : page.right;
        if (from <= to) screen_.restyle({from, y, to, y}, apply);
    }
}

bool Interpreter::csi_rectangle(char intermediate, char final, const Params& params) {
    if (intermediate == '*' && final == 'x') { // DECSACE
        if (params.at(0) <= 2) attribute_extent_ = params.at(0);
        return true;
    }
    if (intermediate != '$') return false;
    switch (final) {
    case 'r': change_area(params, change_attribute); return true;
    case 't': change_area(params, reverse_attribute); return true;
    case 'v': // DECCRA
        if (const std::optional<Rectangle> from = area(params, 0)) {
            const Rectangle page = screen_.modes().origin ? screen_.margins() : screen_.whole();
            Rectangle source = *from;
            const int x = page.left + params.count(6) - 1;
            const int y = page.top + params.count(5) - 1;
            source.right = std::min(source.right, source.left + page.right - x);
            source.bottom = std::min(source.bottom, source.top + page.bottom - y);
            if (source.left <= source.right && source.top <= source.bottom)
                screen_.copy_rectangle(source, x, y);
        }
        return true;
    case 'x': { // DECFRA
        const int character = params.at(0);
        const bool printable =
            (character >= 0x20 && character < 0x7F) || (character >= 0xA0 && character <= 0xFF);
        const std::optional<Rectangle> rectangle = area(params, 1);
        if (printable && rectangle) screen_.fill_rectangle(*rectangle, static_cast<char32_t>(character));
        return true;
    }
    case 'z': // DECERA: protection does not matter
        if (const std::optional<Rectangle> rectangle = area(params, 0))
            screen_.erase_rectangle(*rectangle, Erasing::normal);
        return true;
    case '{': // DECSERA
        if (const std::optional<Rectangle> rectangle = area(params, 0))
            screen_.erase_rectangle(*rectangle, Erasing::selective);
        return true;
    default: return false;
    }
}

} // namespace lunette::terminal
