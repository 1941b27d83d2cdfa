#pragma once

#include <coroutine>
#include <exception>
#include <functional>
#include <utility>

#include <lunette/bind.h>

namespace lunette::script {

/// Runs an Async from outside a coroutine and tells when it has ended. Destroying it cancels what it waits
/// for.
class Drive {
public:
    struct promise_type {
        Drive get_return_object() noexcept {
            return Drive{std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); } // run() catches everything
    };

    Drive() = default;
    Drive(Drive&& other) noexcept : handle_{std::exchange(other.handle_, {})} {}
    Drive& operator=(Drive&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Drive() {
        if (handle_) handle_.destroy();
    }

    /// Runs until the first wait. `ended` may be called before this returns.
    void start() { handle_.resume(); }
    bool done() const noexcept { return !handle_ || handle_.done(); }

    /// `ended` must not destroy the Drive.
    template<class T>
    static Drive make(Async<T> body, std::function<void(Expected<T>)> ended) {
        return run(std::move(body), std::move(ended));
    }

private:
    explicit Drive(std::coroutine_handle<promise_type> handle) noexcept : handle_{handle} {}

    template<class T>
    static Drive run(Async<T> body, std::function<void(Expected<T>)> ended) {
        Expected<T> result = failure("the function ended without a result");
        try {
            result = Expected<T>{co_await std::move(body)};
        } catch (const BindError& error) {
            result = failure(error.message());
        } catch (const std::exception& error) {
            result = failure(error.what());
        }
        ended(std::move(result));
    }

    std::coroutine_handle<promise_type> handle_;
};

} // namespace lunette::script
