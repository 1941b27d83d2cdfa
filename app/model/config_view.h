#pragma once

#include "model/config_colors.h"
#include "model/key_assignment.h"
#include "model/key_name.h"
#include "model/records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lunette::model {

struct KeyBinding {
    KeyChord chord; // normalized
    KeyAssignment action;
    bool by_user = false; // not one of WezTerm's defaults
};

// The key that leads to this program's own bindings.
struct PrefixKey {
    enum class Use : std::uint8_t { unless_taken, always, never };
    Use use = Use::unless_taken; // by the configuration
    KeyChord chord = usual();

    static KeyChord usual() noexcept; // CTRL+b
};

struct LeaderKey {
    KeyChord chord;
    std::int64_t timeout_ms = 1000;
};

struct MouseBinding {
    enum class On : std::uint8_t { down, drag, up };
    enum class Button : std::uint8_t {
        left,
        middle,
        right,
        none,
        wheel_up,
        wheel_down,
        wheel_left,
        wheel_right
    };
    On on = On::down;
    Button button = Button::left;
    int streak = 1; // of a wheel: its steps
    KeyModifiers modifiers;
    bool mouse_reporting = false;
    std::optional<bool> alt_screen; // nothing: either
    KeyAssignment action;
    bool by_user = false;
};

// The configuration as the UI side uses it: typed, in range, key tables ready to search. Made once per
// generation and per window with overrides. A value; any thread.
class ConfigView {
public:
    // Empty: WezTerm's defaults as far as they are plain numbers, and no bindings.
    explicit ConfigView(const Ref<ConfigInfo>& config = {});

    const Value& options() const noexcept { return options_; }
    // Of any option: nil when it is unset.
    const Value& option(std::string_view name) const noexcept { return options_[name]; }
    bool flag(std::string_view name, bool otherwise) const noexcept;
    std::int64_t number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                        std::int64_t most) const noexcept;
    std::string_view text(std::string_view name, std::string_view otherwise = {}) const noexcept;
    std::vector<std::string> texts(std::string_view name) const;

    bool enable_tab_bar() const noexcept { return flag("enable_tab_bar", true); }
    bool hide_tab_bar_if_only_one_tab() const noexcept { return flag("hide_tab_bar_if_only_one_tab", false); }
    bool tab_bar_at_bottom() const noexcept { return flag("tab_bar_at_bottom", false); }
    bool use_fancy_tab_bar() const noexcept { return flag("use_fancy_tab_bar", true); }
    bool automatically_reload() const noexcept { return flag("automatically_reload_config", true); }
    std::int64_t status_update_interval_ms() const noexcept; // at least 20, 0: never
    int max_fps() const noexcept;                            // 10..240
    std::int64_t scrollback_lines() const noexcept;          // at most a million
    std::vector<std::string> default_prog() const { return texts("default_prog"); }
    std::optional<std::string> default_cwd() const;
    std::map<std::string, std::string> set_environment_variables() const;

    // What a colour option holds ("command_palette_bg_color"); inherited when it is unset.
    TextColor color(std::string_view name) const noexcept;
    const ConfigPalette& palette() const noexcept { return palette_; }
    const TabBarColors& tab_bar_colors() const noexcept { return tab_bar_colors_; }

    const std::vector<KeyBinding>& keys() const noexcept { return keys_; }
    const std::map<std::string, std::vector<KeyBinding>>& key_tables() const noexcept { return key_tables_; }
    // Null when there is no such table.
    const std::vector<KeyBinding>* key_table(std::string_view name) const;
    const std::optional<LeaderKey>& leader() const noexcept { return leader_; }
    const std::vector<MouseBinding>& mouse() const noexcept { return mouse_; }
    const PrefixKey& prefix() const noexcept { return prefix_; }
    // Panes show the outer terminal's own colours whatever the configuration says.
    bool outer_palette() const noexcept { return outer_palette_; }

private:
    Value options_;
    ConfigPalette palette_;
    TabBarColors tab_bar_colors_;
    std::vector<KeyBinding> keys_;
    std::map<std::string, std::vector<KeyBinding>> key_tables_;
    std::optional<LeaderKey> leader_;
    std::vector<MouseBinding> mouse_;
    PrefixKey prefix_;
    bool outer_palette_ = false;
};

} // namespace lunette::model
