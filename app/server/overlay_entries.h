#pragma once

#include "model/config_view.h"
#include "server/action_text.h"
#include "ui/filter_list.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// What palette, launcher and tab navigator offer. Pure functions.
namespace lunette::server {

struct OverlayEntry {
    ui::ListItem item;
    model::KeyAssignment action;
};

struct PaletteFacts {
    // Of a label: chosen often and lately; the heavier come first among equals. May be empty.
    std::function<int(const std::string&)> weight{};
    std::map<std::string, std::string> callbacks{}; // event -> file:line
    bool prefix_is_on = false;
    bool modern_keys = true; // as of KeyArrival
};

// `added`: what augment-command-palette returned, first; then the bindings' actions, each with the key that
// is most likely to arrive; then what has no key. Actions that nothing here performs are left out.
std::vector<OverlayEntry> palette_entries(const model::ConfigView& config, const Value& added,
                                          const PaletteFacts& facts = {});

// The flags of ShowLauncherArgs.
struct LauncherFlags {
    bool fuzzy = false;
    bool tabs = false;
    bool launch_menu = false;
    bool domains = false;
    bool keys = false;
    bool workspaces = false;
    bool commands = false;

    // "FUZZY|TABS". Words that are none are passed over.
    static LauncherFlags parse(std::string_view text);
};

std::vector<OverlayEntry> launcher_entries(const LauncherFlags& flags, const model::AppInfo& app,
                                           const model::WindowInfo& window, const model::ConfigView& config);

} // namespace lunette::server
