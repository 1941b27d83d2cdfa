#pragma once

// Views: what Lua last said, read by the thread that draws.
//
// A view names a callback with its arguments. The script thread runs it when something it read has changed
// and publishes the result; the UI thread reads the newest one each frame: no lock, no allocation, no system
// call, whatever Lua is doing. A view always has a value.

#include <cstdint>
#include <string>
#include <string_view>

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
    std::uint64_t revision = 0; ///< of the snapshot that it was computed from
    std::uint64_t serial = 0;   ///< counts the values published for this view, from 1; 0: the first default
    std::int64_t published_us = 0; ///< engine clock
    Freshness freshness = Freshness::fallback;

    std::string_view text() const noexcept { return value.text(); }
};

/// Opaque entry of the view table.
class ViewEntry;

/// The UI thread's end of a view. Cheap to copy; may be used as long as its Engine lives. Once the view is
/// released it converts to false and reads as nil.
///
/// Thread: the UI thread only.
class View {
public:
    View() = default;
    explicit View(ViewEntry* entry) noexcept;

    explicit operator bool() const noexcept { return entry() != nullptr; }

    /// The newest value; stays valid until the next call of latest() for this view. At most one atomic
    /// exchange and no other synchronisation; never allocates, waits or calls the system.
    const ViewValue& latest() const noexcept;

    /// Freshness of what latest() returned last, taking into account what was published since: `stale` as
    /// soon as the script thread knows of a change that the value does not include. One atomic load.
    Freshness freshness() const noexcept;

    /// True once after each value that differs from the one before, read or not. One atomic load.
    bool changed() noexcept;

    /// Names the view in reports: "format-tab-title(tab 3)".
    const std::string& name() const noexcept;

    /// Null when released.
    ViewEntry* entry() const noexcept;

private:
    ViewEntry* entry_ = nullptr;
    Id id_ = 0; ///< of the entry when it was asked for; entries are used again for other views
};

} // namespace lunette
