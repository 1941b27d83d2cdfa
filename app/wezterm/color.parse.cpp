#include "wezterm/color.h"
#include "wezterm/named_colors.h"

#include <charconv>
#include <cmath>
#include <numbers>
#include <vector>

namespace lunette::wezterm {

namespace {

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r')))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || (text.back() >= '\t' && text.back() <= '\r')))
        text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::vector<std::string_view> words(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> result;
    while (true) {
        const std::size_t start = text.find_first_not_of(separators);
        if (start == std::string_view::npos) return result;
        text.remove_prefix(start);
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        result.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

std::vector<std::string_view> fields(std::string_view text, char separator) {
    std::vector<std::string_view> result;
    while (true) {
        const std::size_t end = text.find(separator);
        result.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return result;
        text.remove_prefix(end + 1);
    }
}

std::optional<double> number(std::string_view text) noexcept {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::uint32_t> hex(std::string_view digits) noexcept {
    std::uint32_t value = 0;
    if (digits.empty() || digits.size() > 8) return std::nullopt;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (end.ec != std::errc{} || end.ptr != digits.data() + digits.size()) return std::nullopt;
    return value;
}

float from_value(double value) noexcept { return static_cast<float>(value < 0 ? 0 : value > 1 ? 1 : value); }

Rgba from_rgb(std::uint32_t rgb) noexcept {
    return Rgba::from_bytes(static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8),
                            static_cast<std::uint8_t>(rgb));
}

// "rgb:" of XParseColor scales a component from the digits it has; "#" takes its digits as the most
// significant ones.
enum class Scale { by_digits, most_significant };

std::optional<float> x11_component(std::string_view digits, Scale scale) noexcept {
    const std::optional<std::uint32_t> value = hex(digits);
    if (!value) return std::nullopt;
    switch (digits.size()) {
    case 1: return static_cast<float>(scale == Scale::by_digits ? *value | *value << 4 : *value << 4) / 255;
    case 2: return static_cast<float>(*value) / 255;
    case 3: return static_cast<float>(*value >> 4) / 255;
    case 4: return static_cast<float>(*value >> 8) / 255;
    default: return std::nullopt;
    }
}

std::optional<Rgba> x11_components(const std::vector<std::string_view>& parts, Scale scale) noexcept {
    float channels[4] = {0, 0, 0, 1};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::optional<float> channel = x11_component(parts[i], scale);
        if (!channel) return std::nullopt;
        channels[i] = *channel;
    }
    return Rgba{channels[0], channels[1], channels[2], channels[3]};
}

std::optional<Rgba> css_hex(std::string_view digits) noexcept {
    const std::optional<std::uint32_t> value = hex(digits);
    if (!value) return std::nullopt;
    const auto nibble = [&](unsigned shift) {
        return static_cast<std::uint8_t>((*value >> shift & 15) * 17);
    };
    const auto byte = [&](unsigned shift) { return static_cast<std::uint8_t>(*value >> shift); };
    switch (digits.size()) {
    case 3: return Rgba::from_bytes(nibble(8), nibble(4), nibble(0));
    case 4: return Rgba::from_bytes(nibble(12), nibble(8), nibble(4), nibble(0));
    case 6: return Rgba::from_bytes(byte(16), byte(8), byte(0));
    case 8: return Rgba::from_bytes(byte(24), byte(16), byte(8), byte(0));
    default: return std::nullopt;
    }
}

struct Quantity {
    double value = 0;
    bool percent = false;
};

std::optional<Quantity> quantity(std::string_view text, double full_scale) noexcept {
    const bool percent = !text.empty() && text.back() == '%';
    if (percent) text.remove_suffix(1);
    const std::optional<double> value = number(text);
    if (!value) return std::nullopt;
    return Quantity{*value / (percent ? 100 : full_scale), percent};
}

std::optional<double> angle(std::string_view text) noexcept {
    struct Unit {
        std::string_view suffix;
        double degrees;
    };
    constexpr Unit units[] = {{"deg", 1}, {"grad", 0.9}, {"rad", 180 / std::numbers::pi}, {"turn", 360}};
    for (const Unit& unit : units) {
        if (!text.ends_with(unit.suffix)) continue;
        const std::optional<double> value = number(text.substr(0, text.size() - unit.suffix.size()));
        return value ? std::optional{*value * unit.degrees} : std::nullopt;
    }
    return number(text);
}

// CSS Color 4 by way of the csscolorparser crate, which WezTerm uses: commas, spaces and slashes
// separate alike; percentages and plain numbers do not mix.
std::optional<Rgba> css_function(std::string_view name, std::string_view arguments) {
    const std::vector<std::string_view> parts = words(arguments, " \t\n\r\f,/");
    if (parts.size() != 3 && parts.size() != 4) return std::nullopt;
    const std::optional<Quantity> alpha = parts.size() == 4 ? quantity(parts[3], 1) : Quantity{1, false};
    if (!alpha) return std::nullopt;

    if (name == "rgb" || name == "rgba") {
        const std::optional<Quantity> red = quantity(parts[0], 255);
        const std::optional<Quantity> green = quantity(parts[1], 255);
        const std::optional<Quantity> blue = quantity(parts[2], 255);
        if (!red || !green || !blue || red->percent != green->percent || green->percent != blue->percent)
            return std::nullopt;
        return Rgba{from_value(red->value), from_value(green->value), from_value(blue->value),
                    from_value(alpha->value)};
    }

    const std::optional<double> hue = angle(parts[0]);
    const std::optional<Quantity> second = quantity(parts[1], 1);
    const std::optional<Quantity> third = quantity(parts[2], 1);
    if (!hue || !second || !third || second->percent != third->percent) return std::nullopt;
    const double a = from_value(second->value);
    const double b = from_value(third->value);
    if (name == "hsl" || name == "hsla") return Rgba::from_hsla(*hue, a, b, alpha->value);
    if (name == "hsv" || name == "hsva") {
        const double lightness = b - b * a / 2;
        const double room = std::min(lightness, 1 - lightness);
        return Rgba::from_hsla(*hue, room == 0 ? 0 : (b - lightness) / room, lightness, alpha->value);
    }
    if (name == "hwb" || name == "hwba") {
        const double sum = a + b;
        if (sum >= 1) {
            const float grey = from_value(a / sum);
            return Rgba{grey, grey, grey, from_value(alpha->value)};
        }
        const Rgba pure = Rgba::from_hsla(*hue, 1, 0.5, alpha->value);
        const auto mixed = [&](float channel) { return from_value(channel * (1 - sum) + a); };
        return Rgba{mixed(pure.red), mixed(pure.green), mixed(pure.blue), pure.alpha};
    }
    return std::nullopt;
}

// "rgba:100% 0 0 50%": each a percentage or 0..255, alpha as well.
std::optional<Rgba> spaced_rgba(const std::vector<std::string_view>& parts) noexcept {
    float channels[4];
    for (std::size_t i = 0; i < 4; ++i) {
        const std::optional<Quantity> value = quantity(parts[i], 255);
        if (!value || value->value < 0 || value->value > 1) return std::nullopt;
        channels[i] = static_cast<float>(value->value);
    }
    return Rgba{channels[0], channels[1], channels[2], channels[3]};
}

std::optional<Rgba> x11_hash(std::string_view digits) {
    const std::size_t width = digits.size() / 3;
    if (width == 0 || width > 4 || width * 3 != digits.size()) return std::nullopt;
    return x11_components({digits.substr(0, width), digits.substr(width, width), digits.substr(2 * width)},
                          Scale::most_significant);
}

} // namespace

std::optional<Rgba> parse_css_color(std::string_view text) {
    const std::string all = lower(trimmed(text));
    std::string_view rest = all;
    if (rest == "transparent") return Rgba{0, 0, 0, 0};
    if (std::optional<std::uint32_t> named = named_color(rest)) return from_rgb(*named);
    if (rest.starts_with('#')) return css_hex(rest.substr(1));
    const std::size_t open = rest.find('(');
    if (open != std::string_view::npos && rest.ends_with(')')) {
        return css_function(trimmed(rest.substr(0, open)), rest.substr(open + 1, rest.size() - open - 2));
    }
    return css_hex(rest);
}

std::optional<Rgba> parse_color(std::string_view text) {
    if (text.starts_with('#')) {
        const std::string_view digits = text.substr(1);
        // Alpha after '#' is an extension: WezTerm takes lengths that 3 divides only.
        if (digits.size() == 4 || digits.size() == 8) return css_hex(digits);
        return x11_hash(digits);
    }
    if (text.starts_with("rgb:")) {
        const std::vector<std::string_view> parts = fields(text.substr(4), '/');
        return parts.size() == 3 ? x11_components(parts, Scale::by_digits) : std::nullopt;
    }
    if (text.starts_with("rgba:")) {
        const std::vector<std::string_view> parts = fields(text.substr(5), '/');
        if (parts.size() == 4) return x11_components(parts, Scale::by_digits);
        const std::vector<std::string_view> spaced = words(text.substr(5), " \t\n\r\f");
        return spaced.size() == 4 ? spaced_rgba(spaced) : std::nullopt;
    }
    if (text.starts_with("hsl:")) {
        const std::vector<std::string_view> parts = words(text.substr(4), " \t\n\r\f");
        if (parts.size() != 3) return std::nullopt;
        int values[3];
        for (std::size_t i = 0; i < 3; ++i) { // whole numbers only
            const auto end = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), values[i]);
            if (end.ec != std::errc{} || end.ptr != parts[i].data() + parts[i].size()) return std::nullopt;
        }
        return Rgba::from_hsla(values[0], values[1] / 100.0, values[2] / 100.0, 1);
    }
    if (std::optional<Rgba> color = parse_css_color(text)) return color;
    const std::string name = lower(text);
    if (name == "none" || name == "clear") return Rgba{0, 0, 0, 0};
    return std::nullopt;
}

} // namespace lunette::wezterm
