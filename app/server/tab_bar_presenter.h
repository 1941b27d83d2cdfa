#pragma once

#include "model/records.h"
#include "model/tab_bar_content.h"
#include "model/tab_bar_layout.h"

#include <cstdint>
#include <optional>

namespace lunette::server {

// Turns what the script side said about a tab bar into the row that is drawn, and says what lies under the
// mouse. Lays out again only when something changed. UI thread only.
class TabBarPresenter {
public:
    // Options and colours of the window.
    void set_config(const Value& options);

    // Takes the place of the right status while no content is there; empty: none.
    void set_notice(std::string text);

    // `content` may be null: default titles are shown. It may also be of before the last change of tabs: then
    // it is shown as it was, so that no frame has new tabs at old widths.
    const model::TabBarLayout& lay_out(const model::TabBarContent* content, const model::WindowInfo& window);
    // As after the last lay_out().
    const model::TabBarLayout& layout() const noexcept { return layout_; }

    struct Spot {
        model::TabBarArea::Kind kind = model::TabBarArea::Kind::tab;
        std::int64_t tab_id = -1; // of a tab or its close button
    };
    // Nothing over the bar itself.
    std::optional<Spot> at(int column) const noexcept;

    // For the mouse over the "+" button; not part of the model. True when that changes the bar.
    bool hover_new_tab(bool hovered) noexcept;

private:
    model::TabBarContent defaults(const model::WindowInfo& window) const;

    model::TabBarOptions options_;
    model::TabBarColors colors_ = model::TabBarColors::standard();
    model::TabBarLayout layout_;
    std::vector<std::int64_t> tab_ids_; // as laid out
    bool new_tab_hovered_ = false;
    std::string notice_;

    // What the layout was made of.
    std::string signature_;
    std::int64_t columns_ = -1;
    std::optional<std::int64_t> hovered_;
    std::int64_t active_ = -1;
    bool stale_ = true;
};

} // namespace lunette::server
