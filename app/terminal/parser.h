#pragma once

#include "terminal/params.h"
#include "terminal/utf8.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::terminal {

// The head of an escape, control or device control sequence.
struct Sequence {
    char prefix = 0; // one of "<=>?", or 0
    std::array<char, 2> intermediates{};
    std::uint8_t intermediate_count = 0;
    char final = 0;
    Params params;

    // True when exactly this intermediate (0: none) is there.
    bool intermediate(char wanted) const noexcept {
        return wanted == 0 ? intermediate_count == 0 : intermediate_count == 1 && intermediates[0] == wanted;
    }
};

// What a parser tells. Arguments are valid during the call only.
class ParserActions {
public:
    virtual void print_ascii(std::string_view text) = 0; // 0x20..0x7E, never empty
    virtual void print(char32_t code_point) = 0;         // from U+00A0 on
    virtual void execute(unsigned char control) = 0;     // C0 without NUL, ESC, CAN, SUB
    virtual void escape(const Sequence& sequence) = 0;
    virtual void csi(const Sequence& sequence) = 0;
    virtual void osc(std::string_view content) = 0;
    virtual void dcs(const Sequence& head, std::string_view content) = 0;
    virtual void string_too_long() {} // an OSC or DCS that is not reported

protected:
    ~ParserActions() = default;
};

// Paul Williams' state machine for DEC terminals (vt100.net/emu/dec_ansi_parser) over UTF-8.
// Bytes may be split anywhere. Strings are bounded: a longer OSC or DCS is read to its end and not
// reported; SOS, PM and APC never are. 8-bit controls count only as encoded code points.
class Parser {
public:
    // Enough for 1 MiB of clipboard in base64.
    static constexpr std::size_t max_osc_bytes = (1U << 20) / 3 * 4 + 64;
    static constexpr std::size_t max_dcs_bytes = 4096;

    void feed(std::string_view bytes, ParserActions& actions);
    void reset();

private:
    enum class State : std::uint8_t {
        ground,
        escape,
        escape_intermediate,
        head, // parameters of CSI or DCS
        head_intermediate,
        head_ignore,
        string,
        string_escape, // ESC inside a string: the first half of ST, or an abort
    };
    enum class Kind : std::uint8_t { csi, osc, dcs, ignored };

    const char* ground(const char* p, const char* end, ParserActions& actions);
    const char* head(const char* p, const char* end, ParserActions& actions);
    const char* string(const char* p, const char* end, ParserActions& actions);
    void escape_byte(unsigned char byte, ParserActions& actions);
    void head_byte(unsigned char byte, ParserActions& actions);
    void c1(unsigned char control, ParserActions& actions);
    // Handles ESC, CAN, SUB and C0 inside sequences; false when the byte is none of them.
    bool control(unsigned char byte, ParserActions& actions);
    void collect(char intermediate);
    void begin_escape();
    void begin_head(Kind kind);
    void begin_string(Kind kind);
    void finish_head(char final, ParserActions& actions);
    void append(const char* begin, const char* end);
    void finish_string(ParserActions& actions);
    void drop_string();

    State state_ = State::ground;
    Kind kind_ = Kind::csi;
    bool overflow_ = false;
    bool after_c2_ = false; // the last byte of the string so far was 0xC2
    Utf8Decoder utf8_;
    Sequence sequence_;
    std::string string_;
};

} // namespace lunette::terminal
