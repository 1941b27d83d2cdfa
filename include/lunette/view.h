#pragma once

// Views: what Lua last said, read by the thread that draws.
//
// A view names a callback with its arguments. The script thread runs it when something it read has changed
// and publishes the result; the UI thread reads the newest one each frame: no lock, no allocation, no system
// call, whatever Lua is doing. A view always has a value.

#include <cstdint>
#include <functional>
#include <string>

#include <lunette/record.h>

namespace lunette {

enum class Freshness : std::uint8_t {
    fresh,    ///< computed from the newest snapshot, as far as the script thread knows
    stale,    ///< a newer value is on its way
    fallback, ///< no value yet: the default
};

/// What became of asking for a view in a frame.
enum class CacheResult : std::uint8_t {
    hit,      ///< fresh
    computed, ///< a fresh one arrived within the frame's deferral
    pending,  ///< stale; a newer one is on its way
    started,  ///< no value yet; the default is shown
};

std::string_view to_string(Freshness freshness) noexcept;
std::string_view to_string(CacheResult result) noexcept;

/// One result of a view.
struct ViewValue {
    Value value;
    std::uint64_t revision = 0;    ///< of the snapshot that it was computed from
    std::uint64_t serial = 0;      ///< counts the values published for this view, from 1
    std::int64_t published_us = 0; ///< engine clock
    Freshness freshness = Freshness::fallback;

    std::string_view text() const noexcept { return value.text(); }
};

/// Opaque entry of the view table.
class ViewEntry;

/// The UI thread's end of a view. Cheap to copy; valid as long as its Engine.
///
/// Thread: the UI thread only.
class View {
public:
    View() = default;
    explicit View(ViewEntry* entry) noexcept : entry_{entry} {}

    explicit operator bool() const noexcept { return entry_ != nullptr; }

    /// The newest value; stays valid until the next call of latest() for this view. At most one atomic
    /// exchange and no other synchronisation; never allocates, waits or calls the system.
    const ViewValue& latest() const noexcept;

    /// Freshness of what latest() returned last, taking into account what was published since: `stale` as
    /// soon as the script thread knows of a change that the value does not include. One atomic load.
    Freshness freshness() const noexcept;

    /// True once after each value that differs from the one before. One atomic load when nothing came.
    bool changed() noexcept;

    /// Names the view in reports: "format-tab-title(tab 3)".
    const std::string& name() const noexcept;

private:
    ViewEntry* entry_ = nullptr;
};

} // namespace lunette
