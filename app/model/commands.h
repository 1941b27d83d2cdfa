#pragma once

#include "model/key_assignment.h"
#include "model/spawn_options.h"

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What asks for a change of the model: from Lua, from a key, from the command line. Objects are named by
// record id. Names are those of the Lua function that issues the command, so that reports read like the
// user's file.
namespace lunette::model {

struct SetLeftStatus {
    static constexpr std::string_view name = "set_left_status";
    Id window = 0;
    std::string text;
};

struct SetRightStatus {
    static constexpr std::string_view name = "set_right_status";
    Id window = 0;
    std::string text;
};

struct SetConfigOverrides {
    static constexpr std::string_view name = "set_config_overrides";
    Id window = 0;
    Value overrides; // a map, or nil to drop them
};

struct PerformAction {
    static constexpr std::string_view name = "perform_action";
    Id window = 0;
    Id pane = 0; // 0: the active one
    KeyAssignment action;
};

struct Toast {
    static constexpr std::string_view name = "toast_notification";
    Id window = 0;
    std::string title;
    std::string message;
    std::optional<std::string> url;
    std::optional<std::int64_t> timeout_ms;
};

struct CopyToClipboard {
    static constexpr std::string_view name = "copy_to_clipboard";
    Id window = 0;
    std::string text;
    Clipboard destination = Clipboard::both;
};

struct FocusWindow {
    static constexpr std::string_view name = "focus";
    Id window = 0;
};

// Something asked of a desktop window: maximize, restore, set_position, … Accepted, without effect here.
struct WindowRequest {
    static constexpr std::string_view name = "window_request";
    Id window = 0;
    std::string request;
    Value argument;
};

struct SetWindowTitle {
    static constexpr std::string_view name = "set_title";
    Id window = 0;
    std::string title;
};

struct SetWorkspace {
    static constexpr std::string_view name = "set_workspace";
    Id window = 0;
    std::string workspace;
};

struct SetTabTitle {
    static constexpr std::string_view name = "set_title";
    Id tab = 0;
    std::string title;
};

struct ActivateTab {
    static constexpr std::string_view name = "activate";
    Id tab = 0;
};

struct MoveTab {
    static constexpr std::string_view name = "move_tab";
    Id tab = 0;
    std::int64_t index = 0; // from 0; clamped
};

struct CloseTab {
    static constexpr std::string_view name = "close_tab";
    Id tab = 0;
};

// The reply is the state before.
struct SetZoomed {
    static constexpr std::string_view name = "set_zoomed";
    Id tab = 0;
    bool zoomed = false;
};

struct RotatePanes {
    static constexpr std::string_view name = "rotate";
    Id tab = 0;
    bool clockwise = true;
};

// As if typed.
struct SendText {
    static constexpr std::string_view name = "send_text";
    Id pane = 0;
    std::string text;
};

// Bracketed where the program asked for it.
struct SendPaste {
    static constexpr std::string_view name = "send_paste";
    Id pane = 0;
    std::string text;
};

// As if the program had written it.
struct InjectOutput {
    static constexpr std::string_view name = "inject_output";
    Id pane = 0;
    std::string text;
};

struct ActivatePane {
    static constexpr std::string_view name = "activate";
    Id pane = 0;
};

struct ActivatePaneDirection {
    static constexpr std::string_view name = "activate_pane_direction";
    Id tab = 0;
    Direction direction = Direction::left;
};

// Moves the edge of the pane that lies in that direction; an outermost one: the opposite edge.
struct AdjustPaneSize {
    static constexpr std::string_view name = "adjust_pane_size";
    Id pane = 0;
    Direction direction = Direction::left;
    std::int64_t cells = 1;
};

struct ClosePane {
    static constexpr std::string_view name = "close_pane";
    Id pane = 0;
};

// Somebody reads what runs in the pane or where: keep it up to date for a while.
struct WatchProcess {
    static constexpr std::string_view name = "watch_process";
    Id pane = 0;
};

// The reply is the new pane's record id.
struct SplitPane {
    static constexpr std::string_view name = "split";
    Id pane = 0;
    Direction direction = Direction::right;
    SplitSize size;
    bool top_level = false; // splits the whole tab
    Id move_pane = 0;       // 0: spawns; else moves this one here
    SpawnOptions spawn;
};

struct SpawnTab {
    static constexpr std::string_view name = "spawn_tab";
    Id window = 0;
    SpawnOptions spawn;
};

struct SpawnWindow {
    static constexpr std::string_view name = "spawn_window";
    SpawnOptions spawn;
    std::optional<std::string> workspace; // nothing: the active one
    std::optional<std::int64_t> columns;  // both or none, for as long as no outer shows it
    std::optional<std::int64_t> rows;
};

struct MovePaneToNewTab {
    static constexpr std::string_view name = "move_to_new_tab";
    Id pane = 0;
    Id window = 0; // 0: its own
};

struct MovePaneToNewWindow {
    static constexpr std::string_view name = "move_to_new_window";
    Id pane = 0;
    std::optional<std::string> workspace;
};

struct SetActiveWorkspace {
    static constexpr std::string_view name = "set_active_workspace";
    std::string workspace; // an error when no window is in it
};

struct RenameWorkspace {
    static constexpr std::string_view name = "rename_workspace";
    std::string from;
    std::string to;
};

struct AttachDomain {
    static constexpr std::string_view name = "attach";
    Id domain = 0;
    Id window = 0; // 0: none
};

struct DetachDomain {
    static constexpr std::string_view name = "detach";
    Id domain = 0;
};

struct SetDefaultDomain {
    static constexpr std::string_view name = "set_default_domain";
    Id domain = 0;
};

struct ReloadConfiguration {
    static constexpr std::string_view name = "reload_configuration";
};

using Command =
    std::variant<SetLeftStatus, SetRightStatus, SetConfigOverrides, PerformAction, Toast, CopyToClipboard,
                 FocusWindow, WindowRequest, SetWindowTitle, SetWorkspace, SetTabTitle, ActivateTab, MoveTab,
                 CloseTab, SetZoomed, RotatePanes, SendText, SendPaste, InjectOutput, ActivatePane,
                 ActivatePaneDirection, AdjustPaneSize, ClosePane, WatchProcess, SplitPane, SpawnTab,
                 SpawnWindow, MovePaneToNewTab, MovePaneToNewWindow, SetActiveWorkspace, RenameWorkspace,
                 AttachDomain, DetachDomain, SetDefaultDomain, ReloadConfiguration>;

// A command for reports: its name, and its arguments without the object it is sent to.
struct Description {
    std::string_view name;
    Value arguments; // a list
};
Description describe(const Command& command);

// The reply of SpawnTab, SpawnWindow, MovePaneToNewTab and MovePaneToNewWindow: record ids, as a map.
struct Spawned {
    Id tab = 0;
    Id pane = 0;
    Id window = 0;
    Value to_value() const;
    static Spawned from_value(const Value& value);
};

} // namespace lunette::model
