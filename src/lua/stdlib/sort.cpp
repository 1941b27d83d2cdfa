// table.sort: Lua 5.4.4's quicksort (median of three, the smaller part first), so that equal elements end up
// in the same order and bad comparators give the same errors; but as a state machine whose state is in a
// userdata, so that the comparator may yield and a sort of anything can be interrupted between two
// comparisons.
#include "lua/stdlib/budget.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/table_access.h"

#include <cstdint>
#include <limits>

namespace lunette::lua::stdlib {

namespace {

using Index = unsigned;

// Which comparison is under way.
enum class Step { ends, middle_with_low, middle_with_high, scan_up, scan_down };

struct Range {
    Index low, high;
    unsigned random; // 0: the middle element is the pivot
};

struct Sorting {
    Range now;
    Index middle, i, j;
    Step step;
    int waiting_used;
    unsigned random;
    Range waiting[40]; // the larger parts (each at most half of the one below) and one smaller
};

// The stack: 1 table, 2 comparator or nil, 3 the parked Sorting, 4 pivot, 5 and 6 the elements in hand.
constexpr int state_slot = 3;
constexpr int pivot = 4;
constexpr int first = 5;
constexpr int second = 6;

int elements_in_hand(Step step) { return step == Step::scan_up ? 1 : 2; }

void store_two(lua_State* L, Index to_last, Index to_first) {
    lua_seti(L, 1, to_last);
    lua_seti(L, 1, to_first);
}

void begin_range(lua_State* L, Sorting& sort) {
    lua_geti(L, 1, sort.now.low);
    lua_geti(L, 1, sort.now.high);
    sort.step = Step::ends;
}

// Takes the next range with something to sort; false if there is none.
bool next_range(lua_State* L, Sorting& sort) {
    while (sort.waiting_used > 0) {
        sort.now = sort.waiting[--sort.waiting_used];
        if (sort.now.low < sort.now.high) {
            begin_range(L, sort);
            return true;
        }
    }
    return false;
}

bool after_ends(lua_State* L, Sorting& sort) {
    const auto [low, high, random] = sort.now;
    if (high - low == 1) return next_range(L, sort);
    constexpr Index worth_random = 100;
    const Index quarter = (high - low) / 4;
    sort.middle =
        high - low < worth_random || random == 0 ? (low + high) / 2 : random % (quarter * 2) + low + quarter;
    lua_geti(L, 1, sort.middle);
    lua_geti(L, 1, low);
    sort.step = Step::middle_with_low;
    return true;
}

void scan_up(lua_State* L, Sorting& sort) {
    lua_geti(L, 1, ++sort.i);
    sort.step = Step::scan_up;
}

void scan_down(lua_State* L, Sorting& sort) {
    lua_geti(L, 1, --sort.j);
    sort.step = Step::scan_down;
}

// The three sample elements are in order: the middle one becomes the pivot and waits at high - 1.
bool after_samples(lua_State* L, Sorting& sort) {
    const auto [low, high, random] = sort.now;
    if (high - low == 2) return next_range(L, sort);
    lua_geti(L, 1, sort.middle);
    lua_pushvalue(L, -1);
    lua_replace(L, pivot);
    lua_geti(L, 1, high - 1);
    store_two(L, sort.middle, high - 1);
    sort.i = low;
    sort.j = high - 1;
    scan_up(L, sort);
    return true;
}

// [low, at) <= pivot at `at` <= (at, high]: goes on with the smaller part.
bool after_partition(lua_State* L, Sorting& sort, Index at) {
    const auto [low, high, random] = sort.now;
    Range smaller{low, at - 1, random};
    Range larger{at + 1, high, random};
    if (at - low >= high - at) {
        smaller = {at + 1, high, random};
        larger = {low, at - 1, random};
    }
    const Index smaller_size = at - low < high - at ? at - low : high - at;
    if ((larger.high - larger.low) / 128 > smaller_size) { // badly balanced
        sort.random = sort.random * 1664525 + 1013904223;
        larger.random = (sort.random >> 8) | 1;
    }
    sort.waiting[sort.waiting_used++] = larger;
    sort.waiting[sort.waiting_used++] = smaller;
    return next_range(L, sort);
}

void further_up(lua_State* L, Sorting& sort) {
    if (sort.i == sort.now.high - 1) luaL_error(L, "invalid order function for sorting");
    lua_pop(L, 1);
    scan_up(L, sort);
}

void further_down(lua_State* L, Sorting& sort) {
    if (sort.j < sort.i) luaL_error(L, "invalid order function for sorting");
    lua_pop(L, 1);
    scan_down(L, sort);
}

// Both scans found an element on the wrong side, or they met.
bool after_scans(lua_State* L, Sorting& sort) {
    if (sort.j >= sort.i) {
        store_two(L, sort.i, sort.j);
        scan_up(L, sort);
        return true;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, pivot);
    lua_insert(L, first);
    store_two(L, sort.now.high - 1, sort.i);
    return after_partition(L, sort, sort.i);
}

// Acts on the answer and fetches the elements of the next comparison; false when everything is sorted.
bool advance(lua_State* L, Sorting& sort, bool is_less) {
    const Index low = sort.now.low;
    const Index high = sort.now.high;
    switch (sort.step) {
    case Step::ends:
        if (is_less)
            store_two(L, low, high);
        else
            lua_pop(L, 2);
        return after_ends(L, sort);
    case Step::middle_with_low:
        if (is_less) {
            store_two(L, sort.middle, low);
            return after_samples(L, sort);
        }
        lua_pop(L, 1);
        lua_geti(L, 1, high);
        sort.step = Step::middle_with_high;
        return true;
    case Step::middle_with_high:
        if (is_less)
            store_two(L, sort.middle, high);
        else
            lua_pop(L, 2);
        return after_samples(L, sort);
    case Step::scan_up:
        if (is_less)
            further_up(L, sort);
        else
            scan_down(L, sort);
        return true;
    case Step::scan_down:
        if (!is_less) return after_scans(L, sort);
        further_down(L, sort);
        return true;
    }
    return false;
}

int run(lua_State* L, Sorting& sort);

int continue_between(lua_State* L, int, lua_KContext) {
    auto& sort = parked<Sorting>(L, state_slot);
    lua_settop(L, pivot + elements_in_hand(sort.step));
    return run(L, sort);
}

int continue_after_comparison(lua_State* L, int, lua_KContext) {
    auto& sort = parked<Sorting>(L, state_slot);
    const bool is_less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (advance(L, sort, is_less)) return run(L, sort);
    give_back(L, state_slot);
    return 0;
}

// Compares the elements at two stack slots. May leave the C function: the answer then goes to advance().
template<bool has_comparator>
bool is_less(lua_State* L, Meter& meter, int left, int right) {
    if (meter.left() <= 0 && meter.refill(L)) give_way(L, 0, continue_between);
    meter.left() -= 4;
    if constexpr (!has_comparator) return lua_compare(L, left, right, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, left);
    lua_pushvalue(L, right);
    lua_callk(L, 2, 1, 0, continue_after_comparison);
    const bool answer = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return answer;
}

template<bool has_comparator>
int run_with(lua_State* L, Sorting& sort) {
    Meter meter(budget_of(L));
    const auto less = [&](int left, int right) { return is_less<has_comparator>(L, meter, left, right); };
    bool goes_on = true;
    while (goes_on) {
        switch (sort.step) {
        case Step::ends:
        case Step::middle_with_high: goes_on = advance(L, sort, less(second, first)); break;
        case Step::middle_with_low: goes_on = advance(L, sort, less(first, second)); break;
        case Step::scan_up: // most comparisons are made in these two loops
            while (less(first, pivot)) further_up(L, sort);
            scan_down(L, sort);
            [[fallthrough]];
        case Step::scan_down:
            while (less(pivot, second)) further_down(L, sort);
            goes_on = after_scans(L, sort);
            break;
        }
    }
    give_back(L, state_slot);
    return 0;
}

int run(lua_State* L, Sorting& sort) {
    return lua_isnil(L, 2) ? run_with<false>(L, sort) : run_with<true>(L, sort);
}

} // namespace

int table_sort(lua_State* L) {
    const lua_Integer length = check_length(L, 1, {.read = true, .write = true});
    if (length < 2) return 0;
    luaL_argcheck(L, length < std::numeric_limits<int>::max(), 1, "array too big");
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, pivot);
    auto* sort = static_cast<Sorting*>(borrow(L, state_slot, sizeof(Sorting)));
    sort->now = {1, static_cast<Index>(length), 0};
    sort->waiting_used = 0;
    sort->random = static_cast<unsigned>(reinterpret_cast<std::uintptr_t>(sort) >> 4);
    begin_range(L, *sort);
    return run(L, *sort);
}

} // namespace lunette::lua::stdlib
