#pragma once

#include <sys/types.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <lunette/bind.h>
#include <uv.h>

#include "script/io/child_register.h"
#include "script/io/file_descriptor.h"

namespace lunette::script {

/// Which output of a child is read; the rest goes to /dev/null.
enum class Capture : std::uint8_t { all, output, none };

struct SpawnRequest {
    std::uint64_t ticket = 0;
    ProcessOptions options; ///< its input is not looked at beyond being empty or not
    Capture capture = Capture::all;
};

/// A started child, or why there is none.
struct Spawned {
    std::uint64_t ticket = 0;
    std::string error{}; ///< empty: started
    pid_t pid = 0;
    FileDescriptor exit{}; ///< pidfd
    FileDescriptor input{};
    FileDescriptor output{};
    FileDescriptor error_output{};
};

/// Starts child processes on a thread of its own: starting one out of a large process takes milliseconds, and
/// a child inherits the priority of the thread that starts it. Nothing of the host leaks into the child:
/// every signal is at its default and unmasked, every descriptor beyond the standard three is closed.
///
/// Thread: made, used and destroyed on the script thread. Its own thread inherits the maker's priority.
class Spawner {
public:
    /// `started` is called from a callback of the loop. Children are registered before anybody is told.
    Spawner(uv_loop_t* loop, ChildRegister& children, std::function<void(Spawned)> started);
    ~Spawner();
    Spawner(const Spawner&) = delete;
    Spawner& operator=(const Spawner&) = delete;

    void submit(SpawnRequest request);
    /// Ends the thread and returns the children that nobody has been told of.
    std::vector<Spawned> stop();

private:
    void run();
    void deliver();

    ChildRegister& children_;
    std::function<void(Spawned)> started_;
    uv_async_t* ready_;
    std::mutex mutex_; ///< guards the members up to the thread
    std::condition_variable changed_;
    std::deque<SpawnRequest> requests_;
    std::vector<Spawned> results_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace lunette::script
