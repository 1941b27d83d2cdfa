#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <lunette/bind.h>

#include "script/event_table.h"
#include "script/memo/dependency_index.h"
#include "script/memo/recorder.h"

namespace lunette::script {

class Memo;
class ViewNode;
class Task;

/// The remembered result of one call of a pure handler: event and arguments.
///
/// Thread: script thread. Owned by the Memo.
class Entry final : public Reader {
public:
    Entry(Memo& memo, Event& event, std::string label, std::vector<Argument> arguments)
        : memo{memo}, event{event}, label{std::move(label)}, arguments{std::move(arguments)} {}

    void invalidate(const std::string& why, std::int64_t pace_us) override;

    /// "format-tab-title(tab 3)".
    std::string name() const { return label.empty() ? event.name : event.name + "(" + label + ")"; }
    /// The last good value; else the error, if the last run failed; else nil.
    Expected<Value> result() const;

    Memo& memo;
    Event& event;
    std::string label;
    std::vector<Argument> arguments;
    std::uint64_t revision = 0; ///< of the snapshot that the arguments are from

    Value value;
    bool has_value = false;
    std::optional<Error> error; ///< of the last run
    bool dirty = true;
    std::string cause = "first ask";
    std::int64_t dirty_since_us = 0;
    bool hop = false;      ///< dirty only because of what another pure handler wrote
    bool doubtful = false; ///< dirty only because nobody can tell

    Task* task = nullptr;
    std::optional<std::string> outdated; ///< while running: what changed meanwhile
    std::int64_t outdated_since_us = 0;
    std::int64_t outdated_pace_us = 0; ///< how long that may wait
    bool outdated_hop = false;         ///< only what another pure handler wrote
    bool speculative = false;          ///< the run is one in idle time, whose value nobody waits for
    bool put_off = false;              ///< a throttle or a back-off kept it from running at once
    bool speculable = true;            ///< none of those has tried what it must not
    Recorder recorder;                 ///< of the running run

    std::int64_t next_allowed_us = 0;
    std::int64_t backoff_until_us = 0;
    int failures = 0;            ///< in a row
    std::int64_t started_us = 0; ///< the last run
    std::int64_t expires_us = Recorder::never;
    std::string expiry = "time";           ///< why
    std::int64_t due_us = Recorder::never; ///< when the Memo looks at it
    std::uint64_t runs = 0;
    std::vector<Command> commands; ///< of the last run, to drop repetitions
    std::deque<std::string> history;

    struct User {
        ViewNode* view;
        bool speculative;
    };
    std::vector<User> users;
    std::vector<std::function<void()>> waiters; ///< called once, when the run ends
};

} // namespace lunette::script
