#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lunette::script {

/// Addresses, in one array that keeps its memory from one walk to the next. Not null.
class PointerSet {
public:
    /// True when it was not there.
    bool insert(const void* address) {
        if (table_.size() < (count_ + 1) * 2) grow();
        std::size_t slot = slot_of(address);
        while (table_[slot]) {
            if (table_[slot] == address) return false;
            slot = (slot + 1) & (table_.size() - 1);
        }
        table_[slot] = address;
        ++count_;
        return true;
    }
    bool contains(const void* address) const noexcept {
        if (table_.empty()) return false;
        for (std::size_t slot = slot_of(address); table_[slot]; slot = (slot + 1) & (table_.size() - 1))
            if (table_[slot] == address) return true;
        return false;
    }
    /// Cost: its largest size since the last time that it was half empty.
    void clear() {
        if (table_.size() > 64 && count_ * 8 < table_.size()) table_.resize(table_.size() / 2);
        table_.assign(table_.size(), nullptr);
        count_ = 0;
    }

private:
    std::size_t slot_of(const void* address) const noexcept {
        const std::uint64_t hash = reinterpret_cast<std::uintptr_t>(address) * 0x9E3779B97F4A7C15ULL;
        return (hash >> 32) & (table_.size() - 1);
    }
    void grow() {
        std::vector<const void*> before(table_.empty() ? 64 : table_.size() * 2);
        before.swap(table_);
        count_ = 0;
        for (const void* address : before)
            if (address) insert(address);
    }

    std::vector<const void*> table_; ///< open addressing; a power of two
    std::size_t count_ = 0;
};

} // namespace lunette::script
