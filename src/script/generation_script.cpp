// What bound functions may ask of the script thread.

#include <fmt/format.h>

#include "lua/function.h"
#include "lua/place.h"
#include "script/generation.h"
#include "script/run/preempt.h"

namespace lunette::script {

namespace {
constexpr std::size_t problems_kept = 1000;
constexpr std::size_t commands_per_slice = 1024;
constexpr std::size_t commands_at_most = 4096;
constexpr std::int64_t random_lifetime_us = 1'000'000;
constexpr std::size_t assumptions_kept = 1000;

const void* address_of(lua_State* L, const Function& function) {
    lua::push_function(L, function);
    const void* address = lua_topointer(L, -1);
    lua_pop(L, 1);
    return address;
}
} // namespace

void Generation::on(std::string_view event, Function handler) {
    if (!events_.add(event, std::move(handler)) && !std::exchange(warned_handlers_, true))
        log_about_handler(
            LogLevel::warning,
            fmt::format("{}: {} has {} handlers and gets more: is wezterm.on called inside a handler? "
                        "At most {} are kept.",
                        where(), event, EventTable::many_handlers, EventTable::many_handlers * 10));
    Event& added = events_.get(event);
    if (added.pure && added.handlers.size() == 1) added.assumption = assumption_about(added.handlers.front());
    if (loading_ || !added.pure || added.handlers.size() != 1) return;
    compare_roots(added);
    views_.evaluate_all_again(); // its views show their defaults
}

std::string Generation::callback(Function handler) {
    const std::uint64_t number = services_.channel.callbacks.fetch_add(1, std::memory_order_relaxed);
    std::string name = std::string{callback_prefix} + std::to_string(number);
    events_.add(name, std::move(handler));
    return name;
}

void Generation::call_after(std::chrono::microseconds delay, Function function) {
    if (run_ && !run_->may_act()) return;
    if (loading_)
        timers_before_activation_.emplace_back(delay.count(), std::move(function));
    else
        start_timer(delay.count(), std::move(function));
}

RecordRef Generation::root() const { return run_ && run_->root ? run_->root : services_.index.root(); }

RecordRef Generation::find(Id id) {
    const RecordNode* record = services_.index.find(id);
    recorder().lookup(id, record ? &record->schema() : nullptr);
    return RecordRef::share(record);
}

void Generation::read(const RecordNode& record, std::string_view name) {
    const int field = record.schema().find(name);
    if (field < 0) return;
    const Field& f = record.schema().field(static_cast<std::size_t>(field));
    if (f.kind != Kind::list) {
        read_field(record, field);
        return;
    }
    read_length(record, field);
    const FieldView view = f.get(f, record.payload());
    const std::size_t count = view.kind == Kind::list && view.list ? view.list->items().size() : 0;
    for (std::size_t i = 0; i < count; ++i) read_item(record, field, static_cast<std::uint32_t>(i));
}

std::uint64_t Generation::command(Command command) {
    if (run_ && !run_->may_act()) return 0;
    if (run_ && run_->pure()) {
        // A pure run may be repeated at any time: what it asked for before, it has.
        run_->issued.push_back(command);
        const auto& before = run_->entry->commands;
        if (std::any_of(before.begin(), before.end(), [&](const Command& c) { return c.same(command); }))
            return services_.outbox.last_sequence();
    }
    const std::uint64_t sequence = services_.outbox.number(command);
    put(std::move(command));
    return sequence;
}

void Generation::put(Command command) {
    if (!run_) return services_.outbox.send({std::move(command)});
    if (run_->event && command.sequence) run_->event->of(run_->handler).note_command(command);
    if (command.sequence) run_->last_sequence = command.sequence;
    if (run_->batch.size() >= commands_at_most) throw BindError{"more than 4096 commands without a pause"};
    run_->batch.push_back(std::move(command));
    if (run_->batch.size() == commands_per_slice || services_.outbox.blocked()) {
        services_.state.requested.store(true, std::memory_order_relaxed);
        if (lua_State* L = services_.state.running.load(std::memory_order_relaxed)) arm_preempt(L);
    }
}

void Generation::send_alone(Command command) {
    services_.outbox.number(command);
    services_.outbox.send({std::move(command)});
}

void Generation::flush(RunContext& run) {
    run.sent = !run.batch.empty();
    services_.outbox.send(std::exchange(run.batch, {}));
}

std::function<void()> Generation::send(Command command, Reply reply) {
    if (run_ && !run_->may_act()) {
        reply(failure("a speculative run has no effects"));
        return {};
    }
    services_.outbox.number(command, std::move(reply));
    const std::uint64_t id = command.reply_to;
    put(std::move(command));
    return [this, id] { services_.outbox.forget(id); };
}

std::function<void()> Generation::ask(Command query, Reply reply) {
    const std::uint64_t id = services_.outbox.expect(query, std::move(reply));
    put(std::move(query));
    return [this, id] { services_.outbox.forget(id); };
}

void Generation::reads_clock(std::chrono::microseconds granularity) {
    recorder().impure(Impurity::clock);
    if (forgets("clock")) return;
    const std::int64_t step = std::max<std::int64_t>(granularity.count(), 1);
    const std::int64_t left = step - wall_us() % step;
    recorder().expires(now_us() + left);
}

void Generation::reads_file(std::string_view path) {
    recorder().impure(Impurity::file);
    const std::string name{path};
    recorder().state("file:" + name);
    if (!files_.watch(name)) recorder().expires(now_us() + child_results_hold_.count());
}

void Generation::reads_environment(std::string_view) { recorder().impure(Impurity::environment); }

void Generation::reads_random() {
    recorder().impure(Impurity::random);
    recorder().expires(now_us() + random_lifetime_us);
}

void Generation::reads_child(Recorder& recorder, std::chrono::microseconds duration) {
    recorder.impure(Impurity::process);
    if (forgets("process")) return;
    recorder.expires(now_us() + std::max(child_results_hold_, duration * 20).count());
}

void Generation::reads_state(std::string_view name) {
    recorder().impure(Impurity::shared_state);
    recorder().state(name);
}

void Generation::changed(std::string_view name) {
    if (!run_ || !run_->pure())
        memo_.state_changed(name);
    else if (!run_->hop) // what a pure run writes must not trigger itself, nor go round in circles
        memo_.state_written(name, *run_->event);
}

void Generation::assume(const Function& handler, Assumption assumption) {
    if (assumptions_.size() >= assumptions_kept)
        throw BindError{"more than 1000 functions are declared pure or volatile"};
    assumptions_.emplace_back(handler, assumption);
    events_.for_each([this](Event& event) {
        if (event.pure && !event.handlers.empty())
            event.assumption = assumption_about(event.handlers.front());
    });
}

Assumption Generation::assumption_about(const Function& handler) const {
    const void* address = address_of(vm_->state(), handler);
    for (auto known = assumptions_.rbegin(); known != assumptions_.rend(); ++known)
        if (address_of(vm_->state(), known->first) == address) return known->second;
    return Assumption::nothing;
}

bool Generation::invalidate(std::string_view name) {
    Event* event = events_.find(name);
    if (!event || !event->pure) return false;
    if (!run_ || !run_->pure()) memo_.invalidate(*event, "invalidated");
    return true;
}

void Generation::report(EngineReport& report) { fill(report); }

void Generation::log(LogLevel level, std::string_view message) { push_log(level, message, false); }

void Generation::log_about_handler(LogLevel level, std::string_view message) {
    push_log(level, message, true);
}

void Generation::push_log(LogLevel level, std::string_view message, bool about_handler) {
    LogRecord record{level, services_.clock.wall_us(), std::string{message.substr(0, 4096)}, about_handler};
    if (!services_.channel.log.try_push(std::move(record)))
        services_.channel.log_lost.fetch_add(1, std::memory_order_relaxed);
    services_.wake_ui();
}

void Generation::problem(bool is_error, std::string_view what) {
    auto& problems = is_error ? errors_ : warnings_;
    Problem problem{where(), std::string{what}};
    // What has no place was maybe said with one before.
    const auto said = [&problem](const Problem& other) {
        return other.what == problem.what && (problem.where.empty() || other.where == problem.where);
    };
    if (problems.size() < problems_kept && std::none_of(problems.begin(), problems.end(), said))
        problems.push_back(std::move(problem));
}

std::string Generation::where() const {
    lua_State* L = services_.state.running.load(std::memory_order_relaxed);
    return L ? lua::user_place(L) : std::string{};
}

void Generation::add_search_path(std::string_view patterns, bool front) {
    loader_.add_search_path(vm_->state(), patterns, front);
}

} // namespace lunette::script
