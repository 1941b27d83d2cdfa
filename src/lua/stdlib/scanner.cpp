#include "lua/stdlib/scanner.h"

#include "lua/stdlib/pattern_item.h"

#include <algorithm>
#include <cstring>

namespace lunette::lua::stdlib {

namespace {

// The byte that every match of `pattern` starts with, or -1. Nothing behind that first item may be looked at:
// Lua reports a malformed pattern only when matching gets there.
int lead_byte(std::string_view pattern) {
    std::size_t at = 0;
    if (pattern.size() > 1 && pattern[0] == '(' && pattern[1] != ')') at = 1;
    if (at == pattern.size()) return -1;
    char lead = pattern[at++];
    if (lead == '%') {
        if (at == pattern.size() || std::isalnum(to_byte(pattern[at]))) return -1;
        lead = pattern[at++];
    } else if (lead == '.' || lead == '[' || lead == '$' || lead == '(' || lead == ')') {
        return -1;
    }
    if (at < pattern.size() && (pattern[at] == '*' || pattern[at] == '?' || pattern[at] == '-')) return -1;
    return to_byte(lead);
}

} // namespace

void Scanner::set(std::string_view subject, std::string_view pattern, bool may_anchor) {
    anchored_ = may_anchor && !pattern.empty() && pattern[0] == '^';
    if (anchored_) pattern.remove_prefix(1);
    matcher_.set(subject, pattern);
    const int lead = anchored_ ? -1 : lead_byte(pattern);
    has_lead_ = lead >= 0;
    lead_ = static_cast<char>(lead);
    attempt_steps_ = 0;
}

void Scanner::seek(const char* at, const char* last_end) {
    at_ = at;
    last_end_ = last_end;
    state_ = State::between;
}

Scanner::Outcome Scanner::next(lua_State* L, Meter& meter) {
    for (;;) {
        switch (state_) {
        case State::found:
            if (anchored_)
                state_ = State::finished;
            else
                seek(match_end(), match_end());
            continue;
        case State::finished: return Outcome::finished;
        case State::between:
            if (at_ > matcher_.subject_end()) {
                state_ = State::finished;
                continue;
            }
            if (has_lead_ && !skip_to_lead(L, meter)) return Outcome::give_way;
            if (state_ == State::finished) continue;
            matcher_.start(at_);
            state_ = State::attempting;
            [[fallthrough]];
        case State::attempting: break;
        }

        const std::int64_t before = meter.left();
        const Matcher::Outcome outcome = matcher_.run(L, meter.left());
        if (outcome == Matcher::Outcome::paused) {
            attempt_steps_ += before - meter.left();
            const std::int64_t limit =
                meter.limits().match_steps + 8 * (matcher_.subject_end() - matcher_.subject());
            if (attempt_steps_ > limit) give_up(L, limit);
            if (meter.refill(L)) return Outcome::give_way;
            continue;
        }
        attempt_steps_ = 0;
        if (outcome == Matcher::Outcome::matched && match_end() != last_end_) {
            state_ = State::found;
            return Outcome::found;
        }
        state_ = anchored_ ? State::finished : State::between;
        ++at_;
    }
}

// Moves to the next place where an attempt can succeed; false if the caller must yield first.
bool Scanner::skip_to_lead(lua_State* L, Meter& meter) {
    constexpr std::ptrdiff_t stride = 64 * 1024;
    for (;;) {
        const std::ptrdiff_t length = std::min(matcher_.subject_end() - at_, stride);
        if (length == 0) {
            state_ = State::finished;
            return true;
        }
        const void* lead = std::memchr(at_, lead_, static_cast<std::size_t>(length));
        const char* reached = lead ? static_cast<const char*>(lead) : at_ + length;
        const bool must_yield = meter.spend(L, (reached - at_) >> 5);
        at_ = reached;
        if (must_yield) return false;
        if (lead) return true;
    }
}

void Scanner::give_up(lua_State* L, std::int64_t limit) const {
    luaL_error(L, "pattern too complex (more than %I steps from one position)",
               static_cast<LUAI_UACINT>(limit));
    __builtin_unreachable();
}

} // namespace lunette::lua::stdlib
