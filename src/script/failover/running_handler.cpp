#include "script/failover/running_handler.h"

#include <algorithm>
#include <cstring>

#include <lunette/record.h>

namespace lunette::script {

// kind, event, '\0', where, '\0', zeroes.
HandlerLabel::HandlerLabel(const Offender& offender) noexcept : id_{next_id()} {
    char* const bytes = reinterpret_cast<char*>(bits_.data());
    char* const end = bytes + sizeof bits_ - 1;
    char* to = bytes;
    *to++ = static_cast<char>(offender.kind);
    const auto put = [&](std::string_view text, std::size_t most) {
        text = text.substr(0, std::min<std::size_t>(most, static_cast<std::size_t>(end - to) - 1));
        to = std::copy(text.begin(), text.end(), to) + 1;
    };
    put(offender.event, sizeof bits_ / 2);
    put(offender.where, sizeof bits_);
}

Offender HandlerLabel::decode(const std::array<std::uint64_t, words>& bits) {
    const char* bytes = reinterpret_cast<const char*>(bits.data());
    Offender offender;
    offender.kind = static_cast<Offender::Kind>(bytes[0]);
    offender.event = bytes + 1;
    offender.where = bytes + 2 + offender.event.size();
    return offender;
}

void RunningHandler::set(const HandlerLabel& label) noexcept {
    if (label.id() == current_) return;
    current_ = label.id();
    const std::uint64_t before = sequence_.load(std::memory_order_relaxed);
    sequence_.store(before + 1, std::memory_order_relaxed);
    for (std::size_t i = 0; i < HandlerLabel::words; ++i)
        bits_[i].store(label.bits()[i], std::memory_order_release);
    sequence_.store(before + 2, std::memory_order_release);
}

std::optional<Offender> RunningHandler::get() const {
    const std::uint64_t before = sequence_.load(std::memory_order_acquire);
    std::array<std::uint64_t, HandlerLabel::words> bits;
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = bits_[i].load(std::memory_order_acquire);
    if (before % 2 != 0 || sequence_.load(std::memory_order_relaxed) != before) return std::nullopt;
    return HandlerLabel::decode(bits);
}

} // namespace lunette::script
