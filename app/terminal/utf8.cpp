#include "terminal/utf8.h"

#include "model/utf8.h"

#include <algorithm>
#include <string_view>

namespace lunette::terminal {

Utf8Decoder::Step Utf8Decoder::step(const char* begin, const char* end) noexcept {
    if (carried_ > 0) return step_carried(begin, end);
    const auto size = static_cast<std::size_t>(end - begin);
    const model::Decoded decoded = model::decode_utf8({begin, size});
    if (decoded.length > 0) return {decoded.code_point, decoded.length, true};
    std::copy(begin, end, carry_);
    carried_ = static_cast<std::uint8_t>(size);
    return {0, size, false};
}

Utf8Decoder::Step Utf8Decoder::step_carried(const char* begin, const char* end) noexcept {
    const std::size_t taken =
        std::min<std::size_t>(sizeof carry_ - carried_, static_cast<std::size_t>(end - begin));
    std::copy(begin, begin + taken, carry_ + carried_);
    const model::Decoded decoded = model::decode_utf8({carry_, carried_ + taken});
    if (decoded.length == 0) {
        carried_ = static_cast<std::uint8_t>(carried_ + taken);
        return {0, taken, false};
    }
    // What was carried is a proper prefix of a sequence, so at least all of it is used up now.
    const std::size_t consumed = static_cast<std::size_t>(decoded.length) - carried_;
    carried_ = 0;
    return {decoded.code_point, consumed, true};
}

} // namespace lunette::terminal
