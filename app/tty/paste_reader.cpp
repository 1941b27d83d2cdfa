#include "tty/paste_reader.h"

#include <cstring>
#include <string_view>
#include <utility>

namespace lunette::tty {

namespace {
constexpr std::string_view marker = "\x1B[201~";
} // namespace

const char* PasteReader::read(const char* p, const char* end, const Sink& sink) {
    const char* const begin = p;
    const auto tell = [&](std::string_view bytes, bool last) {
        if (!bytes.empty() || last) sink({bytes, std::exchange(first_, false), last});
    };
    // From `begin` on, without the part of a marker that ends at `p`.
    std::size_t held = matched_; // of that part, what came before this call
    const auto text = [&] {
        return std::string_view{begin, static_cast<std::size_t>(p - begin) - (matched_ - held)};
    };
    while (p != end) {
        if (matched_ == 0) {
            const void* const found = std::memchr(p, marker[0], static_cast<std::size_t>(end - p));
            p = found ? static_cast<const char*>(found) : end;
            if (p == end) break;
        }
        if (*p != marker[matched_]) {
            // No marker: what was held back is text.
            tell(marker.substr(0, held), false);
            held = matched_ = 0;
            continue;
        }
        ++p;
        if (++matched_ < marker.size()) continue;
        tell(text(), true);
        ended_ = true;
        matched_ = 0;
        return p;
    }
    tell(text(), false);
    return p;
}

void PasteReader::expire(const Sink& sink) {
    sink({marker.substr(0, std::exchange(matched_, 0)), std::exchange(first_, false), true});
    ended_ = true;
}

} // namespace lunette::tty
