#include "lua/stdlib/plain_search.h"

#include <algorithm>
#include <cstring>

namespace lunette::lua::stdlib {

PlainSearch::Outcome PlainSearch::next(lua_State* L, Meter& meter) {
    // Strides overlap by one needle; a stride of several needles keeps the whole linear.
    const std::size_t stride = std::max<std::size_t>(64 * 1024, needle_.size() * 4);
    for (;;) {
        const std::string_view rest = haystack_.substr(at_);
        if (needle_.size() > rest.size()) return Outcome::missing;
        const std::string_view part = rest.substr(0, stride + needle_.size());
        // glibc's memmem is linear (two-way search), unlike repeated memchr and memcmp.
        const void* found = needle_.size() == 1
                                ? std::memchr(part.data(), needle_[0], part.size())
                                : memmem(part.data(), part.size(), needle_.data(), needle_.size());
        if (found) {
            at_ += static_cast<std::size_t>(static_cast<const char*>(found) - part.data());
            return Outcome::found;
        }
        if (part.size() == rest.size()) return Outcome::missing;
        at_ += part.size() - needle_.size() + 1;
        if (meter.spend(L, static_cast<std::int64_t>(part.size() >> 5))) return Outcome::give_way;
    }
}

} // namespace lunette::lua::stdlib
