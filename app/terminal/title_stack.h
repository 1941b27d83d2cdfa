#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lunette::terminal {

struct Titles {
    std::string window;
    std::string icon;
};

// What XTWINOPS 22 saves and 23 restores. Bounded: a push onto a full stack drops the oldest.
class TitleStack {
public:
    static constexpr std::size_t max_entries = 10;

    void push(const Titles& titles) {
        if (entries_.size() == max_entries) entries_.erase(entries_.begin());
        entries_.push_back(titles);
    }
    // False when there is nothing to restore.
    bool pop(Titles& titles) {
        if (entries_.empty()) return false;
        titles = std::move(entries_.back());
        entries_.pop_back();
        return true;
    }
    void clear() noexcept { entries_.clear(); }

private:
    std::vector<Titles> entries_;
};

} // namespace lunette::terminal
