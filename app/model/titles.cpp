#include "model/titles.h"

#include <algorithm>
#include <array>

namespace lunette::model {

namespace {

constexpr int least_retro_width = 5; // easier to click on
constexpr std::uint8_t green = 2;
constexpr std::uint8_t red = 1;

std::string_view progress_glyph(std::int64_t percent) noexcept {
    static constexpr std::array<std::string_view, 5> glyphs{"○", "◔", "◑", "◕", "●"};
    return glyphs[static_cast<std::size_t>(std::clamp<std::int64_t>(percent, 0, 100) * 4 / 100)];
}

void append_progress(StyledText& text, const Value& progress) {
    const Value& percent = progress["Percentage"];
    const Value& error = progress["Error"];
    if (percent.is_nil() && error.is_nil()) return;
    TextStyle style;
    style.foreground = TextColor::indexed(percent.is_nil() ? red : green);
    text.append(progress_glyph((percent.is_nil() ? error : percent).integer_or(0)), style);
    text.append(" ", {});
}

// tmux's marks of windows are `!` and `#`; WezTerm's own titles have none.
void append_unseen(StyledText& text, const TabInfo& tab) {
    if (tab.is_active) return;
    bool output = false;
    bool bell = false;
    for (std::size_t i = 0; i < tab.all_panes.size(); ++i) {
        output |= tab.all_panes.at(i).has_unseen_output;
        bell |= tab.all_panes.at(i).has_unseen_bell;
    }
    if (bell || output) text.append(bell ? " !" : " ●", {});
}

} // namespace

// WezTerm: wezterm-gui/src/tabbar.rs: compute_tab_title.
StyledText default_tab_title(const TabInfo& tab, const TabBarOptions& options) {
    if (!tab.active_pane) return StyledText{" no pane "};
    StyledText text;
    if (options.show_index) {
        const std::string number = std::to_string(tab.tab_index + (options.zero_based ? 0 : 1)) + ": ";
        text.append(options.fancy ? number : " " + number, {});
    }
    append_progress(text, tab.active_pane->progress);
    text.append(tab.tab_title.empty() ? tab.active_pane->title : tab.tab_title, {});
    append_unseen(text, tab);
    if (options.fancy) return text;
    if (options.show_index) text.append(" ", {});
    if (const int width = text.width(); width < least_retro_width)
        text.append(std::string(static_cast<std::size_t>(least_retro_width - width), ' '), {});
    return text;
}

// WezTerm: wezterm-gui/src/termwindow/mod.rs: update_title_impl.
std::string default_window_title(const WindowInfo& window) {
    std::string title;
    if (!window.active_tab || !window.active_pane) return title;
    if (window.active_pane->is_zoomed) title += "[Z] ";
    if (window.tabs.size() > 1)
        title += "[" + std::to_string(window.active_tab->tab_index + 1) + "/" +
                 std::to_string(window.tabs.size()) + "] ";
    return title + window.active_pane->title;
}

} // namespace lunette::model
