#pragma once

#include "copy/movements.h"
#include "model/selection.h"

#include <cstdint>
#include <optional>
#include <string>

namespace lunette::copy {

// The cursor of copy mode with what it selects and the rows it is seen in. Knows the terminal only while it
// is asked something; stable rows keep it in place whatever is printed meanwhile. UI thread only.
class CopyCursor {
public:
    // `top`: the first row that is seen.
    CopyCursor(const terminal::Terminal& terminal, model::CellPoint at, std::int64_t top);

    model::CellPoint at() const noexcept { return at_; }
    std::int64_t top() const noexcept { return top_; }
    bool is_selecting() const noexcept { return start_.has_value(); }
    model::SelectionMode mode() const noexcept { return mode_; }
    // Nothing: nothing is selected.
    const std::optional<model::Selection>& selection() const noexcept { return selection_; }

    // The characters at which SelectionMode::word ends.
    void set_word_boundary(std::string boundary) { boundary_ = std::move(boundary); }
    // Somebody else scrolled.
    void look_at(const terminal::Terminal& terminal, std::int64_t top);
    // Rows may have gone, or be counted anew (another width): what was selected is forgotten then.
    void renumbered(const terminal::Terminal& terminal, model::CellPoint at, std::int64_t top);
    void follow(const terminal::Terminal& terminal);

    // Goes there, selects up to there if it is selecting, and scrolls so that some rows around it are seen.
    void go(const terminal::Terminal& terminal, model::CellPoint to);
    // Up (negative) or down, in the column that it came from.
    void go_rows(const terminal::Terminal& terminal, std::int64_t rows);
    void go_pages(const terminal::Terminal& terminal, double pages);
    enum class Place : std::uint8_t { top, middle, bottom };
    void go_to_view(const terminal::Terminal& terminal, Place place);
    // The same mode again ends selecting.
    void select(const terminal::Terminal& terminal, model::SelectionMode mode);
    void stop_selecting() noexcept;
    // Selects these cells and goes to their end.
    void select_range(const terminal::Terminal& terminal, const model::CellRange& range);
    // To the other end of what is selected; of a block to the other corner of this row.
    void swap_ends(const terminal::Terminal& terminal, bool in_row);

private:
    void reselect(const terminal::Terminal& terminal);
    void scroll_to_cursor(const terminal::Terminal& terminal);
    std::int64_t margin(const terminal::Terminal& terminal) const;

    model::CellPoint at_;
    std::int64_t column_ = 0; // wanted in rows that have it
    std::int64_t top_ = 0;
    std::optional<model::CellPoint> start_;
    model::SelectionMode mode_ = model::SelectionMode::cell;
    std::optional<model::Selection> selection_;
    std::string boundary_ = " \t\n{}[]()\"'`";
};

} // namespace lunette::copy
