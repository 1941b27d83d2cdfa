#pragma once

#include "ui/filter_list.h"
#include "ui/line_editor.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lunette::ui {

// Characters to choose from, by group or by searching the names of all. UI thread only.
class CharSelectOverlay final : public Overlay {
public:
    struct Character {
        std::string text;
        std::string name;
    };
    struct Group {
        std::string name;
        std::vector<Character> characters;
    };

    // REQUIRES: there is a group.
    CharSelectOverlay(std::vector<Group> groups, std::size_t first);

    // Null unless accepted.
    const Character* choice() const noexcept { return choice_; }
    const std::string& group() const noexcept { return groups_[group_].name; }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view text) override;
    void pointer(Pointer kind, int x, int y) override;
    Area place(const Area& room) const override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    void show_group(std::size_t group);
    void filter();
    void choose();

    std::vector<Group> groups_;
    std::vector<const Character*> shown_; // of the list's items
    FilterList list_;
    LineEditor filter_;
    std::size_t group_;
    bool searches_all_ = false;
    const Character* choice_ = nullptr;
    int list_top_ = 0; // in the area drawn last
};

} // namespace lunette::ui
