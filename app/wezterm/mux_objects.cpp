#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/pane_neighbor.h"
#include "wezterm/requests.h"
#include "wezterm/spawn_values.h"

#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using model::DomainInfo;
using model::TabInfo;
using model::WindowInfo;

const WindowInfo& window(const RecordRef& self) { return payload<WindowInfo>(self); }
const TabInfo& tab(const RecordRef& self) { return payload<TabInfo>(self); }
const DomainInfo& domain(const RecordRef& self) { return payload<DomainInfo>(self); }

Value tabs_with_info(Script& script, RecordRef self) {
    std::vector<Value> rows;
    const auto& tabs = window(self).tabs;
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        script.read(*tabs[i].record(), "is_active");
        rows.push_back(Value::map(
            {{"index", i}, {"is_active", tabs.at(i).is_active}, {"tab", Value{tabs[i], mux_tab_object}}}));
    }
    return Value::list(std::move(rows));
}

Value panes_with_info(Script& script, RecordRef self) {
    std::vector<Value> rows;
    const auto& panes = tab(self).all_panes;
    for (std::size_t i = 0; i < panes.size(); ++i) {
        for (const char* field : {"is_active", "is_zoomed", "left", "top", "width", "height"})
            script.read(*panes[i].record(), field);
        const model::PaneInfo& pane = panes.at(i);
        rows.push_back(Value::map({{"index", pane.pane_index},
                                   {"is_active", pane.is_active},
                                   {"is_zoomed", pane.is_zoomed},
                                   {"left", pane.left},
                                   {"top", pane.top},
                                   {"width", pane.width},
                                   {"height", pane.height},
                                   {"pixel_width", pane.pixel_width},
                                   {"pixel_height", pane.pixel_height},
                                   {"pane", Value{panes[i], pane_object}}}));
    }
    return Value::list(std::move(rows));
}

Value pane_direction(Script& script, RecordRef self, std::string text) {
    const auto direction = model::parse_direction(text);
    if (!direction) throw BindError{"unknown direction '" + text + "'"};
    const TabInfo& t = tab(self);
    script.read(*self, "active_pane");
    script.read(*self, "all_panes");
    for (std::size_t i = 0; i < t.all_panes.size(); ++i)
        for (const char* field : {"left", "top", "width", "height"})
            script.read(*t.all_panes[i].record(), field);
    const auto neighbor = pane_neighbor(t, *direction);
    return neighbor ? Value{*neighbor, pane_object} : Value{};
}

Value size_of(RecordRef self) {
    const TabInfo& t = tab(self);
    return Value::map({{"rows", t.rows},
                       {"cols", t.cols},
                       {"pixel_width", t.pixel_width},
                       {"pixel_height", t.pixel_height},
                       {"dpi", t.dpi}});
}

} // namespace

Object window_mux_object() {
    Object object{"MuxWindow", model::window_schema()};
    for (const char* field :
         {"window_id", "tabs", "active_tab", "active_pane", "current_event", "config_overrides", "config"})
        object.hide(field);
    add_active_methods(object);
    object.method("window_id", [](RecordRef self) { return window(self).window_id; }, {"window_id"})
        .method("gui_window",
                [](RecordRef self) {
                    return Value{std::move(self), window_object};
                })
        .method("tabs", [](RecordRef self) { return handles(window(self).tabs, mux_tab_object); }, {"tabs"})
        .method("tabs_with_info", tabs_with_info, {"tabs"})
        .method("set_title",
                [](Script& script, RecordRef self, std::string title) {
                    script.command(request(model::SetWindowTitle{self->id(), std::move(title)}));
                })
        .method("set_workspace",
                [](Script& script, RecordRef self, std::string name) {
                    script.command(request(model::SetWorkspace{self->id(), std::move(name)}));
                })
        .async("spawn_tab", [](Io& io, RecordRef self, Value options) {
            return spawn_tab(io, self->id(), std::move(options));
        });
    return object;
}

Object tab_mux_object() {
    Object object{"MuxTab", model::tab_schema()};
    for (const char* field : {"tab_id", "panes", "all_panes", "active_pane"}) object.hide(field);
    object.method("tab_id", [](RecordRef self) { return tab(self).tab_id; }, {"tab_id"})
        .method("window",
                [](Script& script, RecordRef self) {
                    RecordRef record = script.find(tab(self).window_record);
                    return record ? Value{std::move(record), mux_window_object} : Value{};
                },
                {"window_id"})
        .method("panes", [](RecordRef self) { return handles(tab(self).all_panes, pane_object); },
                {"all_panes"})
        .method("panes_with_info", panes_with_info, {"all_panes"})
        .method("active_pane",
                [](RecordRef self) {
                    return Value{tab(self).active_pane, pane_object};
                },
                {"active_pane"})
        .method("get_pane_direction", pane_direction, {"all_panes"})
        .method("get_size", size_of, {"rows", "cols", "pixel_width", "pixel_height", "dpi"})
        .method("activate", [](Script& script,
                               RecordRef self) { script.command(request(model::ActivateTab{self->id()})); })
        .method("set_title",
                [](Script& script, RecordRef self, std::string title) {
                    script.command(request(model::SetTabTitle{self->id(), std::move(title)}));
                })
        .method("rotate_clockwise",
                [](Script& script, RecordRef self) {
                    script.command(request(model::RotatePanes{self->id(), true}));
                })
        .method("rotate_counter_clockwise",
                [](Script& script, RecordRef self) {
                    script.command(request(model::RotatePanes{self->id(), false}));
                })
        // The state before is in the snapshot, so there is no need to wait for the reply.
        .method("set_zoomed",
                [](Script& script, RecordRef self, bool zoomed) {
                    const bool before = tab(self).is_zoomed;
                    script.command(request(model::SetZoomed{self->id(), zoomed}));
                    return before;
                },
                {"is_zoomed"});
    return object;
}

Object domain_object() {
    Object object{"MuxDomain", model::domain_schema()};
    for (const char* field : {"domain_id", "name", "label", "state", "is_spawnable", "has_any_panes"})
        object.hide(field);
    object.method("domain_id", [](RecordRef self) { return domain(self).domain_id; }, {"domain_id"})
        .method("name", [](RecordRef self) { return domain(self).name; }, {"name"})
        .method("label", [](RecordRef self) { return domain(self).label; }, {"label"})
        .method("state", [](RecordRef self) { return domain(self).state; }, {"state"})
        .method("is_spawnable", [](RecordRef self) { return domain(self).is_spawnable; }, {"is_spawnable"})
        .method("has_any_panes", [](RecordRef self) { return domain(self).has_any_panes; }, {"has_any_panes"})
        .async("attach",
               [](Io& io, RecordRef self, Value target) -> Async<Expected<Value>> {
                   const RecordNode* shown = target.record();
                   const bool is_window = shown && &shown->schema() == &model::window_schema().erased();
                   if (!target.is_nil() && !is_window) co_return failure("attach: MuxWindow expected");
                   auto wait = io.command(request(model::AttachDomain{self->id(), shown ? shown->id() : 0}));
                   auto reply = co_await std::move(wait);
                   if (!reply) co_return reply;
                   co_return Value{};
               })
        .async("detach", [](Io& io, RecordRef self) -> Async<Expected<Value>> {
            auto wait = io.command(request(model::DetachDomain{self->id()}));
            auto reply = co_await std::move(wait);
            if (!reply) co_return reply;
            co_return Value{};
        });
    return object;
}

} // namespace lunette::wezterm
