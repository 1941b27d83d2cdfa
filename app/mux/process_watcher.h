#pragma once

#include "mux/process_report.h"

#include <lunette/record.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

namespace lunette::mux {

using ProcessReader = std::function<std::optional<ProcessReport>(pid_t group)>;

// Keeps track of what runs in panes without making the UI thread read /proc. Only panes that somebody asked
// about are looked at, when they were active, at most once per interval: with a first look at once and a last
// one when the activity is over.
//
// The public functions: UI thread. The reader and `wake` run on a worker thread, which starts with the first
// request and is joined by the destructor (waiting for a reader that is busy).
class ProcessWatcher {
public:
    struct Options {
        ProcessReader read = [](pid_t group) { return read_process_report(group); };
        std::function<void()> wake = [] {}; // a result is there
        std::int64_t interval_ms = 300;
    };
    struct Result {
        Id pane = 0;
        std::optional<ProcessReport> report; // nothing: no such process
    };

    explicit ProcessWatcher(Options options);
    ~ProcessWatcher();
    ProcessWatcher(const ProcessWatcher&) = delete;
    ProcessWatcher& operator=(const ProcessWatcher&) = delete;

    // Somebody reads what runs in the pane. True when that is new. Who asks does so once per generation of
    // the configuration.
    bool ask(Id pane);
    bool is_asked(Id pane) const { return panes_.contains(pane); }
    // Something happened in a pane. Does nothing for those nobody asked about.
    void note_activity(Id pane) noexcept;
    void forget(Id pane);
    // A new generation: panes that nobody asked about since the one before are no longer looked at. (The
    // first asks of a generation can come before it is known here.)
    void next_generation();

    // Hands due requests to the worker. `group_of` is asked for the foreground group of a pane.
    void start_due(std::int64_t now_ms, const std::function<std::optional<pid_t>(Id)>& group_of);
    // When start_due() has something to do next; nothing when it has not.
    std::optional<std::int64_t> next_due_ms() const;
    std::vector<Result> take_results();

private:
    struct Entry {
        int age = 0; // generations since it was asked about
        bool wanted = true;
        bool in_flight = false;
        std::int64_t not_before_ms = 0;
    };
    struct Request {
        Id pane = 0;
        pid_t group = 0;
    };
    void run();

    const Options options_;
    std::unordered_map<Id, Entry> panes_;

    std::mutex mutex_; // guards what follows; held for a push or a pop only
    std::condition_variable changed_;
    std::deque<Request> requests_;
    std::vector<Result> results_;
    bool stopping_ = false;
    std::thread worker_;
};

} // namespace lunette::mux
