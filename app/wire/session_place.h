#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include <sys/types.h>

// Where the sockets of a user's sessions are: $XDG_RUNTIME_DIR/lunette, else lunette-UID in the folder for
// temporary files. Beside NAME.sock lies NAME.lock, which the session's server holds as long as it lives.
namespace lunette::wire {

using Lookup = std::function<std::optional<std::string>(const char* variable)>;
// The variables of this process; empty ones count as not set.
std::optional<std::string> process_variable(const char* name);

class SessionPlace {
public:
    // Makes the folder if need be. The error is a sentence: it is not ours, others may enter it, it is a
    // link.
    static tl::expected<SessionPlace, std::string> open(const Lookup& environment, uid_t owner);

    const std::string& folder() const noexcept { return folder_; }
    std::string socket(std::string_view name) const { return folder_ + "/" + std::string{name} + ".sock"; }
    std::string lock(std::string_view name) const { return folder_ + "/" + std::string{name} + ".lock"; }

    // The process that holds the lock of a session; nothing when there is no such session.
    std::optional<pid_t> server_of(std::string_view name) const;
    // Sessions whose server lives, sorted.
    std::vector<std::string> names() const;

private:
    explicit SessionPlace(std::string folder) : folder_{std::move(folder)} {}
    std::string folder_;
};

// Letters, digits and any of "._-+" that do not come first; short enough for a socket's address.
bool is_session_name(std::string_view name) noexcept;
// NAME of ".../NAME.sock"; empty when it is none.
std::string session_of_socket(std::string_view path);

} // namespace lunette::wire
