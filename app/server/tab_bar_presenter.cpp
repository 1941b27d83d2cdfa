#include "server/tab_bar_presenter.h"

#include "server/tab_bar_colors.h"

#include "model/titles.h"

#include <utility>

namespace lunette::server {

void TabBarPresenter::set_config(const Value& options) {
    options_ = model::TabBarOptions::from_options(options);
    colors_ = tab_bar_colors(options);
    stale_ = true;
}

void TabBarPresenter::set_notice(std::string text) {
    notice_ = std::move(text);
    stale_ = true;
}

bool TabBarPresenter::hover_new_tab(bool hovered) noexcept {
    const bool changes = std::exchange(new_tab_hovered_, hovered) != hovered;
    stale_ = stale_ || changes;
    return changes;
}

model::TabBarContent TabBarPresenter::defaults(const model::WindowInfo& window) const {
    model::TabBarContent content;
    content.columns = static_cast<int>(window.columns);
    std::vector<int> widths;
    for (std::size_t i = 0; i < window.tabs.size(); ++i) {
        model::StyledText title = model::default_tab_title(window.tabs.at(i), options_);
        widths.push_back(title.width());
        content.tabs.push_back({window.tabs.at(i).tab_id, title, title});
    }
    content.width_cap = model::tab_width_cap(widths, content.columns, options_);
    if (!notice_.empty()) {
        model::TextStyle style;
        style.set = model::TextStyle::sets_inverse;
        style.inverse = true;
        content.right_status.append(" " + notice_ + " ", style);
    }
    return content;
}

const model::TabBarLayout& TabBarPresenter::lay_out(const model::TabBarContent* content,
                                                    const model::WindowInfo& window) {
    const std::int64_t active = window.active_tab ? window.active_tab->tab_id : -1;
    const bool same = content && !stale_ && columns_ == window.columns && hovered_ == window.hovered_tab &&
                      active_ == active && signature_ == content->signature;
    if (same) return layout_;
    model::TabBarContent without;
    if (!content) {
        without = defaults(window);
        content = &without;
    }
    model::TabBarInput input;
    tab_ids_.clear();
    for (const model::TabBarContent::Tab& tab : content->tabs) {
        const bool is_active = tab.tab_id == active;
        const bool hover = !is_active && window.hovered_tab == tab.tab_id;
        input.tabs.push_back({hover ? tab.hovered : tab.title, is_active, hover});
        tab_ids_.push_back(tab.tab_id);
    }
    input.width_cap = content->width_cap;
    input.left_status = content->left_status;
    input.right_status = content->right_status;
    input.new_tab_hover = new_tab_hovered_;
    layout_ = model::layout_tab_bar(input, static_cast<int>(window.columns), options_, colors_);
    signature_ = content->signature;
    columns_ = window.columns;
    hovered_ = window.hovered_tab;
    active_ = active;
    stale_ = content == &without;
    return layout_;
}

std::optional<TabBarPresenter::Spot> TabBarPresenter::at(int column) const noexcept {
    const model::TabBarArea* area = layout_.at(column);
    if (!area) return std::nullopt;
    Spot spot{area->kind, -1};
    if (area->tab >= 0 && static_cast<std::size_t>(area->tab) < tab_ids_.size())
        spot.tab_id = tab_ids_[static_cast<std::size_t>(area->tab)];
    return spot;
}

} // namespace lunette::server
