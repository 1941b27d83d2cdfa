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

#include "script/failover/running_handler.h"

namespace lunette::script {

/// Statistics of one handler, as they are gathered.
struct HandlerStats {
    explicit HandlerStats(const Offender& handler) noexcept : label{handler} {}

    HandlerLabel label;
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
    bool untracked_waits = false;                ///< it is looked at again at `next_untracked_us`
    std::vector<RecordRef> pinned;               ///< that the fingerprint names by their addresses
    Assumption assumption = Assumption::nothing; ///< about its pure handler
    std::size_t shown = 0;                       ///< calls of it that views show
    std::int64_t backoff_until_us = 0;
    std::int64_t backoff_us = 0;
    bool off_was_said = false;
    std::string off; ///< why it has fewer handlers than it might; for people

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
    /// These are not added when they come.
    void disable(std::vector<Offender> handlers) { disabled_ = std::move(handlers); }
    bool is_disabled(const Offender& handler) const noexcept;
    /// Null when neither declared nor registered.
    Event* find(std::string_view name) noexcept;
    Event& get(std::string_view name);

    template<class Visit>
    void for_each(Visit&& visit) {
        for (auto& [name, event] : events_) visit(*event);
    }

private:
    std::map<std::string, std::unique_ptr<Event>, std::less<>> events_;
    std::vector<Offender> disabled_;
};

} // namespace lunette::script
