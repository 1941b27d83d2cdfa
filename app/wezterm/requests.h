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
