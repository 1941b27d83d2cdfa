#pragma once

#include "server/desktop/helpers.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// The desktop's clipboard and primary selection, through wl-copy and wl-paste, xclip or xsel: where the
// session runs on the desktop itself and they are installed. UI thread only; never blocks.
class SystemClipboard {
public:
    static constexpr std::size_t most_bytes = 64U << 20;

    explicit SystemClipboard(Helpers& helpers) noexcept : helpers_{helpers} {}

    // Of the terminal that is attached.
    void set_environment(std::vector<std::string> environment);
    // `selections` as in OSC 52: "c", "p", "cp".
    bool copy(std::string_view selections, std::string_view text);
    // Asks for the content; `done` gets nothing when there is none. False: nobody can be asked.
    bool paste(bool primary, std::function<void(std::optional<std::string> text)> done);
    // A desktop is there that shows what is opened.
    bool has_desktop() const noexcept { return has_desktop_; }
    const std::vector<std::string>& environment() const noexcept { return environment_; }

private:
    enum class Tool { none, wayland, xclip, xsel };
    std::vector<std::string> command(bool copies, bool primary) const;

    Helpers& helpers_;
    std::vector<std::string> environment_;
    Tool tool_ = Tool::none;
    bool has_desktop_ = false;
};

} // namespace lunette::server
