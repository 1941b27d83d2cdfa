#include "wezterm/handles.h"
#include "wezterm/modules.h"
#include "wezterm/requests.h"
#include "wezterm/spawn_values.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using model::AppInfo;

// The root, after recording which of its fields were read; null before there is one.
const AppInfo* read_app(Script& script, std::initializer_list<const char*> fields) {
    const AppInfo* app = app_info(script);
    if (app)
        for (const char* field : fields) script.read(*script.root(), field);
    return app;
}

[[noreturn]] void not_found(const char* what, std::int64_t id) {
    throw BindError{std::string{what} + " id " + std::to_string(id) + " not found in mux"};
}

Value all_windows(Script& script) {
    const AppInfo* app = read_app(script, {"windows"});
    return app ? handles(app->windows, mux_window_object) : Value::list({});
}

Value get_window(Script& script, std::int64_t id) {
    if (const AppInfo* app = read_app(script, {"windows"}))
        for (std::size_t i = 0; i < app->windows.size(); ++i)
            if (app->windows.at(i).window_id == id) return Value{app->windows[i], mux_window_object};
    not_found("window", id);
}

Value get_tab(Script& script, std::int64_t id) {
    if (const AppInfo* app = read_app(script, {"windows"})) {
        for (std::size_t w = 0; w < app->windows.size(); ++w) {
            script.read(*app->windows[w].record(), "tabs");
            const auto& tabs = app->windows.at(w).tabs;
            for (std::size_t i = 0; i < tabs.size(); ++i)
                if (tabs.at(i).tab_id == id) return Value{tabs[i], mux_tab_object};
        }
    }
    not_found("tab", id);
}

Value get_pane(Script& script, std::int64_t id) {
    if (const AppInfo* app = read_app(script, {"windows"})) {
        for (std::size_t w = 0; w < app->windows.size(); ++w) {
            script.read(*app->windows[w].record(), "tabs");
            const auto& tabs = app->windows.at(w).tabs;
            for (std::size_t t = 0; t < tabs.size(); ++t) {
                script.read(*tabs[t].record(), "all_panes");
                const auto& panes = tabs.at(t).all_panes;
                for (std::size_t i = 0; i < panes.size(); ++i)
                    if (panes.at(i).pane_id == id) return Value{panes[i], pane_object};
            }
        }
    }
    not_found("pane", id);
}

Value get_domain(Script& script, Value which) {
    const AppInfo* app = read_app(script, {"domains", "default_domain_id"});
    if (!which.is_nil() && which.kind() != Kind::string && which.kind() != Kind::integer)
        throw BindError{"name or id expected, got " + describe(which, 60)};
    if (!app) return {};
    for (std::size_t i = 0; i < app->domains.size(); ++i) {
        const model::DomainInfo& domain = app->domains.at(i);
        const bool found = which.is_nil()                 ? domain.domain_id == app->default_domain_id
                           : which.kind() == Kind::string ? domain.name == which.text()
                                                          : domain.domain_id == which.integer_or(-1);
        if (found) return Value{app->domains[i]};
    }
    return {};
}

void add_lookups(Module& mux) {
    mux.function("all_windows", all_windows)
        .function("get_window", get_window)
        .function("get_tab", get_tab)
        .function("get_pane", get_pane)
        .function("all_domains",
                  [](Script& script) {
                      const AppInfo* app = read_app(script, {"domains"});
                      return app ? handles(app->domains, 0) : Value::list({});
                  })
        .function("get_domain", get_domain);
}

void add_workspaces(Module& mux) {
    mux.function("get_active_workspace",
                 [](Script& script) {
                     const AppInfo* app = read_app(script, {"active_workspace"});
                     return app && !app->active_workspace.empty() ? app->active_workspace
                                                                  : std::string{"default"};
                 })
        .function("get_workspace_names",
                  [](Script& script) {
                      const AppInfo* app = read_app(script, {"workspaces"});
                      return app && !app->workspaces.is_nil() ? app->workspaces : Value::list({});
                  })
        // Waits for the commands before it: the window of that workspace may be one of them.
        .async("set_active_workspace",
               [](Io& io, std::string name) -> Async<Expected<Value>> {
                   auto reply = io.command(request(model::SetActiveWorkspace{std::move(name)}));
                   co_return co_await std::move(reply);
               })
        .function("rename_workspace", [](Script& script, std::string from, std::string to) {
            script.command(request(model::RenameWorkspace{std::move(from), std::move(to)}));
        });
}

} // namespace

Module mux_module() {
    Module mux{"mux"};
    add_lookups(mux);
    add_workspaces(mux);
    mux.function("set_default_domain",
                 [](Script& script, Value domain) {
                     const Id id = require_record(domain, model::domain_schema(), "MuxDomain");
                     script.command(request(model::SetDefaultDomain{id}));
                 })
        .async("spawn_window", [](Io& io, Value options) { return spawn_window(io, std::move(options)); });
    return mux;
}

} // namespace lunette::wezterm
