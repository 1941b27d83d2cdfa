#pragma once

#include <cstddef>
#include <cstdint>

namespace lunette::terminal {

// Decodes UTF-8 that arrives in pieces split anywhere; malformed input becomes U+FFFD as
// model::decode_utf8 says. A value; not thread-safe.
class Utf8Decoder {
public:
    struct Step {
        char32_t code_point = 0;
        std::size_t consumed = 0; // of the bytes given; can be 0 when an earlier piece was malformed
        bool complete = false;    // false: all bytes are consumed and more are needed
    };

    // REQUIRES: begin != end.
    Step step(const char* begin, const char* end) noexcept;
    bool pending() const noexcept { return carried_ > 0; }
    void reset() noexcept { carried_ = 0; }

private:
    Step step_carried(const char* begin, const char* end) noexcept;

    char carry_[4] = {};
    std::uint8_t carried_ = 0;
};

} // namespace lunette::terminal
