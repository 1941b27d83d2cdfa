#pragma once

#include "model/records.h"
#include "model/tab_bar_content.h"
#include "model/tab_bar_layout.h"
#include "server/instruments.h"

#include <lunette/engine.h>

#include <cstdint>
#include <map>
#include <string>

namespace lunette::server {

// What Lua says about windows, as the frame reads it: one view for a window's tab bar and one for its title.
// Asks for them when a window is shown first and lets go of them when it is gone. UI thread only; reading
// never waits.
class WindowViews {
public:
    WindowViews(Engine& engine, Instruments& instruments) : engine_{engine}, instruments_{instruments} {}

    // Asks for what the window needs, if that is new, and lets go of windows that are gone.
    void show(const Ref<model::AppInfo>& root, const Ref<model::WindowInfo>& window);
    // A view of the window has a new value.
    bool changed(Id window) noexcept;
    // The tab bar does not know all tabs of the window yet: the frame should wait for it a little.
    bool is_incomplete(const model::WindowInfo& window, Id id);

    struct Reading {
        const model::TabBarContent* tab_bar = nullptr; // null: no value yet
        std::string_view title;
        bool is_new = false; // another tab bar than at the last reading
    };
    // Constant time. Valid until the next reading.
    Reading read(Id window);

    View tab_bar(Id window) const;
    View title(Id window) const;

private:
    struct Views {
        View tab_bar;
        View title;
        std::uint64_t serial = 0; // of the tab bar at the last reading
    };
    Engine& engine_;
    Instruments& instruments_;
    std::map<Id, Views> windows_;
    RecordRef swept_; // root at the last look for windows that are gone
};

} // namespace lunette::server
