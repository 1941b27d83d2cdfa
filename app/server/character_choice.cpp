#include "server/character_choice.h"

#include "wezterm/characters.h"
#include "wezterm/nerdfonts.h"

#include <string>
#include <utility>
#include <vector>

namespace lunette::server {

namespace {

constexpr std::size_t most_recent = 50;

} // namespace

std::unique_ptr<ui::CharSelectOverlay> make_character_overlay(std::string_view group, Frecency& used,
                                                              std::int64_t now_s) {
    std::vector<ui::CharSelectOverlay::Group> groups;
    groups.push_back({"RecentlyUsed", {}});
    for (const std::string& entry : used.best(most_recent, now_s))
        if (const std::size_t space = entry.find(' '); space != std::string::npos)
            groups.back().characters.push_back({entry.substr(0, space), entry.substr(space + 1)});
    const bool has_recent = !groups.back().characters.empty();
    for (const wezterm::CharacterGroup& each : wezterm::character_groups()) {
        groups.push_back({std::string{each.name}, {}});
        for (const auto& [text, name] : each.characters)
            groups.back().characters.push_back({std::string{text}, std::string{name}});
    }
    groups.push_back({"NerdFonts", {}});
    for (auto& [name, text] : wezterm::nerdfonts())
        groups.back().characters.push_back({std::move(text), "nf " + std::string{name}});
    std::size_t first = has_recent ? 0 : 1;
    for (std::size_t i = 0; i < groups.size(); ++i)
        if (groups[i].name == group) first = i;
    return std::make_unique<ui::CharSelectOverlay>(std::move(groups), first);
}

mux::Reply use_pane(mux::Mux& mux, std::string_view mode, Id active, Id chosen) {
    if (mode == "MoveToNewTab") return mux.apply(model::MovePaneToNewTab{chosen, {}});
    if (mode == "MoveToNewWindow") return mux.apply(model::MovePaneToNewWindow{chosen, {}});
    if (mode == "SwapWithActive" || mode == "SwapWithActiveKeepFocus") {
        if (active == chosen) return Value{};
        if (auto swapped = mux.swap_panes(active, chosen); !swapped) return swapped;
        // Where the focus is on the screen stays, unless it is to go along.
        return mux.apply(model::ActivatePane{mode == "SwapWithActive" ? chosen : active});
    }
    return mux.apply(model::ActivatePane{chosen});
}

} // namespace lunette::server
