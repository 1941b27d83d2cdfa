#pragma once

// Asynchronous functions of a host as C++20 coroutines, and what they may wait for. Everything here runs on
// the script thread.

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <lunette/command.h>

namespace lunette {

namespace detail {

struct AsyncPromiseBase {
    std::coroutine_handle<> continuation = std::noop_coroutine();
    std::exception_ptr exception;

    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Final {
        bool await_ready() noexcept { return false; }
        template<class P>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<P> done) noexcept {
            return done.promise().continuation;
        }
        void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template<class T>
struct AsyncPromise : AsyncPromiseBase {
    std::optional<T> value;
    auto get_return_object() noexcept { return std::coroutine_handle<AsyncPromise>::from_promise(*this); }
    template<class U>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
    T take() {
        if (exception) std::rethrow_exception(exception);
        return std::move(*value);
    }
};

template<>
struct AsyncPromise<void> : AsyncPromiseBase {
    auto get_return_object() noexcept { return std::coroutine_handle<AsyncPromise>::from_promise(*this); }
    void return_void() noexcept {}
    void take() {
        if (exception) std::rethrow_exception(exception);
    }
};

} // namespace detail

/// The body of an asynchronous function: a lazily started C++20 coroutine. It takes and returns values only
/// and never sees Lua; the task that called it is suspended until it returns. Destroying one cancels it: what
/// it waits for is told, and its locals are destroyed.
///
/// Return Expected<T> to raise an error in Lua.
template<class T = void>
class [[nodiscard]] Async {
public:
    using promise_type = detail::AsyncPromise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Async(Handle handle) noexcept : handle_{handle} {}
    Async(Async&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
    Async& operator=(Async&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Async() {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) noexcept {
        handle_.promise().continuation = caller;
        return handle_;
    }
    T await_resume() { return handle_.promise().take(); }

    /// Runs it until it first waits. For whoever drives it from outside a coroutine.
    void start() { handle_.resume(); }
    bool done() const noexcept { return handle_.done(); }
    /// REQUIRES: done().
    T take() { return handle_.promise().take(); }

private:
    Handle handle_;
};

struct ProcessOptions {
    std::vector<std::string> arguments;                             ///< [0] is looked up in PATH
    std::string directory{};                                        ///< empty: the host's
    std::vector<std::pair<std::string, std::string>> environment{}; ///< added to the host's
    std::string input{};
    bool merge_error_output = false; ///< the child's standard error goes to its standard output
    bool background = false;         ///< do not wait: null input and output, not tied to the task
};

struct ProcessResult {
    bool success = false;
    int status = 0; ///< exit status, or 128 + signal
    std::string output;
    std::string error_output;
};

struct DirectoryEntry {
    std::string name;
    bool is_directory = false;
};

/// What an Async body may wait for. One per running asynchronous call.
class Io {
public:
    virtual ~Io() = default;

    /// A single wait: `co_await io.sleep(…)`.
    template<class T>
    struct Wait {
        /// Arranges for `done` to be called later, on the script thread, between tasks; returns a function
        /// that cancels (called at most once, and never after `done`).
        std::function<std::function<void()>(std::function<void(T)> done)> start;
        /// Set when there is nothing to wait for; `start` is then not called.
        std::optional<T> ready{};

        struct Awaiter {
            std::function<std::function<void()>(std::function<void(T)>)> start;
            std::function<void()> cancel;
            std::optional<T> result;
            bool waiting = false;
            ~Awaiter() {
                if (waiting && cancel) cancel();
            }
            bool await_ready() const noexcept { return result.has_value(); }
            void await_suspend(std::coroutine_handle<> caller) {
                waiting = true;
                cancel = start([this, caller](T value) {
                    waiting = false;
                    result.emplace(std::move(value));
                    caller.resume();
                });
            }
            T await_resume() { return std::move(*result); }
        };
        Awaiter operator co_await() && { return Awaiter{std::move(start), {}, std::move(ready), false}; }
    };

    /// At least this long by the engine's clock.
    virtual Wait<bool> sleep(std::chrono::microseconds duration) = 0;

    /// Runs a child process by posix_spawn, without a shell, with default signals. Identical concurrent calls
    /// from pure events share one child. Killed when the wait is cancelled, or after 30 s in a pure event.
    virtual Wait<Expected<ProcessResult>> run(ProcessOptions options) = 0;

    /// The whole file; refuses more than `limit` bytes.
    virtual Wait<Expected<std::string>> read_file(std::string path, std::size_t limit = 64U << 20) = 0;
    /// Unsorted, without "." and "..".
    virtual Wait<Expected<std::vector<DirectoryEntry>>> read_dir(std::string path) = 0;

    /// Runs a function on a worker thread. It must touch nothing of the script thread.
    virtual Wait<Expected<Value>> offload(std::function<Expected<Value>()> work) = 0;

    /// Sends a command and waits for its reply.
    virtual Wait<Expected<Value>> command(Command command) = 0;
    /// Asks the host and waits for the answer.
    virtual Wait<Expected<Value>> query(Command query) = 0;
};

} // namespace lunette
