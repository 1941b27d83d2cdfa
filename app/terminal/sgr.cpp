#include "terminal/sgr.h"

#include <algorithm>
#include <optional>

namespace lunette::terminal {

namespace {

std::uint8_t byte_of(std::int32_t value) noexcept {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

Color direct(const Params& params, std::size_t red) noexcept {
    return Color::direct({byte_of(params.at(red)), byte_of(params.at(red + 1)), byte_of(params.at(red + 2))});
}

// The colour after 38, 48 or 58 at `index`; moves `index` to the last parameter used.
std::optional<Color> extended_color(const Params& params, std::size_t& index) noexcept {
    const std::size_t end = params.group_end(index);
    const std::size_t kind = index + 1;
    if (end > kind) {
        const std::size_t values = end - kind - 1;
        index = end - 1;
        if (params.at(kind) == 5 && values >= 1) return Color::indexed(byte_of(params.at(kind + 1)));
        // ITU-T T.416 puts a colour space between the 2 and red; many leave it out.
        if (params.at(kind) == 2 && values == 3) return direct(params, kind + 1);
        if (params.at(kind) == 2 && values >= 4) return direct(params, kind + 2);
        return std::nullopt;
    }
    if (params.at(kind) == 5 && kind + 1 < params.size()) {
        index = kind + 1;
        return Color::indexed(byte_of(params.at(kind + 1)));
    }
    if (params.at(kind) == 2 && kind + 3 < params.size()) {
        index = kind + 3;
        return direct(params, kind + 1);
    }
    // Incomplete: what follows has no meaning of its own.
    index = params.size();
    return std::nullopt;
}

void set_underline(Style& style, std::int32_t kind) noexcept {
    if (kind >= 0 && kind <= 5) style.underline = static_cast<Underline>(kind);
}

void set(Style& style, std::uint16_t bits) noexcept {
    style.attributes = static_cast<std::uint16_t>(style.attributes | bits);
}
void unset(Style& style, std::uint16_t bits) noexcept {
    style.attributes = static_cast<std::uint16_t>(style.attributes & ~bits);
}

void apply_simple(Style& style, std::int32_t code) noexcept {
    switch (code) {
    case 0: {
        const Style old = style;
        style = {};
        style.link = old.link;
        style.attributes = static_cast<std::uint16_t>(old.attributes & attribute::guarded);
        return;
    }
    case 1: return set(style, attribute::bold);
    case 2: return set(style, attribute::faint);
    case 3: return set(style, attribute::italic);
    case 4: style.underline = Underline::single; return;
    case 5: return set(style, attribute::blink);
    case 6: return set(style, attribute::rapid_blink);
    case 7: return set(style, attribute::inverse);
    case 8: return set(style, attribute::conceal);
    case 9: return set(style, attribute::strike);
    case 21: style.underline = Underline::double_; return;
    case 22: return unset(style, attribute::bold | attribute::faint);
    case 23: return unset(style, attribute::italic);
    case 24: style.underline = Underline::none; return;
    case 25: return unset(style, attribute::blink | attribute::rapid_blink);
    case 27: return unset(style, attribute::inverse);
    case 28: return unset(style, attribute::conceal);
    case 29: return unset(style, attribute::strike);
    case 39: style.foreground = {}; return;
    case 49: style.background = {}; return;
    case 53: return set(style, attribute::overline);
    case 55: return unset(style, attribute::overline);
    case 59: style.underline_color = {}; return;
    default: break;
    }
    const auto index = [code](std::int32_t first, std::int32_t base) {
        return Color::indexed(static_cast<std::uint8_t>(code - first + base));
    };
    if (code >= 30 && code <= 37)
        style.foreground = index(30, 0);
    else if (code >= 40 && code <= 47)
        style.background = index(40, 0);
    else if (code >= 90 && code <= 97)
        style.foreground = index(90, 8);
    else if (code >= 100 && code <= 107)
        style.background = index(100, 8);
}

} // namespace

void apply_sgr(Style& style, const Params& params) noexcept {
    if (params.size() == 0) return apply_simple(style, 0);
    for (std::size_t i = 0; i < params.size(); i = params.group_end(i)) {
        const std::int32_t code = params.at(i);
        if (code == 38 || code == 48 || code == 58) {
            const std::optional<Color> color = extended_color(params, i);
            if (!color) continue;
            (code == 38 ? style.foreground : code == 48 ? style.background : style.underline_color) = *color;
        } else if (code == 4 && params.is_sub(i + 1)) {
            set_underline(style, params.at(i + 1));
        } else if (!params.is_sub(i + 1)) {
            apply_simple(style, code);
        }
    }
}

} // namespace lunette::terminal
