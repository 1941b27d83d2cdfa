#include "tty/sequence.h"

#include <algorithm>

namespace lunette::tty {

namespace {
constexpr std::int32_t most = 0x110000; // beyond any code point, and far from overflow
} // namespace

ControlSequence::ControlSequence(std::string_view body, char final) noexcept : final_{final} {
    for (auto& group : numbers_) group.fill(-1);
    if (!body.empty() && body[0] >= '<' && body[0] <= '?') {
        prefix_ = body[0];
        body.remove_prefix(1);
    }
    std::size_t part = 0;
    bool dropped = false; // beyond the bound
    if (!body.empty() && body[0] > '/') size_ = 1;
    for (const char c : body) {
        if (c >= ' ' && c <= '/') {
            if (intermediate_) valid_ = false;
            intermediate_ = c;
        } else if (intermediate_ || c < '0' || c > ';') {
            valid_ = false;
        } else if (c == ';') {
            dropped = size_ == most_groups;
            if (!dropped) ++size_;
            part = 0;
        } else if (c == ':') {
            ++part;
        } else if (!dropped && part < most_parts) {
            std::int32_t& number = numbers_[size_ - 1][part];
            number = std::min(std::max(number, 0) * 10 + (c - '0'), most);
        }
    }
}

} // namespace lunette::tty
