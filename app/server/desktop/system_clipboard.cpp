#include "server/desktop/system_clipboard.h"

#include "terminal/shell.h"

#include <utility>

namespace lunette::server {

namespace {

constexpr std::int64_t paste_ns = 1'000'000'000; // keys typed meanwhile wait

bool is_set(const std::vector<std::string>& environment, std::string_view name) {
    return !terminal::environment_value(environment, name).value_or("").empty();
}

} // namespace

void SystemClipboard::set_environment(std::vector<std::string> environment) {
    environment_ = std::move(environment);
    tool_ = Tool::none;
    // Over SSH a forwarded display is far away and slow, and its clipboard is that of the outer terminal.
    const bool here = !is_set(environment_, "SSH_CONNECTION") && !is_set(environment_, "SSH_TTY");
    const bool wayland = here && is_set(environment_, "WAYLAND_DISPLAY");
    const bool x11 = here && is_set(environment_, "DISPLAY");
    has_desktop_ = wayland || x11;
    const auto installed = [&](std::string_view program) {
        return terminal::find_program(program, environment_).has_value();
    };
    if (wayland && installed("wl-copy") && installed("wl-paste"))
        tool_ = Tool::wayland;
    else if (x11 && installed("xclip"))
        tool_ = Tool::xclip;
    else if (x11 && installed("xsel"))
        tool_ = Tool::xsel;
}

std::vector<std::string> SystemClipboard::command(bool copies, bool primary) const {
    switch (tool_) {
    case Tool::none: break;
    case Tool::wayland: {
        std::vector<std::string> words{copies ? "wl-copy" : "wl-paste"};
        if (!copies) words.insert(words.end(), {"--no-newline", "--type", "text"});
        if (primary) words.emplace_back("--primary");
        return words;
    }
    case Tool::xclip:
        return {"xclip", copies ? "-in" : "-out", "-selection", primary ? "primary" : "clipboard"};
    case Tool::xsel: return {"xsel", copies ? "--input" : "--output", primary ? "--primary" : "--clipboard"};
    }
    return {};
}

bool SystemClipboard::copy(std::string_view selections, std::string_view text) {
    if (tool_ == Tool::none || text.size() > most_bytes) return false;
    bool all = true;
    for (const bool primary : {false, true}) {
        const bool wanted = selections.find_first_of(primary ? "ps" : "c") != std::string_view::npos;
        if (wanted) all &= helpers_.start({command(true, primary), environment_, std::string{text}}, {});
    }
    return all;
}

bool SystemClipboard::paste(bool primary, std::function<void(std::optional<std::string>)> done) {
    if (tool_ == Tool::none) return false;
    return helpers_.start({command(false, primary), environment_, {}, most_bytes, paste_ns}, std::move(done));
}

} // namespace lunette::server
