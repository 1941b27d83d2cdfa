#pragma once

#include "lua/lua_api.h"

#include <cstdint>
#include <string_view>

namespace lunette::lua::stdlib {

// Matches one Lua pattern (manual 6.4.1) at one position of a subject. Choices that are still open stand on
// an explicit stack instead of the C stack, so an attempt can stop anywhere and go on later, even as a
// bytewise copy. Both strings must stay alive; not initialised until set(), which leaves the big arrays
// alone. 200 open choices are the limit of Lua 5.4.4 (MAXCCALLS), and so is 32 captures.
class Matcher {
public:
    enum class Outcome { failed, matched, paused };

    // `pattern` without its anchor.
    void set(std::string_view subject, std::string_view pattern);
    void start(const char* at);
    // Subtracts the steps made from `fuel` and stops as paused when it is used up; run again to go on.
    Outcome run(lua_State* L, std::int64_t& fuel);

    const char* subject() const { return subject_; }
    const char* subject_end() const { return subject_end_; }
    const char* pattern() const { return pattern_; }
    const char* match_end() const { return at_; }

    // Pushes all captures, or the whole match [from, match_end) if there are none and `from` is given.
    int push_captures(lua_State* L, const char* from) const;
    // A capture that does not exist is an error, but the first is then the whole match.
    void push_capture(lua_State* L, int index, const char* from) const;
    // As push_capture for the text of a capture; a position capture is pushed and gives a null view.
    std::string_view capture_text(lua_State* L, int index, const char* from) const;

private:
    enum class Choice : int { growing, greedy, lazy, optional, opened, closed, balancing };
    struct Frame {
        const char* at;    // where in the subject
        const char* bound; // greedy: the least position; lazy: the item; balancing: pattern's "%b"
        const char* next;  // the pattern after the item
        Choice choice;
        int number; // closed: the capture; balancing: open brackets; greedy: the byte that must follow
    };
    struct Capture {
        const char* from;
        std::ptrdiff_t length;
    };

    static constexpr int max_captures = 32;
    static constexpr int max_frames = 199; // one more array element for balancing, which is always topmost
    static constexpr int anything = -1;    // as followers of a repetition
    static constexpr int must_end = -2;
    static constexpr std::ptrdiff_t unfinished = -1;
    static constexpr std::ptrdiff_t position = -2;

    Frame& push(lua_State* L, const char* at, const char* bound, const char* next, Choice choice);
    bool resume(Frame& top, std::int64_t& fuel, const char*& pattern);
    void grow(Frame& frame, std::int64_t& fuel) const;
    int follower(const char* next) const;
    static std::int64_t retreat(Frame& top);
    bool balance(std::int64_t& fuel, const char*& pattern);
    void open_capture(lua_State* L, const char* next, std::ptrdiff_t length);
    void close_capture(lua_State* L, const char* next);
    bool same_as_capture(lua_State* L, unsigned char digit, std::int64_t& fuel);
    bool at_frontier(const char* set, const char* set_end) const;
    const Capture* find_capture(lua_State* L, int index) const;

    const char* subject_;
    const char* subject_end_;
    const char* pattern_;
    const char* pattern_end_;
    const char* at_;      // in the subject
    const char* rest_;    // of the pattern
    const char* growing_; // the item of the topmost growing frame
    bool failing_;        // the next step takes the topmost choice
    int captures_used_;
    int frames_used_;
    Capture captures_[max_captures];
    Frame frames_[max_frames + 1];
};

} // namespace lunette::lua::stdlib
