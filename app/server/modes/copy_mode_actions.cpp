#include "server/modes/copy_mode.h"

#include <algorithm>

// The entries of CopyMode.
namespace lunette::server {

struct CopyMode::Entry {
    std::string_view name;
    void (*act)(CopyMode& mode, const Value& argument);
};

using M = CopyMode;
using copy::TextRows;
using Place = copy::CopyCursor::Place;
using V = Value;

namespace {

constexpr std::int64_t far = std::int64_t{1} << 62;

std::optional<terminal::Semantic> parse_semantic(std::string_view name) noexcept {
    if (name == "Output") return terminal::Semantic::output;
    if (name == "Input") return terminal::Semantic::input;
    if (name == "Prompt") return terminal::Semantic::prompt;
    return std::nullopt;
}

} // namespace

const M::Entry M::entries[] = {
    {"AcceptPattern", [](M& m, const V&) { m.edits_ = false; }},
    {"ClearPattern",
     [](M& m, const V&) {
         m.line_.clear();
         m.search();
     }},
    {"ClearSelectionMode", [](M& m, const V&) { m.cursor_.stop_selecting(); }},
    {"Close", [](M& m, const V&) { m.close(); }},
    {"CycleMatchType",
     [](M& m, const V&) {
         using Kind = copy::SearchPattern::Kind;
         m.kind_ = m.kind_ == Kind::regex ? Kind::case_sensitive
                                          : static_cast<Kind>(static_cast<int>(m.kind_) + 1);
         m.search();
     }},
    {"EditPattern", [](M& m, const V&) { m.edits_ = true; }},
    {"JumpAgain", [](M& m, const V&) { m.jump_again(false); }},
    {"JumpBackward", [](M& m, const V& a) { m.jump(a, false); }},
    {"JumpForward", [](M& m, const V& a) { m.jump(a, true); }},
    {"JumpReverse", [](M& m, const V&) { m.jump_again(true); }},
    {"MoveBackwardSemanticZone", [](M& m, const V&) { m.go_zone(copy::ZoneStep::backward, {}); }},
    {"MoveBackwardWord",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(previous_word(rows, m.cursor_.at()));
     }},
    {"MoveBackwardZoneOfType", [](M& m, const V& a) { m.go_zone(copy::ZoneStep::backward, a); }},
    {"MoveByPage", [](M& m, const V& a) { m.cursor_.go_pages(m.terminal(), a.number_or(0)); }},
    {"MoveDown", [](M& m, const V&) { m.cursor_.go_rows(m.terminal(), 1); }},
    {"MoveForwardSemanticZone", [](M& m, const V&) { m.go_zone(copy::ZoneStep::forward, {}); }},
    {"MoveForwardWord",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(next_word(rows, m.cursor_.at()));
     }},
    {"MoveForwardWordEnd",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(end_of_word(rows, m.cursor_.at()));
     }},
    {"MoveForwardZoneOfType", [](M& m, const V& a) { m.go_zone(copy::ZoneStep::forward, a); }},
    {"MoveLeft",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(left_of(rows, m.cursor_.at()));
     }},
    {"MoveRight",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(right_of(rows, m.cursor_.at()));
     }},
    {"MoveToEndOfLineContent",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(end_of_content(rows, m.cursor_.at().y));
     }},
    {"MoveToScrollbackBottom", [](M& m, const V&) { m.cursor_.go_rows(m.terminal(), far); }},
    {"MoveToScrollbackTop", [](M& m, const V&) { m.cursor_.go_rows(m.terminal(), -far); }},
    {"MoveToSelectionOtherEnd", [](M& m, const V&) { m.cursor_.swap_ends(m.terminal(), false); }},
    {"MoveToSelectionOtherEndHoriz", [](M& m, const V&) { m.cursor_.swap_ends(m.terminal(), true); }},
    {"MoveToStartOfLine", [](M& m, const V&) { m.move({0, m.cursor_.at().y}); }},
    {"MoveToStartOfLineContent",
     [](M& m, const V&) {
         TextRows rows{m.terminal()};
         m.move(start_of_content(rows, m.cursor_.at().y));
     }},
    {"MoveToStartOfNextLine", [](M& m, const V&) { m.move({0, m.cursor_.at().y + 1}); }},
    {"MoveToViewportBottom", [](M& m, const V&) { m.cursor_.go_to_view(m.terminal(), Place::bottom); }},
    {"MoveToViewportMiddle", [](M& m, const V&) { m.cursor_.go_to_view(m.terminal(), Place::middle); }},
    {"MoveToViewportTop", [](M& m, const V&) { m.cursor_.go_to_view(m.terminal(), Place::top); }},
    {"MoveUp", [](M& m, const V&) { m.cursor_.go_rows(m.terminal(), -1); }},
    {"NextMatch", [](M& m, const V&) { m.step_match(1); }},
    {"NextMatchPage", [](M& m, const V&) { m.step_match_page(1); }},
    {"PageDown", [](M& m, const V&) { m.cursor_.go_pages(m.terminal(), 1); }},
    {"PageUp", [](M& m, const V&) { m.cursor_.go_pages(m.terminal(), -1); }},
    {"PriorMatch", [](M& m, const V&) { m.step_match(-1); }},
    {"PriorMatchPage", [](M& m, const V&) { m.step_match_page(-1); }},
    {"SetSelectionMode", [](M& m, const V& a) { m.select(a); }},
};

tl::expected<void, std::string> CopyMode::perform(mux::Pane& pane, const model::KeyAssignment& action) {
    const auto* const entry = std::find_if(std::begin(entries), std::end(entries),
                                           [&](const Entry& e) { return e.name == action.name; });
    if (entry == std::end(entries)) return tl::unexpected<std::string>{"CopyMode has no " + action.name};
    follow(pane);
    entry->act(*this, action.argument);
    show(pane);
    return {};
}

void CopyMode::jump(const Value& argument, bool forward) {
    pending_jump_ = PendingJump{forward, argument["prev_char"].boolean_or(false)};
}

void CopyMode::jump_again(bool reverse) {
    if (!last_jump_) return;
    copy::Jump jump = *last_jump_;
    if (reverse) jump.forward = !jump.forward;
    perform_jump(jump, true);
}

void CopyMode::perform_jump(const copy::Jump& jump, bool again) {
    TextRows rows{terminal()};
    if (const auto to = jump_from(rows, cursor_.at(), jump, again)) move(*to);
}

void CopyMode::go_zone(copy::ZoneStep step, const Value& type) {
    TextRows rows{terminal()};
    if (const auto to = zone_from(rows, cursor_.at(), step, parse_semantic(type.text()))) move(*to);
}

void CopyMode::select(const Value& mode) {
    if (const auto parsed = model::parse_selection_mode(mode.text()))
        cursor_.select(terminal(), *parsed);
    else
        cursor_.stop_selecting();
}

} // namespace lunette::server
