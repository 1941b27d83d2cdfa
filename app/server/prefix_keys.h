#pragma once

#include "model/config_view.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The prefix key with tmux's keys behind it: what always arrives, in whatever terminal. Pure; any thread.
namespace lunette::server {

// Actions behind the prefix that WezTerm has no name for.
namespace prefix_action {
inline constexpr std::string_view move_pane_to_new_tab = "MovePaneToNewTab";
inline constexpr std::string_view rename_tab = "RenameTab";
inline constexpr std::string_view rename_workspace = "RenameWorkspace";
inline constexpr std::string_view show_keys = "ShowKeys";
inline constexpr std::string_view show_info = "ShowInfo";
} // namespace prefix_action
inline constexpr std::string_view own_actions[] = {prefix_action::move_pane_to_new_tab,
                                                   prefix_action::rename_tab, prefix_action::rename_workspace,
                                                   prefix_action::show_keys, prefix_action::show_info};

struct PrefixBinding {
    std::string_view key; // as configurations write it
    std::string_view mods;
    std::string_view label; // for people
    model::KeyBinding binding;
};
const std::vector<PrefixBinding>& prefix_bindings();
// Null for keys that mean nothing there.
const model::KeyBinding* find_prefix_binding(const std::vector<model::KeyChord>& chords);

// "CTRL+b".
std::string prefix_text(const model::ConfigView& config);
// As lunette.setup says; else on, unless the configuration needs the key itself, or has a leader that this
// terminal can send: `modern` as of KeyArrival.
bool wants_prefix(const model::ConfigView& config, bool modern);
// Why it is off.
std::string prefix_is_off(const model::ConfigView& config);

// What follows, in one line.
std::string_view prefix_hint() noexcept;

} // namespace lunette::server
