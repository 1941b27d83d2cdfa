#pragma once

#include "model/records.h"
#include "mux/pane.h"
#include "mux/split_tree.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lunette::mux {

struct PaneEntry {
    std::unique_ptr<Pane> pane;
    Id tab = 0;
    Ref<model::PaneInfo> info; // as in the newest snapshot
    bool changed = false;
};

struct Tab {
    Id record = 0;
    std::int64_t tab_id = 0;
    Id window = 0;
    std::string title;
    SplitTree tree;
    std::vector<Id> recent; // panes, the active one last
    Id zoomed = 0;          // pane, or 0
    Ref<model::TabInfo> info;
    bool changed = false;

    Id active() const noexcept { return recent.empty() ? 0 : recent.back(); }
    // Where the pane is shown, zoom included.
    Rect place_of(Id pane) const noexcept;
};

struct Window {
    Id record = 0;
    std::vector<Id> tabs;   // in order of their index
    std::vector<Id> recent; // tabs, the active one last
    // The fields that are the window's own; tabs and active ones are filled in by the snapshot.
    model::WindowInfo state;
    CellSize cell;
    Ref<model::WindowInfo> info;
    bool changed = false;

    Id active_tab() const noexcept { return recent.empty() ? 0 : recent.back(); }
    Id last_active_tab() const noexcept { return recent.size() < 2 ? 0 : recent[recent.size() - 2]; }
};

// All windows, tabs and panes, and which of them changed since the last snapshot. Owns them; knows nothing of
// what operations mean. UI thread only. Pointers are valid until the object is erased.
class Objects {
public:
    Tab& add_tab(Window& window, std::size_t index);
    Window& add_window();
    PaneEntry& add_pane(std::unique_ptr<Pane> pane);
    void erase_pane(Id pane);
    void erase_tab(Id tab);
    void erase_window(Id window);

    // Null when there is none.
    PaneEntry* pane(Id id) noexcept;
    const PaneEntry* pane(Id id) const noexcept;
    Tab* tab(Id id) noexcept;
    const Tab* tab(Id id) const noexcept;
    Window* window(Id id) noexcept;
    const Window* window(Id id) const noexcept;
    const std::vector<std::unique_ptr<Window>>& windows() const noexcept { return windows_; }
    std::size_t pane_count() const noexcept { return panes_.size(); }
    std::vector<Id> pane_ids() const;
    std::int64_t next_pane_id() noexcept { return next_pane_id_++; }

    Tab* tab_of(Id pane) noexcept;
    Window* window_of(Id pane) noexcept;

    void touch_pane(Id pane);
    void touch_tab(Id tab); // its own fields
    void touch_window(Id window);
    void touch_app() noexcept { app_changed_ = true; }
    // Everything below, for changes of place, order or owner.
    void touch_panes_of(const Tab& tab);
    void touch_tabs_of(const Window& window);

    // The changed ones; afterwards none is.
    struct Changed {
        std::vector<Id> panes;
        std::vector<Id> tabs;
        std::vector<Id> windows;
    };
    Changed& changed() noexcept { return changed_; }
    bool take_app_changed() noexcept { return std::exchange(app_changed_, false); }

private:
    std::unordered_map<Id, PaneEntry> panes_;
    std::unordered_map<Id, std::unique_ptr<Tab>> tabs_;
    std::vector<std::unique_ptr<Window>> windows_;
    Changed changed_;
    bool app_changed_ = true;
    std::int64_t next_pane_id_ = 0;
    std::int64_t next_tab_id_ = 0;
    std::int64_t next_window_id_ = 0;
};

// Moves `id` to the end, adding it if need be.
void make_most_recent(std::vector<Id>& recent, Id id);

} // namespace lunette::mux
