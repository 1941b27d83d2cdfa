#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <lunette/engine.h>

#include "script/failover/orphans.h"
#include "script/failover/script_thread.h"

namespace lunette::script {

/// Owns the script threads of an engine: the current one, and those that were given up and have not ended.
/// Decides what happens when one is stuck, and says so.
///
/// Thread: UI thread.
class Supervisor {
public:
    Supervisor(std::shared_ptr<const EngineOptions> options, Clock& clock);
    /// Ends all of them; see ScriptThread::dispose().
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    void declare(Beginning::Declaration event);
    /// Starts the current thread, unless scripting is off. Does not wait.
    void start();
    ScriptThread& current() noexcept { return *current_; }
    const ScriptingState& state() const noexcept { return state_; }

    /// The current thread is stuck, or one that was given up may have ended. One atomic load when all is
    /// well.
    bool needs_attention() const noexcept {
        return current_->is_stuck() || !given_up_.empty() || !orphans_.empty();
    }
    /// Frees the threads that came back, and collects the children of those that did not.
    void reap();

    /// REQUIRES: the current thread is stuck. Finds out what it was running, which is left out from now on,
    /// and turns scripting off when it was once too often.
    void blame();
    void turn(bool on);

    /// What the next thread has to know of the one before that only the host side knows.
    struct Handover {
        std::uint64_t last_sequence; ///< of the commands that the host has
        const LoadResult& load;      ///< the newest
    };
    /// Puts another thread, not started, in the place of the current one, which is told to end. Returns that
    /// one; it is kept until it has ended.
    ScriptThread& replace(const Handover& handover);

    std::vector<LogRecord> take_log() { return std::exchange(log_, {}); }

private:
    /// Those of stuck threads. One that was only told to end sees to its children itself.
    void take_orphans();
    void say(LogLevel level, std::string message, bool about_handler);

    const std::shared_ptr<const EngineOptions> options_;
    Clock& clock_;
    std::vector<Beginning::Declaration> events_;
    Orphans orphans_;
    std::unique_ptr<ScriptThread> current_;
    std::vector<std::unique_ptr<ScriptThread>> given_up_;
    ScriptingState state_;
    std::vector<Offender> disabled_;
    std::string why_not_loaded_;
    std::vector<LogRecord> log_;
};

} // namespace lunette::script
