#pragma once

#include "model/key.h"
#include "tty/events.h"
#include "tty/paste_reader.h"
#include "tty/reply.h"
#include "tty/sequence.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace lunette::tty {

using Decoded = std::variant<model::KeyEvent, MouseEvent, PasteEvent, FocusEvent, Reply>;

// Turns the bytes of a terminal into keys, mouse, paste, focus and replies. Bytes may be split anywhere; the
// result is the same. What is no known sequence is swallowed whole. Memory is bounded: a paste is handed on
// in pieces, an overlong string is read to its end and dropped. Does no I/O, knows no clock. A value.
class Decoder {
public:
    using Sink = std::function<void(Decoded&&)>;
    static constexpr std::size_t most_sequence_bytes = 256;
    static constexpr std::size_t most_string_bytes = 4096;

    // `erase` is the byte of Backspace.
    explicit Decoder(unsigned char erase = 0x7F) : erase_{erase} {}

    // Pasted text in what it tells lives during the call of `sink` only.
    void feed(std::string_view bytes, const Sink& sink);
    // True when the bytes so far could be a key on their own, were nothing to follow: a lone ESC, ALT and a
    // key that begins sequences.
    bool is_waiting() const noexcept;
    // Nothing followed: tells that key.
    void expire(const Sink& sink);
    // In a string that has begun, and in one that begins as the answers to our questions do.
    bool is_in_string() const noexcept;
    bool is_in_answer() const noexcept;
    // The string's end does not come. An answer is dropped; what is none was ALT and a key, and keys after
    // it. REQUIRES: is_in_string().
    void expire_string(const Sink& sink);
    // In a bracketed paste. One whose end got lost would take all that is typed for text.
    bool is_in_paste() const noexcept { return state_ == State::paste; }
    // It is over: what comes is typing again. REQUIRES: is_in_paste().
    void end_paste(const Sink& sink);

private:
    enum class State : std::uint8_t {
        ground,
        escape,        // after ESC, or ESC ESC when doubled_
        single_shift,  // after ESC O
        sequence,      // after ESC [
        linux_key,     // after ESC [ [
        mouse,         // three bytes after ESC [ M
        string,        // OSC, DCS, APC, PM, SOS
        string_escape, // ESC within
        paste,
    };

    const char* ground(const char* p, const char* end, const Sink& sink);
    const char* character(const char* p, const char* end, const Sink& sink);
    const char* string(const char* p, const char* end, const Sink& sink);
    void escape(unsigned char byte, const Sink& sink);
    void single_shift(unsigned char byte, const Sink& sink);
    void sequence(unsigned char byte, const Sink& sink);
    void finish_sequence(char final, const Sink& sink);
    void finish_string(const Sink& sink);
    // What an end is missing of: ends in the ground state.
    void abandon_string(const Sink& sink);
    void x10_mouse(const Sink& sink);
    void begin_escape() noexcept;
    void begin_string(char kind) noexcept;
    // Tells a key; ALT is added when the sequence had an ESC before it.
    void tell_key(model::KeyEvent event, const Sink& sink);
    // Before what is no key: the ESC before it was the key Escape.
    void tell_escape(const Sink& sink);
    bool swallows_orphan(std::string_view bytes) noexcept;

    State state_ = State::ground;
    unsigned char erase_;
    char string_kind_ = 0; // the byte after ESC
    bool doubled_ = false; // ESC ESC
    bool alt_ = false;     // the character that is being read came after ESC
    bool overflow_ = false;
    bool expired_ = false; // an ESC was taken for a key just now
    int pressed_ = 0;      // button, for releases that do not say which
    PasteReader paste_;
    std::string bytes_; // of the sequence, string or character
};

} // namespace lunette::tty
