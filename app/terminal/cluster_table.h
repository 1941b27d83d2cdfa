#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lunette::terminal {

// Interns the texts of grapheme clusters of more than one code point. Ids come back by mark and
// sweep, as in StyleTable. Not thread-safe.
class ClusterTable {
public:
    // Longest text of a cluster; what goes beyond is not added ("zalgo" text).
    static constexpr std::size_t max_bytes = 128;

    // The cluster that `text` extended by a code point makes. `key` identifies the text.
    std::uint32_t extend(std::uint32_t key, std::string_view text, char32_t code_point);
    std::string_view operator[](std::uint32_t id) const noexcept;
    std::size_t size() const noexcept { return texts_.size() - free_.size(); }
    bool wants_sweep() const noexcept { return size() >= sweep_at_; }

    void begin_marking() { marks_.assign(texts_.size(), false); }
    void mark(std::uint32_t id) noexcept {
        if (id < marks_.size()) marks_[id] = true;
    }
    void sweep();

    std::size_t memory_bytes() const noexcept;

private:
    static constexpr std::size_t min_sweep = 4096;

    std::uint32_t intern(std::string text);

    // Emoji and accents repeat: the last results by (key, code point), before any hashing of text.
    struct Recent {
        std::uint64_t question = 0;
        std::uint32_t id = 0;
    };

    std::deque<std::string> texts_; // elements never move, so views into them stay valid
    std::unordered_map<std::string_view, std::uint32_t> ids_;
    std::vector<std::uint32_t> free_;
    std::vector<bool> marks_;
    std::vector<Recent> recent_; // allocated with the first cluster
    std::size_t sweep_at_ = min_sweep;
};

} // namespace lunette::terminal
