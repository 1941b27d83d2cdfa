#include "tty/decoder.h"

#include "model/utf8.h"
#include "tty/key_codes.h"
#include "tty/mouse_codes.h"
#include "tty/reply_parser.h"

#include <algorithm>
#include <utility>

namespace lunette::tty {

namespace {

using model::KeyEvent;
using model::Modifiers;

constexpr unsigned char bel = 0x07;
constexpr unsigned char can = 0x18;
constexpr unsigned char sub = 0x1A;
constexpr unsigned char esc = 0x1B;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// OSC 4;…, 10;…, 11;…; DCS >|…, 1$r…, 1+r…: what setup.h asks for.
constexpr bool begins_answer(char kind, char first) noexcept {
    return kind == ']' ? is_digit(first) : kind == 'P' && (is_digit(first) || first == '>');
}

} // namespace

bool Decoder::is_waiting() const noexcept {
    switch (state_) {
    case State::escape:
    case State::single_shift:
    case State::linux_key: return true;
    case State::sequence:
    case State::string: return bytes_.empty() && !overflow_;
    case State::string_escape: return false;
    default: return false;
    }
}

bool Decoder::is_in_string() const noexcept {
    return state_ == State::string || state_ == State::string_escape;
}

bool Decoder::is_in_answer() const noexcept {
    return is_in_string() && (overflow_ || (!bytes_.empty() && begins_answer(string_kind_, bytes_[0])));
}

void Decoder::expire_string(const Sink& sink) {
    const bool escaped = state_ == State::string_escape;
    abandon_string(sink);
    if (escaped) begin_escape();
}

void Decoder::abandon_string(const Sink& sink) {
    const bool answer = is_in_answer();
    const std::string typed = std::exchange(bytes_, {});
    state_ = State::ground;
    overflow_ = false;
    if (answer) return;
    tell_escape(sink);
    sink(model::character_key(static_cast<char32_t>(string_kind_), Modifiers::alt));
    feed(typed, sink);
}

void Decoder::feed(std::string_view bytes, const Sink& sink) {
    if (expired_ && !bytes.empty()) {
        expired_ = false;
        if (swallows_orphan(bytes)) bytes.remove_prefix(1);
    }
    const char* p = bytes.data();
    const char* const end = p + bytes.size();
    while (p != end) {
        const auto byte = static_cast<unsigned char>(*p);
        switch (state_) {
        case State::ground: p = ground(p, end, sink); break;
        case State::paste:
            p = paste_.read(p, end, [&](const PasteEvent& piece) { sink(piece); });
            if (paste_.ended()) state_ = State::ground;
            break;
        case State::string:
        case State::string_escape: p = string(p, end, sink); break;
        case State::escape:
            if (byte >= 0x80 || (byte < 0x20 && byte != esc)) {
                // ALT and a character.
                if (doubled_) tell_escape(sink);
                state_ = State::ground;
                alt_ = true;
                break;
            }
            ++p;
            escape(byte, sink);
            break;
        case State::single_shift:
            ++p;
            single_shift(byte, sink);
            break;
        case State::sequence:
            ++p;
            sequence(byte, sink);
            break;
        case State::linux_key:
            ++p;
            state_ = State::ground;
            if (byte == esc)
                begin_escape();
            else if (const auto key = linux_key(static_cast<char>(byte)))
                tell_key(*key, sink);
            break;
        case State::mouse:
            bytes_ += *p++;
            if (bytes_.size() == 3) x10_mouse(sink);
            break;
        }
    }
}

void Decoder::expire(const Sink& sink) {
    if (!is_waiting()) return;
    expired_ = true;
    const State state = state_;
    const char kind = string_kind_;
    state_ = State::ground;
    if (state == State::escape) {
        if (doubled_) sink(model::named_key(model::Key::escape));
        sink(model::named_key(model::Key::escape));
        return;
    }
    if (state == State::linux_key) {
        tell_escape(sink);
        sink(model::character_key(U'[', Modifiers::alt));
        sink(model::character_key(U'['));
        return;
    }
    tell_escape(sink);
    const char32_t letter = state == State::single_shift ? U'O'
                            : state == State::sequence   ? U'['
                                                         : static_cast<char32_t>(kind);
    sink(model::character_key(letter, Modifiers::alt));
}

void Decoder::end_paste(const Sink& sink) {
    paste_.expire([&](const PasteEvent& piece) { sink(piece); });
    state_ = State::ground;
}

// After an ESC that was taken for a key: is this the rest of a reply that came late? A person does not type
// such a text in one piece.
bool Decoder::swallows_orphan(std::string_view bytes) noexcept {
    if (state_ != State::ground || alt_ || bytes.size() < 3) return false;
    const bool reply = (bytes[0] == '[' && (bytes[1] == '?' || bytes[1] == '<') && is_digit(bytes[2])) ||
                       (bytes[0] == ']' && is_digit(bytes[1]) && (is_digit(bytes[2]) || bytes[2] == ';')) ||
                       (bytes[0] == 'P' && ((bytes[1] == '>' && bytes[2] == '|') ||
                                            (is_digit(bytes[1]) && (bytes[2] == '$' || bytes[2] == '+'))));
    if (!reply) return false;
    if (bytes[0] == '[') {
        doubled_ = false;
        bytes_.clear();
        state_ = State::sequence;
    } else {
        doubled_ = false;
        begin_string(bytes[0]);
    }
    return true;
}

const char* Decoder::ground(const char* p, const char* end, const Sink& sink) {
    while (p != end) {
        const auto byte = static_cast<unsigned char>(*p);
        if (byte >= 0x80 || !bytes_.empty()) {
            p = character(p, end, sink);
            continue;
        }
        ++p;
        if (byte == esc) {
            begin_escape();
            return p;
        }
        KeyEvent event = byte < 0x20 || byte == 0x7F ? control_key(byte, erase_) : model::character_key(byte);
        if (alt_) event.modifiers = event.modifiers | Modifiers::alt;
        alt_ = false;
        sink(event);
    }
    return p;
}

// One character of UTF-8, whose first bytes may have come before.
const char* Decoder::character(const char* p, const char* end, const Sink& sink) {
    const std::size_t had = bytes_.size();
    bytes_.append(p, std::min<std::size_t>(static_cast<std::size_t>(end - p), 4 - had));
    const model::Decoded decoded = model::decode_utf8(bytes_);
    if (decoded.length == 0) return end; // incomplete
    bytes_.clear();
    // Bytes that are no text, or a C1 control, are not typed.
    if (decoded.valid && decoded.code_point >= 0xA0)
        sink(model::character_key(decoded.code_point, alt_ ? Modifiers::alt : Modifiers::none));
    alt_ = false;
    // A malformed beginning may end before what came now.
    return p + (decoded.length > had ? decoded.length - had : 0);
}

void Decoder::begin_escape() noexcept {
    state_ = State::escape;
    doubled_ = false;
    alt_ = false;
    overflow_ = false;
    bytes_.clear();
}

void Decoder::begin_string(char kind) noexcept {
    state_ = State::string;
    string_kind_ = kind;
    overflow_ = false;
    bytes_.clear();
}

void Decoder::escape(unsigned char byte, const Sink& sink) {
    switch (byte) {
    case esc:
        if (doubled_) sink(model::named_key(model::Key::escape));
        doubled_ = true;
        return;
    case 'O': state_ = State::single_shift; return;
    case '[':
        state_ = State::sequence;
        bytes_.clear();
        return;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_': begin_string(static_cast<char>(byte)); return;
    default: break;
    }
    tell_escape(sink);
    state_ = State::ground;
    KeyEvent event = byte == 0x7F ? control_key(byte, erase_) : model::character_key(byte);
    event.modifiers = event.modifiers | Modifiers::alt;
    sink(event);
}

void Decoder::tell_escape(const Sink& sink) {
    if (doubled_) sink(model::named_key(model::Key::escape));
    doubled_ = false;
}

void Decoder::tell_key(KeyEvent event, const Sink& sink) {
    if (doubled_) event.modifiers = event.modifiers | Modifiers::alt;
    doubled_ = false;
    sink(event);
}

void Decoder::single_shift(unsigned char byte, const Sink& sink) {
    state_ = State::ground;
    if (byte == esc) {
        // ALT+O, and something new.
        tell_escape(sink);
        sink(model::character_key(U'O', Modifiers::alt));
        begin_escape();
        return;
    }
    // Some terminals put the modifiers before the letter.
    if (byte >= '1' && byte <= '9' && bytes_.empty()) {
        bytes_ = static_cast<char>(byte);
        state_ = State::single_shift;
        return;
    }
    std::optional<KeyEvent> key = single_shift_key(static_cast<char>(byte));
    if (key && !bytes_.empty()) key->modifiers = key->modifiers | static_cast<Modifiers>(bytes_[0] - '1');
    bytes_.clear();
    if (key) {
        tell_key(*key, sink);
    } else {
        tell_escape(sink);
    }
}

void Decoder::sequence(unsigned char byte, const Sink& sink) {
    if (byte == esc) {
        if (bytes_.empty() && !overflow_) {
            tell_escape(sink);
            sink(model::character_key(U'[', Modifiers::alt));
        }
        begin_escape();
        return;
    }
    if (byte == can || byte == sub || byte >= 0x80) {
        state_ = State::ground;
        overflow_ = false;
        bytes_.clear();
        return;
    }
    if (byte < 0x20 || byte == 0x7F) return;
    if (byte == '[' && bytes_.empty()) {
        state_ = State::linux_key;
        return;
    }
    // rxvt: SHIFT and a numbered key end in what is an intermediate elsewhere.
    const bool rxvt = byte == '$' && !bytes_.empty() && std::all_of(bytes_.begin(), bytes_.end(), is_digit);
    if (byte >= 0x40) {
        finish_sequence(static_cast<char>(byte), sink);
    } else if (rxvt && bytes_.size() <= 2) {
        const ControlSequence keyed{bytes_, '~'};
        state_ = State::ground;
        bytes_.clear();
        for (KeyEvent key : sequence_keys(keyed, erase_)) {
            key.modifiers = key.modifiers | Modifiers::shift;
            tell_key(key, sink);
        }
    } else if (bytes_.size() < most_sequence_bytes) {
        bytes_ += static_cast<char>(byte);
    } else {
        overflow_ = true;
    }
}

void Decoder::finish_sequence(char final, const Sink& sink) {
    const ControlSequence sequence{bytes_, final};
    const bool overflow = overflow_;
    state_ = State::ground;
    overflow_ = false;
    bytes_.clear();
    if (final == 'M' && sequence.size() == 0 && !sequence.prefix()) {
        state_ = State::mouse;
        return;
    }
    if (overflow || !sequence.valid()) return tell_escape(sink);
    if (!sequence.prefix() && !sequence.intermediate() && final == '~' && sequence.at(0) == 200) {
        tell_escape(sink);
        state_ = State::paste;
        paste_.begin();
        return;
    }
    const std::vector<KeyEvent> keys = sequence_keys(sequence, erase_);
    if (!keys.empty()) {
        const bool alt = doubled_;
        doubled_ = false;
        for (KeyEvent key : keys) {
            if (alt) key.modifiers = key.modifiers | Modifiers::alt;
            sink(key);
        }
        return;
    }
    tell_escape(sink);
    if (sequence.prefix() == '<' && (final == 'M' || final == 'm') && sequence.size() >= 3) {
        MouseEvent event = mouse_of(sequence.at(0), final == 'm');
        event.x = sequence.at(1) - 1;
        event.y = sequence.at(2) - 1;
        sink(event);
    } else if (!sequence.prefix() && sequence.size() == 0 && (final == 'I' || final == 'O')) {
        sink(FocusEvent{final == 'I'});
    } else if (std::optional<Reply> reply = parse_sequence_reply(sequence)) {
        sink(std::move(*reply));
    }
}

void Decoder::x10_mouse(const Sink& sink) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes_[i]) - 32; };
    const int code = at(0);
    MouseEvent event = mouse_of(code < 0 ? 0 : code, (code & 3) == 3 && !(code & (32 | 64)));
    event.x = at(1) - 1;
    event.y = at(2) - 1;
    if (event.kind == MouseEvent::Kind::press) pressed_ = event.button;
    if (event.kind == MouseEvent::Kind::release) event.button = std::exchange(pressed_, 0);
    state_ = State::ground;
    bytes_.clear();
    tell_escape(sink);
    sink(event);
}

const char* Decoder::string(const char* p, const char* end, const Sink& sink) {
    while (p != end) {
        const auto byte = static_cast<unsigned char>(*p);
        if (state_ == State::string_escape) {
            if (byte == '\\') {
                finish_string(sink);
                return p + 1;
            }
            abandon_string(sink);
            begin_escape();
            return p;
        }
        ++p;
        if (byte == esc) {
            state_ = State::string_escape;
        } else if (byte == bel) {
            finish_string(sink);
            return p;
        } else if (byte == can || byte == sub) {
            state_ = State::ground;
            bytes_.clear();
            overflow_ = false;
            return p;
        } else if (bytes_.size() < most_string_bytes) {
            bytes_ += static_cast<char>(byte);
        } else {
            overflow_ = true;
        }
    }
    return p;
}

void Decoder::finish_string(const Sink& sink) {
    const std::string content = std::exchange(bytes_, {});
    const bool overflow = std::exchange(overflow_, false);
    state_ = State::ground;
    tell_escape(sink);
    if (overflow) return;
    if (string_kind_ == ']')
        for (Reply& reply : parse_osc_reply(content)) sink(std::move(reply));
    if (string_kind_ == 'P')
        for (Reply& reply : parse_dcs_reply(content)) sink(std::move(reply));
}

} // namespace lunette::tty
