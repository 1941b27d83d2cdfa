#pragma once

#include "model/commands.h"
#include "model/queries.h"
#include "model/records.h"

#include <lunette/bind.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace lunette::cli {

// A model without programs, terminals or time: what `check` shows to a configuration. One window "check" with
// three tabs, the second active and split in two panes. Commands change it as a multiplexer would, but start
// nothing; queries are answered with fixed text. UI thread.
class FixedModel {
public:
    FixedModel();

    // Of the machine that it stands for, a laptop on battery: what battery_info() returns.
    static Value batteries();

    // The newest version; another object after each change.
    const Ref<model::AppInfo>& root() const noexcept { return root_; }
    Ref<model::WindowInfo> window() const; // the first one
    Ref<model::PaneInfo> pane() const;     // its active one

    // As converted; the generation is the engine's.
    void set_config(model::ConfigInfo config);
    const model::ConfigInfo& config() const noexcept { return *config_; }

    // Where the mouse is: the tab with this number, or none.
    void hover(std::optional<std::int64_t> tab);

    // What was wrong with overrides.
    std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }

    Expected<Value> apply(const model::Command& command);
    Expected<Value> answer(const model::Query& query) const;

private:
    struct Pane {
        Id id = next_id();
        model::PaneInfo info;
    };
    struct Tab {
        Id id = next_id();
        std::int64_t tab_id = 0;
        std::string title;
        std::vector<Pane> panes;
        std::size_t active = 0;
        bool zoomed = false;
    };
    struct Window {
        Id id = next_id();
        model::WindowInfo info;
        std::vector<Tab> tabs;
        std::size_t active = 0;
        Value applied_overrides; // that `config` was made for
        Ref<model::ConfigInfo> config;
    };
    struct Place {
        Window* window = nullptr;
        Tab* tab = nullptr;
        Pane* pane = nullptr;
    };

    friend struct Applier;

    Pane make_pane(std::string title, std::string program, std::string folder);
    Tab make_tab(std::vector<Pane> panes);
    Window make_window(std::string workspace);
    Place find(Id id);
    void build();
    Ref<model::WindowInfo> build_window(Window& window);
    Ref<model::TabInfo> build_tab(Window& window, std::size_t index);

    std::vector<Window> windows_;
    Id active_window_ = 0;
    std::string workspace_ = "default";
    std::vector<std::string> problems_;
    std::int64_t next_pane_ = 0;
    std::int64_t next_tab_ = 0;
    std::int64_t next_window_ = 0;
    Id app_id_ = next_id();
    Id config_id_ = next_id();
    Ref<model::DomainInfo> domain_;
    Ref<model::OuterInfo> outer_;
    Ref<model::ConfigInfo> config_;
    Ref<model::AppInfo> root_;
};

} // namespace lunette::cli
