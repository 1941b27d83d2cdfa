#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/pane_actions.h"
#include "wezterm/pane_process.h"
#include "wezterm/requests.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

using model::PaneInfo;

const PaneInfo& pane(const RecordRef& self) { return payload<PaneInfo>(self); }

Value dimensions(RecordRef self) {
    const PaneInfo& p = pane(self);
    return Value::map({{"cols", p.width},
                       {"viewport_rows", p.height},
                       {"scrollback_rows", p.scrollback_rows},
                       {"physical_top", p.physical_top},
                       {"scrollback_top", p.scrollback_top},
                       {"pixel_width", p.pixel_width},
                       {"pixel_height", p.pixel_height},
                       {"dpi", p.dpi},
                       {"reverse_video", p.reverse_video}});
}

Value cursor_position(RecordRef self) {
    const PaneInfo& p = pane(self);
    return Value::map({{"x", p.cursor_x},
                       {"y", p.cursor_y},
                       {"shape", p.cursor_shape},
                       {"visibility", p.cursor_visibility}});
}

// The record as an object, or nil when it has just gone.
Value found(Script& script, Id id, ObjectType as) {
    RecordRef record = script.find(id);
    return record ? Value{std::move(record), as} : Value{};
}

void add_state(Object& object) {
    object.method("pane_id", [](RecordRef self) { return pane(self).pane_id; }, {"pane_id"})
        .method("mux_pane",
                [](RecordRef self) {
                    return Value{std::move(self), pane_object};
                })
        .method("tab",
                [](Script& script, RecordRef self) {
                    return found(script, pane(self).tab_record, mux_tab_object);
                },
                {"tab_id"})
        .method("window",
                [](Script& script, RecordRef self) {
                    return found(script, pane(self).window_record, mux_window_object);
                },
                {"window_id"})
        .method("has_unseen_output", [](RecordRef self) { return pane(self).has_unseen_output; },
                {"has_unseen_output"})
        .method("is_alt_screen_active", [](RecordRef self) { return pane(self).is_alt_screen_active; },
                {"is_alt_screen_active"})
        .method("get_dimensions", dimensions,
                {"width", "height", "scrollback_rows", "physical_top", "scrollback_top", "pixel_width",
                 "pixel_height", "dpi", "reverse_video"})
        .method("get_cursor_position", cursor_position,
                {"cursor_x", "cursor_y", "cursor_shape", "cursor_visibility"})
        .method("get_metadata",
                [](RecordRef self) {
                    return Value::map({{"password_input", pane(self).password_input}});
                },
                {"password_input"})
        .method("get_foreground_process_name",
                [](Script& script, RecordRef self) { return foreground_process_name(script, self); })
        .method("get_foreground_process_info",
                [](Script& script, RecordRef self) { return foreground_process_info(script, self); })
        .method("get_current_working_dir",
                [](Script& script, RecordRef self) { return working_directory(script, self); });
}

// What no snapshot holds. The content's sequence number is what the answer depends on.
template<class Q>
Io::Wait<Expected<Value>> ask(Io& io, Q query) {
    return io.query(request(std::move(query)));
}

// A number of lines: the whole part of what was calculated.
std::optional<std::int64_t> whole(std::optional<double> lines) {
    if (!lines) return std::nullopt;
    constexpr double most = 1e9;
    return *lines > 0 ? static_cast<std::int64_t>(std::min(*lines, most)) : 0;
}

void add_text(Object& object) {
    using Answer = Async<Expected<Value>>;
    const std::vector<std::string> content{"content_sequence"};
    object
        .async(
            "get_lines_as_text",
            [](Io& io, RecordRef self, std::optional<double> lines) -> Answer {
                auto answer = ask(io, model::PaneText{self->id(), whole(lines), false, false});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_lines_as_escapes",
            [](Io& io, RecordRef self, std::optional<double> lines) -> Answer {
                auto answer = ask(io, model::PaneText{self->id(), whole(lines), false, true});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_logical_lines_as_text",
            [](Io& io, RecordRef self, std::optional<double> lines) -> Answer {
                auto answer = ask(io, model::PaneText{self->id(), whole(lines), true, false});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_text_from_region",
            [](Io& io, RecordRef self, std::int64_t start_x, std::int64_t start_y, std::int64_t end_x,
               std::int64_t end_y) -> Answer {
                auto answer = ask(io, model::PaneRegion{self->id(), start_x, start_y, end_x, end_y});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_text_from_semantic_zone",
            [](Io& io, RecordRef self, Value zone) -> Answer {
                if (zone.kind() != Kind::map) co_return failure("SemanticZone expected");
                auto answer =
                    ask(io, model::PaneRegion{self->id(), zone["start_x"].integer_or(0),
                                              zone["start_y"].integer_or(0), zone["end_x"].integer_or(0),
                                              zone["end_y"].integer_or(0)});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_semantic_zones",
            [](Io& io, RecordRef self, std::optional<std::string> type) -> Answer {
                if (type && *type != "Output" && *type != "Input" && *type != "Prompt")
                    co_return failure("unknown semantic type '" + *type + "'");
                auto answer = ask(io, model::SemanticZones{self->id(), std::move(type)});
                co_return co_await std::move(answer);
            },
            content)
        .async(
            "get_semantic_zone_at",
            [](Io& io, RecordRef self, std::int64_t x, std::int64_t y) -> Answer {
                auto answer = ask(io, model::SemanticZoneAt{self->id(), x, y});
                co_return co_await std::move(answer);
            },
            content);
}

} // namespace

Object pane_live_object() {
    Object object{"Pane", model::pane_schema()};
    for (const char* field : {"pane_id", "has_unseen_output", "has_unseen_bell", "is_alt_screen_active",
                              "foreground_process_name", "foreground_process_info", "current_working_dir"})
        object.hide(field);
    // WezTerm's Pane has no fields, but handlers that get a Pane or a PaneInformation try both ways.
    object
        .property("foreground_process_name",
                  [](Script& script, RecordRef self) { return foreground_process_name(script, self); })
        .property("current_working_dir",
                  [](Script& script, RecordRef self) { return working_directory(script, self); });
    add_state(object);
    add_text(object);
    add_pane_actions(object);
    return object;
}

} // namespace lunette::wezterm
