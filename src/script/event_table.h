#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/engine.h>

namespace lunette::script {

/// Statistics of one handler, as they are gathered.
struct HandlerStats {
    HandlerReport report;
    std::set<std::string> reads;
    std::set<std::string> messages; ///< errors logged; bounded
    std::uint32_t impurities = 0;

    void note_command(const Command& command);
};

struct Event {
    std::string name;
    bool pure = false;
    EventPolicy policy;
    std::vector<Function> handlers;
    std::vector<std::unique_ptr<HandlerStats>> stats; ///< one per handler; grows with `handlers`
    std::set<std::string> modules;                    ///< that its pure handler required while it ran
    std::uint64_t fingerprint = 0;                    ///< of the Lua state that its pure handler can reach
    bool tracked = true;                              ///< false: too much of it to compare
    std::int64_t next_untracked_us = 0;
    bool untracked_waits = false; ///< it is looked at again at `next_untracked_us`
    std::int64_t backoff_until_us = 0;
    std::int64_t backoff_us = 0;

    HandlerStats& of(std::size_t handler) { return *stats[handler]; }
    /// Doubles the back-off, from 1 s to 30 s, and starts it.
    void back_off(std::int64_t now_us) noexcept;
};

/// The events of one generation: policies from the host, handlers from the configuration.
///
/// Thread: script thread.
class EventTable {
public:
    static constexpr std::size_t many_handlers = 200;

    void declare(std::string name, bool pure, EventPolicy policy);
    /// Appends a handler. Returns false when this event has suspiciously many (a handler that registers
    /// handlers); it is added all the same, up to a bound of ten times as many.
    bool add(std::string_view name, Function handler);
    /// Null when neither declared nor registered.
    Event* find(std::string_view name) noexcept;
    Event& get(std::string_view name);

    template<class Visit>
    void for_each(Visit&& visit) {
        for (auto& [name, event] : events_) visit(*event);
    }

private:
    std::map<std::string, std::unique_ptr<Event>, std::less<>> events_;
};

} // namespace lunette::script
