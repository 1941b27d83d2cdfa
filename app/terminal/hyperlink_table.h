#pragma once

#include "terminal/style.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lunette::terminal {

// Interns the hyperlinks of OSC 8 by (id parameter, URI). Bounded in number and bytes: when full,
// text is printed without a link until a sweep has made room. Not thread-safe.
class HyperlinkTable {
public:
    static constexpr std::size_t max_links = 8192;
    static constexpr std::size_t max_uri_bytes = 4096;
    static constexpr std::size_t max_parameter_bytes = 256;
    static constexpr std::size_t max_total_bytes = 4U << 20;

    // 0 when the link is too long or there is no room.
    LinkId intern(std::string_view parameter, std::string_view uri);
    std::string_view uri(LinkId id) const noexcept;
    std::string_view parameter(LinkId id) const noexcept;
    std::size_t size() const noexcept { return ids_.size(); }
    bool wants_sweep() const noexcept { return refused_; }

    void begin_marking() { marks_.assign(links_.size(), false); }
    void mark(LinkId id) noexcept {
        if (id > 0 && id <= marks_.size()) marks_[id - 1] = true;
    }
    void sweep();

    std::size_t memory_bytes() const noexcept { return bytes_ * 2 + links_.capacity() * sizeof(Link); }

private:
    struct Link {
        std::string parameter;
        std::string uri;
    };

    std::vector<Link> links_; // id - 1
    std::unordered_map<std::string, LinkId> ids_;
    std::vector<LinkId> free_;
    std::vector<bool> marks_;
    std::size_t bytes_ = 0;
    bool refused_ = false;
};

} // namespace lunette::terminal
