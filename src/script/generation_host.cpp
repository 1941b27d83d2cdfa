// What handles and bound functions ask of the running task.

#include <fmt/format.h>

#include "lua/place.h"
#include "lua/push.h"
#include "lua/stack.h"
#include "script/generation.h"
#include "script/run/preempt.h"

namespace lunette::script {

namespace {
constexpr std::chrono::seconds longest_block{1};

int push_results(lua_State* L, AsyncCall& call) {
    if (!*call.result) lua::raise(L, fmt::format("{}: {}", call.label, call.result->error().message));
    const Args& values = **call.result;
    lua::need(L, static_cast<int>(values.size()) + 4);
    for (const Value& value : values) lua::push_value(L, value);
    return static_cast<int>(values.size());
}

/// Ends a call whose results nobody will take.
class CallGuard {
public:
    CallGuard(RunContext& run, AsyncCall& call) noexcept : run_{run}, call_{&call} {}
    ~CallGuard() {
        if (call_) std::erase_if(run_.calls, [this](const auto& c) { return c.get() == call_; });
    }
    CallGuard(const CallGuard&) = delete;
    CallGuard& operator=(const CallGuard&) = delete;
    void dismiss() noexcept { call_ = nullptr; }

private:
    RunContext& run_;
    AsyncCall* call_;
};

} // namespace

template<class Equal>
void Generation::note_pinned(const RecordNode& record, int field, Equal equal) {
    // What was old when the run began is as old for the next.
    if (!run_ || !run_->entry || run_->revision == services_.index.revision()) return;
    const RecordNode* newest = services_.index.find(record.id());
    if (newest == &record) return;
    // The run looks at an older version than the model has now: what it sees may already be untrue.
    if (newest && equal(*newest)) return;
    const Change change{record.id(), Change::What::field, static_cast<std::uint16_t>(field), 0,
                        newest ? newest : &record};
    run_->entry->invalidate(describe(change), memo_.index().pace_of(change));
}

void Generation::note_pinned(const RecordNode& record, int field) {
    note_pinned(record, field, [&](const RecordNode& newest) {
        const Field& f = record.schema().field(static_cast<std::size_t>(field));
        return f.equal(f, record.payload(), newest.payload());
    });
}

void Generation::read_field(const RecordNode& record, int field) {
    recorder().field(record, field);
    note_pinned(record, field);
}

void Generation::read_length(const RecordNode& owner, int field) {
    recorder().length(owner, field);
    note_pinned(owner, field);
}

void Generation::read_item(const RecordNode& owner, int field, std::uint32_t index) {
    recorder().item(owner, field, index);
    note_pinned(owner, field);
}

void Generation::read_key(const RecordNode& owner, int field, std::string_view key) {
    recorder().key(owner, field, key);
    note_pinned(owner, field, [&](const RecordNode& newest) {
        return value_of_key(owner, field, key) == value_of_key(newest, field, key);
    });
}

void Generation::read_kind(const RecordNode& record, int field) {
    // A key that no map has: untrue as soon as the field holds something else than a map.
    recorder().key(record, field, "");
    note_pinned(record, field, [&](const RecordNode& newest) {
        const Field& f = record.schema().field(static_cast<std::size_t>(field));
        return f.get(f, record.payload()).kind == f.get(f, newest.payload()).kind;
    });
}

void Generation::read_missing(Id id) { recorder().lookup(id, nullptr); }

const RecordNode* Generation::newest(Id id) {
    const RecordNode* record = services_.index.find(id);
    if (record) recorder().lookup(id, &record->schema()); // when it goes, reading it becomes an error
    return record;
}

bool Generation::must_wait(lua_State*) {
    return run_ && !run_->pure() && run_->last_sequence > services_.applied_seq;
}

int Generation::wait(lua_State* L, lua_KContext context, lua_KFunction k) {
    RunState& state = services_.state;
    RunContext& run = *run_;
    flush(run);
    if (state.can_yield(L)) {
        waiting_.push_back({run.task, run.last_sequence});
        state.reason = YieldReason::awaiting;
        return lua_yieldk(L, 0, context, k);
    }
    const std::uint64_t sequence = run.last_sequence;
    services_.runtime.pump(this, longest_block, [this, sequence] {
        services_.adopt();
        return services_.applied_seq >= sequence || services_.channel.stop.load(std::memory_order_acquire);
    });
    if (services_.applied_seq < sequence)
        lua::raise(L, "cannot wait here longer than 1 s for a command to be applied");
    return k(L, LUA_OK, context);
}

int Generation::start_async(lua_State* L, const BoundFunction& function, Call& call) {
    RunState& state = services_.state;
    if (!run_) throw BindError{function.name + " cannot be used outside a callback"};
    RunContext& run = *run_;
    CallOptions options;
    options.function = function.name;
    if (run.pure()) options.wait_limit = pure_wait_limit;
    options.shareable = run.pure();
    options.port = this;
    options.observer = &run;
    run.calls.push_back(std::make_unique<AsyncCall>(services_.runtime, std::move(options), function.name));
    AsyncCall& async = *run.calls.back();
    CallGuard guard{run, async}; // an error while decoding arguments, or below
    Task* task = run.task;
    async.start(function.async_function(async.io, call), [this, task] { scheduler_->wake(*task); });
    if (!async.result) {
        flush(run);
        if (state.can_yield(L)) {
            async.waiting = true;
            guard.dismiss();
            state.reason = YieldReason::awaiting;
            return lua_yieldk(L, 0, reinterpret_cast<lua_KContext>(&async), resume_async);
        }
        services_.runtime.pump(async.io.owner(), longest_block, [this, &async] {
            services_.adopt();
            return async.result.has_value() || services_.channel.stop.load(std::memory_order_acquire);
        });
        if (!async.result) {
            throw BindError{function.name +
                            ": cannot wait here longer than 1 s (a callback that cannot yield)"};
        }
    }
    guard.dismiss();
    return finish_async(L, async);
}

int Generation::resume_async(lua_State* L, int, lua_KContext context) {
    auto& async = *reinterpret_cast<AsyncCall*>(context);
    auto& generation = static_cast<Generation&>(lua::Vm::of(L).host());
    generation.check(L);
    return generation.finish_async(L, async);
}

int Generation::finish_async(lua_State* L, AsyncCall& async) {
    auto& calls = run_->calls;
    const auto at =
        std::find_if(calls.begin(), calls.end(), [&](const auto& c) { return c.get() == &async; });
    const std::unique_ptr<AsyncCall> held = std::move(*at); // until the results are pushed
    calls.erase(at);
    return push_results(L, *held);
}

void Generation::check(lua_State* L) {
    RunState& state = services_.state;
    if (state.given_up.load(std::memory_order_relaxed)) {
        state.fate->unwind();
        state.request_kill(L, "stopped");
    } else if (state.requested.load(std::memory_order_relaxed)) {
        if (state.stop.load(std::memory_order_relaxed))
            state.request_kill(L, "stopped");
        else if (state.task_cpu_ns() >= state.hard_limit_ns)
            state.request_kill(L, "stopped: more than " + std::to_string(state.hard_limit_ns / 1'000'000) +
                                      " ms of CPU time");
    }
    state.check(L);
}

bool Generation::wants_yield(lua_State* L) {
    RunState& state = services_.state;
    return state.requested.load(std::memory_order_relaxed) && state.can_yield(L) && should_yield(L, state);
}

} // namespace lunette::script
