#include "cli/fixed_model.h"

#include <algorithm>
#include <utility>

namespace lunette::cli {

namespace {

tl::unexpected<Error> gone(const char* what) {
    return failure(std::string{"this "} + what + " does not exist any more");
}

Value zone(std::int64_t first, std::int64_t last, std::int64_t end_x, const char* type) {
    return Value::map(
        {{"start_x", 0}, {"start_y", first}, {"end_x", end_x}, {"end_y", last}, {"semantic_type", type}});
}

// Of the text that every pane shows.
std::vector<Value> all_zones() {
    return {zone(0, 0, 32, "Input"), zone(1, 2, 33, "Output"), zone(3, 3, 20, "Prompt")};
}

} // namespace

// What each command does to the fixed model. Commands that only matter to programs, terminals or desktops are
// accepted and change nothing.
struct Applier {
    FixedModel& m;

    template<class C>
    Expected<Value> operator()(const C&) {
        return Value{};
    }
    Expected<Value> operator()(const model::SetLeftStatus& c) {
        return in_window(c.window, [&](auto& window) { window.info.left_status = c.text; });
    }
    Expected<Value> operator()(const model::SetRightStatus& c) {
        return in_window(c.window, [&](auto& window) { window.info.right_status = c.text; });
    }
    Expected<Value> operator()(const model::SetConfigOverrides& c) {
        return in_window(c.window, [&](auto& window) {
            window.info.config_overrides = c.overrides.size() == 0 ? Value{} : c.overrides;
        });
    }
    Expected<Value> operator()(const model::SetWindowTitle& c) {
        return in_window(c.window, [&](auto& window) { window.info.title = c.title; });
    }
    Expected<Value> operator()(const model::SetWorkspace& c) {
        return in_window(c.window, [&](auto& window) { window.info.workspace = c.workspace; });
    }
    Expected<Value> operator()(const model::FocusWindow& c) {
        return in_window(c.window, [&](auto& window) { m.active_window_ = window.id; });
    }
    Expected<Value> operator()(const model::SetTabTitle& c) {
        const auto place = m.find(c.tab);
        if (!place.tab) return gone("tab");
        place.tab->title = c.title;
        return Value{};
    }
    Expected<Value> operator()(const model::ActivateTab& c) {
        const auto place = m.find(c.tab);
        if (!place.tab) return gone("tab");
        place.window->active = static_cast<std::size_t>(place.tab - place.window->tabs.data());
        return Value{};
    }
    Expected<Value> operator()(const model::ActivatePane& c) {
        const auto place = m.find(c.pane);
        if (!place.pane) return gone("pane");
        place.tab->active = static_cast<std::size_t>(place.pane - place.tab->panes.data());
        return Value{};
    }
    Expected<Value> operator()(const model::SetZoomed& c) {
        const auto place = m.find(c.tab);
        if (!place.tab) return gone("tab");
        const bool before = std::exchange(place.tab->zoomed, c.zoomed && place.tab->panes.size() > 1);
        return Value{before};
    }
    Expected<Value> operator()(const model::SplitPane& c) {
        const auto place = m.find(c.pane);
        if (!place.pane) return gone("pane");
        place.tab->panes.push_back(new_pane(c.spawn));
        place.tab->active = place.tab->panes.size() - 1;
        return Value{place.tab->panes.back().id};
    }
    Expected<Value> operator()(const model::SpawnTab& c) {
        const auto place = m.find(c.window);
        if (!place.window) return gone("window");
        return add_tab(*place.window, c.spawn);
    }
    Expected<Value> operator()(const model::SpawnWindow& c) {
        m.windows_.push_back(m.make_window(c.workspace.value_or(m.workspace_)));
        return add_tab(m.windows_.back(), c.spawn);
    }
    Expected<Value> operator()(const model::SetActiveWorkspace& c) {
        const bool known = std::any_of(m.windows_.begin(), m.windows_.end(),
                                       [&](const auto& w) { return w.info.workspace == c.workspace; });
        if (!known) return failure("there is no workspace \"" + c.workspace + "\"");
        m.workspace_ = c.workspace;
        return Value{};
    }
    Expected<Value> operator()(const model::RenameWorkspace& c) {
        for (auto& window : m.windows_)
            if (window.info.workspace == c.from) window.info.workspace = c.to;
        if (m.workspace_ == c.from) m.workspace_ = c.to;
        return Value{};
    }
    Expected<Value> operator()(const model::MovePaneToNewTab& c) { return where(c.pane); }
    Expected<Value> operator()(const model::MovePaneToNewWindow& c) { return where(c.pane); }

    template<class F>
    Expected<Value> in_window(Id id, F change) {
        const auto place = m.find(id);
        if (!place.window) return gone("window");
        change(*place.window);
        return Value{};
    }
    Expected<Value> where(Id pane) {
        const auto place = m.find(pane);
        if (!place.pane) return gone("pane");
        return model::Spawned{place.tab->id, pane, place.window->id}.to_value();
    }
    FixedModel::Pane new_pane(const model::SpawnOptions& spawn) {
        const std::string program = spawn.args.empty() ? "/usr/bin/zsh" : spawn.args.front();
        return m.make_pane(program.substr(program.rfind('/') + 1), program, spawn.cwd.value_or("/home/user"));
    }
    Expected<Value> add_tab(FixedModel::Window& window, const model::SpawnOptions& spawn) {
        window.tabs.push_back(m.make_tab({new_pane(spawn)}));
        window.active = window.tabs.size() - 1;
        const auto& tab = window.tabs.back();
        return model::Spawned{tab.id, tab.panes.front().id, window.id}.to_value();
    }
};

Expected<Value> FixedModel::apply(const model::Command& command) {
    Expected<Value> reply = std::visit(Applier{*this}, command);
    build();
    return reply;
}

Expected<Value> FixedModel::answer(const model::Query& query) const {
    struct Answerer {
        Expected<Value> operator()(const model::PaneText&) const {
            return Value{"user@host ~/project $ cargo build\n   Compiling engine v0.1.0\n"
                         "    Finished dev profile in 1.2s\nuser@host ~/project $"};
        }
        Expected<Value> operator()(const model::PaneRegion&) const { return Value{"cargo build"}; }
        Expected<Value> operator()(const model::SelectionText&) const { return Value{""}; }
        Expected<Value> operator()(const model::SemanticZones& query) const {
            std::vector<Value> zones;
            for (const Value& zone : all_zones())
                if (!query.type || zone["semantic_type"].text() == *query.type) zones.push_back(zone);
            return Value::list(std::move(zones));
        }
        Expected<Value> operator()(const model::SemanticZoneAt& query) const {
            for (const Value& zone : all_zones())
                if (query.y >= zone["start_y"].integer_or(0) && query.y <= zone["end_y"].integer_or(0))
                    return zone;
            return Value{};
        }
    };
    return std::visit(Answerer{}, query);
}

} // namespace lunette::cli
