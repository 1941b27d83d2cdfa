#include "server/window_views.h"

#include "model/titles.h"

#include <utility>

namespace lunette::server {

void WindowViews::show(const Ref<model::AppInfo>& root, const Ref<model::WindowInfo>& window) {
    if (window && !windows_.contains(window.id())) {
        Views views;
        views.tab_bar = engine_.view("tab-bar", {window});
        views.title = engine_.view("window-title", {window}, [&](const RecordRef&) {
            return Value{model::default_window_title(*window)};
        });
        windows_.emplace(window.id(), views);
    }
    if (root.record() == swept_) return;
    swept_ = root.record();
    if (windows_.size() <= root->windows.size()) return;
    for (auto it = windows_.begin(); it != windows_.end();) {
        bool lives = false;
        for (std::size_t i = 0; i < root->windows.size(); ++i) lives |= root->windows[i].id() == it->first;
        if (lives) {
            ++it;
            continue;
        }
        engine_.release(it->second.tab_bar);
        engine_.release(it->second.title);
        it = windows_.erase(it);
    }
}

bool WindowViews::changed(Id window) noexcept {
    const auto found = windows_.find(window);
    if (found == windows_.end()) return false;
    const bool bar = found->second.tab_bar.changed();
    return found->second.title.changed() || bar;
}

bool WindowViews::is_incomplete(const model::WindowInfo& window, Id id) {
    const auto found = windows_.find(id);
    if (found == windows_.end()) return false;
    const auto* content =
        found->second.tab_bar.latest().value.payload<model::TabBarContent>(model::tab_bar_content_schema());
    if (!content) return true;
    if (content->columns != window.columns) return true;
    if (content->tabs.size() != window.tabs.size()) return !content->tabs.empty();
    for (std::size_t i = 0; i < content->tabs.size(); ++i)
        if (content->tabs[i].tab_id != window.tabs.at(i).tab_id) return true;
    return false;
}

WindowViews::Reading WindowViews::read(Id window) {
    Reading reading;
    const auto found = windows_.find(window);
    if (found == windows_.end()) return reading;
    Views& views = found->second;
    const ViewValue& bar = views.tab_bar.latest();
    reading.tab_bar = bar.value.payload<model::TabBarContent>(model::tab_bar_content_schema());
    reading.is_new = std::exchange(views.serial, bar.serial) != bar.serial;
    instruments_.read(bar.freshness);
    const ViewValue& title = views.title.latest();
    reading.title = title.text();
    instruments_.read(title.freshness);
    return reading;
}

View WindowViews::tab_bar(Id window) const {
    const auto found = windows_.find(window);
    return found == windows_.end() ? View{} : found->second.tab_bar;
}

View WindowViews::title(Id window) const {
    const auto found = windows_.find(window);
    return found == windows_.end() ? View{} : found->second.title;
}

} // namespace lunette::server
