#pragma once

#include "model/highlight.h"
#include "model/key.h"
#include "model/key_assignment.h"
#include "mux/pane.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace lunette::server {

// What stands between a pane and its program for a while, and takes the keys: copy mode with its search,
// quick select. The pane is frozen meanwhile: what is seen moves only when the mode moves it. UI thread only.
class PaneMode {
public:
    PaneMode() = default;
    PaneMode(const PaneMode&) = delete;
    PaneMode& operator=(const PaneMode&) = delete;
    virtual ~PaneMode() = default;

    bool is_closed() const noexcept { return is_closed_; }

    // Whose bindings come before all others; empty: it has none.
    virtual std::string_view key_table() const noexcept { return {}; }
    // Before the pane's title.
    virtual std::string_view title() const noexcept { return {}; }
    // The next press is its own whatever is bound.
    virtual bool wants_next_key() const noexcept { return false; }
    // A press that nothing is bound to. False: it has no use for it.
    virtual bool type(mux::Pane& pane, const model::KeyEvent& key) = 0;
    virtual void paste(mux::Pane&, std::string_view) {}
    // An entry of CopyMode. Nothing, or what was wrong with it.
    virtual tl::expected<void, std::string> perform(mux::Pane&, const model::KeyAssignment&) { return {}; }

    enum class Work : std::uint8_t { none, changed, unfinished };
    // Follows what the pane became, and does a part of what takes longer, for about a millisecond.
    virtual Work work(mux::Pane& pane) = 0;

    struct Look {
        std::vector<model::Highlight> highlights; // in the rows that are seen
        std::optional<model::CellPoint> cursor;
        bool plain = false; // without the program's colours
    };
    virtual Look look(const mux::Pane& pane) const = 0;

protected:
    void close() noexcept { is_closed_ = true; }

private:
    bool is_closed_ = false;
};

// A line over a row of a pane.
model::Highlight bar_over(const mux::Pane& pane, std::int64_t row, std::string text);
// The first row that is seen.
std::int64_t top_of_view(const mux::Pane& pane) noexcept;

} // namespace lunette::server
