#pragma once

#include "model/records.h"
#include "model/spawn_options.h"
#include "mux/mux.h"

#include <optional>

namespace lunette::server {

// Moves the line between panes that a button holds. Columns and rows are those of the panes' area. UI thread
// only.
class SplitDrag {
public:
    explicit SplitDrag(mux::Mux& mux) noexcept : mux_{mux} {}

    // Takes hold of the line at a cell. False: there is none.
    bool begin(const model::TabInfo& tab, int x, int y);
    void move(int x, int y);
    void end() noexcept { held_.reset(); }
    bool is_active() const noexcept { return held_.has_value(); }

private:
    struct Held {
        Id pane = 0; // the line is at its right or lower side
        model::Direction side{};
        int origin = 0; // its left column or upper row
    };
    static std::optional<Held> find(const model::TabInfo& tab, int x, int y);

    mux::Mux& mux_;
    std::optional<Held> held_;
};

} // namespace lunette::server
