#pragma once

#include "ui/overlay.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::ui {

struct ListItem {
    model::StyledText label;
    std::string note; // at the right edge: a key
    std::string more; // searched, but not shown
    int weight = 0;   // among items that match equally well the heavier one comes first
};

// Lines of which one is selected, narrowed by a fuzzy filter: the best match first, equal ones in their own
// order. UI thread only.
class FilterList {
public:
    // Keeps the selection where an equal item still exists.
    void set_items(std::vector<ListItem> items);
    void set_filter(std::string_view filter);

    const std::vector<ListItem>& items() const noexcept { return items_; }
    std::size_t shown() const noexcept { return shown_.size(); }
    // Index into items(); nothing when no item matches.
    std::optional<std::size_t> selected() const noexcept;
    // Index into items() of one that is shown.
    std::size_t item(std::size_t shown) const noexcept { return shown_[shown].item; }
    std::size_t first_visible() const noexcept { return top_; }

    // Among those shown; stops at the ends.
    void move(std::ptrdiff_t by) noexcept;
    void page(int pages) noexcept { move(pages * (rows_ > 1 ? rows_ - 1 : 1)); }
    void select(std::size_t shown) noexcept;
    // Of the rows drawn last. False when there is no item.
    bool select_row(int row) noexcept;
    // Up, down, pages, home, end, CTRL+n, CTRL+p, CTRL+j, CTRL+k. False for any other key.
    bool key(const model::KeyEvent& key);

    // `marks`: what is written before each visible row; may be shorter than the area.
    void draw(Frame& frame, const Area& area, const OverlayColors& colors,
              const std::vector<std::string>& marks = {});

private:
    struct Shown {
        std::size_t item;
        int score;
        std::vector<std::size_t> positions;
    };
    std::vector<std::size_t> all_items() const;
    void narrow(const std::vector<std::size_t>& candidates); // in order
    void draw_item(Frame& frame, int x, int y, int width, const Shown& shown, bool selected,
                   const OverlayColors& colors) const;

    std::vector<ListItem> items_;
    std::vector<Shown> shown_;
    std::string filter_;
    std::size_t selected_ = 0;
    std::size_t top_ = 0;
    int rows_ = 0; // drawn last
};

} // namespace lunette::ui
