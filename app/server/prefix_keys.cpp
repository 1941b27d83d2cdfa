#include "server/prefix_keys.h"

#include "server/action_text.h"
#include "server/key_arrival.h"
#include "server/key_chords.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

using model::KeyAssignment;
using model::KeyChord;
using model::Modifiers;

namespace {

Value confirmed() { return Value::map({{"confirm", true}}); }
Value resize(const char* direction, std::int64_t cells) { return Value::list({direction, cells}); }
Value launcher(const char* flags) { return Value::map({{"flags", flags}}); }

// tmux's keys (its manual, "DEFAULT KEY BINDINGS"), and i, a, f and h for what tmux has not.
std::vector<PrefixBinding> make_bindings() {
    std::vector<PrefixBinding> all;
    const auto add = [&all](std::string_view key, std::string_view mods, std::string_view label,
                            std::string_view action, Value argument = {}) {
        const KeyChord chord =
            model::normalized({model::parse_key_name(key).value_or(model::KeyName{}),
                               model::parse_modifiers(mods).value_or(model::KeyModifiers{})});
        all.push_back({key, mods, label, {chord, {std::string{action}, std::move(argument)}, false}});
    };
    add("c", "", "new tab", "SpawnTab", "CurrentPaneDomain");
    add("n", "", "next tab", "ActivateTabRelative", 1);
    add("p", "", "previous tab", "ActivateTabRelative", -1);
    add("l", "", "last tab", "ActivateLastTab");
    static constexpr std::string_view digits = "0123456789";
    for (std::size_t i = 0; i < digits.size(); ++i)
        add(digits.substr(i, 1), "", i ? "tab by its number" : "the tenth tab", "ActivateTab",
            i ? static_cast<std::int64_t>(i) - 1 : 9);
    add("w", "", "choose a tab", "ShowTabNavigator");
    add("'", "", "choose a tab", "ShowTabNavigator");
    add(",", "", "rename the tab", prefix_action::rename_tab);
    add("&", "", "close the tab", "CloseCurrentTab", confirmed());
    add("%", "", "split, side by side", "SplitHorizontal", Value::map({{"domain", "CurrentPaneDomain"}}));
    add("\"", "", "split, one above the other", "SplitVertical",
        Value::map({{"domain", "CurrentPaneDomain"}}));
    add("o", "", "next pane", "ActivatePaneDirection", "Next");
    add(";", "", "previous pane", "ActivatePaneDirection", "Prev");
    add("q", "", "choose a pane", "PaneSelect", Value::map({}));
    add("x", "", "close the pane", "CloseCurrentPane", confirmed());
    add("z", "", "zoom the pane", "TogglePaneZoomState");
    add("!", "", "pane to a tab of its own", prefix_action::move_pane_to_new_tab);
    add("{", "", "rotate the panes back", "RotatePanes", "CounterClockwise");
    add("}", "", "rotate the panes", "RotatePanes", "Clockwise");
    add("Space", "", "rotate the panes", "RotatePanes", "Clockwise");
    add("o", "CTRL", "rotate the panes", "RotatePanes", "Clockwise");
    add("o", "ALT", "rotate the panes back", "RotatePanes", "CounterClockwise");
    struct Arrow {
        const char* key;
        const char* direction;
        const char* go;
        const char* grow;
    };
    for (const Arrow& arrow : {Arrow{"LeftArrow", "Left", "pane to the left", "resize to the left"},
                               Arrow{"RightArrow", "Right", "pane to the right", "resize to the right"},
                               Arrow{"UpArrow", "Up", "pane above", "resize upwards"},
                               Arrow{"DownArrow", "Down", "pane below", "resize downwards"}}) {
        add(arrow.key, "", arrow.go, "ActivatePaneDirection", arrow.direction);
        add(arrow.key, "CTRL", arrow.grow, "AdjustPaneSize", resize(arrow.direction, 1));
        add(arrow.key, "ALT", arrow.grow, "AdjustPaneSize", resize(arrow.direction, 5));
    }
    add("[", "", "copy mode", "ActivateCopyMode");
    add("]", "", "paste", "PasteFrom", "Clipboard");
    add("=", "", "paste", "PasteFrom", "Clipboard");
    add("f", "", "search", "Search", "CurrentSelectionOrEmptyString");
    add("h", "", "quick select", "QuickSelect");
    add("PageUp", "", "a page back", "ScrollByPage", -1);
    add("PageDown", "", "a page on", "ScrollByPage", 1);
    add("s", "", "choose a workspace", "ShowLauncherArgs", launcher("FUZZY|WORKSPACES"));
    add("$", "", "rename the workspace", prefix_action::rename_workspace);
    add("(", "", "previous workspace", "SwitchWorkspaceRelative", -1);
    add(")", "", "next workspace", "SwitchWorkspaceRelative", 1);
    add("a", "", "launcher", "ShowLauncher");
    add(":", "", "palette", "ActivateCommandPalette");
    add("?", "", "all keys", prefix_action::show_keys);
    add("i", "", "information", prefix_action::show_info);
    add("r", "", "read the configuration again", "ReloadConfiguration");
    add("d", "", "detach", "DetachDomain", "CurrentPaneDomain");
    add("D", "", "detach", "DetachDomain", "CurrentPaneDomain");
    return all;
}

bool is_chord(const Value& entry, const KeyChord& sought) {
    const auto key = model::parse_key_name(entry["key"].text());
    const auto modifiers = model::parse_modifiers(entry["mods"].text());
    if (!key || !modifiers) return false;
    KeyChord chord{*key, *modifiers};
    if (chord.key.by == model::KeyName::By::physical) chord.key.by = model::KeyName::By::mapped;
    return chord == sought;
}

} // namespace

const std::vector<PrefixBinding>& prefix_bindings() {
    static const std::vector<PrefixBinding> bindings = make_bindings();
    return bindings;
}

const model::KeyBinding* find_prefix_binding(const std::vector<KeyChord>& chords) {
    for (const KeyChord& chord : chords)
        for (const PrefixBinding& entry : prefix_bindings())
            if (entry.binding.chord == chord) return &entry.binding;
    return nullptr;
}

std::string prefix_text(const model::ConfigView& config) {
    return chord_text(config.prefix().chord, std::nullopt);
}

bool wants_prefix(const model::ConfigView& config, bool modern) {
    const model::PrefixKey& prefix = config.prefix();
    if (prefix.use != model::PrefixKey::Use::unless_taken) return prefix.use == model::PrefixKey::Use::always;
    const auto is_prefix = [&prefix](const Value& entry) { return is_chord(entry, prefix.chord); };
    if (const auto& leader = config.leader()) {
        if (leader->chord == prefix.chord || is_prefix(config.option("leader"))) return false;
        if (arrival_of(leader->chord).possible(modern)) return false;
    }
    // The options have it also where it only takes a default away.
    const auto keys = config.option("keys").items();
    return std::none_of(keys.begin(), keys.end(), is_prefix);
}

std::string prefix_is_off(const model::ConfigView& config) {
    if (config.prefix().use == model::PrefixKey::Use::never) return "off: lunette.setup says so";
    return "off: the configuration has a leader, or " + prefix_text(config) + " itself";
}

std::string_view prefix_hint() noexcept {
    return "c new  n/p tabs  % \" split  z zoom  [ copy  : palette  d detach  ? keys";
}

} // namespace lunette::server
