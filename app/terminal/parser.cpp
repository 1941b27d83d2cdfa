#include "terminal/parser.h"

#include <algorithm>
#include <cstring>

namespace lunette::terminal {

namespace {

constexpr unsigned char bel = 0x07;
constexpr unsigned char can = 0x18;
constexpr unsigned char sub = 0x1A;
constexpr unsigned char esc = 0x1B;

constexpr bool is_printable(unsigned char byte) { return byte >= 0x20 && byte < 0x7F; }

constexpr bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

// The first byte that is not printable ASCII, eight at a time.
const char* skip_printable(const char* p, const char* end) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x8080808080808080;
    while (end - p >= 8) {
        std::uint64_t word;
        std::memcpy(&word, p, 8);
        // With all high bits clear: below 0x20 borrows into the high bit, 0x7F carries into it.
        // Neither misses a byte; both may accuse one after a true hit, so the tail decides.
        if (((word | (word - ones * 0x20) | (word + ones)) & high) != 0) break;
        p += 8;
    }
    while (p != end && is_printable(static_cast<unsigned char>(*p))) ++p;
    return p;
}

} // namespace

void Parser::reset() {
    drop_string();
    utf8_.reset();
    state_ = State::ground;
}

void Parser::feed(std::string_view bytes, ParserActions& actions) {
    const char* p = bytes.data();
    const char* const end = p + bytes.size();
    while (p != end) {
        switch (state_) {
        case State::ground: p = ground(p, end, actions); break;
        case State::head: p = head(p, end, actions); break;
        case State::string: p = string(p, end, actions); break;
        case State::string_escape:
            if (*p == '\\') {
                ++p;
                finish_string(actions);
            } else {
                drop_string();
                begin_escape();
            }
            break;
        case State::escape:
        case State::escape_intermediate:
        case State::head_intermediate:
        case State::head_ignore: {
            const auto byte = static_cast<unsigned char>(*p);
            if (byte >= 0x80) {
                state_ = State::ground;
                break;
            }
            ++p;
            if (control(byte, actions) || byte == 0x7F) break;
            if (state_ == State::escape || state_ == State::escape_intermediate)
                escape_byte(byte, actions);
            else
                head_byte(byte, actions);
            break;
        }
        }
    }
}

const char* Parser::ground(const char* p, const char* end, ParserActions& actions) {
    if (!utf8_.pending()) {
        const char* const run = skip_printable(p, end);
        if (run != p) actions.print_ascii({p, static_cast<std::size_t>(run - p)});
        p = run;
    }
    while (p != end) {
        const auto byte = static_cast<unsigned char>(*p);
        if (byte >= 0x80 || utf8_.pending()) {
            const Utf8Decoder::Step step = utf8_.step(p, end);
            p += step.consumed;
            if (!step.complete) continue;
            if (step.code_point >= 0xA0) {
                actions.print(step.code_point);
            } else if (step.code_point >= 0x80) {
                c1(static_cast<unsigned char>(step.code_point), actions);
                return p;
            }
            continue;
        }
        if (byte >= 0x20 && byte != 0x7F) return p;
        ++p;
        if (byte == esc) {
            begin_escape();
            if (p == end || *p != '[') return p;
            // By far the most frequent; the way through the escape state would give the same.
            begin_head(Kind::csi);
            return head(p + 1, end, actions);
        }
        if (byte != 0 && byte != 0x7F && byte != can && byte != sub) actions.execute(byte);
    }
    return p;
}

bool Parser::control(unsigned char byte, ParserActions& actions) {
    if (byte >= 0x20) return false;
    if (byte == esc) {
        begin_escape();
    } else if (byte == can || byte == sub) {
        state_ = State::ground;
    } else if (kind_ == Kind::csi && byte != 0) {
        actions.execute(byte);
    }
    return true;
}

void Parser::c1(unsigned char control, ParserActions& actions) {
    begin_escape();
    escape_byte(static_cast<unsigned char>(control - 0x40), actions);
}

void Parser::begin_escape() {
    state_ = State::escape;
    kind_ = Kind::csi;
    sequence_.prefix = 0;
    sequence_.intermediate_count = 0;
    sequence_.params.clear();
}

void Parser::escape_byte(unsigned char byte, ParserActions& actions) {
    if (byte < 0x30) {
        collect(static_cast<char>(byte));
        state_ = State::escape_intermediate;
        return;
    }
    if (state_ == State::escape) {
        switch (byte) {
        case '[': return begin_head(Kind::csi);
        case 'P': return begin_head(Kind::dcs);
        case ']': return begin_string(Kind::osc);
        case 'X':
        case '^':
        case '_': return begin_string(Kind::ignored);
        default: break;
        }
    }
    state_ = State::ground;
    if (sequence_.intermediate_count > sequence_.intermediates.size()) return;
    sequence_.final = static_cast<char>(byte);
    actions.escape(sequence_);
}

void Parser::collect(char intermediate) {
    const std::uint8_t count = sequence_.intermediate_count;
    if (count < sequence_.intermediates.size()) sequence_.intermediates[count] = intermediate;
    // One more than fits marks a sequence that nobody knows.
    sequence_.intermediate_count = std::min<std::uint8_t>(count + 1, sequence_.intermediates.size() + 1);
}

void Parser::begin_head(Kind kind) {
    state_ = State::head;
    kind_ = kind;
}

const char* Parser::head(const char* p, const char* end, ParserActions& actions) {
    for (; p != end; ++p) {
        const auto byte = static_cast<unsigned char>(*p);
        if (is_digit(byte)) {
            std::int32_t value = sequence_.params.begin_digits();
            while (p != end && is_digit(static_cast<unsigned char>(*p)))
                value = std::min(Params::max_value, value * 10 + (*p++ - '0'));
            sequence_.params.end_digits(value);
            --p;
        } else if (byte == ';' || byte == ':') {
            sequence_.params.separator(byte == ':');
        } else if (byte >= 0x40 && byte < 0x7F) {
            finish_head(static_cast<char>(byte), actions);
            return p + 1;
        } else if (byte >= 0x80) {
            state_ = State::ground;
            return p;
        } else if (byte != 0x7F && !control(byte, actions)) {
            head_byte(byte, actions);
        }
        if (state_ != State::head) return p + 1;
    }
    return p;
}

void Parser::head_byte(unsigned char byte, ParserActions& actions) {
    if (byte >= 0x40) {
        finish_head(static_cast<char>(byte), actions);
    } else if (state_ == State::head_ignore) {
        return;
    } else if (byte < 0x30) {
        collect(static_cast<char>(byte));
        state_ = State::head_intermediate;
    } else if (byte >= 0x3C && state_ == State::head && sequence_.prefix == 0 &&
               sequence_.params.size() == 0) {
        sequence_.prefix = static_cast<char>(byte);
    } else {
        state_ = State::head_ignore;
    }
}

void Parser::finish_head(char final, ParserActions& actions) {
    const bool known =
        state_ != State::head_ignore && sequence_.intermediate_count <= sequence_.intermediates.size();
    sequence_.final = final;
    if (kind_ == Kind::dcs) {
        begin_string(known ? Kind::dcs : Kind::ignored);
        return;
    }
    state_ = State::ground;
    if (known) actions.csi(sequence_);
}

void Parser::begin_string(Kind kind) {
    state_ = State::string;
    kind_ = kind;
    overflow_ = false;
    after_c2_ = false;
    string_.clear();
}

const char* Parser::string(const char* p, const char* end, ParserActions& actions) {
    const char* const begin = p;
    for (; p != end; ++p) {
        const auto byte = static_cast<unsigned char>(*p);
        const bool ends = byte == esc || byte == can || byte == sub || (byte == bel && kind_ == Kind::osc);
        // U+009C (string terminator) is C2 9C; a lone 9C is part of some other character.
        const bool c1_end =
            byte == 0x9C && (p == begin ? after_c2_ : static_cast<unsigned char>(p[-1]) == 0xC2);
        if (!ends && !c1_end) continue;
        append(begin, p);
        if (c1_end) {
            if (!string_.empty()) string_.pop_back();
            finish_string(actions);
        } else if (byte == bel) {
            finish_string(actions);
        } else if (byte == esc) {
            state_ = State::string_escape;
        } else {
            drop_string();
        }
        return p + 1;
    }
    append(begin, p);
    after_c2_ = static_cast<unsigned char>(end[-1]) == 0xC2;
    return p;
}

void Parser::append(const char* begin, const char* end) {
    if (kind_ == Kind::ignored || overflow_) return;
    const std::size_t bound = kind_ == Kind::osc ? max_osc_bytes : max_dcs_bytes;
    const auto size = static_cast<std::size_t>(end - begin);
    if (string_.size() + size > bound) {
        overflow_ = true;
        string_ = {};
        return;
    }
    string_.append(begin, size);
}

void Parser::finish_string(ParserActions& actions) {
    state_ = State::ground;
    if (overflow_) {
        actions.string_too_long();
    } else {
        if (kind_ == Kind::osc) actions.osc(string_);
        if (kind_ == Kind::dcs) actions.dcs(sequence_, string_);
    }
    drop_string();
}

void Parser::drop_string() {
    constexpr std::size_t kept_capacity = 4096;
    state_ = State::ground;
    if (string_.capacity() > kept_capacity)
        string_ = {};
    else
        string_.clear();
}

} // namespace lunette::terminal
