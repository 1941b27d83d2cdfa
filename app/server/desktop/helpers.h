#pragma once

#include "server/loop_io.h"
#include "wire/descriptor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace lunette::server {

// Programs of the desktop that run for a moment beside the session: each takes a text and gives one. Nothing
// waits for them; whoever takes too long is ended. UI thread only.
class Helpers {
public:
    static constexpr std::size_t most_running = 16;

    struct Call {
        std::vector<std::string> arguments; // the first is looked up in PATH of
        std::vector<std::string> environment;
        std::string input;
        std::size_t most_output = 0; // bytes; 0: nobody reads what it writes
        std::int64_t time_ns = 5'000'000'000;
    };
    // Nothing: it failed, wrote too much or took too long.
    using Done = std::function<void(std::optional<std::string> output)>;

    explicit Helpers(LoopIo& io) noexcept : io_{io} {}
    ~Helpers();
    Helpers(const Helpers&) = delete;
    Helpers& operator=(const Helpers&) = delete;

    // False when there is no such program, or too many run. `done` may be empty; it is called while LoopIo
    // waits or from tick().
    bool start(const Call& call, Done done);
    void tick(std::int64_t now_ns);
    std::optional<std::int64_t> deadline_ns() const noexcept;

private:
    struct Running {
        pid_t pid = -1;
        wire::Descriptor process; // pidfd
        wire::Descriptor input;
        wire::Descriptor output;
        std::string waiting; // input that is not written yet
        std::string text;
        std::size_t most_output = 0;
        std::int64_t ends_at = 0;
        std::optional<bool> succeeded;
        Done done;
    };
    void write(Running& helper);
    void read(Running& helper);
    void close(wire::Descriptor& descriptor);
    void take_exit(Running& helper);
    // When it is over, tells so.
    void settle(std::uint64_t number);
    void finish(std::uint64_t number, bool good);

    LoopIo& io_;
    std::map<std::uint64_t, Running> running_;
    std::uint64_t next_ = 1;
};

} // namespace lunette::server
