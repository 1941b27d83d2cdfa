#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <lunette/engine.h>

#include "lua/host.h"
#include "lua/stdlib/budgeted.h"
#include "lua/vm.h"
#include "script/channel.h"
#include "script/effects.h"
#include "script/event_table.h"
#include "script/failover/kept.h"
#include "script/load/file_signature.h"
#include "script/load/module_loader.h"
#include "script/memo/memo.h"
#include "script/memo/roots.h"
#include "script/memo/views.h"
#include "script/outbox.h"
#include "script/read_files.h"
#include "script/run/collector.h"
#include "script/run/run_context.h"
#include "script/run/run_state.h"
#include "script/run/scheduler.h"
#include "state/record_index.h"

namespace lunette::script {

/// What a generation uses of the script thread that it lives on. All outlive it.
struct Services {
    const EngineOptions& options;
    Clock& clock;
    Channel& channel;
    IoRuntime& runtime;
    RunState& state;
    state::RecordIndex& index;
    Outbox& outbox;
    BytecodeCache& cache;
    std::uint64_t& applied_seq; ///< of the newest snapshot
    Kept& kept;
    std::function<void()> adopt; ///< takes what the UI thread sent, while a task blocks
    std::function<void()> request_reload;
    std::function<void()> wake_ui; ///< at the end of the loop's turn
};

/// One load of the configuration and everything that lives by it: the VM, its events and handlers, its tasks,
/// what its handlers returned, and the views that show it.
///
/// Thread: script thread.
class Generation final : public lua::Host,
                         public Script,
                         public RunStarter,
                         public CommandPort,
                         lua::Checkpoint {
public:
    Generation(Services services, std::uint64_t number);
    ~Generation() override;

    /// Starts evaluating the configuration. `loaded` is called when that has ended, well or not.
    void load(std::function<void(LoadResult)> loaded);
    /// The same with what is there for when a configuration fails.
    void load_fallback(std::function<void(LoadResult)> loaded);
    /// Loads nothing: a load that fails with this error.
    void refuse_load(const std::string& why, const std::function<void(LoadResult)>& loaded);
    /// Nobody waits for the end of the load any more.
    void abandon_load() { loaded_ = nullptr; }
    /// The configuration is in force: timers that it asked for start.
    void activate();
    /// Another generation is in force: what has begun may end, nothing new begins by itself.
    void retire();
    /// Retired, and nothing that had begun is left.
    bool drained() const noexcept { return scheduler_->count() == 0 && !effects_.waiting(); }
    /// A callback of this generation has this name.
    bool names(std::string_view event) { return events_.find(event) != nullptr; }

    /// What it was made from so far.
    const WatchedFiles& watched() const noexcept { return watched_; }
    /// True once after there was more.
    bool take_watched_more() noexcept { return std::exchange(watched_more_, false); }
    bool reloads_on_change() const noexcept { return reload_on_change_; }

    void emit(Emission emission);
    void invalidate_from_outside(std::string_view event);
    void model_changed(const std::vector<Change>& changes);

    /// One step of work, if there is any.
    bool run_one();
    void dispatch();
    void retire_waits();
    bool has_work() const noexcept;
    /// Work for when nobody waits: storing bytecode, collecting garbage. True if there is more.
    bool use_gap();

    void fill(EngineReport& report);
    Views& views() noexcept { return views_; }
    lua::Vm& vm() noexcept { return *vm_; }
    Scheduler& scheduler() noexcept { return *scheduler_; }

    // lua::Host
    Script& script() override { return *this; }
    void read_field(const RecordNode& record, int field) override;
    void read_length(const RecordNode& owner, int field) override;
    void read_item(const RecordNode& owner, int field, std::uint32_t index) override;
    void read_key(const RecordNode& owner, int field, std::string_view key) override;
    void read_kind(const RecordNode& record, int field) override;
    void read_missing(Id id) override;
    const RecordNode* newest(Id id) override;
    bool must_wait(lua_State* L) override;
    int wait(lua_State* L, lua_KContext context, lua_KFunction k) override;
    int start_async(lua_State* L, const BoundFunction& function, Call& call) override;
    void check(lua_State* L) override;
    bool eager() const override { return services_.options.eager; }

    // lua::Checkpoint
    bool wants_yield(lua_State* L) override;

    // Script
    void on(std::string_view event, Function handler) override;
    std::string callback(Function handler) override;
    void call_after(std::chrono::microseconds delay, Function function) override;
    RecordRef root() const override;
    RecordRef find(Id id) override;
    void read(const RecordNode& record, std::string_view field) override;
    std::uint64_t command(Command command) override;
    void reads_clock(std::chrono::microseconds granularity) override;
    void reads_file(std::string_view path) override;
    void reads_environment(std::string_view name) override;
    void reads_random() override;
    void reads_state(std::string_view name) override;
    void changed(std::string_view name) override;
    const Value& kept() const override { return services_.kept.value(); }
    void keep(Value map) override { services_.kept.set(std::move(map)); }
    void child_results_hold(std::chrono::microseconds shortest) override { child_results_hold_ = shortest; }
    void assume(const Function& handler, Assumption assumption) override;
    bool invalidate(std::string_view event) override;
    void report(EngineReport& report) override;
    std::int64_t now_us() const override { return services_.clock.now_us(); }
    std::int64_t wall_us() const override { return services_.clock.wall_us(); }
    void log(LogLevel level, std::string_view message) override;
    void problem(bool is_error, std::string_view what) override;
    std::string where() const override;
    bool loading() const override { return loading_; }
    std::uint64_t generation() const override { return number_; }
    const std::string& config_file() const override { return services_.options.config; }
    void request_reload() override { services_.request_reload(); }
    void watch(std::string_view path) override;
    void reload_on_change(bool does) override { reload_on_change_ = does; }
    void add_search_path(std::string_view patterns, bool front) override;

    /// As watch(), for a file whose content was read.
    void watch_content(const std::string& path, const Digest& content);
    /// As watch(), for a file that was looked for and is not there.
    void watch_absent(const std::string& path);

    // RunStarter
    void start_run(Entry& entry, Priority priority) override;
    void hurry(Entry& entry) override;
    void log_about_handler(LogLevel level, std::string_view message) override;

    // CommandPort
    std::function<void()> send(Command command, Reply reply) override;
    std::function<void()> ask(Command query, Reply reply) override;

    /// A run of a child that took this long.
    void reads_child(Recorder& recorder, std::chrono::microseconds duration);

    /// The running task's context; null between tasks.
    RunContext* run() const noexcept { return run_; }
    Services& services() noexcept { return services_; }
    EventTable& events() noexcept { return events_; }

    /// Attributes the CPU time since the last call to the handler that runs, and goes to the next.
    void push_main(lua_State* L);
    void begin_handler(RunContext& run, std::size_t handler);
    void end_handler(RunContext& run, const Outcome& outcome);

private:
    friend class ModuleLoader;
    struct Waiting {
        Task* task;
        std::uint64_t sequence;
    };

    void push_log(LogLevel level, std::string_view message, bool about_handler);
    RunContext& spawn(RunContext::Purpose purpose, Priority priority, lua_CFunction body);
    void finished_load(RunContext& run, const Outcome& outcome);
    void finished_pure(RunContext& run, const Outcome& outcome);
    void finished_effect(RunContext& run, const Outcome& outcome);
    void finished_timer(RunContext& run, const Outcome& outcome);
    Expected<Value> take_result(RunContext& run);
    Task& start_effect(Event& event, Effects::Call call);
    void start_timer(std::int64_t delay_us, Function function);
    void report_failure(HandlerStats& stats, Event& event, const Outcome& outcome);
    void put(Command command);
    void send_alone(Command command); ///< on the host's own account
    void flush(RunContext& run);
    void note_pinned(const RecordNode& record, int field);
    template<class Equal>
    void note_pinned(const RecordNode& record, int field, Equal equal);
    static int resume_async(lua_State* L, int status, lua_KContext context);
    int finish_async(lua_State* L, AsyncCall& async);
    void add_timer(std::int64_t delay_us, std::function<void()> fire);
    /// Looks at the Lua state that a pure event's handler can reach. True if it differs from the last look,
    /// or nobody can tell.
    bool compare_roots(Event& event);
    void begin_slice(RunContext& run);
    /// Pure runs of one event are over for now: others that can see what they wrote run again, once.
    void settle_pure_writes();
    /// An effect or timer has run: pure handlers that can see Lua state it may have written are checked.
    void state_may_have_changed(const std::string& by);
    bool look_at_untracked(Event& event);
    bool forgets(std::string_view what) const noexcept { return services_.options.forget == what; }
    Assumption assumption_about(const Function& handler) const;
    void drop_context(RunContext& run);
    void task_is_over(Task& task);
    Recorder& recorder() noexcept { return run_ ? *run_->recorder : idle_recorder_; }

    Services services_;
    std::uint64_t number_;
    bool loading_ = false;
    bool is_fallback_ = false;
    std::unique_ptr<lua::Vm> vm_;
    std::unique_ptr<Scheduler> scheduler_;
    std::unique_ptr<Collector> collector_;
    ModuleLoader loader_;
    EventTable events_;
    Memo memo_;
    Views views_;
    Effects effects_;
    ReadFiles files_;
    Roots roots_;
    Event* pure_writer_ = nullptr; ///< whose pure runs may have written since the roots were compared last
    bool pure_writer_hop_ = false; ///< all of them were caused by another's writes
    Task* starting_ = nullptr;     ///< an effect's task that has not run yet
    std::vector<Task*> held_;      ///< until commands find room again
    std::map<Task*, std::unique_ptr<RunContext>> runs_;
    RunContext* run_ = nullptr;
    Recorder idle_recorder_;
    std::vector<Waiting> waiting_;
    std::vector<std::pair<std::int64_t, Function>> timers_before_activation_;
    std::set<TimerQueue::Id> timers_;
    WatchedFiles watched_;
    bool watched_more_ = false;
    bool reload_on_change_ = true;
    bool retired_ = false;
    std::vector<Problem> errors_, warnings_;
    std::function<void(LoadResult)> loaded_;
    std::int64_t load_started_us_ = 0;
    TimerQueue::Id load_deadline_ = 0;
    bool warned_handlers_ = false;
    std::chrono::microseconds child_results_hold_{1'000'000};
    std::vector<std::pair<Function, Assumption>> assumptions_;
};

} // namespace lunette::script
