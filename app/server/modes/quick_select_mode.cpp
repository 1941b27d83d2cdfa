#include "server/modes/quick_select_mode.h"

#include "copy/letter_case.h"
#include "model/utf8.h"
#include "model/width.h"
#include "server/instruments.h"
#include "ui/overlay.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::int64_t slice_ns = 1'000'000;
constexpr std::int64_t rows_at_once = 32;

} // namespace

QuickSelectMode::QuickSelectMode(mux::Pane& pane, Options options, Choose choose,
                                 std::vector<std::string>& problems)
    : options_{std::move(options)},
      choose_{std::move(choose)},
      finder_{options_.patterns, options_.alphabet, problems} {
    begin(pane);
}

void QuickSelectMode::begin(const mux::Pane& pane) {
    const std::int64_t top = top_of_view(pane);
    const std::int64_t rows = pane.terminal().rows();
    const std::int64_t scope = std::max(options_.scope_lines, rows);
    finder_.start(pane.terminal(), top - scope, top + rows - 1 + scope);
    current_.reset();
    columns_ = pane.terminal().columns();
}

PaneMode::Work QuickSelectMode::work(mux::Pane& pane) {
    if (columns_ != pane.terminal().columns()) begin(pane);
    if (finder_.is_done()) return Work::none;
    const std::int64_t end = monotonic_ns() + slice_ns;
    bool more = true;
    while ((more = finder_.step(pane.terminal(), rows_at_once)) && monotonic_ns() < end) {
    }
    if (more) return Work::unfinished;
    take_label(); // what was typed before there were labels
    return Work::changed;
}

void QuickSelectMode::finish() {
    if (const auto chosen = std::exchange(chosen_, std::nullopt)) choose_(chosen->range, pastes_);
}

// ---- keys, as WezTerm has them

bool QuickSelectMode::type(mux::Pane& pane, const model::KeyEvent& key) {
    using model::Key;
    const model::Modifiers modifiers = ui::effective(key.modifiers);
    const bool plain = modifiers == model::Modifiers::none;
    if (key.key == Key::character && (plain || modifiers == model::Modifiers::shift))
        return type_character(key.code_point);
    const auto with_ctrl = [&](char32_t c) { return ui::is_key(key, c, model::Modifiers::ctrl); };
    if (plain && key.key == Key::escape) {
        close();
    } else if ((plain && (key.key == Key::up || key.key == Key::enter)) || with_ctrl(U'p')) {
        step(pane, -1);
    } else if ((plain && key.key == Key::down) || with_ctrl(U'n')) {
        step(pane, 1);
    } else if (plain && key.key == Key::page_up) {
        step_page(pane, -1);
    } else if (plain && key.key == Key::page_down) {
        step_page(pane, 1);
    } else if (plain && key.key == Key::backspace) {
        if (!typed_.empty()) typed_.resize(model::character_begin(typed_, typed_.size() - 1));
    } else if (with_ctrl(U'u')) {
        typed_.clear();
    } else {
        return false;
    }
    return true;
}

bool QuickSelectMode::type_character(char32_t character) {
    const std::size_t before = typed_.size();
    model::append_utf8(typed_, character);
    // A slip of the finger is not kept.
    if (finder_.is_done() && !finder_.is_prefix(copy::lower_case(typed_))) typed_.resize(before);
    take_label();
    return true;
}

void QuickSelectMode::take_label() {
    if (!finder_.is_done()) return;
    const std::string lower = copy::lower_case(typed_);
    const copy::QuickFinder::Match* match = finder_.labelled(lower);
    if (!match) return;
    chosen_ = *match;
    pastes_ = lower != typed_;
    close();
}

std::size_t QuickSelectMode::first_at(std::int64_t row) const noexcept {
    const auto& matches = finder_.matches();
    const auto found = std::lower_bound(matches.begin(), matches.end(), row,
                                        [](const copy::QuickFinder::Match& match, std::int64_t wanted) {
                                            return match.range.last.y < wanted;
                                        });
    return static_cast<std::size_t>(found - matches.begin());
}

void QuickSelectMode::step(mux::Pane& pane, std::int64_t step) {
    const auto count = static_cast<std::int64_t>(finder_.matches().size());
    if (count == 0) return;
    // The last one that is seen.
    const auto seen = static_cast<std::int64_t>(first_at(top_of_view(pane) + pane.terminal().rows())) - 1;
    const std::int64_t index = (current_ ? static_cast<std::int64_t>(*current_) : seen) + step;
    show(pane, static_cast<std::size_t>(((index % count) + count) % count));
}

void QuickSelectMode::step_page(mux::Pane& pane, std::int64_t step) {
    const std::int64_t top = top_of_view(pane);
    const std::size_t above = first_at(top);
    const std::size_t below = first_at(top + pane.terminal().rows());
    if (step < 0 && above > 0) show(pane, above - 1);
    if (step > 0 && below < finder_.matches().size()) show(pane, below);
}

void QuickSelectMode::show(mux::Pane& pane, std::size_t match) {
    current_ = match;
    const std::int64_t row = finder_.matches()[match].range.first.y;
    const std::int64_t rows = pane.terminal().rows();
    const std::int64_t top = top_of_view(pane);
    if (row < top || row > top + rows - 2) pane.scroll_to(row - rows / 2); // the last row is the bar's
}

// ---- to be seen

PaneMode::Look QuickSelectMode::look(const mux::Pane& pane) const {
    Look look;
    look.plain = options_.plain;
    using Kind = model::Highlight::Kind;
    const std::int64_t top = top_of_view(pane);
    const std::int64_t last = top + pane.terminal().rows() - 1;
    const auto& matches = finder_.matches();
    const std::string typed = copy::lower_case(typed_);
    for (std::size_t i = first_at(top); i < matches.size() && matches[i].range.first.y <= last; ++i) {
        const copy::QuickFinder::Match& match = matches[i];
        look.highlights.push_back({match.range, current_ == i ? Kind::current_match : Kind::quick_match, {}});
        if (match.label.empty() || std::string_view{match.label}.substr(0, typed.size()) != typed) continue;
        const std::string left = match.label.substr(typed.size());
        const model::CellPoint at = match.range.first;
        const std::int64_t width = std::max(model::text_width(left), 1);
        const std::int64_t end = std::min<std::int64_t>(at.x + width, pane.terminal().columns()) - 1;
        look.highlights.push_back({{at, {end, at.y}}, Kind::label, left});
    }
    std::string bar = "Select: " + typed_;
    const int width = model::text_width(bar);
    if (!finder_.is_done()) {
        bar += "  (looking)";
    } else if (matches.empty()) {
        bar += "  (nothing found, ESC to cancel)";
    } else {
        bar += "  (type highlighted prefix to " +
               (options_.label.empty() ? std::string{"copy"} : options_.label) +
               ", uppercase pastes, ESC to cancel)";
    }
    look.highlights.push_back(bar_over(pane, last, std::move(bar)));
    look.cursor = {std::min(width, pane.terminal().columns() - 1), last};
    return look;
}

} // namespace lunette::server
