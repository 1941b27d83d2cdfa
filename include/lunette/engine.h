#pragma once

// The engine: Lua callbacks on a thread of their own, beside a host that draws frames.
//
//     lunette::Engine engine{{.config = "init.lua"}};
//     engine.pure_event("format-title", {.throttle = 50ms});
//     auto title = engine.view("format-title", {}, default_title);
//     for (;;) {
//         engine.publish(model.root());                 // one pointer exchange
//         engine.take_commands(apply);
//         draw(title.latest().text());                  // constant time, whatever Lua is doing
//     }
//
// Thread: one host thread (the UI thread) owns an Engine and calls everything here, unless a member says
// otherwise. Nothing waits for Lua, except the members that say so (report, settle, call_and_wait).

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/bind.h>
#include <lunette/record.h>
#include <lunette/report.h>
#include <lunette/view.h>

namespace lunette {

/// Time as the engine sees it. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual std::int64_t now_us() const noexcept = 0;  ///< monotonic
    virtual std::int64_t wall_us() const noexcept = 0; ///< since 1970, UTC
    /// False when time passes only by Engine::clock_changed().
    virtual bool real() const noexcept { return true; }
};

Clock& system_clock() noexcept;

/// Time that stands still until it is moved. After advance(), call Engine::clock_changed(). Any thread.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::int64_t wall_us = 1'700'000'000'000'000) noexcept : wall_us_{wall_us} {}
    std::int64_t now_us() const noexcept override { return elapsed_us_.load(std::memory_order_acquire); }
    std::int64_t wall_us() const noexcept override { return wall_us_ + now_us(); }
    bool real() const noexcept override { return false; }
    void advance(std::chrono::microseconds by) noexcept {
        elapsed_us_.fetch_add(by.count(), std::memory_order_acq_rel);
    }

private:
    std::int64_t wall_us_;
    std::atomic<std::int64_t> elapsed_us_{1'000'000};
};

enum class Queueing : std::uint8_t {
    coalesce, ///< one running and one waiting, with the latest arguments
    fifo,     ///< every call in order, at most 64; one not started within 2 s is dropped with a notice
};

struct EventPolicy {
    /// At most one run per this long, leading and trailing edge. 0: none.
    std::chrono::microseconds throttle{0};
    Queueing queueing = Queueing::coalesce;
};

/// How garbage is collected: in the gaps between tasks, in steps.
struct GcOptions {
    int pause = 200; ///< percent: a cycle ends, if it can, before the heap is so large beside what was live
    int step_multiplier = 100; ///< work of a step for what it stands for in allocation, as Lua's `stepmul`
    std::chrono::microseconds budget{200}; ///< CPU of one gap; a step takes at most half of it, if it can
    std::chrono::microseconds idle_delay{500'000}; ///< without a task; then what there is is collected
};

/// When the script thread counts as stuck. It is given up then: Lua starts anew on a fresh thread, without
/// the handler that was running, and views keep their last values until the new ones arrive.
struct FailoverOptions {
    bool enabled = true;
    /// CPU that a task may use in a C function after its time is over, without coming back to Lua.
    std::chrono::microseconds cpu{2'000'000};
    /// Real time that a task may be blocked in the kernel. Waiting for a core or being stopped do not count.
    std::chrono::microseconds blocked{10'000'000};
    int at_most = 3; ///< times since scripting was turned on; then it is off
};

/// See EngineOptions::paced.
struct PacedField {
    const Schema* schema = nullptr;
    std::string field;
    std::chrono::microseconds pace{0};
};

struct EngineOptions {
    std::string config{}; ///< path of the main file; empty: none
    std::string source{}; ///< the main chunk itself, if `config` names no file
    /// Lua text: what is in force when the first load fails, until one succeeds. The error stays that of the
    /// configuration. Empty: nothing is.
    std::string fallback{};
    std::vector<Module> modules{};
    std::vector<Object> objects{};
    std::vector<ViewFunction> views{};
    /// Script thread: makes the configuration record from what the main chunk returned. Without it the value
    /// itself is the configuration.
    std::function<Expected<Value>(Script&, const Value& returned)> convert{};
    /// Script thread: makes a view's value from what a pure handler returned (per event; absent: as it is).
    std::map<std::string, std::function<Expected<Value>(Script&, const Value& returned)>> convert_result{};
    Clock* clock = nullptr; ///< null: system_clock()
    /// Called when there is something for the UI thread to take, on the script thread or one that watches it.
    /// Must not block.
    std::function<void()> waker{};
    std::size_t heap_limit = std::size_t{64} << 20; ///< bytes, Lua heap and what handles pin
    GcOptions gc{};
    std::chrono::microseconds turn{25'000};               ///< CPU
    std::chrono::microseconds slice{2'000};               ///< CPU
    std::chrono::microseconds soft_deadline{100'000};     ///< queue + run
    std::chrono::microseconds hard_limit{1'000'000};      ///< CPU
    std::chrono::microseconds load_cpu_limit{10'000'000}; ///< CPU that evaluating the configuration may use
    std::chrono::microseconds load_deadline{120'000'000}; ///< engine clock: sleeping and waiting included
    /// How long files have to rest after a change before they are looked at.
    std::chrono::microseconds reload_debounce{50'000};
    int preempt_signal = SIGURG; ///< to a script thread that computes long; chained to who had it before
    int nice = 5;                ///< of the script thread; children are started at 0
    /// Turns on a shared processor that the thread which calls start() asks the system for, 100 µs to 100 ms:
    /// with short ones it need not wait for the end of the script thread's when it wakes up (Linux 6.12 and
    /// later). Threads and processes that it starts do not inherit them. 0: it is left alone.
    std::chrono::microseconds host_slice{0};
    std::string cache_directory{}; ///< of compiled chunks, absolute; made when missing. Empty: none are kept
    std::uint64_t cache_limit = std::uint64_t{64} << 20; ///< bytes of all compiled chunks together
    bool watchdog = true; ///< off only to measure what it costs; then nothing is ever given up either
    FailoverOptions failover{};
    bool test_module = false; ///< `require 'lunette.test'`: functions that hang. For tests only
    /// How scripted terminals do it today, for comparison: nothing is memoised, and arguments are complete
    /// tables copied for each call. Used with call_and_wait.
    bool eager = false;
    bool trace = false; ///< keep decisions with their causes in the report
    /// Fields that change all the time: their readers run again at most once per `pace` for them.
    std::vector<PacedField> paced{};
    /// To test tests: results never depend on what has this name in reports ("TabInfo.tab_title",
    /// "state.file:/tmp/x", "clock", "process", "shared-state"), so that an update is missed.
    std::string forget{};
};

/// One load of the configuration.
struct LoadResult {
    std::uint64_t generation = 0; ///< 0: nothing was loaded yet
    bool ok = false;
    Error error; ///< when not ok: what and where; the previous generation stays in force
    /// When not ok: that of EngineOptions::fallback, if it is in force now; else nil.
    Value configuration;
    std::vector<std::pair<std::string, int>> events; ///< with how many handlers
    std::vector<ModuleReport> modules;
    std::vector<Problem> errors, warnings;
    std::int64_t duration_us = 0;
};

/// Whether Lua runs.
struct ScriptingState {
    bool on = true;
    std::string why_off{}; ///< for people
    int failovers = 0;     ///< since it was turned on
    int stuck = 0;         ///< threads that were given up and have not come back
};

struct EmitOptions {
    bool urgent = false; ///< before everything else: key presses
    /// What the event stands for: asked for when its handlers are over, unless one of them returned false or
    /// failed. Without a handler at once; never for a call that is dropped.
    std::optional<Command> otherwise{};
};

class Engine {
public:
    using Default = std::function<Value(const RecordRef& root)>;
    using Apply = std::function<Expected<Value>(const Command&)>;

    explicit Engine(EngineOptions options);
    /// Stops Lua wherever it is and joins. A callback that runs is killed; children are killed and reaped. A
    /// thread that is stuck (FailoverOptions) is left behind: should it ever come back, it goes to sleep
    /// before it touches anything; see threads_left_behind().
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Declares an event whose first handler's result is shown by views. REQUIRES: before start().
    void pure_event(std::string name, EventPolicy policy = {});
    /// Declares how an event with effects is queued. Undeclared events are effects without throttle.
    void effect_event(std::string name, EventPolicy policy = {});

    /// Starts the script thread, which loads the configuration. The first publish() does it too.
    void start();

    /// One turn of the host's loop, as a scope: what is handed over within is handed over at once, but the
    /// system call that wakes a sleeping script thread, and the freeing of what it gave back, come at the
    /// scope's end, when the frame is out. At most one such call per turn. Optional; may be nested.
    class Turn {
    public:
        explicit Turn(Engine& engine) noexcept;
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Engine& engine_;
    };

    /// Makes a new root current for Lua. Constant time: one pointer exchange, and one system call (in a Turn:
    /// at its end) if the script thread sleeps. Publishing an unchanged root does nothing. `applied_seq`: the
    /// last command it includes.
    void publish(RecordRef root, std::uint64_t applied_seq);
    void publish(RecordRef root) { publish(std::move(root), applied_seq()); }
    template<class T>
    void publish(const Ref<T>& root) {
        publish(root.record());
    }
    std::uint64_t revision() const noexcept;

    /// A view of an event (or of a ViewFunction) with arguments; records in them stand for their newest
    /// version. Asking again with equal arguments gives the same view. The first ask allocates and computes
    /// the default.
    View view(std::string_view name, Args arguments = {}, Default otherwise = {});
    /// Says that a view is no longer shown. Its memory returns when the script thread has let go of it.
    void release(View view);
    /// What became of reading this view now.
    CacheResult result(const View& view) const noexcept;

    /// Runs an event's handlers. Never blocks; returns a ticket.
    std::uint64_t emit(std::string_view event, Args arguments = {}, EmitOptions options = {});
    /// The synchronous part of that run (up to its first wait) is over, or it will never run; its commands
    /// can be taken. One atomic load.
    bool settled(std::uint64_t ticket) const noexcept;

    /// Applies what Lua asked for, in order; batches are never split. Replies go back with what `apply`
    /// returns. Answers queries too. Returns how many; two atomic loads when there are none.
    std::size_t take_commands(const Apply& apply);
    /// The sequence number of the last command applied.
    std::uint64_t applied_seq() const noexcept;

    /// The newest load. Never blocks.
    const LoadResult& load() const noexcept;
    /// True once after each load.
    bool load_changed() noexcept;
    /// A handler is registered (as of the newest load).
    bool has_handler(std::string_view event) const noexcept;

    /// Runs a callback's views again whatever they read. Returns false for an unknown name.
    bool invalidate(std::string_view event);
    /// Loads the configuration anew. It also happens when a file changes that it was made from, unless the
    /// configuration says otherwise (Script::reload_on_change). Results appear in load(); until the host
    /// looks there, callbacks of the generation before are still found by their names.
    void reload();

    const ScriptingState& scripting() const noexcept;
    /// Off: Lua stops, and no handler is registered. On: it starts anew, and failovers are counted from 0.
    /// Not inside of take_commands().
    void turn_scripting(bool on);
    /// Of all engines that were destroyed. If there are any, end the process with _exit: such a thread may be
    /// in code that uses what the destructors of static objects destroy. Any thread.
    static int threads_left_behind() noexcept;

    std::vector<LogRecord> take_log();

    /// After ManualClock::advance.
    void clock_changed();

    /// Blocks until the script thread has seen everything sent so far and has nothing left to run except what
    /// waits for time, for children or for a throttle; takes no commands meanwhile. False on timeout. For
    /// tools and tests.
    bool settle(std::chrono::milliseconds timeout);
    /// Asks for a report. Never blocks; asking again before it is there asks for nothing more.
    void request_report();
    /// The report asked for, once it is there: the waker tells. Never blocks.
    std::optional<EngineReport> take_report();
    /// Blocks for a report. For tools and tests.
    Expected<EngineReport> report(std::chrono::milliseconds timeout);
    /// Blocks until the view's callback has run on the newest snapshot, as terminals do today; for `profile
    /// --mode sync`. Applies commands while waiting. False on timeout.
    bool call_and_wait(View view, const Apply& apply, std::chrono::microseconds timeout);

    /// System calls made to wake the script thread.
    std::uint64_t wakeups() const noexcept;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace lunette
