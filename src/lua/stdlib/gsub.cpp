#include "lua/stdlib/arguments.h"
#include "lua/stdlib/byte_buffer.h"
#include "lua/stdlib/functions.h"
#include "lua/stdlib/pattern_item.h"
#include "lua/stdlib/scanner.h"

#include <algorithm>
#include <new>

namespace lunette::lua::stdlib {

namespace {

// The stack of gsub: 1 subject, 2 pattern, 3 replacement, then these. What a yield must not lose is parked:
// the scanner when an attempt is interrupted, the substitution also before every replacement that runs Lua.
constexpr int substitution_slot = 4;
constexpr int scanner_slot = 5;
constexpr int box_slot = 6;

enum class Replacement { text, with_captures, by_function, by_table, by_metamethod };

// Such a replacement may yield, so its state is in a userdata from the start.
bool runs_lua(Replacement replacement) {
    return replacement == Replacement::by_function || replacement == Replacement::by_metamethod;
}

struct Substitution {
    lua_Integer count = 0;
    lua_Integer most;
    const char* kept;  // what the result has so far stands for everything before this
    const char* start; // of the match being replaced
    const char* end;
    Replacement replacement;
    bool changed = false;
    ByteBuffer result;
};

void put(lua_State* L, Substitution& job, std::string_view text) {
    job.result.append(L, {job.kept, static_cast<std::size_t>(job.start - job.kept)});
    job.result.append(L, text);
    job.kept = job.end;
    job.changed = true;
}

void put_template(lua_State* L, Substitution& job, const Matcher& matcher, std::string_view text) {
    put(L, job, {});
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t escape = std::min(text.find('%', at), text.size());
        job.result.append(L, text.substr(at, escape - at));
        if (escape == text.size()) return;
        const char which = text.data()[escape + 1]; // the final zero byte at worst
        if (which == '%') {
            job.result.append(L, '%');
        } else if (which == '0') {
            job.result.append(L, {job.start, static_cast<std::size_t>(job.end - job.start)});
        } else if (std::isdigit(to_byte(which))) {
            const std::string_view capture = matcher.capture_text(L, which - '1', job.start);
            if (capture.data()) {
                job.result.append(L, capture);
            } else {
                job.result.append(L, check_text(L, -1));
                lua_pop(L, 1);
            }
        } else {
            luaL_error(L, "invalid use of '%c' in replacement string", '%');
        }
        at = escape + 2;
    }
}

// The value that a function or table gave stands on top of the stack.
void put_value(lua_State* L, Substitution& job) {
    if (lua_toboolean(L, -1)) {
        if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
        put(L, job, check_text(L, -1));
    }
    lua_settop(L, box_slot);
}

int substitute(lua_State* L, Substitution& job, Scanner& scanner, bool is_parked);

int continue_after_value(lua_State* L, int, lua_KContext) {
    auto& job = parked<Substitution>(L, substitution_slot);
    put_value(L, job);
    Scanner scanner;
    scanner.set(check_text(L, 1), check_text(L, 2), true);
    if (scanner.anchored()) job.most = job.count;
    scanner.seek(job.end, job.end);
    return substitute(L, job, scanner, false);
}

int continue_search(lua_State* L, int, lua_KContext) {
    lua_settop(L, box_slot);
    return substitute(L, parked<Substitution>(L, substitution_slot), parked<Scanner>(L, scanner_slot), true);
}

// Looks the first capture up. An __index function is called so that it may yield, which lua_gettable cannot.
void look_up(lua_State* L, Substitution& job, const Matcher& matcher) {
    matcher.push_capture(L, 0, job.start);
    if (job.replacement == Replacement::by_metamethod) {
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 3) == LUA_TNIL && luaL_getmetafield(L, 3, "__index") == LUA_TFUNCTION) {
            lua_pushvalue(L, 3);
            lua_pushvalue(L, box_slot + 1);
            lua_callk(L, 2, 1, 0, continue_after_value);
            return;
        }
        lua_settop(L, box_slot + 1);
    }
    lua_gettable(L, 3);
}

void replace(lua_State* L, Substitution& job, const Matcher& matcher, Meter& meter) {
    switch (job.replacement) {
    case Replacement::text: put(L, job, check_text(L, 3)); return;
    case Replacement::with_captures: put_template(L, job, matcher, check_text(L, 3)); return;
    case Replacement::by_function:
        lua_pushvalue(L, 3);
        lua_callk(L, matcher.push_captures(L, job.start), 1, 0, continue_after_value);
        break;
    case Replacement::by_table:
    case Replacement::by_metamethod: look_up(L, job, matcher); break;
    }
    meter.left() -= 8;
    put_value(L, job);
}

int substitute(lua_State* L, Substitution& job, Scanner& scanner, bool is_parked) {
    Meter meter(budget_of(L));
    while (job.count < job.most) {
        const Scanner::Outcome outcome = scanner.next(L, meter);
        if (outcome == Scanner::Outcome::finished) break;
        if (outcome == Scanner::Outcome::give_way) {
            if (!is_parked) park(L, scanner_slot, scanner);
            if (lua_isnil(L, substitution_slot)) {
                job.result.detach(L);
                park(L, substitution_slot, job);
            }
            return give_way(L, 0, continue_search);
        }
        ++job.count;
        job.start = scanner.match_start();
        job.end = scanner.match_end();
        replace(L, job, scanner.matcher(), meter);
    }
    if (job.changed) {
        job.start = job.end = scanner.matcher().subject_end();
        put(L, job, {});
        job.result.push(L);
    } else {
        lua_pushvalue(L, 1);
    }
    const lua_Integer count = job.count;
    if (runs_lua(job.replacement)) give_back(L, substitution_slot);
    lua_pushinteger(L, count);
    return 2;
}

Replacement kind_of(lua_State* L) {
    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION: return Replacement::by_function;
    case LUA_TTABLE:
        if (!lua_getmetatable(L, 3)) return Replacement::by_table;
        lua_pop(L, 1);
        return Replacement::by_metamethod;
    default:
        return check_text(L, 3).find('%') == std::string_view::npos ? Replacement::text
                                                                    : Replacement::with_captures;
    }
}

} // namespace

int string_gsub(lua_State* L) {
    const std::string_view subject = check_text(L, 1);
    const std::string_view pattern = check_text(L, 2);
    const int type = lua_type(L, 3);
    const lua_Integer most = luaL_optinteger(L, 4, static_cast<lua_Integer>(subject.size() + 1));
    luaL_argexpected(
        L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
        "string/function/table");
    lua_settop(L, 3);
    lua_settop(L, box_slot);

    constexpr std::size_t inline_bytes = 512;
    const Replacement replacement = kind_of(L);
    const std::size_t limit = budget_of(L).limits.string_bytes;
    const auto job_with = [&](char* memory) {
        return Substitution{.most = most,
                            .kept = subject.data(),
                            .start = nullptr,
                            .end = nullptr,
                            .replacement = replacement,
                            .result = ByteBuffer(memory, inline_bytes, box_slot, limit)};
    };
    Scanner scanner;
    scanner.set(subject, pattern, true);
    scanner.seek(subject.data(), nullptr);
    if (runs_lua(replacement)) {
        auto* memory = static_cast<char*>(borrow(L, substitution_slot, sizeof(Substitution) + inline_bytes));
        auto* job = new (memory) Substitution(job_with(memory + sizeof(Substitution)));
        return substitute(L, *job, scanner, false);
    }
    char memory[inline_bytes];
    Substitution job = job_with(memory);
    return substitute(L, job, scanner, false);
}

} // namespace lunette::lua::stdlib
