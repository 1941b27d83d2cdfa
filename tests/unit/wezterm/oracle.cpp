#include "oracle.h"

namespace lunette::wezterm::testing {

void Oracle::change() {
    switch (below(10)) {
    case 0:
    case 1:
    case 2:
    case 3: return change_tabs();
    case 4:
    case 5: return change_window();
    case 6:
    case 7:
    case 8: return change_state();
    default:
        if (below(3)) {
            const int ms = 1 + below(3000);
            note("advance " + std::to_string(ms));
            return advance(ms);
        }
        return change_file();
    }
}

void Oracle::change_tabs() {
    const std::size_t i = some_tab();
    const std::string name = (below(2) ? "odd" : "even") + std::to_string(below(5));
    note("tab " + std::to_string(i) + " " + name);
    switch (below(12)) {
    case 0:
    case 1:
    case 2: return edit_pane(i, [&](model::PaneInfo& pane) { pane.title = name; });
    case 3:
        return edit_pane(i, [&](model::PaneInfo& pane) {
            pane.user_vars = Value::map({{below(2) ? "NOTE" : "PROG", name}});
        });
    case 4:
        return edit_pane(i, [&](model::PaneInfo& pane) { pane.has_unseen_output = !pane.has_unseen_output; });
    case 5:
        return edit_pane(i, [&](model::PaneInfo& pane) {
            pane.progress = below(2) ? Value{"None"} : Value::map({{"Percentage", below(100)}});
        });
    case 6:
    case 7: return edit_pane(i, [](model::PaneInfo& pane) { ++pane.content_sequence; });
    case 8: world().tab_data[i].tab_title = below(3) ? name : ""; return;
    case 9: world().active = i; return renumber();
    case 10:
        if (world().panes.size() < 14 && below(2)) return add_tab();
        if (world().panes.size() > 2) remove_tab(i);
        return;
    default: swap_tabs(i, some_tab());
    }
}

void Oracle::change_window() {
    model::WindowInfo& window = world().window_data;
    note("window");
    switch (below(6)) {
    case 0: window.columns = 40 + below(300); return;
    case 1:
    case 2:
        window.hovered_tab.reset();
        if (below(4)) window.hovered_tab = world().tab_data[some_tab()].tab_id;
        return;
    case 3: window.workspace = "w" + std::to_string(below(3)); return;
    case 4: return edit_pane(world().active, [](model::PaneInfo& pane) { pane.is_zoomed = !pane.is_zoomed; });
    default:
        std::vector<MapEntry> options{{"use_fancy_tab_bar", false}, {"tab_max_width", 12 + 4 * below(2)}};
        if (below(2)) options.push_back({"missing", below(3)});
        if (below(2)) options.push_back({"oracle", Value::map({{"x", below(3)}})});
        if (below(3)) return world().set_options(Value::map(std::move(options)));
        model::ConfigInfo overrides; // of this window
        overrides.generation = world().generation;
        overrides.options = Value::map(std::move(options));
        window.config =
            below(2) ? model::config_schema().make(std::move(overrides)) : Ref<model::ConfigInfo>{};
    }
}

void Oracle::change_state() {
    static const char* const names[] = {"prefix",        "nested",     "replaced", "module",   "deep",
                                        "global",        "counter",    "named",    "GLOBAL",   "GLOBAL_table",
                                        "GLOBAL_inside", "GLOBAL_key", "kept",     "unrelated"};
    static const char* const ways[] = {"change", "change", "change", "change-later", "change-slowly"};
    const std::string what = names[below(14)], how = ways[below(5)];
    note(how + " " + what);
    session_.publish();
    session_.engine->emit(
        how, {Value{world().window}, Value{world().panes[some_tab()]}, Value{what}, Value{below(4)}});
}

void Oracle::change_file() {
    note("file");
    wrote_file_ = true;
    std::error_code ignored;
    if (below(4) == 0)
        std::filesystem::remove(file_, ignored);
    else
        std::ofstream{file_} << "text " << below(4);
}

Expected<Value> Oracle::answer(const Command& command) {
    if (const auto query = model_query(command)) {
        if (const auto* text = std::get_if<model::PaneText>(&*query))
            for (const auto& pane : world().panes)
                if (pane.id() == text->pane) return Value{"line " + std::to_string(pane->content_sequence)};
        return failure("no such pane");
    }
    if (const auto wanted = model_command(command)) {
        if (const auto* left = std::get_if<model::SetLeftStatus>(&*wanted))
            world().window_data.left_status = left->text;
        if (const auto* right = std::get_if<model::SetRightStatus>(&*wanted))
            world().window_data.right_status = right->text;
    }
    return Value{};
}

std::string Oracle::shown() {
    std::string text = "window: " + std::string{title_.latest().text()} + "\n";
    const auto* content = bar_.latest().value.payload<model::TabBarContent>(model::tab_bar_content_schema());
    if (!content) return text;
    text += "status: " + content->left_status.plain() + " | " + content->right_status.plain() + "\n";
    text += "columns: " + std::to_string(content->columns) + "\n";
    for (const auto& tab : content->tabs)
        text += std::to_string(tab.tab_id) + ": " + tab.title.plain() + "  " + tab.hovered.plain() + "\n";
    return text;
}

std::string Oracle::unfinished() {
    std::string text;
    const Expected<EngineReport> report = session_.engine->report(patience);
    for (const EntryReport& entry : report->entries)
        if (!entry.waits_for.empty() && entry.waits_for != "somebody who shows it")
            text += entry.name + ": " + entry.cause + "; waits for " + entry.waits_for + "\n";
    return text;
}

std::string Oracle::look() {
    const std::string before = shown();
    const std::string waiting = unfinished();
    for (const char* event : {"format-tab-title", "format-window-title"}) session_.engine->invalidate(event);
    session_.settle();
    for (const int ms : {60, 60, 60, 60}) advance(ms); // slow handlers, and what the mouse may come over
    const std::string after = shown();
    if (before == after || !unfinished().empty()) return {}; // what fails again and again is not run anew
    return "shown:\n" + before + "anew:\n" + after + "not up to date:\n" + waiting;
}

} // namespace lunette::wezterm::testing
