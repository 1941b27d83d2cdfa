#include "lua/stdlib/plain_search.h"

#include <algorithm>
#include <cstring>

namespace lunette::lua::stdlib {

namespace {

// Looking for the first byte is the fastest way unless that byte is frequent; then glibc's memmem takes over,
// which is linear whatever the strings are (two-way search). REQUIRES: the needle is not empty.
const char* find_in(std::string_view part, std::string_view needle) {
    const char* at = part.data();
    const char* last = at + part.size() - needle.size();
    std::size_t wasted = 0;
    while (at <= last) {
        at = static_cast<const char*>(std::memchr(at, needle[0], static_cast<std::size_t>(last - at) + 1));
        if (!at) return nullptr;
        if (std::memcmp(at + 1, needle.data() + 1, needle.size() - 1) == 0) return at;
        wasted += needle.size();
        ++at;
        const auto rest = static_cast<std::size_t>(last + needle.size() - at);
        if (wasted > 256 && rest >= needle.size())
            return static_cast<const char*>(memmem(at, rest, needle.data(), needle.size()));
    }
    return nullptr;
}

} // namespace

PlainSearch::Outcome PlainSearch::next(lua_State* L, Meter& meter) {
    // Strides overlap by one needle; a stride of several needles keeps the whole linear.
    const std::size_t stride = std::max<std::size_t>(64 * 1024, needle_.size() * 4);
    for (;;) {
        const std::string_view rest = haystack_.substr(at_);
        if (needle_.size() > rest.size()) return Outcome::missing;
        const std::string_view part = rest.substr(0, stride + needle_.size());
        const char* found = needle_.empty() ? part.data() : find_in(part, needle_);
        if (found) {
            at_ += static_cast<std::size_t>(found - part.data());
            return Outcome::found;
        }
        if (part.size() == rest.size()) return Outcome::missing;
        at_ += part.size() - needle_.size() + 1;
        if (meter.spend(L, static_cast<std::int64_t>(part.size() >> 5))) return Outcome::give_way;
    }
}

} // namespace lunette::lua::stdlib
