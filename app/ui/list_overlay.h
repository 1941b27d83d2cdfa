#pragma once

#include "ui/filter_list.h"
#include "ui/line_editor.h"

#include <optional>
#include <string>
#include <vector>

namespace lunette::ui {

// A list to choose from: by moving, by typing an item's mark, or by filtering. UI thread only.
class ListOverlay final : public Overlay {
public:
    struct Options {
        std::string title;
        std::string description;       // while not filtering
        std::string fuzzy_description; // before the filter
        std::string alphabet;          // of the marks; empty: none
        bool fuzzy = false;            // filters from the start
        int popup_rows = 0;            // 0: covers the whole room; else a box with at most so many items
    };

    ListOverlay(Options options, std::vector<ListItem> items);

    // Index of the chosen item. Nothing unless accepted.
    std::optional<std::size_t> choice() const noexcept { return choice_; }
    void set_items(std::vector<ListItem> items) { list_.set_items(std::move(items)); }
    const FilterList& list() const noexcept { return list_; }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view text) override;
    void pointer(Pointer kind, int x, int y) override;
    Area place(const Area& room) const override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    bool filter_key(const model::KeyEvent& key);
    bool mark_key(const model::KeyEvent& key);
    void choose();
    std::vector<std::string> visible_marks() const;

    Options options_;
    FilterList list_;
    LineEditor filter_;
    std::vector<std::string> marks_; // of the rows shown
    std::string typed_;              // of a mark
    std::optional<std::size_t> choice_;
    bool filtering_;
    int list_top_ = 0; // in the area drawn last
    int list_rows_ = 0;
};

// `count` different marks of letters of the alphabet, none the beginning of another: single letters as far as
// they last, else pairs. Fewer when there are no more.
std::vector<std::string> list_marks(std::string_view alphabet, std::size_t count);

} // namespace lunette::ui
