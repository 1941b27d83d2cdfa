#pragma once

#include "model/config_view.h"
#include "mux/mux.h"
#include "terminal/links.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lunette::server {

class UiLoop;

// A cell of a pane, in stable rows.
struct PanePoint {
    Id pane = 0;
    model::CellPoint cell;
    friend bool operator==(const PanePoint&, const PanePoint&) = default;
};

// Links in panes: the one that the mouse points at is underlined, and opened when asked for. UI thread only.
class LinkMouse {
public:
    explicit LinkMouse(UiLoop& loop) noexcept : loop_{loop} {}

    // Takes hyperlink_rules. Returns what is wrong with them.
    std::vector<std::string> set_config(const model::ConfigView& config);
    // The mouse points here; nothing: at no pane.
    void hover(const std::optional<PanePoint>& at);
    // After output: what is under the mouse may be another text. `at` as in hover().
    void observe(const std::optional<PanePoint>& at);
    // A pane may hold links.
    bool has_rules() const noexcept { return !rules_.empty(); }

    // Emits open-uri for the link there; unless a handler keeps it from being done, it is opened. False:
    // there is none.
    bool open_at(Id window, const PanePoint& at);
    // http, https and mailto at once, file after a question. The error says why not.
    mux::Reply open(Id window, Id pane, std::string uri);

private:
    std::optional<terminal::FoundLink> find(const PanePoint& at);
    void show(Id pane, const std::optional<model::CellRange>& range);
    void launch(Id window, const std::string& uri);

    UiLoop& loop_;
    std::vector<terminal::LinkRule> rules_;
    std::optional<PanePoint> at_; // looked at last
    std::uint64_t sequence_ = 0;  // of that pane's content
    Id shown_pane_ = 0;           // 0: none is underlined
    std::optional<model::CellRange> shown_;
};

} // namespace lunette::server
