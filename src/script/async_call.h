#pragma once

#include <optional>
#include <string>

#include <lunette/bind.h>

#include "script/drive.h"
#include "script/io/io_context.h"

namespace lunette::script {

class Task;
class Scheduler;

/// One call of an asynchronous function by a task: its Io, its body, and in the end its results. Destroying
/// it cancels what it waits for.
///
/// Thread: script thread. Owned by the task's RunContext.
class AsyncCall {
public:
    AsyncCall(IoRuntime& runtime, CallOptions options, std::string label)
        : io{runtime, std::move(options)}, label{std::move(label)} {}
    AsyncCall(const AsyncCall&) = delete;
    AsyncCall& operator=(const AsyncCall&) = delete;

    /// Runs the body up to its first wait. When it ends later, `wake` is called.
    void start(Async<Expected<Args>> body, std::function<void()> wake) {
        drive_ = Drive::make<Expected<Args>>(std::move(body), [this, wake](Expected<Expected<Args>> outcome) {
            if (outcome)
                result = std::move(*outcome);
            else
                result = tl::unexpected<Error>{outcome.error()};
            if (waiting) wake();
        });
        drive_.start();
    }

    IoContext io;
    std::string label;
    std::optional<Expected<Args>> result;
    bool waiting = false; ///< the task is suspended for it

private:
    Drive drive_;
};

} // namespace lunette::script
