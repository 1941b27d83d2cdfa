#pragma once

#include <lunette/bind.h>

#include <string>
#include <string_view>

// Lua typed at the debug overlay's prompt: runs in the configuration's VM like any handler, with its limits.
namespace lunette::wezterm {

// Emitted with window, pane and the text. Undeclared, so that lines are run in order.
inline constexpr std::string_view evaluate_event = "lunette-evaluate";

// The command that answers it.
struct Evaluated {
    static constexpr const char* name = "evaluated";
    std::string text;
    bool failed = false;
};

// Registers the handler in every VM.
void add_evaluation(Module& lunette);

} // namespace lunette::wezterm
