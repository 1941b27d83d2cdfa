#include "lua/stdlib/matcher.h"

#include "lua/stdlib/pattern_item.h"

#include <algorithm>
#include <cstring>

namespace lunette::lua::stdlib {

void Matcher::set(std::string_view subject, std::string_view pattern) {
    subject_ = subject.data();
    subject_end_ = subject.data() + subject.size();
    pattern_ = pattern.data();
    pattern_end_ = pattern.data() + pattern.size();
}

void Matcher::start(const char* at) {
    at_ = at;
    rest_ = pattern_;
    failing_ = false;
    captures_used_ = 0;
    frames_used_ = 0;
}

Matcher::Outcome Matcher::run(lua_State* L, std::int64_t& fuel) {
    const char* at = at_;
    const char* rest = rest_;
    std::int64_t left = fuel;
    const auto leave = [&](Outcome outcome) {
        at_ = at;
        rest_ = rest;
        fuel = left;
        return outcome;
    };
    // The helpers work on at_ and on a fuel that lives in memory.
    const auto helped = [&](auto&& helper) {
        at_ = at;
        std::int64_t remaining = left;
        failing_ = !helper(remaining);
        left = remaining;
        at = at_;
    };

    for (;;) {
        if (--left < 0) return leave(Outcome::paused);
        if (failing_) {
            if (frames_used_ == 0) return leave(Outcome::failed);
            Frame& top = frames_[frames_used_ - 1];
            switch (top.choice) {
            case Choice::greedy:
                if (top.number >= 0) left -= retreat(top);
                if (top.at == top.bound || top.number == must_end) break;
                at = --top.at;
                rest = top.next;
                failing_ = false;
                continue;
            case Choice::lazy:
                left -= (top.next - top.bound) >> 4;
                if (top.at == subject_end_ || !item_matches(to_byte(*top.at), top.bound, top.next - 1)) break;
                at = ++top.at;
                rest = top.next;
                failing_ = false;
                continue;
            case Choice::optional:
                at = top.at;
                rest = top.next;
                failing_ = false;
                break;
            case Choice::opened: --captures_used_; break;
            case Choice::closed: captures_[top.number].length = unfinished; break;
            case Choice::growing:
            case Choice::balancing:
                helped([&](std::int64_t& remaining) { return resume(top, remaining, rest); });
                continue;
            }
            --frames_used_;
            continue;
        }
        if (rest == pattern_end_) return leave(Outcome::matched);

        switch (*rest) {
        case '(': {
            const bool is_position = rest[1] == ')';
            at_ = at;
            rest += is_position ? 2 : 1;
            open_capture(L, rest, is_position ? position : unfinished);
            continue;
        }
        case ')':
            at_ = at;
            close_capture(L, ++rest);
            continue;
        case '$':
            if (rest + 1 != pattern_end_) break; // stands for itself
            if (at == subject_end_) return leave(Outcome::matched);
            failing_ = true;
            continue;
        case '%':
            switch (rest[1]) {
            case 'b':
                if (rest + 3 >= pattern_end_) luaL_error(L, "malformed pattern (missing arguments to '%%b')");
                if (at == subject_end_ || *at != rest[2]) {
                    failing_ = true;
                    continue;
                }
                frames_[frames_used_++] = {at + 1, rest, rest + 4, Choice::balancing, 1};
                helped([&](std::int64_t& remaining) { return balance(remaining, rest); });
                continue;
            case 'f': {
                const char* set = rest + 2;
                if (*set != '[') luaL_error(L, "missing '[' after '%%f' in pattern");
                at_ = at;
                rest = set_end(L, set, pattern_end_);
                failing_ = !at_frontier(set, rest);
                continue;
            }
            case '0':
            case '1':
            case '2':
            case '3':
            case '4':
            case '5':
            case '6':
            case '7':
            case '8':
            case '9':
                helped(
                    [&](std::int64_t& remaining) { return same_as_capture(L, to_byte(rest[1]), remaining); });
                rest += 2;
                continue;
            default: break;
            }
            break;
        default: break;
        }

        const char* after = item_end(L, rest, pattern_end_);
        left -= (after - rest) >> 4; // long sets cost more
        if (at == subject_end_ || !item_matches(to_byte(*at), rest, after)) {
            if (*after == '*' || *after == '?' || *after == '-')
                rest = after + 1;
            else
                failing_ = true;
            continue;
        }
        switch (*after) {
        case '*':
        case '+': {
            growing_ = rest;
            Frame& frame = push(L, at + 1, *after == '*' ? at : at + 1, after + 1, Choice::growing);
            grow(frame, left);
            if (frame.choice == Choice::growing) {
                failing_ = true; // the frame goes on growing when there is fuel again
            } else {
                at = frame.at;
                rest = after + 1;
            }
            continue;
        }
        case '-':
            push(L, at, rest, after + 1, Choice::lazy);
            rest = after + 1;
            continue;
        case '?':
            push(L, at, nullptr, after + 1, Choice::optional);
            ++at;
            rest = after + 1;
            continue;
        default:
            ++at;
            rest = after;
            continue;
        }
    }
}

Matcher::Frame& Matcher::push(lua_State* L, const char* at, const char* bound, const char* next,
                              Choice choice) {
    if (frames_used_ == max_frames) luaL_error(L, "pattern too complex");
    Frame& frame = frames_[frames_used_++];
    frame = {at, bound, next, choice, 0};
    return frame;
}

// What has to follow the item before `next` for the rest to match: a byte, or must_end, or anything. Known
// only for what one look at the pattern tells; closing captures do not matter.
int Matcher::follower(const char* next) const {
    while (*next == ')') ++next;
    if (*next == '$' && next + 1 == pattern_end_) return must_end;
    const bool is_byte = !std::strchr("(%[.", *next); // the final zero byte counts as found
    const bool is_repeated = next[0] != '\0' && next[1] != '\0' && std::strchr("*?-", next[1]);
    return is_byte && !is_repeated ? to_byte(*next) : anything;
}

// Drops positions of a repetition that the wrong byte follows. The first one was tried already, so an error
// in the rest of the pattern has been raised.
std::int64_t Matcher::retreat(Frame& top) {
    const char* at = top.at;
    while (at > top.bound && to_byte(at[-1]) != top.number) --at;
    const std::int64_t steps = top.at - at;
    top.at = at;
    return steps;
}

// Goes on with what had no fuel left; false if it failed (its frame is gone then) or needs more fuel.
bool Matcher::resume(Frame& top, std::int64_t& fuel, const char*& pattern) {
    if (top.choice == Choice::balancing) return balance(fuel, pattern);
    grow(top, fuel);
    if (top.choice == Choice::growing) return false;
    at_ = top.at;
    pattern = top.next;
    return true;
}

// Extends a repetition as far as it matches, or as far as the fuel allows.
void Matcher::grow(Frame& frame, std::int64_t& fuel) const {
    const char* item = growing_;
    const char* item_last = frame.next - 1;
    const std::int64_t cost = 1 + ((item_last - item) >> 4);
    const char* at = frame.at;
    const std::ptrdiff_t affordable =
        (cost == 1 ? std::max<std::int64_t>(fuel, 0) : std::max<std::int64_t>(fuel, 0) / cost) + 1;
    const char* stop = subject_end_ - at > affordable ? at + affordable : subject_end_;
    switch (*item) {
    case '.': at = stop; break;
    case '%':
        while (at < stop && in_class(to_byte(*at), to_byte(item[1]))) ++at;
        break;
    case '[':
        if (item[1] == '^' && item_last - item == 4) { // all but one byte, as in "[^/]+"
            while (at < stop && *at != item[2]) ++at;
            break;
        }
        while (at < stop && in_set(to_byte(*at), item, item_last - 1)) ++at;
        break;
    default:
        while (at < stop && *at == *item) ++at;
    }
    fuel -= (at - frame.at) * cost;
    frame.at = at;
    if (at < stop || stop == subject_end_) {
        frame.choice = Choice::greedy;
        frame.number = follower(frame.next);
    }
}

bool Matcher::balance(std::int64_t& fuel, const char*& pattern) {
    Frame& top = frames_[frames_used_ - 1];
    const char open = top.bound[2];
    const char close = top.bound[3];
    for (const char* at = top.at; at < subject_end_;) {
        const char c = *at++;
        if (c == close) {
            if (--top.number == 0) {
                at_ = at;
                pattern = top.next;
                --frames_used_;
                return true;
            }
        } else if (c == open) {
            ++top.number;
        }
        if (--fuel < 0) { // at least one byte further than before
            top.at = at;
            return false;
        }
    }
    --frames_used_;
    return false;
}

void Matcher::open_capture(lua_State* L, const char* next, std::ptrdiff_t length) {
    if (captures_used_ == max_captures) luaL_error(L, "too many captures");
    captures_[captures_used_++] = {at_, length};
    push(L, at_, nullptr, next, Choice::opened);
}

void Matcher::close_capture(lua_State* L, const char* next) {
    int index = captures_used_;
    do {
        if (index == 0) luaL_error(L, "invalid pattern capture");
        --index;
    } while (captures_[index].length != unfinished);
    captures_[index].length = at_ - captures_[index].from;
    push(L, at_, nullptr, next, Choice::closed).number = index;
}

bool Matcher::same_as_capture(lua_State* L, unsigned char digit, std::int64_t& fuel) {
    const int index = digit - '1';
    if (index < 0 || index >= captures_used_ || captures_[index].length == unfinished)
        luaL_error(L, "invalid capture index %%%d", index + 1);
    const Capture& capture = captures_[index];
    if (capture.length == position || subject_end_ - at_ < capture.length) return false;
    const auto length = static_cast<std::size_t>(capture.length);
    fuel -= capture.length >> 5; // memcmp is fast
    if (std::memcmp(capture.from, at_, length) != 0) return false;
    at_ += length;
    return true;
}

bool Matcher::at_frontier(const char* set, const char* set_end) const {
    const unsigned char before = at_ == subject_ ? 0 : to_byte(at_[-1]);
    return !in_set(before, set, set_end - 1) && in_set(to_byte(*at_), set, set_end - 1);
}

const Matcher::Capture* Matcher::find_capture(lua_State* L, int index) const {
    if (index >= captures_used_) {
        if (index != 0) luaL_error(L, "invalid capture index %%%d", index + 1);
        return nullptr;
    }
    if (captures_[index].length == unfinished) luaL_error(L, "unfinished capture");
    return &captures_[index];
}

std::string_view Matcher::capture_text(lua_State* L, int index, const char* from) const {
    const Capture* capture = find_capture(L, index);
    if (!capture) return {from, static_cast<std::size_t>(at_ - from)};
    if (capture->length == position) {
        lua_pushinteger(L, capture->from - subject_ + 1);
        return {};
    }
    return {capture->from, static_cast<std::size_t>(capture->length)};
}

void Matcher::push_capture(lua_State* L, int index, const char* from) const {
    const std::string_view text = capture_text(L, index, from);
    if (text.data()) lua_pushlstring(L, text.data(), text.size());
}

int Matcher::push_captures(lua_State* L, const char* from) const {
    const int count = captures_used_ == 0 && from ? 1 : captures_used_;
    luaL_checkstack(L, count, "too many captures");
    for (int i = 0; i < count; ++i) push_capture(L, i, from);
    return count;
}

} // namespace lunette::lua::stdlib
