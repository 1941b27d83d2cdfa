#include "server/pane_reader.h"

#include "server/instruments.h"

#include <algorithm>

namespace lunette::server {

namespace {

// As much as a tty gives at once. After each piece it is looked whether somebody types.
constexpr std::size_t piece_bytes = 4U << 10;
constexpr std::int64_t reading_ns = 5'000'000;
constexpr std::int64_t short_reading_ns = 500'000; // while somebody waits for a key's answer
constexpr std::int64_t patience_ns = 1'000'000;

} // namespace

void PaneReader::typed(Id pane) noexcept {
    typed_ = pane;
    patience_ = monotonic_ns() + patience_ns;
}

PaneReader::Result PaneReader::read(mux::Mux& mux) {
    std::vector<Id> readable = io_.readable();
    if (!readable.empty())
        std::rotate(readable.begin(), readable.begin() + first_++ % readable.size(), readable.end());
    Result result;
    std::int64_t now = monotonic_ns();
    auto typed = std::find(readable.begin(), readable.end(), typed_);
    if (typed == readable.end() && !readable.empty() && typed_ && now < patience_ &&
        io_.wait_for(typed_, patience_ - now))
        typed = readable.insert(typed, typed_);
    if (typed != readable.end()) std::rotate(readable.begin(), typed, typed + 1);

    const std::int64_t end = now + (typed_ ? short_reading_ns : reading_ns);
    do {
        for (auto pane = readable.begin(); pane != readable.end() && !result.answered;) {
            std::size_t budget = piece_bytes;
            const auto read = mux.on_readable(*pane, budget);
            result.any = result.any || read.bytes > 0;
            result.answered = read.bytes > 0 && *pane == typed_; // it is shown before the others are read
            pane = read.more ? pane + 1 : readable.erase(pane);
        }
        now = monotonic_ns();
    } while (!readable.empty() && !result.answered && now < end && !io_.has_input());
    has_more_ = !readable.empty();
    if (result.answered) typed_ = 0;
    return result;
}

} // namespace lunette::server
