#pragma once

#include "copy/copy_cursor.h"
#include "copy/text_search.h"
#include "server/modes/pane_mode.h"
#include "ui/line_editor.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// WezTerm's copy mode and search mode, which are one: a cursor, and a pattern that may be edited. Its keys
// are the tables copy_mode and search_mode, which send it the entries of CopyMode. UI thread only.
class CopyMode final : public PaneMode {
public:
    struct Options {
        copy::SearchPattern pattern;
        bool edits_pattern = false;
        std::string word_boundary;
    };
    // REQUIRES: the pane is frozen.
    CopyMode(mux::Pane& pane, Options options);

    std::string_view key_table() const noexcept override { return edits_ ? "search_mode" : "copy_mode"; }
    std::string_view title() const noexcept override { return "Copy mode: "; }
    bool wants_next_key() const noexcept override { return pending_jump_.has_value(); }
    bool type(mux::Pane& pane, const model::KeyEvent& key) override;
    void paste(mux::Pane& pane, std::string_view text) override;
    tl::expected<void, std::string> perform(mux::Pane& pane, const model::KeyAssignment& action) override;
    Work work(mux::Pane& pane) override;
    Look look(const mux::Pane& pane) const override;

    // Back to the cursor, or on to the pattern: another one unless it is empty.
    void edit_pattern(mux::Pane& pane, bool edits, const copy::SearchPattern& pattern);
    // What it searches for, and what the next one begins with.
    copy::SearchPattern pattern() const { return {kind_, line_.text()}; }
    // Of an earlier one, for NextMatch without a pattern.
    void set_earlier_pattern(copy::SearchPattern pattern) { earlier_ = std::move(pattern); }

private:
    struct Entry;
    static const Entry entries[];

    const terminal::Terminal& terminal() const noexcept { return *terminal_; }
    void move(model::CellPoint to) { cursor_.go(terminal(), to); }
    void jump(const Value& argument, bool forward);
    void jump_again(bool reverse);
    void perform_jump(const copy::Jump& jump, bool again);
    void go_zone(copy::ZoneStep step, const Value& type);
    void select(const Value& mode);
    void search();
    void activate(std::size_t match);
    // Among the matches: to older ones (-1) or newer ones; around the ends.
    void step_match(std::int64_t step);
    void step_match_page(std::int64_t step);
    // Takes over what the pane became. True when its rows are counted anew.
    bool follow(mux::Pane& pane);
    // Gives the pane what changed.
    void show(mux::Pane& pane);
    std::string bar_text(std::int64_t columns, std::int64_t& cursor) const;
    bool shows_bar() const noexcept { return edits_ || !line_.text().empty(); }

    copy::CopyCursor cursor_;
    copy::TextSearch search_;
    ui::LineEditor line_;
    copy::SearchPattern::Kind kind_;
    bool edits_;
    std::optional<copy::SearchPattern> earlier_;
    bool goes_to_first_ = false;            // match, when it is found
    std::optional<model::CellRange> match_; // that the cursor went to
    struct PendingJump {
        bool forward = true;
        bool before = false;
    };
    std::optional<PendingJump> pending_jump_;
    std::optional<copy::Jump> last_jump_;
    std::optional<model::Selection> shown_selection_;
    int columns_;
    const terminal::Terminal* terminal_ = nullptr; // during a call
};

} // namespace lunette::server
