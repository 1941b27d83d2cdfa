#include "terminal/style_table.h"

#include <algorithm>
#include <cstdint>

namespace lunette::terminal {

namespace {

// Odd constants of splitmix64; the products are independent, so that they overlap.
std::size_t hash(const Style& style) noexcept {
    const std::uint64_t colors =
        static_cast<std::uint64_t>(style.foreground.bits()) << 32 | style.background.bits();
    const std::uint64_t lines = static_cast<std::uint64_t>(style.underline_color.bits()) << 32 |
                                static_cast<std::uint64_t>(style.attributes) << 8 |
                                static_cast<std::uint64_t>(style.semantic) << 4 |
                                static_cast<unsigned>(style.underline);
    const std::uint64_t h =
        colors * 0x9E3779B97F4A7C15 ^ lines * 0xBF58476D1CE4E5B9 ^ style.link * 0x94D049BB133111EB;
    return static_cast<std::size_t>((h ^ h >> 32) * 0x9E3779B97F4A7C15 >> 32);
}

constexpr std::size_t initial_slots = 64;

} // namespace

StyleTable::StyleTable() : styles_(1), slots_(initial_slots) {}

StyleId StyleTable::intern(const Style& style) {
    if (style == styles_[0]) return 0;
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash(style) & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        if (styles_[slots_[slot]] == style) return slots_[slot];
    }
    StyleId id;
    if (free_.empty()) {
        id = static_cast<StyleId>(styles_.size());
        styles_.push_back(style);
    } else {
        id = free_.back();
        free_.pop_back();
        styles_[id] = style;
    }
    slots_[slot] = id;
    if (size() * 2 > slots_.size()) rebuild(slots_.size() * 2);
    return id;
}

void StyleTable::rebuild(std::size_t slots) {
    std::vector<bool> unused(styles_.size());
    for (const StyleId id : free_) unused[id] = true;
    slots_.assign(slots, 0);
    const std::size_t mask = slots - 1;
    for (StyleId id = 1; id < styles_.size(); ++id) {
        if (unused[id]) continue;
        std::size_t slot = hash(styles_[id]) & mask;
        while (slots_[slot] != 0) slot = (slot + 1) & mask;
        slots_[slot] = id;
    }
}

void StyleTable::begin_marking() {
    marks_.assign(styles_.size(), false);
    marks_[0] = true;
}

bool StyleTable::mark(StyleId id) noexcept {
    if (id >= marks_.size() || marks_[id]) return false;
    marks_[id] = true;
    return true;
}

void StyleTable::sweep() {
    std::size_t end = styles_.size();
    while (end > 1 && !marks_[end - 1]) --end;
    styles_.resize(end);
    free_.clear();
    for (StyleId id = 1; id < end; ++id) {
        if (!marks_[id]) free_.push_back(id);
    }
    marks_ = {};
    std::size_t slots = initial_slots;
    while (slots < size() * 2) slots *= 2;
    rebuild(slots);
    sweep_at_ = std::max(min_sweep, size() * 2);
}

std::size_t StyleTable::memory_bytes() const noexcept {
    return styles_.capacity() * sizeof(Style) + (slots_.capacity() + free_.capacity()) * sizeof(StyleId);
}

} // namespace lunette::terminal
