#pragma once

#include "lua/lua_api.h"

namespace lunette::lua::stdlib {

// One conversion of string.format as it reaches snprintf: "%", flags, width, precision and the letter.
class FormatItem {
public:
    // Reads behind the '%' at `text`; raises when it is too long. `after()` is where it ends.
    FormatItem(lua_State* L, const char* text);

    char letter() const { return text_[length_ - 1]; }
    bool is_bare() const { return length_ == 2; }
    bool has_precision() const;
    const char* text() const { return text_; }
    const char* after() const { return after_; }

    // Raises unless it consists of some of `flags`, a width and (if allowed) a precision of two digits each.
    void check(lua_State* L, const char* flags, bool may_have_precision) const;
    // Puts snprintf's length modifier before the letter.
    void set_modifier(const char* modifier);
    void set_letter(char letter) { text_[length_ - 1] = letter; }

private:
    char text_[32];
    int length_;
    const char* after_;
};

} // namespace lunette::lua::stdlib
