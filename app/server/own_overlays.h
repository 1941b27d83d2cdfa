#pragma once

#include "server/close_inquiry.h"
#include "server/frecency.h"
#include "ui/page_overlay.h"
#include "ui/pane_select_overlay.h"

#include "mux/mux.h"

#include <lunette/engine.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

class UiLoop;

// The overlays that Lunette itself has, whatever the configuration says: questions before something is
// closed, names to be typed, the pages of keys and of information, choosing panes and characters. Opens them
// over tabs (Overlays) and keeps up to date what they show. UI thread only.
class OwnOverlays {
public:
    OwnOverlays(UiLoop& loop, const std::string& data_directory);

    // Nothing when the action opens none.
    std::optional<mux::Reply> perform(Id window, Id pane, const model::KeyAssignment& action);
    // Asks before something is closed in which more than a shell runs. False: there is nothing to ask.
    bool asks_to_close(Id pane, const model::KeyAssignment& action);
    bool asks_to_quit();

    // After each turn: takes reports, follows panes. True when the overlay shown has changed.
    bool observe();
    std::optional<std::int64_t> deadline_ms() const noexcept { return closing_.deadline_ms(); }
    // Where callbacks are defined, as far as known: event -> file:line.
    const std::map<std::string, std::string>& callbacks() const noexcept { return callbacks_; }

private:
    mux::Reply rename_tab(Id pane);
    mux::Reply rename_workspace(Id window, Id pane);
    mux::Reply show_keys(Id pane);
    mux::Reply show_info(Id pane);
    mux::Reply select_pane(Id pane, const Value& argument);
    mux::Reply select_character(Id window, Id pane, const Value& argument);

    std::vector<ui::PageView::Line> help() const;
    std::vector<ui::PageView::Line> information(const EngineReport* report) const;
    std::vector<ui::PaneSelectOverlay::Pane> places() const;
    ui::FrameStyle label_style() const;
    void take_report(EngineReport report);

    UiLoop& loop_;
    CloseInquiry closing_;
    Frecency characters_;
    std::map<std::string, std::string> callbacks_;
    // While they are open.
    std::weak_ptr<ui::PageOverlay> help_;
    std::weak_ptr<ui::PageOverlay> info_;
    std::weak_ptr<ui::PaneSelectOverlay> panes_;
    std::vector<Id> pane_ids_; // of panes_
    std::uint64_t seen_generation_ = 0;
};

} // namespace lunette::server
