#pragma once

#include "model/config_view.h"
#include "model/key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::server {

// What a key press means: an action, nothing, or text for the pane. Holds the state of leader, key tables
// (with WezTerm's rules, wezterm-gui/src/termwindow/keyevent.rs) and of the prefix, which comes last. Times
// are milliseconds of one monotonic clock. UI thread only.
class KeyRouter {
public:
    static constexpr std::int64_t hint_after_ms = 600; // of hesitation behind the prefix

    // Key tables of another configuration; leader, prefix and active tables end.
    void set_config(model::ConfigView config);
    const model::ConfigView& config() const noexcept { return config_; }
    // Whether the terminal sends more chords than all do (KeyArrival).
    void set_modern_keys(bool modern);

    struct Meaning {
        enum class Kind : std::uint8_t { to_pane, swallowed, action, unknown_after_prefix };
        Kind kind = Kind::to_pane;
        model::KeyAssignment action{}; // of Kind::action
    };
    Meaning press(const model::KeyEvent& key, std::int64_t now_ms);

    // The table of the mode that the active pane is in; empty: none. Its keys come before those of the active
    // tables. True when it is another one.
    bool set_pane_table(std::string_view name);
    // A press that was not for the pane after all: its release is not either.
    void keep(const model::KeyEvent& key);

    // Argument of ActivateKeyTable. False when there is no such table.
    bool activate(const Value& argument, std::int64_t now_ms);
    void pop() noexcept;
    void clear() noexcept { stack_.clear(); }

    // Ends what has timed out. True when something did.
    bool tick(std::int64_t now_ms) noexcept;
    std::optional<std::int64_t> next_deadline_ms() const noexcept;

    // As Lua is told it.
    std::optional<std::string> active_table() const;
    bool leader_is_active() const noexcept { return leader_until_.has_value(); }
    bool prefix_is_on() const noexcept { return prefix_is_on_; }
    bool prefix_is_active() const noexcept { return prefix_is_active_; }
    // True once, when the user hesitates behind the prefix.
    bool take_hint(std::int64_t now_ms) noexcept;

private:
    struct Active {
        std::string name;
        std::optional<std::int64_t> timeout_ms;
        std::optional<std::int64_t> until_ms;
        bool one_shot = true;
        bool until_unknown = false;
        bool prevent_fallback = false;
    };
    using HeldKey = std::pair<model::Key, char32_t>; // without SHIFT
    Meaning look_up(const model::KeyEvent& key, std::int64_t now_ms);
    const model::KeyBinding* find(const std::vector<model::KeyBinding>& bindings,
                                  const std::vector<model::KeyChord>& chords) const;
    // In the active tables, the newest first; `swallowed` when one lets nothing through.
    const model::KeyBinding* find_in_stack(const std::vector<model::KeyChord>& chords, std::int64_t now_ms,
                                           bool& swallowed);
    Meaning press_after_prefix(const std::vector<model::KeyChord>& chords);

    model::ConfigView config_;
    std::vector<HeldKey> kept_; // pressed, and not for the pane
    std::string pane_table_;
    std::vector<Active> stack_;
    std::optional<std::int64_t> leader_until_;
    std::optional<std::int64_t> hint_at_;
    bool modern_keys_ = false;
    bool prefix_is_on_ = true;
    bool prefix_is_active_ = false;
};

} // namespace lunette::server
