#pragma once

#include <lunette/record.h>

#include <string>
#include <variant>

// What the multiplexer tells the loop beside its snapshots: what happened rather than what is. Objects are
// named by record id; those that are gone by then are in the last snapshot.
namespace lunette::mux {

struct BellRang {
    Id pane = 0;
};
struct UserVarChanged {
    Id pane = 0;
    std::string name;
    std::string value;
};
// To be shown to the user: from a program (OSC 9, 777), a command, or the multiplexer itself (pane 0).
struct Notification {
    Id pane = 0;
    Id window = 0;
    std::string title;
    std::string message;
    std::string url;
    std::int64_t timeout_ms = 0; // 0: as usual
};
struct ClipboardWrite {
    std::string selections; // as in OSC 52: of "c", "p", "s"
    std::string text;
};
struct PaneOpened {
    Id pane = 0;
};
struct PaneClosed {
    Id pane = 0;
};
struct WindowClosed {
    Id window = 0;
};
// The last pane of all is gone.
struct Emptied {};
struct ActiveWorkspaceChanged {
    std::string workspace;
};
struct ConfigOverridesChanged {
    Id window = 0;
};
// A program sent more than a bound allows; for the log.
struct InputRefused {
    Id pane = 0;
    std::string message;
};
// A pane waits for its program: a function of the configuration says what is started.
struct FixupWanted {
    Id pane = 0;
    std::string event;
    Value command; // a SpawnCommand
};
// There is none, and the pane is gone, or has another one.
struct ProgramRefused {
    std::string message;
};
struct PaletteChanged {
    Id pane = 0;
};

using Event = std::variant<BellRang, UserVarChanged, Notification, ClipboardWrite, PaneOpened, PaneClosed,
                           WindowClosed, Emptied, ActiveWorkspaceChanged, ConfigOverridesChanged,
                           PaletteChanged, InputRefused, FixupWanted, ProgramRefused>;

} // namespace lunette::mux
