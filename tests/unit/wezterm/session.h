#pragma once

#include "wezterm/api.h"
#include "wezterm/requests.h"

#include "model/records.h"

#include <lunette/engine.h>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm::testing {

inline constexpr std::chrono::milliseconds patience{60'000};

inline Ref<model::PaneInfo> make_pane(std::int64_t number, std::string title, Id id = next_id()) {
    model::PaneInfo pane;
    pane.pane_id = number;
    pane.is_active = true;
    pane.title = std::move(title);
    pane.width = 80;
    pane.height = 24;
    pane.user_vars = Value::map({{"PROG", "nvim"}});
    pane.progress = "None";
    pane.domain_name = "local";
    pane.foreground_process_name = "/usr/bin/zsh";
    pane.current_working_dir = "file://box/home/me/my%20dir";
    return model::pane_schema().make(id, std::move(pane));
}

// One window "check" with three tabs, the one at `active` shown. The application as a test changes it.
struct World {
    World() {
        for (int i = 0; i < 3; ++i) {
            panes.push_back(make_pane(i, "title " + std::to_string(i)));
            model::TabInfo tab;
            tab.tab_id = i;
            tab.tab_index = i;
            tab.is_active = i == 1;
            tab_data.push_back(tab);
            tab_ids.push_back(next_id());
        }
        domain = model::domain_schema().make({0, "local", "local", "Attached", true, true});
        window_data.columns = 100;
        window_data.workspace = "default";
        window_data.left_status = "left";
        set_options(Value::map({{"use_fancy_tab_bar", false}, {"tab_max_width", 16}}));
    }

    void set_options(Value options) {
        model::ConfigInfo info;
        info.generation = generation;
        info.options = std::move(options);
        config = model::config_schema().make(config_id, std::move(info));
    }

    Ref<model::AppInfo> root() {
        std::vector<Ref<model::TabInfo>> tabs;
        for (std::size_t i = 0; i < tab_data.size(); ++i) {
            model::TabInfo& tab = tab_data[i];
            tab.panes = tab.all_panes = List<model::PaneInfo>{{panes[i]}};
            tab.active_pane = panes[i];
            tab.window_record = window_id;
            tabs.push_back(model::tab_schema().make(tab_ids[i], tab));
        }
        window_data.tabs = List<model::TabInfo>{tabs};
        window_data.active_tab = tabs[active];
        window_data.active_pane = panes[active];
        window = model::window_schema().make(window_id, window_data);
        model::AppInfo app;
        app.windows = List<model::WindowInfo>{{window}};
        app.active_window = window;
        app.active_workspace = "default";
        app.workspaces = Value::list({"default", "work"});
        app.domains = List<model::DomainInfo>{{domain}};
        app.config = config;
        return model::app_schema().make(app_id, app);
    }

    Id app_id = next_id(), window_id = next_id(), config_id = next_id();
    std::size_t active = 1;
    std::int64_t generation = 1; // the load that the configuration is of
    std::vector<Ref<model::PaneInfo>> panes;
    std::vector<model::TabInfo> tab_data;
    std::vector<Id> tab_ids;
    model::WindowInfo window_data;
    Ref<model::WindowInfo> window;
    Ref<model::DomainInfo> domain;
    Ref<model::ConfigInfo> config;
};

// The API in a real engine whose clock stands still, over a World. Commands are recorded and answered by
// `answer`.
class Session {
public:
    explicit Session(const std::string& source, const std::function<void(EngineOptions&)>& adjust = {}) {
        EngineOptions options;
        options.source = "local wezterm = require 'wezterm'\n" + source;
        options.clock = &clock;
        install(options);
        options.convert = {}; // the result is what the main chunk returned
        if (adjust) adjust(options);
        engine = std::make_unique<Engine>(std::move(options));
        declare_events(*engine);
        publish();
        settle();
    }

    void publish() { engine->publish(world.root()); }

    // Until nothing happens any more, commands included.
    void settle() {
        for (;;) {
            ASSERT_TRUE(engine->settle(patience));
            if (engine->take_commands([this](const Command& command) { return apply(command); }) == 0) return;
            publish(); // which includes what was applied
        }
    }

    void advance(std::chrono::milliseconds by) {
        clock.advance(by);
        engine->clock_changed();
        settle();
    }

    void emit(const std::string& event, Args more = {}) {
        Args arguments{Value{world.window}, Value{world.panes[world.active]}};
        for (Value& value : more) arguments.push_back(std::move(value));
        engine->emit(event, std::move(arguments));
        settle();
    }

    const Value& result() const { return engine->load().configuration; }
    std::string error() const { return engine->load().error.message; }

    // "name(arguments)" of all commands so far.
    std::vector<std::string> log;
    std::function<Expected<Value>(const Command&)> answer = [](const Command&) { return Value{}; };
    ManualClock clock;
    World world;
    std::unique_ptr<Engine> engine;

private:
    Expected<Value> apply(const Command& command) {
        std::string text = command.name();
        for (const Value& argument : command.arguments()) text += " " + describe(argument);
        log.push_back(std::move(text));
        return answer(command);
    }
};

// What `return EXPRESSION` gives, or "error: …".
inline Value evaluate(const std::string& expression) {
    Session session{"return " + expression};
    return session.engine->load().ok ? session.result() : Value{"error: " + session.error()};
}

} // namespace lunette::wezterm::testing
