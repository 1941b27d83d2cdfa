#pragma once

#include "model/config_view.h"
#include "model/key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lunette::server {

// What a key press means: an action, nothing, or text for the pane. Holds the state of leader and key tables,
// with WezTerm's rules (wezterm-gui/src/termwindow/keyevent.rs). Times are milliseconds of one monotonic
// clock. UI thread only.
class KeyRouter {
public:
    // Key tables of another configuration; leader and active tables end.
    void set_config(model::ConfigView config);

    struct Meaning {
        enum class Kind : std::uint8_t { to_pane, swallowed, action };
        Kind kind = Kind::to_pane;
        model::KeyAssignment action{}; // of Kind::action
    };
    Meaning press(const model::KeyEvent& key, std::int64_t now_ms);

    // Argument of ActivateKeyTable. False when there is no such table.
    bool activate(const Value& argument, std::int64_t now_ms);
    void pop() noexcept;
    void clear() noexcept { stack_.clear(); }

    // Ends what has timed out. True when something did.
    bool tick(std::int64_t now_ms) noexcept;
    std::optional<std::int64_t> next_deadline_ms() const noexcept;

    std::optional<std::string> active_table() const;
    bool leader_is_active() const noexcept { return leader_until_.has_value(); }

private:
    struct Active {
        std::string name;
        std::optional<std::int64_t> timeout_ms;
        std::optional<std::int64_t> until_ms;
        bool one_shot = true;
        bool until_unknown = false;
        bool prevent_fallback = false;
    };
    const model::KeyBinding* find(const std::vector<model::KeyBinding>& bindings,
                                  const std::vector<model::KeyChord>& chords) const;
    // In the active tables, the newest first; `swallowed` when one lets nothing through.
    const model::KeyBinding* find_in_stack(const std::vector<model::KeyChord>& chords, std::int64_t now_ms,
                                           bool& swallowed);

    model::ConfigView config_;
    std::vector<Active> stack_;
    std::optional<std::int64_t> leader_until_;
};

} // namespace lunette::server
