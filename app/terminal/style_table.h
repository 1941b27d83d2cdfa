#pragma once

#include "terminal/style.h"

#include <cstddef>
#include <vector>

namespace lunette::terminal {

// Interns styles: equal styles share an id, id 0 is the default style. Ids of styles that no cell
// uses any more come back by mark and sweep, driven by whoever knows all cells. Not thread-safe.
class StyleTable {
public:
    StyleTable();

    StyleId intern(const Style& style);
    const Style& operator[](StyleId id) const noexcept { return styles_[id < styles_.size() ? id : 0]; }
    std::size_t size() const noexcept { return styles_.size() - free_.size(); }
    // True when enough were added since the last sweep to make another one worth its cost.
    bool wants_sweep() const noexcept { return size() >= sweep_at_; }

    void begin_marking();
    // True when the id was not marked before.
    bool mark(StyleId id) noexcept;
    void sweep();

    std::size_t memory_bytes() const noexcept;

private:
    static constexpr std::size_t min_sweep = 4096;

    void rebuild(std::size_t slots);

    std::vector<Style> styles_;
    std::vector<StyleId> slots_; // open addressing, 0 is empty
    std::vector<StyleId> free_;
    std::vector<bool> marks_;
    std::size_t sweep_at_ = min_sweep;
};

} // namespace lunette::terminal
