#include "server/modes/copy_mode.h"

#include "model/utf8.h"
#include "model/width.h"
#include "server/instruments.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

using copy::SearchPattern;
using model::CellPoint;

namespace {

constexpr std::int64_t slice_ns = 1'000'000;
constexpr std::int64_t rows_at_once = 128;
constexpr std::size_t most_highlights = 4096;

std::string_view kind_name(SearchPattern::Kind kind) noexcept {
    switch (kind) {
    case SearchPattern::Kind::case_sensitive: return "case-sensitive";
    case SearchPattern::Kind::ignore_case: return "ignore-case";
    case SearchPattern::Kind::smart_case: return "smart-case";
    case SearchPattern::Kind::regex: return "regex";
    }
    return {};
}

// How far back what is seen is, as tmux tells it; not over the cursor.
void add_position(PaneMode::Look& look, const mux::Pane& pane, CellPoint cursor) {
    const std::int64_t top = top_of_view(pane);
    std::string text = " copy " + std::to_string(pane.physical_top() - top) + '/' +
                       std::to_string(pane.terminal().scrollback_size()) + ' ';
    const std::int64_t first = pane.terminal().columns() - static_cast<std::int64_t>(text.size());
    if (first < 8 || (cursor.y == top && cursor.x >= first)) return;
    look.highlights.push_back(
        {{{first, top}, {pane.terminal().columns() - 1, top}}, model::Highlight::Kind::bar, std::move(text)});
}

} // namespace

CopyMode::CopyMode(mux::Pane& pane, Options options)
    : cursor_{pane.terminal(),
              {pane.terminal().cursor().x, pane.physical_top() + pane.terminal().cursor().y},
              top_of_view(pane)},
      line_{options.pattern.text},
      kind_{options.pattern.kind},
      edits_{options.edits_pattern},
      columns_{pane.terminal().columns()} {
    if (!options.word_boundary.empty()) cursor_.set_word_boundary(std::move(options.word_boundary));
    terminal_ = &pane.terminal();
    // Scrolled back, the program's cursor is out of sight.
    const std::int64_t last = cursor_.top() + pane.terminal().rows() - 1;
    if (cursor_.at().y > last) cursor_.go_to_view(terminal(), copy::CopyCursor::Place::bottom);
    if (!line_.text().empty()) search();
    show(pane);
}

void CopyMode::edit_pattern(mux::Pane& pane, bool edits, const SearchPattern& pattern) {
    edits_ = edits;
    if (pattern.text.empty() || pattern == this->pattern()) return;
    follow(pane);
    line_ = ui::LineEditor{pattern.text};
    kind_ = pattern.kind;
    search();
    show(pane);
}

bool CopyMode::type(mux::Pane& pane, const model::KeyEvent& key) {
    follow(pane);
    if (const auto pending = std::exchange(pending_jump_, std::nullopt)) {
        const model::Modifiers modifiers = ui::effective(key.modifiers);
        const bool plain = modifiers == model::Modifiers::none || modifiers == model::Modifiers::shift;
        if (key.key == model::Key::character && plain) {
            copy::Jump jump{pending->forward, pending->before, {}};
            model::append_utf8(jump.text, key.code_point);
            perform_jump(jump, false);
            last_jump_ = std::move(jump);
            show(pane);
        }
        return true;
    }
    if (!edits_) return false;
    const std::string before = line_.text();
    const bool used = line_.key(key);
    if (line_.text() != before) {
        search();
        show(pane);
    }
    return used;
}

void CopyMode::paste(mux::Pane& pane, std::string_view text) {
    if (!edits_) return;
    follow(pane);
    line_.insert(text);
    search();
    show(pane);
}

// ---- searching

void CopyMode::search() {
    search_.start(terminal(), pattern());
    match_.reset();
    goes_to_first_ = !line_.text().empty() && search_.error().empty();
    if (!goes_to_first_) cursor_.stop_selecting();
}

void CopyMode::activate(std::size_t match) {
    match_ = search_.matches()[match];
    cursor_.select_range(terminal(), *match_);
}

void CopyMode::step_match(std::int64_t step) {
    if (line_.text().empty() && earlier_) {
        line_ = ui::LineEditor{earlier_->text};
        kind_ = earlier_->kind;
        search();
        return;
    }
    const auto count = static_cast<std::int64_t>(search_.matches().size());
    if (count == 0) return;
    std::int64_t index = count - 1;
    if (match_) {
        const auto found = search_.index_of(*match_);
        const auto nearest = static_cast<std::int64_t>(search_.first_at(match_->first));
        index = found ? static_cast<std::int64_t>(*found) + step : step < 0 ? nearest - 1 : nearest;
    }
    activate(static_cast<std::size_t>(((index % count) + count) % count));
}

void CopyMode::step_match_page(std::int64_t step) {
    const auto& matches = search_.matches();
    const std::int64_t top = cursor_.top();
    const std::size_t first = search_.first_at({0, step < 0 ? top : top + terminal().rows()});
    if (step < 0 && first > 0 && match_)
        activate(first - 1);
    else if (step > 0 && first < matches.size() && match_)
        activate(first);
    else
        step_match(step);
}

bool CopyMode::follow(mux::Pane& pane) {
    terminal_ = &pane.terminal();
    const bool renumbered = columns_ != pane.terminal().columns();
    if (renumbered) {
        columns_ = pane.terminal().columns();
        cursor_.renumbered(terminal(), pane.mark().value_or(cursor_.at()), top_of_view(pane));
        if (!line_.text().empty()) {
            search();
            goes_to_first_ = false;
        }
    }
    cursor_.look_at(terminal(), top_of_view(pane));
    cursor_.follow(terminal());
    return renumbered;
}

PaneMode::Work CopyMode::work(mux::Pane& pane) {
    Work work = follow(pane) ? Work::changed : Work::none;
    const std::uint64_t revision = search_.revision();
    const std::int64_t left = search_.rows_left();
    const std::int64_t end = monotonic_ns() + slice_ns;
    bool more = true;
    while ((more = search_.step(terminal(), rows_at_once)) && monotonic_ns() < end) {
    }
    if (goes_to_first_ && !search_.matches().empty()) {
        goes_to_first_ = false;
        activate(search_.matches().size() - 1);
    } else if (goes_to_first_ && !more) {
        goes_to_first_ = false;
        cursor_.stop_selecting();
    }
    if (revision != search_.revision() || left != search_.rows_left()) work = Work::changed;
    show(pane);
    return more ? Work::unfinished : work;
}

// ---- to be seen

void CopyMode::show(mux::Pane& pane) {
    if (pane.viewport_top() != cursor_.top()) pane.scroll_to(cursor_.top());
    pane.set_mark(cursor_.at());
    // One that the mouse made stays until there is another.
    if (cursor_.selection() != shown_selection_)
        pane.set_selection(cursor_.selection(), is_closed() ? mux::Pane::SelectionLife::transient
                                                            : mux::Pane::SelectionLife::kept);
    shown_selection_ = cursor_.selection();
}

std::string CopyMode::bar_text(std::int64_t columns, std::int64_t& cursor) const {
    std::string counts = " (";
    const auto& matches = search_.matches();
    if (!search_.error().empty()) {
        counts += search_.error();
    } else {
        const auto found = match_ ? search_.index_of(*match_) : std::nullopt;
        counts += std::to_string(found ? matches.size() - *found : 0) + '/' + std::to_string(matches.size());
        if (search_.is_full()) counts += '+';
        counts += " matches. ";
        counts += kind_name(kind_);
        if (search_.rows_left() > 0) counts += " searching " + std::to_string(search_.rows_left()) + " lines";
    }
    counts += ')';
    constexpr std::string_view name = "Search: ";
    const auto room = static_cast<int>(std::max<std::int64_t>(
        columns - static_cast<std::int64_t>(name.size()) - model::text_width(counts), 12));
    // The end of what is before the cursor is seen in any case.
    const std::string_view all = line_.text();
    const std::string_view before = model::truncate_left(all.substr(0, line_.cursor()), room - 1);
    const int width = model::text_width(before);
    cursor = static_cast<std::int64_t>(name.size()) + width;
    std::string text{name};
    text += before;
    text += model::truncate_right(all.substr(line_.cursor()), room - width);
    return text + counts;
}

PaneMode::Look CopyMode::look(const mux::Pane& pane) const {
    Look look;
    using Kind = model::Highlight::Kind;
    const std::int64_t top = top_of_view(pane);
    const std::int64_t last = top + pane.terminal().rows() - 1;
    const auto& matches = search_.matches();
    for (std::size_t i = search_.first_at({0, top});
         i < matches.size() && matches[i].first.y <= last && look.highlights.size() < most_highlights; ++i)
        look.highlights.push_back({matches[i], matches[i] == match_ ? Kind::current_match : Kind::match, {}});
    look.cursor = cursor_.at();
    if (shows_bar()) {
        std::int64_t column = 0;
        const std::int64_t row = cursor_.at().y == last ? top : last; // not over what was found
        look.highlights.push_back(bar_over(pane, row, bar_text(pane.terminal().columns(), column)));
        if (edits_) look.cursor = {std::min<std::int64_t>(column, pane.terminal().columns() - 1), row};
    } else {
        add_position(look, pane, cursor_.at());
    }
    return look;
}

} // namespace lunette::server
