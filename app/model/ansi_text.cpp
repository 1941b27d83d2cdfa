#include "model/ansi_text.h"

#include "model/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace lunette::model {

namespace {

// One parameter of SGR with its sub-parameters: "38:2::1:2:3" is {38, 2, none, 1, 2, 3}.
struct Parameter {
    static constexpr int absent = -1;
    std::array<int, 8> values{};
    std::size_t count = 0;

    int operator[](std::size_t i) const noexcept { return i < count ? values[i] : absent; }
};

Parameter take_parameter(std::string_view& rest) noexcept {
    Parameter parameter;
    int value = Parameter::absent;
    const auto finish = [&] {
        if (parameter.count < parameter.values.size()) parameter.values[parameter.count++] = value;
        value = Parameter::absent;
    };
    std::size_t i = 0;
    for (; i < rest.size() && rest[i] != ';'; ++i) {
        if (rest[i] == ':')
            finish();
        else if (rest[i] >= '0' && rest[i] <= '9')
            value = std::min(std::max(value, 0) * 10 + (rest[i] - '0'), 99999);
    }
    finish();
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return parameter;
}

std::uint8_t channel(int value) noexcept { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

TextColor direct(int red, int green, int blue) noexcept {
    return TextColor::direct(channel(red), channel(green), channel(blue));
}

// The colour behind 38, 48 or 58, in either form; cuts what the semicolon form uses off `rest`.
// Absent alpha counts as opaque. Returns false when it is none.
bool extended_color(const Parameter& p, std::string_view& rest, TextColor& color) noexcept {
    if (p.count > 1) {
        switch (p[1]) {
        case 5: color = TextColor::indexed(channel(p[2])); return p[2] >= 0;
        case 2: // with or without the colour space before red
            color = p.count > 5 ? direct(p[3], p[4], p[5]) : direct(p[2], p[3], p[4]);
            return p.count > 4;
        case 6: // WezTerm's form with alpha
            color = p[6] == 0 ? TextColor::transparent() : direct(p[3], p[4], p[5]);
            return p.count > 6;
        default: return false;
        }
    }
    const auto next = [&] { return take_parameter(rest)[0]; };
    switch (next()) {
    case 5: color = TextColor::indexed(channel(next())); return true;
    case 2: {
        const int red = next();
        const int green = next();
        color = direct(red, green, next());
        return true;
    }
    default: return false;
    }
}

template<class T>
void set(TextStyle& style, std::uint16_t attribute, T& target, T value) noexcept {
    target = value;
    style.set = static_cast<std::uint16_t>(style.set | attribute);
}

void set_underline(TextStyle& style, int kind) noexcept {
    if (kind < 0 || kind > 5) return;
    set(style, TextStyle::sets_underline, style.underline, static_cast<TextUnderline>(kind));
}

void apply_color(const Parameter& p, std::string_view& rest, TextStyle& style) noexcept {
    TextColor color;
    if (!extended_color(p, rest, color)) return;
    if (p[0] == 38)
        style.foreground = color;
    else if (p[0] == 48)
        style.background = color;
    else
        style.underline_color = color;
}

void apply(const Parameter& p, std::string_view& rest, TextStyle& style) noexcept {
    const int code = std::max(p[0], 0);
    switch (code) {
    case 0: style = {}; return;
    case 1: return set(style, TextStyle::sets_intensity, style.intensity, TextIntensity::bold);
    case 2: return set(style, TextStyle::sets_intensity, style.intensity, TextIntensity::half);
    case 22: return set(style, TextStyle::sets_intensity, style.intensity, TextIntensity::normal);
    case 3:
    case 23: return set(style, TextStyle::sets_italic, style.italic, code == 3);
    case 4: return set_underline(style, p.count > 1 ? p[1] : 1);
    case 21: return set_underline(style, 2);
    case 24: return set_underline(style, 0);
    case 5: return set(style, TextStyle::sets_blink, style.blink, TextBlink::slow);
    case 6: return set(style, TextStyle::sets_blink, style.blink, TextBlink::rapid);
    case 25: return set(style, TextStyle::sets_blink, style.blink, TextBlink::none);
    case 7:
    case 27: return set(style, TextStyle::sets_inverse, style.inverse, code == 7);
    case 8:
    case 28: return set(style, TextStyle::sets_invisible, style.invisible, code == 8);
    case 9:
    case 29: return set(style, TextStyle::sets_strikethrough, style.strikethrough, code == 9);
    case 53:
    case 55: return set(style, TextStyle::sets_overline, style.overline, code == 53);
    case 38:
    case 48:
    case 58: return apply_color(p, rest, style);
    case 39: style.foreground = {}; return;
    case 49: style.background = {}; return;
    case 59: style.underline_color = {}; return;
    default: break;
    }
    if (code >= 30 && code <= 37)
        style.foreground = TextColor::indexed(static_cast<std::uint8_t>(code - 30));
    else if (code >= 40 && code <= 47)
        style.background = TextColor::indexed(static_cast<std::uint8_t>(code - 40));
    else if (code >= 90 && code <= 97)
        style.foreground = TextColor::indexed(static_cast<std::uint8_t>(code - 82));
    else if (code >= 100 && code <= 107)
        style.background = TextColor::indexed(static_cast<std::uint8_t>(code - 92));
}

// Paul Williams's parser of VT500 sequences, reduced to telling text, SGR and the rest apart.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_{text} {}

    StyledText read() {
        while (position_ < text_.size() && !ended_) step();
        flush(position_);
        return std::move(result_);
    }

private:
    enum class State : std::uint8_t { ground, escape, csi, string, string_escape };

    void flush(std::size_t end) {
        if (state_ == State::ground && end > start_)
            result_.append(text_.substr(start_, end - start_), style_);
        start_ = end;
    }

    void enter(State state, std::size_t after) {
        flush(position_);
        state_ = state;
        position_ = start_ = after;
    }

    void step() {
        const auto byte = static_cast<unsigned char>(text_[position_]);
        // C1 controls count in their UTF-8 form, as WezTerm's parser has it.
        const bool c1 = byte == 0xC2 && position_ + 1 < text_.size() &&
                        static_cast<unsigned char>(text_[position_ + 1]) >= 0x80 &&
                        static_cast<unsigned char>(text_[position_ + 1]) < 0xA0;
        if (c1) return control_1(static_cast<unsigned char>(text_[position_ + 1]));
        switch (state_) {
        case State::ground: return ground(byte);
        case State::escape: return escape(byte);
        case State::csi: return csi(byte);
        case State::string: return string(byte);
        case State::string_escape:
            if (byte == '\\') return enter(State::ground, position_ + 1);
            state_ = State::escape; // any other ESC ends the string and begins a sequence
            return;
        }
    }

    // Controls that act in every state but within strings. True when `byte` was one.
    bool control(unsigned char byte) {
        switch (byte) {
        case 0x1B: enter(State::escape, position_ + 1); return true;
        case 0x18:
        case 0x1A: enter(State::ground, position_ + 1); return true;
        case '\r':
        case '\n':
            flush(position_);
            ended_ = true;
            return true;
        default: return false;
        }
    }

    void control_1(unsigned char byte) {
        if (state_ == State::string && byte != 0x9C) {
            position_ += 2;
            return;
        }
        switch (byte) {
        case 0x9B: return enter(State::csi, position_ + 2);
        case 0x90:
        case 0x98:
        case 0x9D:
        case 0x9E:
        case 0x9F: return enter(State::string, position_ + 2);
        default: return enter(State::ground, position_ + 2);
        }
    }

    void ground(unsigned char byte) {
        if (!control(byte)) ++position_;
    }

    void escape(unsigned char byte) {
        if (control(byte)) return;
        if (byte < 0x30) { // intermediates, and controls that do nothing here
            ++position_;
            return;
        }
        const bool introduced = position_ > 0 && text_[position_ - 1] == 0x1B;
        if (introduced && byte == '[') return enter(State::csi, position_ + 1);
        if (introduced && std::string_view{"P]X^_"}.find(static_cast<char>(byte)) != std::string_view::npos) {
            return enter(State::string, position_ + 1);
        }
        enter(State::ground, byte < 0x7F ? position_ + 1 : position_);
    }

    void csi(unsigned char byte) {
        if (control(byte)) return;
        if (byte < 0x40) { // parameters, intermediates, controls that do nothing here
            ++position_;
            return;
        }
        const std::string_view parameters = text_.substr(start_, position_ - start_);
        if (byte == 'm' && parameters.find_first_not_of("0123456789:;") == std::string_view::npos) {
            apply_sgr(parameters, style_);
        }
        enter(State::ground, byte < 0x7F ? position_ + 1 : position_);
    }

    void string(unsigned char byte) {
        ++position_;
        if (byte == 0x07 || byte == 0x18 || byte == 0x1A) {
            state_ = State::ground;
            start_ = position_;
        } else if (byte == 0x1B) {
            state_ = State::string_escape;
            start_ = position_;
        }
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t start_ = 0; // of the text not yet taken, or of the parameters
    State state_ = State::ground;
    bool ended_ = false;
    TextStyle style_;
    StyledText result_;
};

} // namespace

void apply_sgr(std::string_view parameters, TextStyle& style) {
    do {
        const Parameter parameter = take_parameter(parameters);
        apply(parameter, parameters, style);
    } while (!parameters.empty());
}

StyledText parse_ansi_text(std::string_view text) { return Reader{text}.read(); }

} // namespace lunette::model
