#include "mux/process_watcher.h"

#include <algorithm>
#include <utility>

namespace lunette::mux {

ProcessWatcher::ProcessWatcher(Options options) : options_{std::move(options)} {}

ProcessWatcher::~ProcessWatcher() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    if (worker_.joinable()) worker_.join();
}

bool ProcessWatcher::ask(Id pane) {
    const auto [entry, added] = panes_.try_emplace(pane);
    entry->second.age = 0;
    return added;
}

void ProcessWatcher::note_activity(Id pane) noexcept {
    if (const auto found = panes_.find(pane); found != panes_.end()) found->second.wanted = true;
}

void ProcessWatcher::forget(Id pane) { panes_.erase(pane); }

void ProcessWatcher::next_generation() {
    for (auto& item : panes_) ++item.second.age;
    std::erase_if(panes_, [](const auto& item) { return item.second.age > 1; });
}

void ProcessWatcher::start_due(std::int64_t now_ms, const std::function<std::optional<pid_t>(Id)>& group_of) {
    std::vector<Request> due;
    for (auto& [pane, entry] : panes_) {
        if (!entry.wanted || entry.in_flight || now_ms < entry.not_before_ms) continue;
        entry.wanted = false;
        entry.not_before_ms = now_ms + options_.interval_ms;
        if (const auto group = group_of(pane)) {
            entry.in_flight = true;
            due.push_back({pane, *group});
        }
    }
    if (due.empty()) return;
    if (!worker_.joinable()) worker_ = std::thread{[this] { run(); }};
    {
        const std::lock_guard lock{mutex_};
        requests_.insert(requests_.end(), due.begin(), due.end());
    }
    changed_.notify_one();
}

std::optional<std::int64_t> ProcessWatcher::next_due_ms() const {
    std::optional<std::int64_t> next;
    for (const auto& [pane, entry] : panes_)
        if (entry.wanted && !entry.in_flight)
            next = next ? std::min(*next, entry.not_before_ms) : entry.not_before_ms;
    return next;
}

std::vector<ProcessWatcher::Result> ProcessWatcher::take_results() {
    std::vector<Result> results;
    {
        const std::lock_guard lock{mutex_};
        results.swap(results_);
    }
    std::erase_if(results, [&](const Result& result) {
        const auto found = panes_.find(result.pane);
        if (found == panes_.end()) return true; // nobody asks any more
        found->second.in_flight = false;
        return false;
    });
    return results;
}

void ProcessWatcher::run() {
    for (;;) {
        Request request;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [&] { return stopping_ || !requests_.empty(); });
            if (stopping_) return;
            request = requests_.front();
            requests_.pop_front();
        }
        Result result{request.pane, options_.read(request.group)};
        {
            const std::lock_guard lock{mutex_};
            results_.push_back(std::move(result));
        }
        options_.wake();
    }
}

} // namespace lunette::mux
