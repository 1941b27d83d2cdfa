#include "script/generation.h"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "lua/install.h"
#include "lua/stack.h"
#include "lua/to_value.h"
#include "script/failover/test_module.h"
#include "script/handler_calls.h"
#include "script/io/std_io.h"
#include "script/run/coroutine_library.h"
#include "script/run/preempt.h"

namespace lunette::script {

namespace {

// What the engine itself needs between tasks, where a refusal of memory could not be caught.
constexpr std::size_t heap_reserve = std::size_t{4} << 20;
Scheduler::Limits limits_of(const EngineOptions& options) {
    return {options.turn.count() * 1000, options.slice.count() * 1000, 2'000'000};
}

const std::vector<Module>& library_modules() {
    // Never destroyed: a thread that is left behind may be in it.
    static const std::vector<Module>& modules = *new std::vector<Module>{standard_modules()};
    return modules;
}

} // namespace

Generation::Generation(Services services, std::uint64_t number)
    : services_{services},
      number_{number},
      loader_{*this, services.cache},
      memo_{*this, services.clock, services.runtime.timers(), services.options},
      views_{memo_,
             events_,
             services.index,
             services.runtime.timers(),
             services.clock,
             services.options.views,
             services.options.soft_deadline.count(),
             services.options.eager},
      effects_{
          services.clock, services.runtime.timers(),
          [this](Event& event, Effects::Call call) -> Task& { return start_effect(event, std::move(call)); },
          [this](Event& event, const Effects::Call& call, std::string_view reason) {
              services_.channel.mark_settled(call.ticket);
              if (!reason.empty())
                  log_about_handler(LogLevel::warning,
                                    fmt::format("{}: a call was dropped: {}", event.name, reason));
          }},
      files_{services.runtime, [this](const std::string& path) { memo_.state_changed("file:" + path); }} {
    vm_ = std::make_unique<lua::Vm>(
        static_cast<lua::Host&>(*this), services.options.objects,
        lua::VmOptions{services.options.heap_limit, [this] { collector_->request(); }});
    lua_State* L = vm_->state();
    scheduler_ = std::make_unique<Scheduler>(L, services.state, services.clock, limits_of(services.options));
    scheduler_->before_slice = [this](Task& task) {
        const auto found = runs_.find(&task);
        run_ = found == runs_.end() ? nullptr : found->second.get();
        if (&task == starting_) starting_ = nullptr;
        if (run_) services_.channel.running.set(run_->label());
        if (run_) begin_slice(*run_);
        vm_->memory().set_limit(services_.options.heap_limit);
        collector_->before_slice();
    };
    scheduler_->after_slice = [this](Task&) {
        vm_->memory().set_limit(services_.options.heap_limit + heap_reserve);
        if (run_) flush(*run_);
        if (run_ && !run_->pure() && !loading_)
            state_may_have_changed(run_->event ? run_->event->name : "a timer");
        run_ = nullptr;
        if (std::string warning = collector_->take_warning(); !warning.empty())
            log(LogLevel::warning, warning);
    };
    scheduler_->hold = [this](Task& task) {
        if (!services_.outbox.blocked() || !runs_.at(&task)->sent) return false;
        held_.push_back(&task);
        return true;
    };
    collector_ = std::make_unique<Collector>(L, vm_->memory(), services.state, services.clock,
                                             services.runtime.timers(), services.options.gc,
                                             services.options.heap_limit);
    scheduler_->out_of_memory = [this] {
        constexpr double mebibyte = 1 << 20;
        const lua::Memory& memory = vm_->memory();
        return fmt::format(
            "not enough memory: the limit for all handlers is {:.0f} MiB, of which the configuration "
            "and its handlers use {:.1f} (and hold {:.1f} of records)",
            static_cast<double>(services_.options.heap_limit) / mebibyte,
            static_cast<double>(memory.lua_bytes()) / mebibyte,
            static_cast<double>(memory.native_bytes()) / mebibyte);
    };
    lua::open_budgeted_libraries(L);
    lua::set_checkpoint(L, this);
    install_run_library(L, services.state);
    loader_.install(L);
    install_library_functions(*vm_, *this);
    const auto install = [this](const Module& module) {
        if (const auto installed = lua::install_module(*vm_, module); !installed)
            problem(true, fmt::format("module {}: {}", module.name(), installed.error().message));
    };
    loading_ = true; // modules may ask for paths and timers
    for (const Module& module : library_modules()) install(module);
    for (const Module& module : services.options.modules) install(module);
    if (services.options.test_module) install(test_module());
    loading_ = false;
    roots_.learn_library(L);
    vm_->memory().set_limit(services.options.heap_limit + heap_reserve);
}

Generation::~Generation() {
    services_.runtime.timers().cancel(load_deadline_);
    for (const TimerQueue::Id id : timers_) services_.runtime.timers().cancel(id);
    scheduler_->cancel_all("the configuration was replaced");
    scheduler_.reset();
    static_cast<void>(views_.give_up());
    events_ = EventTable{}; // functions go before their VM
    timers_before_activation_.clear();
    collector_.reset();
    vm_.reset();
}

RunContext& Generation::spawn(RunContext::Purpose purpose, Priority priority, lua_CFunction body) {
    Task& task = scheduler_->spawn(priority);
    auto context = std::make_unique<RunContext>();
    RunContext& run = *context;
    run.generation = this;
    run.purpose = purpose;
    run.task = &task;
    run.recorder = &run.own_recorder;
    run.root = services_.index.root();
    run.revision = services_.index.revision();
    task.hard_limit_ns = services_.options.hard_limit.count() * 1000;
    lua_pushcfunction(task.thread, body);
    lua_pushlightuserdata(task.thread, &run);
    task.arguments = 1;
    runs_.emplace(&task, std::move(context));
    return run;
}

void Generation::drop_context(RunContext& run) {
    Task* task = run.task;
    task_is_over(*task);
    runs_.erase(task);
}

void Generation::task_is_over(Task& task) {
    std::erase_if(waiting_, [&task](const Waiting& w) { return w.task == &task; });
    std::erase(held_, &task);
    if (starting_ == &task) starting_ = nullptr;
    loader_.task_ended(task);
    services_.kept.commit();
}

// --- handlers

Expected<Value> Generation::take_result(RunContext& run) {
    if (lua_gettop(run.task->thread) == 0) return Value{};
    Expected<Value> result = Value{};
    const auto converted = vm_->protect([&](lua_State* L) {
        lua::need(L, 2);
        lua_xmove(run.task->thread, L, 1);
        try {
            result = lua::to_value(L, -1);
        } catch (const BindError& error) {
            result = failure(error.message());
        }
    });
    if (!converted) return tl::unexpected<Error>{converted.error()};
    return result;
}

void Generation::begin_handler(RunContext& run, std::size_t handler) {
    if (handler > run.handler) end_handler(run, {});
    run.handler = handler;
    services_.channel.running.set(run.label());
    run.handler_cpu_start = services_.state.task_cpu_ns();
    HandlerReport& report = run.event->of(handler).report;
    ++report.runs;
    report.wait.record((services_.clock.now_us() - run.asked_us) * 1000);
}

void Generation::end_handler(RunContext& run, const Outcome& outcome) {
    HandlerStats& stats = run.event->of(run.handler);
    HandlerReport& report = stats.report;
    const std::int64_t cpu =
        (run_ ? services_.state.task_cpu_ns() : run.task->cpu_ns) - run.handler_cpu_start;
    report.cpu.record(std::max<std::int64_t>(cpu, 0));
    report.preempted += std::exchange(run.task->preemptions, 0U);
    if (outcome.kind == Outcome::Kind::ok && report.last != RunResult::late) report.last = RunResult::ok;
    const std::int64_t elapsed = services_.clock.now_us() - run.due_us;
    if (elapsed > services_.options.soft_deadline.count()) {
        ++report.late;
        if (outcome.kind == Outcome::Kind::ok) report.last = RunResult::late;
        // A busy machine is not the handler's fault: blame it only for CPU time of its own.
        if (cpu * 2 > services_.options.soft_deadline.count() * 1000 && stats.messages.insert("late").second)
            log_about_handler(
                LogLevel::warning,
                fmt::format(
                    "{}: {} took {} ms of CPU time; the frames do not wait for it, but its result is late",
                    report.where, report.event, cpu / 1'000'000));
    }
}

void Generation::start_run(Entry& entry, Priority priority) {
    RunContext& run = spawn(RunContext::Purpose::pure, priority, handler_calls::pure);
    run.event = &entry.event;
    run.entry = &entry;
    run.recorder = &entry.recorder;
    run.asked_us = run.due_us = services_.clock.now_us();
    run.hop = std::exchange(entry.hop, false);
    entry.task = run.task;
    run.task->finished = [this, &run](Task&, const Outcome& outcome) { finished_pure(run, outcome); };
}

void Generation::hurry(Entry& entry) {
    scheduler_->raise(*entry.task, Priority::pure);
    if (!entry.task->started) entry.speculative = false;
}

void Generation::finished_pure(RunContext& run, const Outcome& outcome) {
    if (run.gave_up && !run.task->cancelled) {
        end_handler(run, {});
        Entry& entry = *run.entry;
        drop_context(run);
        return memo_.gave_up(entry);
    }
    Outcome judged = outcome;
    Value value;
    if (outcome.kind == Outcome::Kind::ok) {
        Expected<Value> result = take_result(run);
        const auto convert = services_.options.convert_result.find(run.event->name);
        if (result && convert != services_.options.convert_result.end())
            result = convert->second(*this, *result);
        if (result)
            value = std::move(*result);
        else
            judged = {Outcome::Kind::error,
                      fmt::format("{}: {}", run.event->of(0).report.where, result.error().message),
                      {}};
    }
    end_handler(run, judged);
    run.entry->commands = std::move(run.issued);
    Entry& entry = *run.entry;
    Task& task = *run.task;
    const auto context = runs_.extract(&task); // lives until the end of this function
    task_is_over(task);
    if (task.cancelled) {
        entry.task = nullptr; // nobody wants to know any more
        return;
    }
    memo_.finished(entry, task, judged, std::move(value));
}

Task& Generation::start_effect(Event& event, Effects::Call call) {
    RunContext& run = spawn(RunContext::Purpose::effect, call.urgent ? Priority::urgent : Priority::effect,
                            handler_calls::effect);
    run.event = &event;
    run.ticket = call.ticket;
    run.asked_us = call.queued_us;
    run.due_us = call.due_us;
    run.arguments = std::move(call.arguments);
    run.otherwise = std::move(call.otherwise);
    for (Value& argument : run.arguments) {
        if (const RecordNode* record = argument.record())
            if (const RecordNode* newest = services_.index.find(record->id()))
                argument = Value{RecordRef::share(newest), argument.object_type()};
    }
    starting_ = run.task;
    run.task->settled = [this, &run](Task& task) {
        flush(run);
        services_.channel.mark_settled(run.ticket);
        effects_.settled(task);
    };
    run.task->finished = [this, &run](Task&, const Outcome& outcome) { finished_effect(run, outcome); };
    return *run.task;
}

void Generation::finished_effect(RunContext& run, const Outcome& outcome) {
    end_handler(run, outcome);
    HandlerStats& stats = run.event->of(run.handler);
    for (const Dependency& d : run.recorder->dependencies()) stats.reads.insert(d.describe());
    stats.impurities |= run.recorder->impurities();
    if (outcome.kind == Outcome::Kind::ok) {
        run.event->backoff_us = 0;
        flush(run);
        if (run.otherwise && !run.prevented) send_alone(std::move(*run.otherwise));
    } else if (!run.task->cancelled) {
        report_failure(stats, *run.event, outcome);
    }
    effects_.ended(*run.task);
    drop_context(run);
}

void Generation::report_failure(HandlerStats& stats, Event& event, const Outcome& outcome) {
    HandlerReport& report = stats.report;
    const bool killed = outcome.kind == Outcome::Kind::killed;
    ++(killed ? report.killed : report.errors);
    report.last = killed ? RunResult::killed : RunResult::error;
    report.last_error =
        killed && !outcome.place.empty() ? outcome.place + ": " + outcome.message : outcome.message;
    if (killed) event.back_off(services_.clock.now_us());
    const std::string key = killed ? "killed" : outcome.message;
    if (stats.messages.size() > 100 || !stats.messages.insert(key).second) return;
    if (killed)
        log_about_handler(LogLevel::error,
                          fmt::format("{}: {} took too long and was stopped ({}); it runs again in {} s.{}",
                                      report.where, event.name, outcome.message, event.backoff_us / 1'000'000,
                                      outcome.place.empty() ? "" : "\n  at " + outcome.place));
    else
        log_about_handler(LogLevel::error, fmt::format("{}: {}", event.name, outcome.message));
}

// --- timers

void Generation::start_timer(std::int64_t delay_us, Function function) {
    if (retired_ || events_.is_disabled({Offender::Kind::timer, {}, function.where()})) return;
    add_timer(delay_us, [this, function = std::move(function)] {
        RunContext& run = spawn(RunContext::Purpose::timer, Priority::effect, handler_calls::timer);
        run.function = function;
        run.own_label.emplace(Offender{Offender::Kind::timer, {}, function.where()});
        run.task->finished = [this, &run](Task&, const Outcome& outcome) { finished_timer(run, outcome); };
    });
}

void Generation::add_timer(std::int64_t delay_us, std::function<void()> fire) {
    auto id = std::make_shared<TimerQueue::Id>(0);
    *id = services_.runtime.timers().after(std::chrono::microseconds{delay_us},
                                           [this, id, fire = std::move(fire)] {
                                               timers_.erase(*id);
                                               fire();
                                           });
    timers_.insert(*id);
}

void Generation::finished_timer(RunContext& run, const Outcome& outcome) {
    if (outcome.kind != Outcome::Kind::ok && !run.task->cancelled)
        log_about_handler(LogLevel::error,
                          fmt::format("timer ({}): {}", run.function.where(), outcome.message));
    drop_context(run);
}

// --- work

void Generation::emit(Emission emission) {
    Event* event = events_.find(emission.event);
    if (!event || event->handlers.empty()) {
        // Whoever presses a key is told each time.
        if (event && !event->off.empty() && (emission.urgent || !std::exchange(event->off_was_said, true)))
            log_about_handler(LogLevel::warning, event->off);
        if (emission.otherwise) send_alone(std::move(*emission.otherwise));
        services_.channel.mark_settled(emission.ticket);
        return;
    }
    effects_.add(*event, {emission.ticket, std::move(emission.arguments), 0, emission.urgent,
                          std::move(emission.otherwise)});
}

void Generation::invalidate_from_outside(std::string_view name) {
    if (Event* event = events_.find(name)) memo_.invalidate(*event, "invalidated");
}

void Generation::model_changed(const std::vector<Change>& changes) { memo_.apply(changes); }

bool Generation::run_one() {
    if (scheduler_->run_one()) return true;
    settle_pure_writes();
    return false;
}

void Generation::dispatch() {
    if (starting_) return; // it may issue commands that the next has to see
    effects_.dispatch(services_.outbox.last_sequence() <= services_.applied_seq &&
                      !services_.outbox.blocked());
}

void Generation::retire_waits() {
    if (!services_.outbox.blocked())
        for (Task* task : std::exchange(held_, {})) scheduler_->wake(*task);
    std::erase_if(waiting_, [this](const Waiting& waiting) {
        if (waiting.sequence > services_.applied_seq) return false;
        scheduler_->wake(*waiting.task);
        return true;
    });
}

bool Generation::has_work() const noexcept {
    return scheduler_->has_ready() || views_.anything_to_evaluate();
}

} // namespace lunette::script
