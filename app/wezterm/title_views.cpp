#include "wezterm/title_views.h"

#include "model/ansi_text.h"
#include "wezterm/title_value.h"

#include "model/records.h"
#include "model/tab_bar_content.h"
#include "model/titles.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using model::StyledText;
using model::TabInfo;
using model::WindowInfo;

constexpr const char* tab_title_event = "format-tab-title";
constexpr const char* window_title_event = "format-window-title";
constexpr int hover_parameter = 5; // of format-tab-title: (tab, tabs, panes, config, hover, max_width)
constexpr int width_parameter = 6;

Ref<WindowInfo> find_window(const Evaluation& evaluation, const Args& args) {
    if (args.empty()) return {};
    const Id id = args[0].record() ? args[0].record()->id() : static_cast<Id>(args[0].integer_or(0));
    const RecordRef record = evaluation.find(id);
    if (!record || &record->schema() != &model::window_schema().erased()) return {};
    return Ref<WindowInfo>{record};
}

Argument field(const RecordRef& record, const char* name, const char* object) {
    if (!record) return {Value::list({})};
    return {Value{record}, name, object};
}

// What a window's title handlers get, and the options that hold for it. Declares the reads.
struct Context {
    Context(Evaluation& evaluation, Ref<WindowInfo> shown) : window{std::move(shown)} {
        evaluation.read(window.record(), {"tabs", "active_tab", "active_pane", "config"});
        if (window->config) {
            config = window->config;
        } else {
            const RecordRef root = evaluation.root();
            evaluation.read(root, {"config"});
            config = static_cast<const model::AppInfo*>(root->payload())->config;
        }
        if (config) evaluation.read(config.record(), {"options"});
    }

    // The UI thread has yet to take the load that the handlers are of: they would get the options of another
    // one. What is shown stays until then.
    bool is_early(const Evaluation& evaluation) const {
        return (config ? static_cast<std::uint64_t>(config->generation) : 0) < evaluation.generation();
    }
    const Value& options() const {
        static const Value none;
        return config ? config->options : none;
    }
    Argument tabs() const { return field(window.record(), "tabs", "TabInformation"); }
    Argument panes() const { return field(window->active_tab.record(), "panes", "PaneInformation"); }
    Argument config_argument() const {
        if (!config) return {Value::map({})};
        return {Value{config}, "options"};
    }

    Ref<WindowInfo> window;
    Ref<model::ConfigInfo> config;
};

class TabBar {
public:
    TabBar(Evaluation& evaluation, const Ref<WindowInfo>& window, bool only_hovered)
        : evaluation_{evaluation},
          context_{evaluation, window},
          options_{model::TabBarOptions::from_options(context_.options())},
          has_handler_{evaluation.has_handler(tab_title_event)},
          parameters_{has_handler_ ? evaluation.parameter_count(tab_title_event) : 0},
          only_hovered_{only_hovered} {
        evaluation.read(window.record(), {"columns", "left_status", "right_status"});
    }

    Async<Value> content() {
        if (context_.is_early(evaluation_)) co_return Value{};
        const WindowInfo& window = *context_.window;
        model::TabBarContent content;
        content.columns = static_cast<int>(window.columns);
        content.left_status = model::parse_ansi_text(window.left_status);
        content.right_status = model::parse_ansi_text(window.right_status);
        if (options_.show_tabs) {
            auto pass_one = widths();
            const std::vector<int> first = co_await std::move(pass_one);
            content.width_cap = model::tab_width_cap(first, content.columns, options_);
            auto pass_two = drawn(model::pass_two_max_widths(first, content.columns, options_));
            content.tabs = co_await std::move(pass_two);
        }
        co_return Value{model::make_tab_bar_content(context_.window.id(), std::move(content))};
    }

private:
    using Wait = Io::Wait<Expected<Value>>;

    Async<std::vector<int>> widths() {
        const auto& tabs = context_.window->tabs;
        std::vector<Wait> waits;
        for (std::size_t i = 0; i < tabs.size(); ++i)
            waits.push_back(ask(tabs[i], false, model::pass_one_max_width(options_)));
        std::vector<int> result;
        for (std::size_t i = 0; i < tabs.size(); ++i) {
            const Expected<Value> answer = co_await std::move(waits[i]);
            result.push_back(title(tabs[i], answer).width());
        }
        co_return result;
    }

    Async<std::vector<model::TabBarContent::Tab>> drawn(std::vector<int> max_widths) {
        const auto& tabs = context_.window->tabs;
        // All are asked before the first is waited for, so that they run side by side.
        std::vector<Wait> plain;
        for (std::size_t i = 0; i < tabs.size(); ++i) plain.push_back(ask(tabs[i], false, max_widths[i]));
        std::vector<std::optional<Expected<Value>>> hovered(tabs.size());
        std::optional<Wait> under_mouse;
        std::size_t hovered_tab = tabs.size();
        for (std::size_t i = 0; i < tabs.size(); ++i) {
            evaluation_.read(tabs[i].record(), {"is_active"});
            if (!may_hover(tabs.at(i))) continue;
            if (!only_hovered_) hovered[i] = speculate(tabs[i], max_widths[i]);
            if (hovered[i]) continue;
            // Where the mouse is matters only as long as not all is known.
            evaluation_.read(context_.window.record(), {"hovered_tab"});
            if (tabs.at(i).tab_id != context_.window->hovered_tab) continue;
            under_mouse = ask(tabs[i], true, max_widths[i]);
            hovered_tab = i;
        }
        std::vector<model::TabBarContent::Tab> result;
        for (std::size_t i = 0; i < tabs.size(); ++i) {
            const Expected<Value> answer = co_await std::move(plain[i]);
            const StyledText text = title(tabs[i], answer);
            result.push_back({tabs.at(i).tab_id, text, hovered[i] ? title(tabs[i], *hovered[i]) : text});
        }
        if (under_mouse) {
            const Expected<Value> answer = co_await std::move(*under_mouse);
            result[hovered_tab].hovered = title(tabs[hovered_tab], answer);
        }
        co_return result;
    }

    bool may_hover(const TabInfo& tab) const {
        return !tab.is_active && has_handler_ && parameters_ >= hover_parameter;
    }

    // A handler without a parameter for the width cannot depend on it: it is told the first pass's, so that
    // one call serves both.
    Wait ask(const Ref<TabInfo>& tab, bool hover, int max_width) {
        if (!has_handler_) return {{}, Expected<Value>{Value{}}};
        return evaluation_.call(tab_title_event, label(tab, hover), arguments(tab, hover, max_width));
    }
    std::optional<Expected<Value>> speculate(const Ref<TabInfo>& tab, int max_width) {
        return evaluation_.speculate(tab_title_event, label(tab, true), arguments(tab, true, max_width));
    }
    static std::string label(const Ref<TabInfo>& tab, bool hover) {
        return "tab " + std::to_string(tab->tab_id) + (hover ? ", hover" : "");
    }
    std::vector<Argument> arguments(const Ref<TabInfo>& tab, bool hover, int max_width) const {
        if (parameters_ < width_parameter) max_width = model::pass_one_max_width(options_);
        return {{Value{tab}, {}, "TabInformation"}, context_.tabs(), context_.panes(),
                context_.config_argument(),         {Value{hover}},  {Value{max_width}}};
    }

    // What the handler said, or the default.
    StyledText title(const Ref<TabInfo>& tab, const Expected<Value>& answer) {
        if (answer)
            if (const StyledText* text = title_of(*answer)) return *text;
        evaluation_.read(tab.record(), {"tab_index", "tab_title", "active_pane", "is_active", "all_panes"});
        for (std::size_t i = 0; !tab->is_active && i < tab->all_panes.size(); ++i)
            evaluation_.read(tab->all_panes[i].record(), {"has_unseen_output", "has_unseen_bell"});
        if (tab->active_pane) evaluation_.read(tab->active_pane.record(), {"title", "progress"});
        return model::default_tab_title(*tab, options_);
    }

    Evaluation& evaluation_;
    Context context_;
    model::TabBarOptions options_;
    bool has_handler_;
    int parameters_;
    bool only_hovered_;
};

Async<Value> evaluate_tab_bar(Evaluation& evaluation, Args args, bool only_hovered) {
    const Ref<WindowInfo> window = find_window(evaluation, args);
    if (!window) co_return Value{};
    TabBar bar{evaluation, window, only_hovered};
    auto content = bar.content();
    co_return co_await std::move(content);
}

Argument information(const RecordRef& record, const char* object) {
    if (!record) return {Value{}};
    return {Value{record}, {}, object};
}

Async<Value> evaluate_window_title(Evaluation& evaluation, Args args) {
    const Ref<WindowInfo> window = find_window(evaluation, args);
    if (!window) co_return Value{};
    const Context context{evaluation, window};
    if (context.is_early(evaluation)) co_return Value{};
    if (evaluation.has_handler(window_title_event)) {
        std::vector<Argument> arguments{information(window->active_tab.record(), "TabInformation"),
                                        information(window->active_pane.record(), "PaneInformation"),
                                        context.tabs(), context.panes(), context.config_argument()};
        auto wait = evaluation.call(window_title_event, "window " + std::to_string(window->window_id),
                                    std::move(arguments));
        const Expected<Value> result = co_await std::move(wait);
        if (result && result->kind() == Kind::string) co_return *result;
    }
    if (window->active_tab) evaluation.read(window->active_tab.record(), {"tab_index"});
    if (window->active_pane) evaluation.read(window->active_pane.record(), {"title", "is_zoomed"});
    co_return Value{model::default_window_title(*window)};
}

} // namespace

ViewFunction tab_bar_view(bool only_hovered) {
    return {"tab-bar", [only_hovered](Evaluation& evaluation, Args args) {
                return evaluate_tab_bar(evaluation, std::move(args), only_hovered);
            }};
}

ViewFunction window_title_view() { return {"window-title", evaluate_window_title}; }

} // namespace lunette::wezterm
