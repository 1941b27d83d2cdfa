#include "wezterm/pane_actions.h"

#include "wezterm/handles.h"
#include "wezterm/requests.h"
#include "wezterm/spawn_values.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace lunette::wezterm {

namespace {

// Pane:split's size: a share below 1, cells from 1 on, and 0 is the half.
model::SplitSize split_size(const Value& value) {
    model::SplitSize size;
    if (value.is_nil()) return size;
    const double number = value.number_or(-1);
    if (!(number >= 0) || number > std::numeric_limits<std::int32_t>::max())
        throw BindError{"size: a number from 0 expected, got " + describe(value, 60)};
    if (number == 0) return size;
    if (number < 1) {
        size.value = static_cast<std::int64_t>(std::floor(number * 100));
    } else {
        size.unit = model::SplitSize::Unit::cells;
        size.value = static_cast<std::int64_t>(number);
    }
    return size;
}

model::SplitPane split_of(Id pane, const Value& options) {
    model::SplitPane split;
    split.pane = pane;
    if (options.is_nil()) return split;
    split.spawn = require_spawn(options, model::DomainChoice::Kind::default_domain);
    split.size = split_size(options["size"]);
    split.top_level = static_cast<bool>(options["top_level"]);
    if (const Value& direction = options["direction"]; !direction.is_nil()) {
        const auto parsed = model::parse_direction(direction.text());
        if (!parsed || *parsed == model::Direction::next || *parsed == model::Direction::previous)
            throw BindError{"direction: Left, Right, Top or Bottom expected, got " + describe(direction, 60)};
        split.direction = *parsed;
    }
    return split;
}

// An error of BindError's kind inside a coroutine has to be returned.
Expected<model::SplitPane> try_split(Id pane, const Value& options) {
    try {
        return split_of(pane, options);
    } catch (const BindError& error) {
        return failure(error.message());
    }
}

template<class C>
void text_command(Object& object, const char* name) {
    object.method(name, [](Script& script, RecordRef self, std::string text) {
        script.command(request(C{self->id(), std::move(text)}));
    });
}

} // namespace

void add_pane_actions(Object& pane) {
    text_command<model::SendText>(pane, "send_text");
    text_command<model::SendPaste>(pane, "send_paste");
    text_command<model::SendPaste>(pane, "paste");
    text_command<model::InjectOutput>(pane, "inject_output");
    pane.method("activate", [](Script& script,
                               RecordRef self) { script.command(request(model::ActivatePane{self->id()})); })
        .async("split",
               [](Io& io, RecordRef self, Value options) -> Async<Expected<Value>> {
                   auto split = try_split(self->id(), options);
                   if (!split) co_return tl::unexpected{split.error()};
                   auto wait = io.command(request(std::move(*split)));
                   auto reply = co_await std::move(wait);
                   if (!reply) co_return reply;
                   co_return pane_handle(static_cast<Id>(reply->integer_or(0)));
               })
        .async("move_to_new_tab",
               [](Io& io, RecordRef self) -> Async<Expected<std::tuple<Value, Value>>> {
                   auto wait = io.command(request(model::MovePaneToNewTab{self->id(), 0}));
                   const auto reply = co_await std::move(wait);
                   if (!reply) co_return tl::unexpected{reply.error()};
                   const auto made = model::Spawned::from_value(*reply);
                   co_return std::tuple{tab_handle(made.tab), window_handle(made.window)};
               })
        .async(
            "move_to_new_window",
            [](Io& io, RecordRef self,
               std::optional<std::string> workspace) -> Async<Expected<std::tuple<Value, Value>>> {
                auto wait = io.command(request(model::MovePaneToNewWindow{self->id(), std::move(workspace)}));
                const auto reply = co_await std::move(wait);
                if (!reply) co_return tl::unexpected{reply.error()};
                const auto made = model::Spawned::from_value(*reply);
                co_return std::tuple{tab_handle(made.tab), window_handle(made.window)};
            });
}

} // namespace lunette::wezterm
