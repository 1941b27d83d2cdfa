#include "server/overlay_entries.h"

#include "server/key_arrival.h"
#include "server/prefix_keys.h"

#include "model/ansi_text.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

using model::Effect;
using model::KeyAssignment;

namespace {

// Offered without a binding, beside all that takes no argument.
std::vector<KeyAssignment> usual_actions() {
    const Value here = Value::map({{"domain", "CurrentPaneDomain"}});
    const Value ask = Value::map({{"confirm", true}});
    std::vector<KeyAssignment> all{
        {"SpawnTab", "CurrentPaneDomain"},
        {"SplitHorizontal", here},
        {"SplitVertical", here},
        {"CloseCurrentPane", ask},
        {"CloseCurrentTab", ask},
        {"ActivateTabRelative", 1},
        {"ActivateTabRelative", -1},
        {"MoveTabRelative", 1},
        {"MoveTabRelative", -1},
        {"RotatePanes", "Clockwise"},
        {"RotatePanes", "CounterClockwise"},
        {"ClearScrollback", "ScrollbackOnly"},
        {"ClearScrollback", "ScrollbackAndViewport"},
        {"SwitchToWorkspace", {}},
        {"SwitchWorkspaceRelative", 1},
        {"SwitchWorkspaceRelative", -1},
        {"DetachDomain", "CurrentPaneDomain"},
    };
    for (const char* direction : {"Left", "Right", "Up", "Down"})
        all.push_back({"ActivatePaneDirection", direction});
    for (const std::string_view own : own_actions) all.push_back({std::string{own}, {}});
    all.push_back({"PaneSelect", Value::map({})});
    all.push_back({"PaneSelect", Value::map({{"mode", "SwapWithActive"}})});
    all.push_back({"CharSelect", Value::map({})});
    for (const model::KnownAssignment& known : model::known_assignments())
        if (known.rule == model::ArgumentRule::none && known.effect != Effect::accepted)
            all.push_back({std::string{known.name}, {}});
    return all;
}

bool is_offered(const KeyAssignment& action) {
    for (const std::string_view hidden :
         {"DisableDefaultAssignment", "Nop", "CopyMode", "ActivateCommandPalette", "PopKeyTable",
          "ClearKeyTableStack", "ScrollByCurrentEventWheelDelta", "OpenLinkAtMouseCursor",
          "CompleteSelection", "CompleteSelectionOrOpenLinkAtMouseCursor", "ExtendSelectionToMouseCursor",
          "SelectTextAtMouseCursor", "StartWindowDrag", "AttachDomain"})
        if (action.name == hidden) return false;
    for (const std::string_view own : own_actions)
        if (action.name == own) return true;
    const model::KnownAssignment* known = model::find_assignment(action.name);
    return known && known->effect != Effect::accepted;
}

// How good a key is to be shown: the user's own, else one that arrives.
constexpr int prefix_rank = 3;
int rank_of(const model::KeyBinding& binding, bool modern_keys) {
    const KeyArrival arrival = arrival_of(binding.chord);
    if (!arrival.possible(modern_keys)) return binding.by_user ? 1 : 0;
    if (binding.by_user) return 5;
    const bool kept = arrival.may_be_kept || arrival.from == KeyArrival::From::modern_desktop;
    return kept ? 2 : 4;
}

OverlayEntry entry(std::string_view label, KeyAssignment action) {
    return {{model::StyledText{label}, {}, {}, 0}, std::move(action)};
}

void add_launch_menu(std::vector<OverlayEntry>& entries, const Value& menu) {
    for (const Value& item : menu.items()) {
        std::string label{item["label"].text()};
        for (const Value& word : item["args"].items())
            if (item["label"].is_nil()) (label += label.empty() ? "" : " ") += word.text();
        entries.push_back(entry(label.empty() ? "(default shell)" : label, {"SpawnCommandInNewTab", item}));
    }
}

void add_workspaces(std::vector<OverlayEntry>& entries, const model::AppInfo& app) {
    for (const Value& name : app.workspaces.items())
        if (name.text() != app.active_workspace)
            entries.push_back(entry("Switch to workspace: `" + std::string{name.text()} + "`",
                                    {"SwitchToWorkspace", Value::map({{"name", name}})}));
    entries.push_back(entry("Create new Workspace (current is `" + app.active_workspace + "`)",
                            {"SwitchToWorkspace", Value{}}));
}

} // namespace

std::vector<OverlayEntry> palette_entries(const model::ConfigView& config, const Value& added,
                                          const PaletteFacts& facts) {
    std::vector<OverlayEntry> entries;
    for (const Value& each : added.items()) {
        auto action = KeyAssignment::parse(each["action"]);
        if (!action) continue;
        entries.push_back(entry({}, std::move(*action)));
        entries.back().item.label = model::parse_ansi_text(each["brief"].text());
        entries.back().item.more = each["doc"].text();
    }
    const std::size_t first_own = entries.size();
    std::vector<int> ranks(first_own, 0); // of the keys shown
    const auto offer = [&](const KeyAssignment& action, std::string key, int rank) {
        if (!is_offered(action)) return;
        std::size_t at = first_own;
        while (at < entries.size() && !(entries[at].action == action)) ++at;
        if (at == entries.size()) {
            entries.push_back(entry(action_text(action, facts.callbacks), action));
            ranks.push_back(-1);
        }
        if (key.empty() || rank <= ranks[at]) return;
        entries[at].item.note = std::move(key);
        ranks[at] = rank;
    };
    for (const model::KeyBinding& binding : config.keys())
        offer(binding.action, chord_text(binding.chord, config.leader()),
              rank_of(binding, facts.modern_keys));
    if (facts.prefix_is_on)
        for (const PrefixBinding& bound : prefix_bindings())
            offer(bound.binding.action,
                  prefix_text(config) + " " + chord_text(bound.binding.chord, std::nullopt), prefix_rank);
    for (const KeyAssignment& action : usual_actions()) offer(action, {}, 0);
    std::stable_sort(entries.begin() + static_cast<std::ptrdiff_t>(first_own), entries.end(),
                     [](const OverlayEntry& a, const OverlayEntry& b) {
                         return a.item.label.plain() < b.item.label.plain();
                     });
    for (OverlayEntry& each : entries) {
        each.item.more += ' ' + each.action.name + ' ' + each.item.note;
        if (facts.weight) each.item.weight = facts.weight(each.item.label.plain());
    }
    return entries;
}

LauncherFlags LauncherFlags::parse(std::string_view text) {
    LauncherFlags flags;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('|'), text.size());
        std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        flags.fuzzy |= word == "FUZZY";
        flags.tabs |= word == "TABS";
        flags.launch_menu |= word == "LAUNCH_MENU_ITEMS";
        flags.domains |= word == "DOMAINS";
        flags.keys |= word == "KEY_ASSIGNMENTS";
        flags.workspaces |= word == "WORKSPACES";
        flags.commands |= word == "COMMANDS";
    }
    return flags;
}

std::vector<OverlayEntry> launcher_entries(const LauncherFlags& flags, const model::AppInfo& app,
                                           const model::WindowInfo& window, const model::ConfigView& config) {
    std::vector<OverlayEntry> entries;
    if (flags.launch_menu) add_launch_menu(entries, config.option("launch_menu"));
    for (std::size_t i = 0; flags.domains && i < app.domains.size(); ++i) {
        const model::DomainInfo& domain = app.domains.at(i);
        OverlayEntry made = entry({}, {"SpawnTab", Value::map({{"DomainName", domain.name}})});
        made.item.label = model::parse_ansi_text("New Tab (domain `" + domain.label + "\x1b[0m`)");
        entries.push_back(std::move(made));
    }
    if (flags.workspaces) add_workspaces(entries, app);
    for (std::size_t i = 0; flags.tabs && i < window.tabs.size(); ++i) {
        const model::TabInfo& tab = window.tabs.at(i);
        std::string title = tab.tab_title;
        if (title.empty() && tab.active_pane) title = tab.active_pane->title;
        const std::size_t panes = tab.all_panes.size();
        entries.push_back(entry(title + ". " + std::to_string(panes) + (panes == 1 ? " pane" : " panes"),
                                {"ActivateTab", static_cast<std::int64_t>(i)}));
    }
    if (flags.keys || flags.commands)
        for (OverlayEntry& each : palette_entries(config, {}))
            if (flags.commands || !each.item.note.empty()) entries.push_back(std::move(each));
    return entries;
}

} // namespace lunette::server
