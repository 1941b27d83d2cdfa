// string.find, string.match and string.gmatch.
#include "lua/stdlib/arguments.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/plain_search.h"
#include "lua/stdlib/scanner.h"

namespace lunette::lua::stdlib {

namespace {

// Stack of find and match after a yield: 1 subject, 2 pattern, 3 the parked search.
constexpr int search_slot = 3;

bool is_plain(std::string_view pattern) {
    for (char c : pattern) {
        switch (c) {
        case '^':
        case '$':
        case '*':
        case '+':
        case '?':
        case '.':
        case '(':
        case '[':
        case '%':
        case '-': return false;
        default: break;
        }
    }
    return true;
}

int find_plain(lua_State* L, PlainSearch& search, const Budget& budget);

int continue_plain(lua_State* L, int, lua_KContext) {
    lua_settop(L, search_slot);
    return find_plain(L, parked<PlainSearch>(L, search_slot), budget_of(L));
}

int find_plain(lua_State* L, PlainSearch& search, const Budget& budget) {
    Meter meter(budget);
    switch (search.next(L, meter)) {
    case PlainSearch::Outcome::give_way:
        lua_settop(L, search_slot);
        park(L, search_slot, PlainSearch(search));
        return give_way(L, 0, continue_plain);
    case PlainSearch::Outcome::missing: luaL_pushfail(L); return 1;
    case PlainSearch::Outcome::found: break;
    }
    lua_pushinteger(L, static_cast<lua_Integer>(search.found_at() + 1));
    lua_pushinteger(L, static_cast<lua_Integer>(search.found_at() + search.needle().size()));
    return 2;
}

template<bool wants_positions>
int search_pattern(lua_State* L, Scanner& scanner, const Budget& budget, bool is_parked);

template<bool wants_positions>
int continue_pattern(lua_State* L, int, lua_KContext) {
    lua_settop(L, search_slot);
    return search_pattern<wants_positions>(L, parked<Scanner>(L, search_slot), budget_of(L), true);
}

template<bool wants_positions>
int search_pattern(lua_State* L, Scanner& scanner, const Budget& budget, bool is_parked) {
    Meter meter(budget);
    switch (scanner.next(L, meter)) {
    case Scanner::Outcome::give_way:
        lua_settop(L, search_slot);
        if (!is_parked) park(L, search_slot, scanner);
        return give_way(L, 0, continue_pattern<wants_positions>);
    case Scanner::Outcome::finished: luaL_pushfail(L); return 1;
    case Scanner::Outcome::found: break;
    }
    const Matcher& matcher = scanner.matcher();
    if constexpr (!wants_positions) return matcher.push_captures(L, scanner.match_start());
    lua_pushinteger(L, scanner.match_start() - matcher.subject() + 1);
    lua_pushinteger(L, scanner.match_end() - matcher.subject());
    return matcher.push_captures(L, nullptr) + 2;
}

template<bool wants_positions>
int search(lua_State* L) {
    const std::string_view subject = check_text(L, 1);
    const std::string_view pattern = check_text(L, 2);
    const std::size_t start = start_position(luaL_optinteger(L, 3, 1), subject.size()) - 1;
    if (start > subject.size()) {
        luaL_pushfail(L);
        return 1;
    }
    const Budget& budget = budget_of(L);
    if (wants_positions && (lua_toboolean(L, 4) || is_plain(pattern))) {
        PlainSearch plain(subject, pattern, start);
        return find_plain(L, plain, budget);
    }
    Scanner scanner;
    scanner.set(subject, pattern, true);
    scanner.seek(subject.data() + start, nullptr);
    return search_pattern<wants_positions>(L, scanner, budget, false);
}

// An iterator of gmatch: upvalues 2 subject, 3 pattern, 4 where to go on.
struct Iteration {
    const char* at;
    const char* last_end;
};

int iterate(lua_State* L, Scanner& scanner, bool is_parked);

int continue_iteration(lua_State* L, int, lua_KContext) {
    lua_settop(L, 1);
    return iterate(L, parked<Scanner>(L, 1), true);
}

int iterate(lua_State* L, Scanner& scanner, bool is_parked) {
    Meter meter(budget_of(L));
    switch (scanner.next(L, meter)) {
    case Scanner::Outcome::give_way:
        lua_settop(L, 1);
        if (!is_parked) park(L, 1, scanner);
        return give_way(L, 0, continue_iteration);
    case Scanner::Outcome::finished: return 0;
    case Scanner::Outcome::found: break;
    }
    auto& iteration = parked<Iteration>(L, lua_upvalueindex(4));
    iteration.at = iteration.last_end = scanner.match_end();
    return scanner.matcher().push_captures(L, scanner.match_start());
}

int gmatch_iterator(lua_State* L) {
    const Iteration& iteration = parked<Iteration>(L, lua_upvalueindex(4));
    Scanner scanner;
    scanner.set(check_text(L, lua_upvalueindex(2)), check_text(L, lua_upvalueindex(3)), false);
    scanner.seek(iteration.at, iteration.last_end);
    return iterate(L, scanner, false);
}

} // namespace

int string_find(lua_State* L) { return search<true>(L); }

int string_match(lua_State* L) { return search<false>(L); }

int string_gmatch(lua_State* L) {
    const std::string_view subject = check_text(L, 1);
    check_text(L, 2);
    std::size_t start = start_position(luaL_optinteger(L, 3, 1), subject.size()) - 1;
    if (start > subject.size()) start = subject.size() + 1; // finds nothing, not even an empty match
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    auto* iteration = static_cast<Iteration*>(lua_newuserdatauv(L, sizeof(Iteration), 0));
    *iteration = {subject.data() + start, nullptr};
    lua_pushcclosure(L, gmatch_iterator, 4);
    return 1;
}

} // namespace lunette::lua::stdlib
