#include "server/remote_commands.h"

#include "mux/pane_text.h"
#include "wezterm/pane_neighbor.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace lunette::server {

namespace {

using wire::Json;
using wire::text_of;

constexpr int most = std::numeric_limits<int>::max();
constexpr int least = std::numeric_limits<int>::min();

Json error(std::string text) { return {{"error", std::move(text)}}; }

// One request on the newest snapshot.
class RemoteCommand {
public:
    RemoteCommand(UiLoop& loop, const Json& request)
        : loop_{loop}, request_{request}, app_{loop.mux().snapshot()} {}

    Json run();

private:
    struct Entry {
        std::string_view name;
        Json (RemoteCommand::*run)();
        bool needs_pane = true;
    };
    static const Entry entries[];

    bool has(const char* field) const { return request_.contains(field); }
    int number(const char* field, int otherwise = -1) const {
        return wire::number_of(request_, field, otherwise, least, most);
    }
    bool flag(const char* field) const {
        const auto found = request_.find(field);
        return found != request_.end() && found->is_boolean() && found->get<bool>();
    }

    // The pane that is named, else the one that the user looks at.
    bool find_pane() {
        const bool named = has("pane_id");
        for (std::size_t w = 0; w < app_->windows.size(); ++w) {
            const Ref<model::WindowInfo>& window = app_->windows[w];
            if (!named && window.id() != app_->active_window.id()) continue;
            for (std::size_t t = 0; t < window->tabs.size(); ++t) {
                const Ref<model::TabInfo>& tab = window->tabs[t];
                if (!named && tab.id() != window->active_tab.id()) continue;
                for (std::size_t p = 0; p < tab->all_panes.size(); ++p) {
                    const Ref<model::PaneInfo>& pane = tab->all_panes[p];
                    if (named ? pane->pane_id != number("pane_id") : pane.id() != tab->active_pane.id())
                        continue;
                    window_ = window;
                    tab_ = tab;
                    pane_ = pane;
                    return true;
                }
            }
        }
        return false;
    }

    Json done(const mux::Reply& reply) const { return reply ? Json::object() : error(reply.error()); }
    Json apply(const model::Command& command) { return done(loop_.mux().apply(command)); }
    Json pane_number(Id pane) const {
        const mux::Pane* made = loop_.mux().pane(pane);
        return {{"text", made ? std::to_string(made->pane_id()) + "\n" : std::string{}}};
    }

    Id window_by_number(int window_id) const {
        for (std::size_t w = 0; w < app_->windows.size(); ++w)
            if (app_->windows.at(w).window_id == window_id) return app_->windows[w].id();
        return 0;
    }

    model::SpawnOptions spawn_options() const {
        model::SpawnOptions options;
        options.args = wire::texts_of(request_, "arguments");
        if (std::string cwd = text_of(request_, "cwd"); !cwd.empty()) options.cwd = std::move(cwd);
        if (std::string domain = text_of(request_, "domain_name"); !domain.empty()) {
            options.domain.kind = model::DomainChoice::Kind::by_name;
            options.domain.name = std::move(domain);
        }
        return options;
    }
    std::optional<std::string> workspace() const {
        std::string name = text_of(request_, "workspace");
        return name.empty() ? std::nullopt : std::optional{std::move(name)};
    }
    std::optional<model::Direction> direction() const {
        return model::parse_direction(text_of(request_, "direction"));
    }

    Json list();
    Json split_pane();
    Json spawn();
    Json send_text();
    Json get_text();
    Json activate_pane();
    Json activate_pane_direction();
    Json get_pane_direction();
    Json adjust_pane_size();
    Json zoom_pane();
    Json set_tab_title();
    Json set_window_title();
    Json rename_workspace();
    Json activate_tab();
    Json move_pane_to_new_tab();
    Json kill_pane();
    Json reload();
    Json invalidate();
    Json scripting();

    UiLoop& loop_;
    const Json& request_;
    Ref<model::AppInfo> app_;
    Ref<model::WindowInfo> window_;
    Ref<model::TabInfo> tab_;
    Ref<model::PaneInfo> pane_;
};

const RemoteCommand::Entry RemoteCommand::entries[] = {
    {"list", &RemoteCommand::list, false},
    {"split-pane", &RemoteCommand::split_pane},
    {"spawn", &RemoteCommand::spawn, false},
    {"send-text", &RemoteCommand::send_text},
    {"get-text", &RemoteCommand::get_text},
    {"activate-pane", &RemoteCommand::activate_pane},
    {"activate-pane-direction", &RemoteCommand::activate_pane_direction},
    {"get-pane-direction", &RemoteCommand::get_pane_direction},
    {"adjust-pane-size", &RemoteCommand::adjust_pane_size},
    {"zoom-pane", &RemoteCommand::zoom_pane},
    {"set-tab-title", &RemoteCommand::set_tab_title, false},
    {"set-window-title", &RemoteCommand::set_window_title, false},
    {"rename-workspace", &RemoteCommand::rename_workspace, false},
    {"activate-tab", &RemoteCommand::activate_tab, false},
    {"move-pane-to-new-tab", &RemoteCommand::move_pane_to_new_tab},
    {"kill-pane", &RemoteCommand::kill_pane},
    {"reload", &RemoteCommand::reload, false},
    {"invalidate", &RemoteCommand::invalidate, false},
    {"scripting", &RemoteCommand::scripting, false},
};

Json RemoteCommand::run() {
    const std::string name = text_of(request_, "command");
    for (const Entry& entry : entries) {
        if (entry.name != name) continue;
        if (!entry.needs_pane) return (this->*entry.run)();
        if (!find_pane())
            return error(has("pane_id") ? "there is no pane " + std::to_string(number("pane_id"))
                                        : std::string{"there is no pane"});
        return (this->*entry.run)();
    }
    return error("this server does not know `" + name + "`");
}

// Fields as in wezterm/src/cli/list.rs.
Json RemoteCommand::list() {
    Json list = Json::array();
    for (std::size_t w = 0; w < app_->windows.size(); ++w) {
        const model::WindowInfo& window = app_->windows.at(w);
        for (std::size_t t = 0; t < window.tabs.size(); ++t) {
            const model::TabInfo& tab = window.tabs.at(t);
            for (std::size_t p = 0; p < tab.all_panes.size(); ++p) {
                const model::PaneInfo& pane = tab.all_panes.at(p);
                list.push_back({{"window_id", window.window_id},
                                {"tab_id", tab.tab_id},
                                {"pane_id", pane.pane_id},
                                {"workspace", window.workspace},
                                {"size",
                                 {{"rows", pane.height},
                                  {"cols", pane.width},
                                  {"pixel_width", pane.pixel_width},
                                  {"pixel_height", pane.pixel_height},
                                  {"dpi", pane.dpi}}},
                                {"title", pane.title},
                                {"cwd", pane.current_working_dir.value_or("")},
                                {"cursor_x", pane.cursor_x},
                                {"cursor_y", pane.cursor_y - pane.physical_top},
                                {"cursor_shape", pane.cursor_shape},
                                {"cursor_visibility", pane.cursor_visibility},
                                {"left_col", pane.left},
                                {"top_row", pane.top},
                                {"tab_title", tab.tab_title},
                                {"window_title", window.title},
                                {"is_active", pane.is_active},
                                {"is_zoomed", pane.is_zoomed},
                                {"tty_name", pane.tty_name ? Json(*pane.tty_name) : Json{}}});
            }
        }
    }
    return {{"list", std::move(list)}};
}

Json RemoteCommand::split_pane() {
    model::SplitPane split;
    split.pane = pane_.id();
    split.direction = direction().value_or(model::Direction::down);
    split.top_level = flag("top_level");
    split.spawn = spawn_options();
    if (has("cells")) split.size = {model::SplitSize::Unit::cells, number("cells", 1)};
    if (has("percent")) split.size = {model::SplitSize::Unit::percent, number("percent", 50)};
    if (has("move_pane_id")) {
        split.move_pane = loop_.mux().pane_by_number(number("move_pane_id"));
        if (!split.move_pane) return error("there is no pane " + std::to_string(number("move_pane_id")));
    }
    const mux::Reply reply = loop_.mux().apply(split);
    if (!reply) return error(reply.error());
    return pane_number(static_cast<Id>(reply->integer_or(0)));
}

Json RemoteCommand::spawn() {
    mux::Reply reply;
    if (flag("new_window")) {
        reply = loop_.mux().apply(model::SpawnWindow{spawn_options(), workspace(), {}, {}});
    } else {
        Id window = has("window_id") ? window_by_number(number("window_id")) : 0;
        if (has("window_id") && !window)
            return error("there is no window " + std::to_string(number("window_id")));
        if (!window) {
            if (!find_pane()) return error("there is no window to open a tab in: try --new-window");
            window = window_.id();
        }
        reply = loop_.mux().apply(model::SpawnTab{window, spawn_options()});
    }
    if (!reply) return error(reply.error());
    return pane_number(model::Spawned::from_value(*reply).pane);
}

Json RemoteCommand::send_text() {
    std::string text = text_of(request_, "text");
    if (flag("no_paste")) return apply(model::SendText{pane_.id(), std::move(text)});
    return apply(model::SendPaste{pane_.id(), std::move(text)});
}

// Lines count from the top of the screen; those above it are negative.
Json RemoteCommand::get_text() {
    const mux::Pane* pane = loop_.mux().pane(pane_.id());
    if (!pane) return error("this pane is gone");
    const terminal::Terminal& terminal = pane->terminal();
    const auto back = static_cast<int>(terminal.scrollback_size());
    const int first = std::max(number("start_line", 0), -back);
    const int last = std::min(number("end_line", terminal.rows() - 1), terminal.rows() - 1);
    if (first > last) return {{"text", ""}};
    const mux::TextForm form = flag("escapes") ? mux::TextForm::escapes : mux::TextForm::plain;
    return {{"text", mux::rows_text(terminal, first, last, form, false) + "\n"}};
}

Json RemoteCommand::activate_pane() { return apply(model::ActivatePane{pane_.id()}); }

Json RemoteCommand::activate_pane_direction() {
    const auto wanted = direction();
    if (!wanted) return error("which direction?");
    return apply(model::ActivatePaneDirection{tab_.id(), *wanted});
}

Json RemoteCommand::get_pane_direction() {
    const auto wanted = direction();
    if (!wanted) return error("which direction?");
    const auto neighbor = wezterm::pane_neighbor(*tab_, *wanted);
    return {{"text", neighbor ? std::to_string((*neighbor)->pane_id) + "\n" : std::string{}}};
}

Json RemoteCommand::adjust_pane_size() {
    const auto wanted = direction();
    if (!wanted) return error("which direction?");
    return apply(model::AdjustPaneSize{pane_.id(), *wanted, number("amount", 1)});
}

Json RemoteCommand::zoom_pane() {
    const bool zoomed = flag("toggle") ? !tab_->is_zoomed : !flag("unzoom");
    if (zoomed)
        if (Json activated = apply(model::ActivatePane{pane_.id()}); activated.contains("error"))
            return activated;
    return apply(model::SetZoomed{tab_.id(), zoomed});
}

Json RemoteCommand::set_tab_title() {
    Id tab = 0;
    if (has("tab_id")) {
        for (std::size_t w = 0; w < app_->windows.size(); ++w)
            for (std::size_t t = 0; t < app_->windows.at(w).tabs.size(); ++t)
                if (app_->windows.at(w).tabs.at(t).tab_id == number("tab_id"))
                    tab = app_->windows.at(w).tabs[t].id();
    } else if (find_pane()) {
        tab = tab_.id();
    }
    if (!tab) return error("there is no such tab");
    return apply(model::SetTabTitle{tab, text_of(request_, "title")});
}

Json RemoteCommand::set_window_title() {
    Id window = 0;
    if (has("window_id"))
        window = window_by_number(number("window_id"));
    else if (find_pane())
        window = window_.id();
    if (!window) return error("there is no such window");
    return apply(model::SetWindowTitle{window, text_of(request_, "title")});
}

Json RemoteCommand::rename_workspace() {
    std::string from = text_of(request_, "workspace");
    if (from.empty()) {
        if (!find_pane()) return error("there is no such pane");
        from = window_->workspace;
    }
    return apply(model::RenameWorkspace{std::move(from), text_of(request_, "name")});
}

// Numbers as in wezterm/src/cli/activate_tab.rs: from 0; negative ones from the right.
Json RemoteCommand::activate_tab() {
    if (has("tab_id")) {
        for (std::size_t w = 0; w < app_->windows.size(); ++w)
            for (std::size_t t = 0; t < app_->windows.at(w).tabs.size(); ++t)
                if (app_->windows.at(w).tabs.at(t).tab_id == number("tab_id"))
                    return apply(model::ActivateTab{app_->windows.at(w).tabs[t].id()});
        return error("there is no tab " + std::to_string(number("tab_id")));
    }
    if (!find_pane()) return error("there is no such pane");
    const auto count = static_cast<int>(window_->tabs.size());
    int index = -1;
    if (has("tab_index")) {
        index = number("tab_index");
        if (index < 0) index = std::max(index + count, 0);
    } else if (has("tab_relative")) {
        index = static_cast<int>(tab_->tab_index) + std::clamp(number("tab_relative"), -count, count);
        index = flag("no_wrap") ? std::clamp(index, 0, count - 1) : (index + 2 * count) % count;
    }
    if (index < 0 || index >= count) return error("there is no tab with this index");
    return apply(model::ActivateTab{window_->tabs[static_cast<std::size_t>(index)].id()});
}

Json RemoteCommand::move_pane_to_new_tab() {
    if (flag("new_window")) return apply(model::MovePaneToNewWindow{pane_.id(), workspace()});
    Id window = 0;
    if (has("window_id") && !(window = window_by_number(number("window_id"))))
        return error("there is no window " + std::to_string(number("window_id")));
    return apply(model::MovePaneToNewTab{pane_.id(), window});
}

Json RemoteCommand::kill_pane() { return apply(model::ClosePane{pane_.id()}); }

Json RemoteCommand::reload() {
    loop_.engine().reload();
    return Json::object();
}

Json RemoteCommand::invalidate() {
    const std::string event = text_of(request_, "event");
    return loop_.engine().invalidate(event) ? Json::object()
                                            : error("the configuration has no handler of `" + event + "`");
}

Json RemoteCommand::scripting() {
    const std::string wanted = text_of(request_, "state");
    Engine& engine = loop_.engine();
    if (wanted == "on" || wanted == "off") {
        engine.turn_scripting(wanted == "on");
        loop_.io().wake();
        return Json::object();
    }
    if (!wanted.empty()) return error("scripting can be `on` or `off`");
    const ScriptingState& state = engine.scripting();
    if (!state.on) return {{"text", "off: " + state.why_off + "\n"}};
    std::string text = "on";
    if (state.failovers)
        text +=
            ", started anew " + std::to_string(state.failovers) + (state.failovers == 1 ? " time" : " times");
    if (state.stuck) text += ", " + std::to_string(state.stuck) + " stuck";
    return {{"text", text + "\n"}};
}

} // namespace

Json answer_remote(UiLoop& loop, const Json& request) { return RemoteCommand{loop, request}.run(); }

} // namespace lunette::server
