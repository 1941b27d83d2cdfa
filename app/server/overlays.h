#pragma once

#include "mux/mux.h"
#include "server/frecency.h"
#include "server/overlay_entries.h"
#include "ui/list_overlay.h"

#include <lunette/engine.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

class UiLoop;
struct Mouse;

// The overlays that are open: at most one over each tab, opened by actions. While that of the shown tab is
// open, keys, pastes and the mouse go to it; its end calls Lua, or performs what was chosen. UI thread only.
class Overlays {
public:
    Overlays(UiLoop& loop, const std::string& data_directory);

    // Nothing when the action opens none.
    std::optional<mux::Reply> perform(Id window, Id pane, const model::KeyAssignment& action);
    // Over the tab of the pane; one that is open there is cancelled. `done` may be empty; it is not called
    // when the pane is closed. Who goes on using the overlay keeps a weak pointer: it ends with any key.
    void open(Id pane, std::shared_ptr<ui::Overlay> overlay, std::function<void(bool accepted)> done,
              std::optional<ui::OverlayColors> colors = {});
    // A question that is answered by yes or no.
    void ask(Id pane, std::vector<std::string> lines, std::function<void()> yes);
    // OwnOverlays::callbacks() has changed.
    void callbacks_known();

    // Input for the overlay of the shown tab. False: there is none.
    bool takes(const model::KeyEvent& key);
    bool takes_paste(std::string_view bytes, bool first, bool last);
    bool takes(const Mouse& mouse);

    // Null while none is to be seen.
    ui::Overlay* shown();
    // Of the one shown.
    const ui::OverlayColors& colors();
    // A frame of this loop shows the overlay at the pane's area from `top` on.
    void was_drawn_at(const ui::Area& area) noexcept { area_ = area; }

    // Another snapshot or configuration: lets go of those whose pane is gone, takes what Lua adds to the
    // palette. True when the overlay shown has changed.
    bool observe();
    void set_config(const model::ConfigView& config);

private:
    struct Open {
        std::shared_ptr<ui::Overlay> overlay;
        Id pane = 0;
        std::function<void(bool accepted)> done;
        std::optional<ui::OverlayColors> colors; // nothing: those of all
    };
    struct Palette {
        std::weak_ptr<ui::ListOverlay> list;
        View added;
        std::uint64_t serial = 0;
        std::vector<OverlayEntry> entries;
    };

    mux::Reply select_input(Id pane, const Value& argument);
    mux::Reply prompt(Id pane, const Value& argument);
    mux::Reply confirm(Id pane, const Value& argument);
    mux::Reply launch(Id window, Id pane, const Value& argument, std::string_view flags, std::string title);
    mux::Reply show_palette(Id window, Id pane);

    void fill_palette();
    Open* find_shown();
    // Ends the overlay shown when it is accepted or cancelled.
    void settle();
    void call(const Value& action, Id pane, const Args& more);
    void run(Id window, Id pane, const model::KeyAssignment& action);
    std::string alphabet(const Value& argument) const;

    UiLoop& loop_;
    std::vector<Open> open_;
    Palette palette_;
    Frecency used_; // palette labels
    model::ConfigView config_;
    ui::OverlayColors colors_;
    ui::Area area_; // of the overlay drawn last
    std::string pasted_;
    bool pasting_ = false;
    std::optional<std::string> table_; // active when the overlay was opened
};

} // namespace lunette::server
