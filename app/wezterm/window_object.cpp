#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/plain_value.h"
#include "wezterm/requests.h"

#include "model/key_assignment.h"

#include <string>
#include <tuple>
#include <utility>

namespace lunette::wezterm {

namespace {

using model::WindowInfo;

const WindowInfo& window(const RecordRef& self) { return payload<WindowInfo>(self); }

Value dimensions(RecordRef self) {
    const WindowInfo& w = window(self);
    return Value::map({{"pixel_width", w.pixel_width},
                       {"pixel_height", w.pixel_height},
                       {"dpi", w.dpi},
                       {"is_full_screen", w.is_full_screen}});
}

// What makes no sense for a window that another terminal shows: accepted, reported once by `check`, done by
// nobody.
void without_effect(Object& object, std::string name) {
    object.method(name, [name](Script& script, RecordRef self, Rest arguments) {
        script.problem(false, "Window:" + name + " has no effect in a terminal multiplexer");
        Value argument;
        if (!arguments.values.empty()) argument = Value::list(std::move(arguments.values));
        script.command(request(model::WindowRequest{self->id(), name, std::move(argument)}));
    });
}

// A status of nil, above all of a plugin that is not installed, is an empty one.
std::string status_text(Script& script, const Value& text, std::string_view side) {
    switch (text.kind()) {
    case Kind::string: return std::string{text.text()};
    case Kind::integer:
    case Kind::number: return describe(text);
    case Kind::nil:
        script.problem(false, "the " + std::string{side} + " status is nil and stays empty");
        return {};
    default: throw BindError{"argument 1: string expected, got " + std::string{kind_name(text.kind())}};
    }
}

Expected<model::SelectionText> selection(const Value& pane, bool escapes) {
    try {
        return model::SelectionText{require_record(pane, model::pane_schema(), "pane"), escapes};
    } catch (const BindError& error) {
        return failure(error.message()); // a coroutine has to return it
    }
}

void add_state(Object& object) {
    add_active_methods(object);
    object.method("window_id", [](RecordRef self) { return window(self).window_id; }, {"window_id"})
        .method("mux_window",
                [](RecordRef self) {
                    return Value{std::move(self), mux_window_object};
                })
        .method("active_workspace", [](RecordRef self) { return window(self).workspace; }, {"workspace"})
        .method("active_key_table", [](RecordRef self) { return window(self).active_key_table; },
                {"active_key_table"})
        .method("leader_is_active", [](RecordRef self) { return window(self).leader_is_active; },
                {"leader_is_active"})
        .method("composition_status", [](RecordRef self) { return window(self).composition_status; },
                {"composition_status"})
        .method("is_focused", [](RecordRef self) { return window(self).is_focused; }, {"is_focused"})
        .method("keyboard_modifiers",
                [](RecordRef self) {
                    const std::string& held = window(self).keyboard_modifiers;
                    return std::tuple{held.empty() ? "NONE" : held, window(self).keyboard_leds};
                },
                {"keyboard_modifiers", "keyboard_leds"})
        .method("get_dimensions", dimensions, {"pixel_width", "pixel_height", "dpi", "is_full_screen"})
        .method("current_event", [](RecordRef self) { return window(self).current_event; }, {"current_event"})
        .doc("Window:current_event(): table|nil",
             "What the mouse did, in a callback that a mouse binding calls; nil elsewhere.")
        .method("get_appearance", [](Script& script, RecordRef) -> std::string {
            const model::AppInfo* app = app_info(script);
            if (!app || !app->outer) return "Dark";
            script.read(*script.root(), "outer");
            script.read(*app->outer.record(), "appearance");
            return app->outer->appearance.empty() ? "Dark" : app->outer->appearance;
        });
}

void add_configuration(Object& object) {
    object
        .method("effective_config",
                [](Script& script, RecordRef self) { return effective_options(script, self); })
        .method("get_config_overrides", [](RecordRef self) { return window(self).config_overrides; },
                {"config_overrides"})
        .method("set_config_overrides", [](Script& script, RecordRef self, Value overrides) {
            overrides = plain_value(script, overrides);
            if (overrides.kind() == Kind::list && overrides.size() == 0) overrides = Value::map({});
            if (!overrides.is_nil() && overrides.kind() != Kind::map)
                throw BindError{"table expected, got " + describe(overrides, 60)};
            script.command(request(model::SetConfigOverrides{self->id(), std::move(overrides)}));
        });
}

void add_actions(Object& object) {
    object
        .method("perform_action",
                [](Script& script, RecordRef self, Value action, Value pane) {
                    if (action.is_nil()) {
                        script.problem(false,
                                       "Window:perform_action was given no action (nil) and does nothing");
                        return;
                    }
                    auto parsed = model::KeyAssignment::parse(plain_value(script, action));
                    if (!parsed) throw BindError{parsed.error()};
                    const Id target = pane.is_nil() ? 0 : require_record(pane, model::pane_schema(), "pane");
                    script.command(request(model::PerformAction{self->id(), target, std::move(*parsed)}));
                })
        .method(
            "set_left_status",
            [](Script& script, RecordRef self, Value text) {
                script.command(request(model::SetLeftStatus{self->id(), status_text(script, text, "left")}));
            })
        .method("set_right_status",
                [](Script& script, RecordRef self, Value text) {
                    script.command(
                        request(model::SetRightStatus{self->id(), status_text(script, text, "right")}));
                })
        .method("toast_notification",
                [](Script& script, RecordRef self, std::string title, std::string message,
                   std::optional<std::string> url, std::optional<std::int64_t> timeout) {
                    script.command(request(model::Toast{self->id(), std::move(title), std::move(message),
                                                        std::move(url), timeout}));
                })
        .method(
            "copy_to_clipboard",
            [](Script& script, RecordRef self, std::string text, std::optional<std::string> to) {
                const auto destination = model::parse_clipboard(to.value_or("ClipboardAndPrimarySelection"));
                if (!destination) throw BindError{"unknown destination '" + *to + "'"};
                script.command(request(model::CopyToClipboard{self->id(), std::move(text), *destination}));
            })
        .method("focus", [](Script& script,
                            RecordRef self) { script.command(request(model::FocusWindow{self->id()})); })
        .async("get_selection_text_for_pane",
               [](Io& io, RecordRef, Value pane) -> Async<Expected<Value>> {
                   const auto query = selection(pane, false);
                   if (!query) co_return tl::unexpected{query.error()};
                   auto answer = io.query(request(*query));
                   co_return co_await std::move(answer);
               })
        .async("get_selection_escapes_for_pane", [](Io& io, RecordRef, Value pane) -> Async<Expected<Value>> {
            const auto query = selection(pane, true);
            if (!query) co_return tl::unexpected{query.error()};
            auto answer = io.query(request(*query));
            co_return co_await std::move(answer);
        });
}

} // namespace

Object window_gui_object() {
    Object object{"Window", model::window_schema()};
    for (const char* field :
         {"window_id", "tabs", "active_tab", "active_pane", "active_key_table", "leader_is_active",
          "composition_status", "is_focused", "keyboard_modifiers", "config_overrides", "config"})
        object.hide(field);
    add_state(object);
    add_configuration(object);
    add_actions(object);
    for (const char* name : {"maximize", "restore", "toggle_fullscreen", "set_inner_size", "set_position"})
        without_effect(object, name);
    return object;
}

} // namespace lunette::wezterm
