#pragma once

#include "model/commands.h"
#include "model/queries.h"

#include <lunette/bind.h>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

// How the model's commands and queries travel through the engine, which knows neither.
namespace lunette::wezterm {

// The object that a command is sent to; 0 when there is none.
template<class T>
Id target_of(const T& command) noexcept {
    if constexpr (requires { command.pane; })
        return command.pane;
    else if constexpr (requires { command.tab; })
        return command.tab;
    else if constexpr (requires { command.window; })
        return command.window;
    else if constexpr (requires { command.domain; })
        return command.domain;
    else
        return 0;
}

// The payload of a lunette::Command.
template<class T>
struct Request {
    static constexpr const char* name = [] {
        if constexpr (requires { T::name; })
            return T::name.data(); // of a literal: ends with NUL
        else
            return "query";
    }();
    T value;

    // Both ask the same of the same object.
    friend bool operator==(const Request& a,
                           const Request& b) requires std::is_constructible_v<model::Command, T> {
        return target_of(a.value) == target_of(b.value) &&
               model::describe(model::Command{a.value}).arguments ==
                   model::describe(model::Command{b.value}).arguments;
    }
};

// Script thread.
template<class T>
lunette::Command request(T value) {
    Args arguments;
    if constexpr (std::is_constructible_v<model::Command, T>) {
        const model::Description description = model::describe(model::Command{value});
        arguments = description.arguments.items();
    }
    return lunette::Command{Request<T>{std::move(value)}, std::move(arguments)};
}

// What the UI thread takes out again; nothing when it is something else. Cost: one comparison for each
// alternative passed over.
std::optional<model::Command> model_command(const lunette::Command& command);
std::optional<model::Query> model_query(const lunette::Command& command);

} // namespace lunette::wezterm
