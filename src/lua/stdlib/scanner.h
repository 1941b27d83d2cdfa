#pragma once

#include "lua/stdlib/budget.h"
#include "lua/stdlib/matcher.h"

#include <string_view>

namespace lunette::lua::stdlib {

// Walks a subject from match to match: the loop that find, match, gmatch and gsub share. A plain value that
// may be parked in a userdata between two calls of next().
class Scanner {
public:
    enum class Outcome { found, finished, give_way };

    // With `may_anchor` a leading '^' ties the pattern to the first position.
    void set(std::string_view subject, std::string_view pattern, bool may_anchor);
    // The next match starts at `at` or later and does not end at `last_end` (nullptr: may end anywhere).
    void seek(const char* at, const char* last_end);
    // Raises when one attempt takes more than its limit. After give_way the caller yields and calls again.
    Outcome next(lua_State* L, Meter& meter);

    // After `found`. The following next() starts behind this match.
    const char* match_start() const { return at_; }
    const char* match_end() const { return matcher_.match_end(); }
    const Matcher& matcher() const { return matcher_; }
    bool anchored() const { return anchored_; }

private:
    enum class State { between, attempting, found, finished };

    bool skip_to_lead(lua_State* L, Meter& meter);
    [[noreturn]] void give_up(lua_State* L, std::int64_t limit) const;

    const char* at_;
    const char* last_end_;
    std::int64_t attempt_steps_;
    State state_;
    bool anchored_;
    bool has_lead_; // every match starts with the byte lead_
    char lead_;
    Matcher matcher_;
};

} // namespace lunette::lua::stdlib
