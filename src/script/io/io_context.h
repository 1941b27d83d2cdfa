#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lunette/bind.h>

#include "script/io/io_runtime.h"
#include "script/io/job_pool.h"

namespace lunette::script {

/// The way to the host for Io::command and Io::query. Returns a function that cancels; the reply may come at
/// any time on the script thread, also before send() returns.
class CommandPort {
public:
    using Reply = std::function<void(Expected<Value>)>;
    virtual ~CommandPort() = default;
    virtual std::function<void()> send(Command command, Reply reply) = 0;
    virtual std::function<void()> ask(Command query, Reply reply) = 0;
};

/// Learns which children a run started, for its dependencies. Called between tasks.
class RunObserver {
public:
    virtual ~RunObserver() = default;
    /// Asked before a child is started; an error is raised instead (a speculative run starts nothing).
    virtual Expected<void> may_start(const std::vector<std::string>& arguments) {
        static_cast<void>(arguments);
        return {};
    }
    /// Its result is about to reach the run. Shared children are reported to each run. `duration` is 0 when
    /// the child could not be started.
    virtual void ran(const std::vector<std::string>& arguments, std::chrono::microseconds duration) = 0;
};

struct CallOptions {
    std::string function{};                                ///< named in messages: "io.popen"
    std::optional<std::chrono::microseconds> wait_limit{}; ///< engine clock; pure events: 30 s
    bool shareable = false;                                ///< identical children are shared: pure events
    CommandPort* port = nullptr;                           ///< null: commands and queries are errors
    RunObserver* observer = nullptr;                       ///< outlives the call
};

inline constexpr std::chrono::microseconds pure_wait_limit{30'000'000};

/// What one running asynchronous call waits for. Its address is the WaitOwner of its waits (`owner()`).
///
/// Thread: script thread. Outlives the Async that it was given to.
class IoContext final : public Io {
public:
    IoContext(IoRuntime& runtime, CallOptions options);

    /// The context behind an Io that the script layer handed out. Throws BindError for a foreign one.
    static IoContext& of(Io& io);
    /// As above, and names the call in messages as its user knows it.
    static IoContext& of(Io& io, std::string_view function);

    WaitOwner owner() const noexcept { return this; }
    IoRuntime& runtime() noexcept { return runtime_; }
    const CallOptions& options() const noexcept { return options_; }

    /// True; false when the wait limit ended it early.
    Wait<bool> sleep(std::chrono::microseconds duration) override;
    Wait<Expected<ProcessResult>> run(ProcessOptions options) override;
    Wait<Expected<std::string>> read_file(std::string path, std::size_t limit) override;
    Wait<Expected<std::vector<DirectoryEntry>>> read_dir(std::string path) override;
    Wait<Expected<Value>> offload(std::function<Expected<Value>()> work) override;
    Wait<Expected<Value>> command(Command command) override;
    Wait<Expected<Value>> query(Command query) override;

    /// The same without the observer's report, for whoever knows better what was run.
    Wait<Expected<ChildResult>> run(ChildRequest request);
    /// The observer's consent and its report.
    Expected<void> may_start(const std::vector<std::string>& arguments);
    void report(const std::vector<std::string>& arguments, const Expected<ChildResult>& result);

    /// Runs `work` on the pool; it must not throw. Cancelling only forgets the result.
    template<class T>
    Wait<Expected<T>> on_pool(std::function<Expected<T>()> work);

    /// An operation that ends by calling its argument once, on the script thread, at any time (also at once),
    /// and whose result cancels it.
    template<class T>
    using Operation = std::function<std::function<void()>(std::function<void(T)>)>;

    /// A wait for an operation: told between tasks only, never twice, and ended by the wait limit with
    /// `expired`.
    template<class T>
    Wait<T> wait_for(Operation<T> operation, T expired);
    /// As above; the error at the limit names the function and the limit.
    template<class T>
    Wait<Expected<T>> wait_for(Operation<Expected<T>> operation) {
        return wait_for<Expected<T>>(std::move(operation), Expected<T>{tl::unexpected<Error>{expired()}});
    }

    Error expired() const;

private:
    IoRuntime& runtime_;
    CallOptions options_;
};

template<class T>
Io::Wait<Expected<T>> IoContext::on_pool(std::function<Expected<T>()> work) {
    return wait_for<T>(
        [this, work = std::move(work)](std::function<void(Expected<T>)> finish) -> std::function<void()> {
            auto result = std::make_shared<std::optional<Expected<T>>>();
            runtime_.jobs().submit([result, work] { result->emplace(work()); },
                                   [result, finish] { finish(std::move(**result)); });
            return {};
        });
}

template<class T>
Io::Wait<T> IoContext::wait_for(Operation<T> operation, T expired) {
    struct State {
        std::function<void(T)> done;
        std::function<void()> stop;
        std::optional<T> result;
        TimerQueue::Id limit = 0;
        bool over = false; ///< a result is on its way, or nobody wants one
        bool cancelled = false;
    };
    auto start = [this, operation = std::move(operation),
                  expired = std::move(expired)](std::function<void(T)> done) -> std::function<void()> {
        auto state = std::make_shared<State>();
        state->done = std::move(done);
        IoRuntime* runtime = &runtime_;
        const WaitOwner owner = this->owner();
        auto finish = [state, runtime, owner](T result) {
            if (state->over) return;
            state->over = true;
            state->stop = nullptr;
            if (state->limit) runtime->timers().cancel(std::exchange(state->limit, 0));
            state->result.emplace(std::move(result));
            runtime->completions().post(owner, [state] {
                if (!state->cancelled) state->done(std::move(*state->result));
            });
        };
        auto stop = operation(finish);
        if (!state->over) {
            state->stop = std::move(stop);
            if (options_.wait_limit)
                state->limit = runtime->timers().after(
                    *options_.wait_limit,
                    [state, finish, expired] {
                        state->limit = 0;
                        if (auto stop_it = std::exchange(state->stop, nullptr)) stop_it();
                        finish(expired);
                    },
                    owner);
        }
        return [state, runtime] {
            state->cancelled = true;
            if (std::exchange(state->over, true)) return;
            if (state->limit) runtime->timers().cancel(std::exchange(state->limit, 0));
            if (auto stop_it = std::exchange(state->stop, nullptr)) stop_it();
        };
    };
    return Wait<T>{std::move(start)};
}

} // namespace lunette::script
