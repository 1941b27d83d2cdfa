#include "lua/stdlib/format_item.h"

#include <cctype>
#include <cstring>

namespace lunette::lua::stdlib {

namespace {

const char* skip_two_digits(const char* at) {
    for (int i = 0; i < 2 && std::isdigit(static_cast<unsigned char>(*at)); ++i) ++at;
    return at;
}

} // namespace

FormatItem::FormatItem(lua_State* L, const char* text) {
    const std::size_t modifiers = std::strspn(text, "-+#0 123456789.");
    constexpr std::size_t longest = 22; // Lua 5.4.4: MAX_FORMAT - 10, letter included
    if (modifiers + 1 >= longest) luaL_error(L, "invalid format (too long)");
    text_[0] = '%';
    std::memcpy(text_ + 1, text, modifiers + 1);
    length_ = static_cast<int>(modifiers) + 2;
    text_[length_] = '\0';
    after_ = text + modifiers + 1;
}

bool FormatItem::has_precision() const { return std::strchr(text_, '.') != nullptr; }

void FormatItem::check(lua_State* L, const char* flags, bool may_have_precision) const {
    const char* at = text_ + 1;
    at += std::strspn(at, flags);
    if (*at != '0') { // a flag that is not allowed here
        at = skip_two_digits(at);
        if (*at == '.' && may_have_precision) at = skip_two_digits(at + 1);
    }
    if (!std::isalpha(static_cast<unsigned char>(*at)))
        luaL_error(L, "invalid conversion specification: '%s'", text_);
}

void FormatItem::set_modifier(const char* modifier) {
    const char last = letter();
    const int size = static_cast<int>(std::strlen(modifier));
    std::memcpy(text_ + length_ - 1, modifier, static_cast<std::size_t>(size));
    length_ += size;
    text_[length_ - 1] = last;
    text_[length_] = '\0';
}

} // namespace lunette::lua::stdlib
