#include "mux/action_performer.h"

#include "mux/tab_operations.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace lunette::mux {

namespace {

tl::unexpected<std::string> failed(std::string message) {
    return tl::unexpected<std::string>{std::move(message)};
}

constexpr std::int64_t most_steps = 1'000'000;

std::int64_t bounded_integer(const Value& value) {
    return std::clamp(value.integer_or(0), -most_steps, most_steps);
}

} // namespace

using A = ActionPerformer;

const ActionPerformer::Entry ActionPerformer::entries[] = {
    {"SpawnTab", &A::spawn_tab_domain},
    {"AttachDomain", &A::attach_domain},
    {"SpawnCommandInNewTab", &A::spawn_tab_command},
    {"SpawnWindow", &A::spawn_window_default},
    {"SpawnCommandInNewWindow", &A::spawn_window_command},
    {"SplitHorizontal", &A::split_horizontal},
    {"SplitVertical", &A::split_vertical},
    {"SplitPane", &A::split_pane},
    {"ActivateTab", &A::activate_tab},
    {"ActivateTabRelative", &A::activate_tab_relative},
    {"ActivateTabRelativeNoWrap", &A::activate_tab_relative_no_wrap},
    {"ActivateLastTab", &A::activate_last_tab},
    {"MoveTab", &A::move_tab},
    {"MoveTabRelative", &A::move_tab_relative},
    {"CloseCurrentTab", &A::close_tab},
    {"CloseCurrentPane", &A::close_pane},
    {"SendString", &A::send_string},
    {"AdjustPaneSize", &A::adjust_pane_size},
    {"ActivatePaneDirection", &A::activate_pane_direction},
    {"ActivatePaneByIndex", &A::activate_pane_by_index},
    {"TogglePaneZoomState", &A::toggle_zoom},
    {"SetPaneZoomState", &A::set_zoom},
    {"RotatePanes", &A::rotate_panes},
    {"ScrollByPage", &A::scroll_by_page},
    {"ScrollByLine", &A::scroll_by_line},
    {"ScrollToTop", &A::scroll_to_top},
    {"ScrollToBottom", &A::scroll_to_bottom},
    {"ScrollToPrompt", &A::scroll_to_prompt},
    {"ClearScrollback", &A::clear_scrollback},
    {"ResetTerminal", &A::reset_terminal},
    {"ClearSelection", &A::clear_selection},
    {"CopyTo", &A::copy_to},
    {"CopyTextTo", &A::copy_text_to},
    {"SwitchToWorkspace", &A::switch_to_workspace},
    {"SwitchWorkspaceRelative", &A::switch_workspace_relative},
    {"ActivateWindow", &A::activate_window},
    {"ActivateWindowRelative", &A::activate_window_relative},
    {"ActivateWindowRelativeNoWrap", &A::activate_window_relative_no_wrap},
    {"Nop", &A::do_nothing},
};

std::optional<Reply> ActionPerformer::perform(const model::KeyAssignment& action) {
    for (const Entry& entry : entries)
        if (entry.name == action.name) return (this->*entry.action)(action.argument);
    return std::nullopt;
}

std::optional<Reply> Mux::perform(Id window, Id pane, const model::KeyAssignment& action) {
    if (!pane) pane = active_pane(window);
    const Window* owner = objects_.window_of(pane);
    if (!owner) return Reply{failed("this pane does not exist any more")};
    return ActionPerformer{*this, owner->record, pane}.perform(action);
}

// ---- opening and closing

Reply A::spawn_tab(const Value& command) {
    auto options = model::SpawnOptions::parse(command);
    if (!options) return failed(std::move(options.error()));
    return apply(model::SpawnTab{window_, std::move(*options)});
}

Reply A::spawn_window(const Value& command) {
    auto options = model::SpawnOptions::parse(command);
    if (!options) return failed(std::move(options.error()));
    return apply(model::SpawnWindow{std::move(*options), window().state.workspace, {}, {}});
}

Reply A::split(const Value& command, model::Direction direction) {
    auto options = model::SpawnOptions::parse(command);
    if (!options) return failed(std::move(options.error()));
    return apply(model::SplitPane{pane_, direction, {}, false, 0, std::move(*options)});
}

Reply A::spawn_tab_domain(const Value& argument) { return spawn_tab(Value::map({{"domain", argument}})); }
// Its panes are there already, as far as there are any.
Reply A::attach_domain(const Value& name) {
    const Ref<model::AppInfo> app = mux_.snapshot();
    for (std::size_t i = 0; i < app->domains.size(); ++i)
        if (app->domains.at(i).name == name.text() && app->domains.at(i).has_any_panes) return Value{};
    return spawn_tab_domain(Value::map({{"DomainName", name}}));
}
Reply A::spawn_tab_command(const Value& argument) { return spawn_tab(argument); }
Reply A::spawn_window_default(const Value&) { return spawn_window({}); }
Reply A::spawn_window_command(const Value& argument) { return spawn_window(argument); }
Reply A::split_horizontal(const Value& argument) { return split(argument, model::Direction::right); }
Reply A::split_vertical(const Value& argument) { return split(argument, model::Direction::down); }

Reply A::split_pane(const Value& argument) {
    const auto direction = model::parse_direction(argument["direction"].text());
    if (!direction) return failed("SplitPane: direction expected");
    const auto size = model::SplitSize::parse(argument["size"]);
    if (!size) return failed("SplitPane: " + size.error());
    auto options = model::SpawnOptions::parse(argument["command"]);
    if (!options) return failed("SplitPane: " + options.error());
    return apply(model::SplitPane{pane_, *direction, *size, argument["top_level"].boolean_or(false), 0,
                                  std::move(*options)});
}

// With `confirm` the user interface asks first and then sends the command itself.
Reply A::close_tab(const Value&) { return apply(model::CloseTab{tab().record}); }
Reply A::close_pane(const Value&) { return apply(model::ClosePane{pane_}); }

// ---- tabs

Reply A::activate_index(std::int64_t index) {
    const auto& tabs = window().tabs;
    if (index < 0 || index >= static_cast<std::int64_t>(tabs.size())) return Value{};
    return apply(model::ActivateTab{tabs[static_cast<std::size_t>(index)]});
}

Reply A::activate_tab(const Value& argument) {
    const std::int64_t index = bounded_integer(argument);
    // -1 is the last one.
    return activate_index(index < 0 ? static_cast<std::int64_t>(window().tabs.size()) + index : index);
}

Reply A::activate_relative(std::int64_t step, bool wrap) {
    const auto& tabs = window().tabs;
    const auto count = static_cast<std::int64_t>(tabs.size());
    const auto here = std::find(tabs.begin(), tabs.end(), window().active_tab()) - tabs.begin();
    const std::int64_t index = here + step;
    return activate_index(wrap ? ((index % count) + count) % count
                               : std::clamp<std::int64_t>(index, 0, count - 1));
}

Reply A::activate_tab_relative(const Value& argument) {
    return activate_relative(bounded_integer(argument), true);
}
Reply A::activate_tab_relative_no_wrap(const Value& argument) {
    return activate_relative(bounded_integer(argument), false);
}

Reply A::activate_last_tab(const Value&) {
    const Id last = window().last_active_tab();
    return last ? apply(model::ActivateTab{last}) : Reply{Value{}};
}

Reply A::move_tab(const Value& argument) {
    return apply(model::MoveTab{window().active_tab(), bounded_integer(argument)});
}

Reply A::move_tab_relative(const Value& argument) {
    const auto& tabs = window().tabs;
    const auto here = std::find(tabs.begin(), tabs.end(), window().active_tab()) - tabs.begin();
    return apply(model::MoveTab{window().active_tab(), here + bounded_integer(argument)});
}

// ---- panes

Reply A::send_string(const Value& argument) {
    return apply(model::SendText{pane_, std::string{argument.text()}});
}

Reply A::adjust_pane_size(const Value& argument) {
    const auto direction = model::parse_direction(argument[Value{1}].text());
    if (!direction) return failed("AdjustPaneSize: {direction, cells} expected");
    return apply(model::AdjustPaneSize{pane_, *direction, argument[Value{2}].integer_or(1)});
}

Reply A::activate_pane_direction(const Value& argument) {
    const auto direction = model::parse_direction(argument.text());
    if (!direction) return failed("ActivatePaneDirection: direction expected");
    return apply(model::ActivatePaneDirection{tab().record, *direction});
}

Reply A::activate_pane_by_index(const Value& argument) {
    const auto& placed = tab().tree.placed();
    const std::int64_t index = argument.integer_or(-1);
    if (index < 0 || index >= static_cast<std::int64_t>(placed.size())) return Value{};
    return apply(model::ActivatePane{placed[static_cast<std::size_t>(index)].pane});
}

Reply A::toggle_zoom(const Value&) { return apply(model::SetZoomed{tab().record, tab().zoomed == 0}); }
Reply A::set_zoom(const Value& argument) {
    return apply(model::SetZoomed{tab().record, argument.boolean_or(false)});
}
Reply A::rotate_panes(const Value& argument) {
    return apply(model::RotatePanes{tab().record, argument.text() != "CounterClockwise"});
}

void A::scroll(std::int64_t lines) {
    const std::int64_t top = pane().viewport_top().value_or(pane().physical_top());
    pane().scroll_to(top + lines);
    mux_.touch(pane_);
}

Reply A::scroll_by_page(const Value& argument) {
    const double pages = std::clamp(argument.number_or(0), -1e6, 1e6);
    scroll(static_cast<std::int64_t>(std::trunc(pages * pane().terminal().rows())));
    return Value{};
}
Reply A::scroll_by_line(const Value& argument) {
    scroll(bounded_integer(argument));
    return Value{};
}
Reply A::scroll_to_top(const Value&) {
    pane().scroll_to(pane().scrollback_top());
    mux_.touch(pane_);
    return Value{};
}
Reply A::scroll_to_bottom(const Value&) {
    pane().scroll_to({});
    mux_.touch(pane_);
    return Value{};
}

// Counted from the top of what is shown; stays where there are not as many.
Reply A::scroll_to_prompt(const Value& argument) {
    const std::int64_t wanted = bounded_integer(argument);
    const std::int64_t step = wanted < 0 ? -1 : 1;
    const std::int64_t top = pane().physical_top();
    const std::int64_t end = top + pane().terminal().rows();
    std::int64_t left = wanted < 0 ? -wanted : wanted;
    std::int64_t row = pane().viewport_top().value_or(top);
    std::optional<std::int64_t> found;
    while (left > 0) {
        row += step;
        if (row < pane().scrollback_top() || row >= end) break;
        if (!pane().terminal().prompt_begins(row - top)) continue;
        found = row;
        --left;
    }
    if (found) pane().scroll_to(*found < top ? found : std::nullopt);
    mux_.touch(pane_);
    return Value{};
}

Reply A::clear_scrollback(const Value& argument) {
    pane().clear_scrollback();
    // The line with the prompt stays, at the top: what WezTerm does, said as a program would say it.
    if (argument.text() == "ScrollbackAndViewport") {
        const std::string up = std::to_string(pane().terminal().cursor().y);
        // Scroll the lines above away, and go along.
        if (up != "0") pane().inject("\x1b[" + up + "S\x1b[" + up + "A");
        pane().inject("\x1b[J");
        pane().clear_scrollback();
    }
    mux_.touch(pane_);
    return Value{};
}

Reply A::reset_terminal(const Value&) {
    pane().terminal().reset();
    mux_.touch(pane_);
    return Value{};
}

Reply A::clear_selection(const Value&) {
    pane().set_selection({});
    mux_.touch(pane_);
    return Value{};
}

Reply A::copy_to(const Value& argument) {
    const auto destination = model::parse_clipboard(argument.text());
    if (!destination) return failed("CopyTo: a clipboard expected");
    const Reply text = mux_.answer(model::SelectionText{pane_, false});
    if (!text || text->text().empty()) return Value{}; // nothing selected: the clipboard keeps what it has
    return apply(model::CopyToClipboard{window_, std::string{text->text()}, *destination});
}

Reply A::copy_text_to(const Value& argument) {
    const auto destination = model::parse_clipboard(argument["destination"].text());
    return apply(model::CopyToClipboard{window_, std::string{argument["text"].text()},
                                        destination.value_or(model::Clipboard::both)});
}

// ---- workspaces and windows

Reply A::switch_to_workspace(const Value& argument) {
    std::string name{argument["name"].text()};
    for (int number = 1; name.empty(); ++number) {
        const std::string candidate = "workspace-" + std::to_string(number);
        const auto& windows = mux_.objects_.windows();
        if (std::none_of(windows.begin(), windows.end(),
                         [&](const auto& w) { return w->state.workspace == candidate; }))
            name = candidate;
    }
    if (mux_.show_workspace(name)) return Value{};
    auto options = model::SpawnOptions::parse(argument["spawn"]);
    if (!options) return failed("SwitchToWorkspace: " + options.error());
    Reply reply = apply(model::SpawnWindow{std::move(*options), name, {}, {}});
    if (reply) mux_.show_workspace(name);
    return reply;
}

Reply A::switch_workspace_relative(const Value& argument) {
    std::set<std::string> names;
    for (const auto& window : mux_.objects_.windows()) names.insert(window->state.workspace);
    const std::vector<std::string> order{names.begin(), names.end()};
    const auto count = static_cast<std::int64_t>(order.size());
    const auto here = std::find(order.begin(), order.end(), window().state.workspace) - order.begin();
    const std::int64_t index = (((here + bounded_integer(argument)) % count) + count) % count;
    mux_.show_workspace(order[static_cast<std::size_t>(index)]);
    return Value{};
}

std::vector<Id> A::windows_here() {
    std::vector<Id> here;
    for (const auto& other : mux_.objects_.windows())
        if (other->state.workspace == window().state.workspace) here.push_back(other->record);
    return here;
}

Reply A::activate_window(const Value& argument) {
    const std::vector<Id> windows = windows_here();
    const std::int64_t index = argument.integer_or(-1);
    if (index >= 0 && index < static_cast<std::int64_t>(windows.size()))
        mux_.show_window(windows[static_cast<std::size_t>(index)]);
    return Value{};
}

Reply A::show_window_relative(std::int64_t step, bool wrap) {
    const std::vector<Id> windows = windows_here();
    const auto count = static_cast<std::int64_t>(windows.size());
    const auto here = std::find(windows.begin(), windows.end(), window_) - windows.begin();
    std::int64_t index = here + step;
    index = wrap ? ((index % count) + count) % count : std::clamp<std::int64_t>(index, 0, count - 1);
    mux_.show_window(windows[static_cast<std::size_t>(index)]);
    return Value{};
}

Reply A::activate_window_relative(const Value& argument) {
    return show_window_relative(bounded_integer(argument), true);
}
Reply A::activate_window_relative_no_wrap(const Value& argument) {
    return show_window_relative(bounded_integer(argument), false);
}

Reply A::do_nothing(const Value&) { return Value{}; }

} // namespace lunette::mux
