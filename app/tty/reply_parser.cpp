#include "tty/reply_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace lunette::tty {

namespace {

std::string_view next_part(std::string_view& text, char separator = ';') {
    const std::size_t at = text.find(separator);
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + 1);
    return part;
}

std::optional<int> number(std::string_view text, int base = 10) noexcept {
    int value = 0;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value, base);
    if (text.empty() || error != std::errc{} || end != last || value < 0) return std::nullopt;
    return value;
}

// One to four hexadecimal digits of a fraction.
std::optional<std::uint8_t> component(std::string_view digits) noexcept {
    const std::optional<int> value = number(digits, 16);
    if (!value || digits.size() > 4) return std::nullopt;
    const int most = (1 << 4 * digits.size()) - 1;
    return static_cast<std::uint8_t>((*value * 255 + most / 2) / most);
}

std::optional<std::string> from_hex(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string text;
    for (; !digits.empty(); digits.remove_prefix(2)) {
        const std::optional<int> byte = number(digits.substr(0, 2), 16);
        if (!byte) return std::nullopt;
        text += static_cast<char>(*byte);
    }
    return text;
}

std::vector<int> numbers_of(const ControlSequence& sequence) {
    std::vector<int> numbers;
    for (std::size_t i = 0; i < sequence.size(); ++i) numbers.push_back(sequence.at(i));
    return numbers;
}

} // namespace

std::optional<Rgb> parse_color(std::string_view text) noexcept {
    if (text.size() == 7 && text[0] == '#') {
        const std::optional<int> value = number(text.substr(1), 16);
        if (!value) return std::nullopt;
        return Rgb{static_cast<std::uint8_t>(*value >> 16), static_cast<std::uint8_t>(*value >> 8),
                   static_cast<std::uint8_t>(*value)};
    }
    const std::string_view kind = next_part(text, ':');
    if (kind != "rgb" && kind != "rgba") return std::nullopt;
    const std::optional<std::uint8_t> red = component(next_part(text, '/'));
    const std::optional<std::uint8_t> green = component(next_part(text, '/'));
    const std::optional<std::uint8_t> blue = component(next_part(text, '/'));
    if (!red || !green || !blue) return std::nullopt;
    return Rgb{*red, *green, *blue};
}

std::optional<Reply> parse_sequence_reply(const ControlSequence& sequence) {
    if (!sequence.valid()) return std::nullopt;
    if (sequence.intermediate() == '$') {
        if (sequence.final() == 'y' && sequence.prefix() == '?' && sequence.size() == 2)
            return ModeReply{sequence.at(0), sequence.at(1)};
        return std::nullopt;
    }
    if (sequence.intermediate()) return std::nullopt;
    switch (sequence.final()) {
    case 'c':
        if (sequence.prefix() == '?') return AttributesReply{numbers_of(sequence)};
        if (sequence.prefix() == '>') return SecondaryAttributesReply{numbers_of(sequence)};
        return std::nullopt;
    case 'u':
        if (sequence.prefix() == '?') return KittyFlagsReply{sequence.at(0)};
        return std::nullopt;
    case 'R':
        if (sequence.prefix() && sequence.prefix() != '?') return std::nullopt;
        if (sequence.size() < 2) return std::nullopt;
        return CursorReply{sequence.at(0), sequence.at(1)};
    case 'n':
        if (sequence.prefix() == '?' && sequence.at(0) == 997 && (sequence.at(1) == 1 || sequence.at(1) == 2))
            return AppearanceReply{sequence.at(1) == 1};
        return std::nullopt;
    case 't':
        if (!sequence.prefix() && sequence.at(0) == 6 && sequence.at(1) > 0 && sequence.at(2) > 0)
            return CellSizeReply{sequence.at(2), sequence.at(1)};
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::vector<Reply> parse_osc_reply(std::string_view content) {
    std::vector<Reply> replies;
    const std::optional<int> command = number(next_part(content));
    if (!command) return replies;
    if (*command == 4) {
        while (!content.empty()) {
            const std::optional<int> index = number(next_part(content));
            const std::optional<Rgb> color = parse_color(next_part(content));
            if (index && *index < 256 && color) replies.push_back(ColorReply{4, *index, *color});
        }
    } else if (*command >= 10 && *command <= 12) {
        if (const std::optional<Rgb> color = parse_color(content))
            replies.push_back(ColorReply{*command, std::nullopt, *color});
    }
    return replies;
}

std::vector<Reply> parse_dcs_reply(std::string_view content) {
    std::vector<Reply> replies;
    if (content.substr(0, 2) == ">|") {
        VersionReply version;
        for (const char c : content.substr(2, 100))
            if (c >= ' ' && c < 0x7F) version.text += c;
        replies.push_back(std::move(version));
    } else if (content.size() >= 3 && (content[0] == '0' || content[0] == '1')) {
        const bool valid = content[0] == '1';
        const std::string_view kind = content.substr(1, 2);
        content.remove_prefix(3);
        if (kind == "$r") replies.push_back(SettingReply{valid, std::string{content}});
        while (kind == "+r" && !content.empty()) {
            std::string_view pair = next_part(content);
            const std::optional<std::string> name = from_hex(next_part(pair, '='));
            const std::optional<std::string> value = from_hex(pair);
            if (name && value) replies.push_back(TermcapReply{valid, *name, *value});
        }
    }
    return replies;
}

} // namespace lunette::tty
