#pragma once

#include "mux/mux.h"

namespace lunette::mux {

// Key assignments that only concern windows, tabs and panes. Lives for one call of Mux::perform().
class ActionPerformer {
public:
    // REQUIRES: the window exists and the pane is in it.
    ActionPerformer(Mux& mux, Id window, Id pane) noexcept : mux_{mux}, window_{window}, pane_{pane} {}

    // Nothing when the action belongs to somebody else.
    std::optional<Reply> perform(const model::KeyAssignment& action);

private:
    using Action = Reply (ActionPerformer::*)(const Value& argument);
    struct Entry {
        std::string_view name;
        Action action;
    };
    static const Entry entries[];

    Window& window() noexcept { return *mux_.objects_.window(window_); }
    Tab& tab() noexcept { return *mux_.objects_.tab_of(pane_); }
    Pane& pane() noexcept { return *mux_.pane(pane_); }
    Reply apply(const model::Command& command) { return mux_.apply(command); }
    Reply spawn_tab(const Value& command);
    Reply spawn_window(const Value& command);
    Reply split(const Value& command, model::Direction direction);
    Reply activate_index(std::int64_t index);
    Reply activate_relative(std::int64_t step, bool wrap);
    Reply show_window_relative(std::int64_t step, bool wrap);
    std::vector<Id> windows_here();
    void scroll(std::int64_t lines);

    Reply spawn_tab_domain(const Value& argument);
    Reply attach_domain(const Value& name);
    Reply spawn_tab_command(const Value& argument);
    Reply spawn_window_default(const Value& argument);
    Reply spawn_window_command(const Value& argument);
    Reply split_horizontal(const Value& argument);
    Reply split_vertical(const Value& argument);
    Reply split_pane(const Value& argument);
    Reply activate_tab(const Value& argument);
    Reply activate_tab_relative(const Value& argument);
    Reply activate_tab_relative_no_wrap(const Value& argument);
    Reply activate_last_tab(const Value& argument);
    Reply move_tab(const Value& argument);
    Reply move_tab_relative(const Value& argument);
    Reply close_tab(const Value& argument);
    Reply close_pane(const Value& argument);
    Reply send_string(const Value& argument);
    Reply adjust_pane_size(const Value& argument);
    Reply activate_pane_direction(const Value& argument);
    Reply activate_pane_by_index(const Value& argument);
    Reply toggle_zoom(const Value& argument);
    Reply set_zoom(const Value& argument);
    Reply rotate_panes(const Value& argument);
    Reply scroll_by_page(const Value& argument);
    Reply scroll_by_line(const Value& argument);
    Reply scroll_to_top(const Value& argument);
    Reply scroll_to_bottom(const Value& argument);
    Reply scroll_to_prompt(const Value& argument);
    Reply clear_scrollback(const Value& argument);
    Reply reset_terminal(const Value& argument);
    Reply clear_selection(const Value& argument);
    Reply copy_to(const Value& argument);
    Reply copy_text_to(const Value& argument);
    Reply switch_to_workspace(const Value& argument);
    Reply switch_workspace_relative(const Value& argument);
    Reply activate_window(const Value& argument);
    Reply activate_window_relative(const Value& argument);
    Reply activate_window_relative_no_wrap(const Value& argument);
    Reply do_nothing(const Value& argument);

    Mux& mux_;
    Id window_;
    Id pane_;
};

} // namespace lunette::mux
