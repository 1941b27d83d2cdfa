#include "script/run/scheduler.h"

#include <algorithm>

#include "lua/error_text.h"
#include "script/run/coroutine_library.h"

namespace lunette::script {

namespace {
constexpr std::size_t spare_limit = 16;
}

Scheduler::Scheduler(lua_State* main, RunState& state, Clock& clock, Limits limits)
    : main_{main}, state_{state}, clock_{clock}, limits_{limits} {
    state_.slice_ns = limits.slice_ns;
}

Scheduler::~Scheduler() { cancel_all("stopped"); }

Task& Scheduler::spawn(Priority priority) {
    auto task = std::make_unique<Task>();
    if (spare_threads_.empty()) {
        luaL_checkstack(main_, 2, "tasks");
        task->thread = lua_newthread(main_);
        task->anchor = luaL_ref(main_, LUA_REGISTRYINDEX);
    } else {
        std::tie(task->thread, task->anchor) = spare_threads_.back();
        spare_threads_.pop_back();
    }
    state_.suspended_by_system.insert(task->thread);
    task->priority = priority;
    task->queued_us = clock_.now_us();
    task->slot = tasks_.size();
    Task& result = *task;
    tasks_.push_back(std::move(task));
    enqueue(result);
    return result;
}

void Scheduler::enqueue(Task& task) {
    task.state = Task::State::ready;
    if (task.over_turn)
        sliced_.push_back(&task);
    else
        ready_[static_cast<std::size_t>(task.priority)].push_back(&task);
}

void Scheduler::wake(Task& task) {
    if (task.state != Task::State::waiting) return;
    task.part_cpu_ns = 0;
    task.over_turn = false;
    enqueue(task);
}

void Scheduler::raise(Task& task, Priority priority) {
    if (task.priority <= priority) return;
    auto& queue = ready_[static_cast<std::size_t>(task.priority)];
    task.priority = priority;
    if (std::erase(queue, &task)) enqueue(task);
}

bool Scheduler::has_ready() const noexcept {
    return !sliced_.empty() ||
           std::any_of(ready_.begin(), ready_.end(), [](const auto& q) { return !q.empty(); });
}

Task* Scheduler::next() {
    const auto fresh = std::find_if(ready_.begin(), ready_.end(), [](const auto& q) { return !q.empty(); });
    const bool take_sliced = !sliced_.empty() && (fresh == ready_.end() || !last_was_sliced_);
    if (!take_sliced && fresh == ready_.end()) return nullptr;
    std::deque<Task*>& queue = take_sliced ? sliced_ : *fresh;
    Task* task = queue.front();
    queue.pop_front();
    last_was_sliced_ = take_sliced;
    return task;
}

bool Scheduler::run_one() {
    Task* task = next();
    if (!task) return false;
    slice(*task);
    state_.control.slicing.store(!sliced_.empty(), std::memory_order_relaxed);
    return true;
}

void Scheduler::settle(Task& task) {
    if (task.settled) std::exchange(task.settled, nullptr)(task);
}

void Scheduler::slice(Task& task) {
    if (!task.started) {
        task.started = true;
        task.started_us = clock_.now_us();
    }
    task.state = Task::State::running;
    if (before_slice) before_slice(task);

    state_.task = &task;
    state_.task_thread = task.thread;
    state_.reason = YieldReason::none;
    state_.kill = false;
    state_.requested.store(false, std::memory_order_relaxed);
    state_.hard_limit_ns = task.hard_limit_ns;
    state_.run_cpu_before_ns = task.cpu_ns;
    state_.slice_started_ns = thread_cpu_ns();
    const std::int64_t budget = task.over_turn ? limits_.slice_ns : limits_.turn_ns - task.part_cpu_ns;
    state_.control.arm(state_.slice_started_ns + std::max(budget, limits_.slice_ns));

    if (state_.stop.load(std::memory_order_acquire)) state_.kill = true;
    int results = 0;
    const int status =
        resume_tracked(state_, task.thread, nullptr, std::exchange(task.arguments, 0), &results);
    state_.control.disarm();
    if (state_.stop.load(std::memory_order_acquire)) state_.fate->unwind();
    const std::int64_t used = thread_cpu_ns() - state_.slice_started_ns;
    last_slice_ns_ = used;
    task.cpu_ns += used;
    task.part_cpu_ns += used;

    if (status == LUA_YIELD && yielded_by_system(state_, task.thread, results) &&
        state_.reason != YieldReason::killed) {
        const bool preempted = state_.reason == YieldReason::preempted;
        if (preempted) {
            (task.over_turn ? slices_ : turns_).record(used);
            ++task.preemptions;
            task.over_turn = true;
        }
        task.state = Task::State::waiting;
        if (after_slice) after_slice(task);
        if (preempted && !(hold && hold(task))) enqueue(task);
        if (!preempted) settle(task);
        state_.task = nullptr;
        return;
    }
    const Outcome outcome = outcome_of(task, status);
    if (after_slice) after_slice(task);
    end(task, outcome);
    state_.task = nullptr;
}

Outcome Scheduler::outcome_of(Task& task, int status) {
    if (state_.kill) return {Outcome::Kind::killed, state_.kill_message, state_.kill_place};
    if (status == LUA_OK) return {};
    if (status == LUA_ERRMEM && out_of_memory) return {Outcome::Kind::error, out_of_memory()};
    if (status == LUA_YIELD) return {Outcome::Kind::error, "attempt to yield from outside a coroutine"};
    return {Outcome::Kind::error, lua::describe_error(task.thread, -1)};
}

void Scheduler::end(Task& task, const Outcome& outcome) {
    task.state = Task::State::ended;
    if (outcome.kind == Outcome::Kind::ok) {
        settle(task);
        if (task.finished) task.finished(task, outcome);
        lua_settop(task.thread, 0);
    } else {
        unwind(task);
        settle(task);
        if (task.finished) task.finished(task, outcome);
    }
    state_.suspended_by_system.erase(task.thread);
    if (spare_threads_.size() < spare_limit && lua_status(task.thread) == LUA_OK) {
        lua_sethook(task.thread, nullptr, 0, 0);
        spare_threads_.emplace_back(task.thread, task.anchor);
    } else {
        luaL_unref(main_, LUA_REGISTRYINDEX, task.anchor);
    }
    const std::size_t slot = task.slot;
    std::swap(tasks_[slot], tasks_.back());
    tasks_[slot]->slot = slot;
    tasks_.pop_back();
}

void Scheduler::unwind(Task& task) {
    for (lua_State* co : task.links) {
        close_coroutine(co);
        state_.suspended_by_system.erase(co);
    }
    task.links.clear();
    close_coroutine(task.thread);
}

void Scheduler::close_coroutine(lua_State* co) {
    lua_sethook(co, nullptr, 0, 0);
    state_.kill = false;
    state_.reason = YieldReason::none;
    state_.requested.store(false, std::memory_order_relaxed);
    state_.run_cpu_before_ns = 0;
    state_.hard_limit_ns = limits_.close_ns;
    state_.slice_started_ns = thread_cpu_ns();
    ++state_.blocked_links; // a __close handler run from here cannot yield
    lua_State* outer = state_.running.exchange(co, std::memory_order_relaxed);
    state_.control.arm(state_.slice_started_ns + limits_.close_ns);
    lua_resetthread(co); // the error object, if any, is of no interest any more
    state_.control.disarm();
    state_.running.store(outer, std::memory_order_relaxed);
    --state_.blocked_links;
    state_.kill = false;
    lua_sethook(co, nullptr, 0, 0);
    lua_settop(co, 0);
}

void Scheduler::cancel(Task& task, std::string reason) {
    if (task.state == Task::State::running || task.state == Task::State::ended) return;
    if (task.state == Task::State::ready) {
        for (auto& queue : ready_) std::erase(queue, &task);
        std::erase(sliced_, &task);
    }
    task.cancelled = true;
    Task* outer = std::exchange(state_.task, &task);
    if (before_slice) before_slice(task);
    unwind(task);
    if (after_slice) after_slice(task);
    end(task, {Outcome::Kind::killed, std::move(reason), {}});
    state_.task = outer;
}

void Scheduler::cancel_all(std::string reason) {
    while (!tasks_.empty()) {
        const std::size_t before = tasks_.size();
        cancel(*tasks_.back(), reason);
        if (tasks_.size() == before) break;
    }
}

} // namespace lunette::script
