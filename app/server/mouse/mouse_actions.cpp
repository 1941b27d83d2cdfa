#include "server/mouse/mouse_router.h"

#include "server/ui_loop.h"

#include <algorithm>
#include <string>

// Key assignments that act where the mouse is: the part of MouseRouter that performs them.
namespace lunette::server {

namespace {

constexpr int wheel_rows = 3;

tl::unexpected<std::string> failed(std::string message) {
    return tl::unexpected<std::string>{std::move(message)};
}

} // namespace

std::optional<mux::Reply> MouseRouter::perform(Id window, Id pane, const model::KeyAssignment& action) {
    const std::string& name = action.name;
    // Of a key: where the mouse was seen last, if that is in the pane.
    if (target_) pane = target_->pane;
    if (name == "SelectTextAtMouseCursor") return select_text(pane, action.argument);
    if (name == "ExtendSelectionToMouseCursor") return extend_selection(pane, action.argument);
    if (name == "CompleteSelection") return complete_selection(window, pane, action.argument, false);
    if (name == "CompleteSelectionOrOpenLinkAtMouseCursor")
        return complete_selection(window, pane, action.argument, true);
    if (name == "OpenLinkAtMouseCursor") {
        if (const auto point = target_ ? point_of(*target_) : std::nullopt) links_.open_at(window, *point);
        return Value{};
    }
    if (name == "OpenUri") return links_.open(window, pane, std::string{action.argument.text()});
    if (name == "ScrollByCurrentEventWheelDelta") return scroll_by_wheel(pane);
    return std::nullopt;
}

mux::Reply MouseRouter::select_text(Id pane, const Value& mode) {
    const auto known = model::parse_selection_mode(mode.text());
    if (!known) return failed("SelectTextAtMouseCursor: unknown mode \"" + std::string{mode.text()} + "\"");
    if (const auto point = target_ ? point_of(*target_) : std::nullopt)
        selection_.begin(pane, point->cell, *known);
    return Value{};
}

mux::Reply MouseRouter::extend_selection(Id pane, const Value& mode) {
    const auto known = model::parse_selection_mode(mode.text());
    if (!known)
        return failed("ExtendSelectionToMouseCursor: unknown mode \"" + std::string{mode.text()} + "\"");
    if (!target_) return Value{};
    scroll_at_ms_.reset();
    if (held_ && last_->kind == Mouse::Kind::move && target_->beyond != 0 &&
        scroll(pane, std::clamp(target_->beyond, -10, 10)))
        scroll_at_ms_ = loop_.now_ms() + scroll_every_ms;
    if (const auto point = point_of(*target_)) selection_.extend(pane, point->cell, *known);
    return Value{};
}

mux::Reply MouseRouter::complete_selection(Id window, Id pane, const Value& destination, bool or_link) {
    const auto where = model::parse_clipboard(destination.text());
    if (!where)
        return failed("CompleteSelection: unknown destination \"" + std::string{destination.text()} + "\"");
    const mux::Reply text = loop_.mux_.answer(model::SelectionText{pane, false});
    if (text && !text->text().empty())
        return loop_.mux_.apply(model::CopyToClipboard{window, std::string{text->text()}, *where});
    if (!or_link) return Value{};
    if (const auto point = target_ ? point_of(*target_) : std::nullopt) links_.open_at(window, *point);
    return Value{};
}

mux::Reply MouseRouter::scroll_by_wheel(Id pane) {
    if (last_ && last_->kind == Mouse::Kind::wheel_up) scroll(pane, -wheel_rows);
    if (last_ && last_->kind == Mouse::Kind::wheel_down) scroll(pane, wheel_rows);
    return Value{};
}

bool MouseRouter::scroll(Id id, int rows) {
    mux::Pane* pane = loop_.mux_.pane(id);
    if (!pane || (pane->terminal().alternate_screen() && !pane->is_frozen())) return false;
    const auto before = pane->viewport_top();
    pane->scroll_to(before.value_or(pane->physical_top()) + rows);
    if (pane->viewport_top() == before) return false;
    loop_.mux_.touch(id);
    loop_.pacer_.damage(monotonic_ns());
    return true;
}

} // namespace lunette::server
