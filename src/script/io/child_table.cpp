#include "script/io/child_table.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "script/io/child.h"

namespace lunette::script {

struct ChildTable::Job {
    struct Waiting {
        Waiter waiter;
        Done done;
        std::function<void()> progress;
    };
    ChildRequest request;
    std::string key; ///< in shared_; empty: not shared
    std::vector<Waiting> waiting;
    std::unique_ptr<Child> child; ///< none while this waits in the queue or for the spawner
    std::int64_t started_us = 0;
    bool output_closed = false;
};

namespace {

std::string identity(const ChildRequest& request) {
    std::string key;
    const auto add = [&key](const std::string& text) { key += std::to_string(text.size()) + ':' + text; };
    const ProcessOptions& options = request.options;
    for (const auto& argument : options.arguments) add(argument);
    key += '|';
    add(options.directory);
    for (const auto& [name, value] : options.environment) add(name), add(value);
    key += '|';
    add(options.input);
    key += options.merge_error_output ? 'm' : '-';
    key += static_cast<char>('0' + static_cast<int>(request.capture));
    return key;
}

} // namespace

ChildTable::ChildTable(uv_loop_t* loop, Clock& clock, ChildLimits limits, ChildRegister& children)
    : loop_{loop},
      clock_{clock},
      limits_{limits},
      register_{children},
      spawner_{loop, children, [this](Spawned s) { spawned(std::move(s)); }} {}

ChildTable::~ChildTable() {
    // What was started but not told yet, too.
    for (auto& late : spawner_.stop())
        if (late.error.empty()) spawned(std::move(late));
    // All of them first, then wait for each.
    for (auto& [ticket, job] : jobs_) {
        if (!job->child) continue;
        job->child->disconnect();
        if (job->request.options.background)
            job->child->release();
        else
            job->child->kill();
    }
    jobs_.clear();
}

ChildTable::Waiter ChildTable::run(ChildRequest request, Done done, std::function<void()> progress) {
    const Waiter waiter = ++last_;
    const bool shareable = request.shareable && !request.options.background;
    std::string key = shareable ? identity(request) : std::string{};
    if (shareable) {
        if (const auto same = shared_.find(key); same != shared_.end()) {
            jobs_[same->second]->waiting.push_back({waiter, std::move(done), std::move(progress)});
            waiters_.emplace(waiter, same->second);
            return waiter;
        }
    }
    const bool background = request.options.background;
    if (background ? background_ >= limits_.background : queue_.size() >= limits_.queued) {
        const auto& arguments = request.options.arguments;
        done(failure("cannot run '" + (arguments.empty() ? "" : arguments[0]) + "': too many " +
                     (background ? "background processes" : "child processes are waiting to be started")));
        return waiter;
    }
    const Ticket ticket = ++last_;
    auto job = std::make_unique<Job>();
    job->request = std::move(request);
    job->waiting.push_back({waiter, std::move(done), std::move(progress)});
    if (shareable) shared_.emplace(key, ticket);
    job->key = std::move(key);
    jobs_.emplace(ticket, std::move(job));
    waiters_.emplace(waiter, ticket);
    if (background) {
        start(ticket);
    } else {
        queue_.push_back(ticket);
        start_queued();
    }
    return waiter;
}

void ChildTable::start_queued() {
    while (!queue_.empty() && live_ < limits_.live) {
        const Ticket ticket = queue_.front();
        queue_.pop_front();
        start(ticket);
    }
}

void ChildTable::start(Ticket ticket) {
    Job& job = *jobs_.at(ticket);
    ++(job.request.options.background ? background_ : live_);
    ++started_;
    job.started_us = clock_.now_us();
    spawner_.submit({ticket, job.request.options, job.request.capture});
}

void ChildTable::remove(Ticket ticket) {
    const auto found = jobs_.find(ticket);
    --(found->second->request.options.background ? background_ : live_);
    jobs_.erase(found);
    start_queued();
}

void ChildTable::spawned(Spawned spawned) {
    const Ticket ticket = spawned.ticket;
    Job& job = *jobs_.at(ticket);
    if (!spawned.error.empty()) {
        finish(ticket, failure(std::move(spawned.error)));
        return remove(ticket);
    }
    Child::Events events{[&job] {
                             for (const auto& waiting : job.waiting)
                                 if (waiting.progress) waiting.progress();
                         },
                         [this, ticket] { over(ticket); }};
    job.child =
        std::make_unique<Child>(loop_, register_, std::move(spawned), std::move(job.request.options.input),
                                limits_.output, std::move(events));
    if (!job.child->failure().empty())
        job.child->kill();
    else if (job.request.options.background)
        finish(ticket, ChildResult{{true, 0, {}, {}}, {}, false});
    else if (job.waiting.empty())
        job.child->kill(); // cancelled while it was being started
    else if (job.output_closed)
        job.child->close_output();
}

void ChildTable::over(Ticket ticket) {
    const Job& job = *jobs_.at(ticket);
    Child& child = *job.child;
    if (!child.failure().empty()) {
        finish(ticket, failure("'" + job.request.options.arguments[0] + "' was stopped: " + child.failure()));
    } else {
        const ChildExit exit = child.exit();
        ChildResult result;
        result.result.status = exit.signalled ? 128 + exit.status : exit.status;
        result.result.success = !exit.signalled && exit.status == 0;
        result.result.output = child.take_output();
        result.result.error_output = child.take_error_output();
        result.signalled = exit.signalled;
        result.duration = std::chrono::microseconds{clock_.now_us() - job.started_us};
        finish(ticket, std::move(result));
    }
    remove(ticket);
}

void ChildTable::finish(Ticket ticket, Expected<ChildResult> result) {
    Job& job = *jobs_.at(ticket);
    if (!job.key.empty()) shared_.erase(std::exchange(job.key, {}));
    auto waiting = std::exchange(job.waiting, {});
    for (const auto& one : waiting) waiters_.erase(one.waiter);
    for (std::size_t i = 0; i + 1 < waiting.size(); ++i) waiting[i].done(result);
    if (!waiting.empty()) waiting.back().done(std::move(result));
}

void ChildTable::cancel(Waiter waiter) {
    const auto found = waiters_.find(waiter);
    if (found == waiters_.end()) return;
    const Ticket ticket = found->second;
    waiters_.erase(found);
    Job& job = *jobs_.at(ticket);
    std::erase_if(job.waiting, [waiter](const Job::Waiting& one) { return one.waiter == waiter; });
    if (!job.waiting.empty() || job.request.options.background) return;
    if (!job.key.empty()) shared_.erase(std::exchange(job.key, {}));
    if (job.child) {
        job.child->kill();
    } else if (const auto queued = std::find(queue_.begin(), queue_.end(), ticket); queued != queue_.end()) {
        queue_.erase(queued);
        jobs_.erase(ticket);
    }
}

const std::string* ChildTable::output(Waiter waiter) const {
    const auto found = waiters_.find(waiter);
    if (found == waiters_.end()) return nullptr;
    static const std::string none;
    const Job& job = *jobs_.at(found->second);
    return job.child ? &job.child->output() : &none;
}

void ChildTable::close_output(Waiter waiter) {
    const auto found = waiters_.find(waiter);
    if (found == waiters_.end()) return;
    Job& job = *jobs_.at(found->second);
    if (job.waiting.size() > 1) return;
    if (!job.key.empty()) shared_.erase(std::exchange(job.key, {}));
    job.output_closed = true;
    if (job.child) job.child->close_output();
}

} // namespace lunette::script
