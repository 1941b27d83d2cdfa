#include "wezterm/spawn_values.h"

#include "wezterm/handles.h"
#include "wezterm/requests.h"

#include <string>
#include <utility>

namespace lunette::wezterm {

namespace {

using Domain = model::DomainChoice::Kind;

// Errors inside a coroutine have to be returned.
template<class F>
auto attempt(F make) -> Expected<decltype(make())> {
    try {
        return make();
    } catch (const BindError& error) {
        return failure(error.message());
    }
}

std::optional<std::int64_t> cells(const Value& value, const char* what) {
    if (value.is_nil()) return std::nullopt;
    const std::int64_t number = value.integer_or(0);
    if (number < 1 || number > 32767)
        throw BindError{std::string{what} + ": a number of cells expected, got " + describe(value, 60)};
    return number;
}

model::SpawnWindow window_of(const Value& options) {
    model::SpawnWindow spawn;
    spawn.spawn = require_spawn(options, Domain::default_domain);
    if (const Value& workspace = options["workspace"]; !workspace.is_nil()) {
        if (workspace.kind() != Kind::string)
            throw BindError{"workspace: string expected, got " + describe(workspace, 60)};
        spawn.workspace = workspace.text();
    }
    spawn.columns = cells(options["width"], "width");
    spawn.rows = cells(options["height"], "height");
    if (!spawn.columns || !spawn.rows) spawn.columns = spawn.rows = std::nullopt;
    return spawn;
}

Expected<SpawnedObjects> objects(const Expected<Value>& reply) {
    if (!reply) return tl::unexpected{reply.error()};
    const auto made = model::Spawned::from_value(*reply);
    return SpawnedObjects{tab_handle(made.tab), pane_handle(made.pane), window_handle(made.window)};
}

} // namespace

model::SpawnOptions require_spawn(const Value& options, Domain otherwise) {
    auto spawn = model::SpawnOptions::parse(options);
    if (!spawn) throw BindError{spawn.error()};
    if (options["domain"].is_nil()) spawn->domain.kind = otherwise;
    return std::move(*spawn);
}

Async<Expected<SpawnedObjects>> spawn_tab(Io& io, Id window, Value options) {
    auto spawn = attempt([&] { return require_spawn(options, Domain::current_pane); });
    if (!spawn) co_return tl::unexpected{spawn.error()};
    auto wait = io.command(request(model::SpawnTab{window, std::move(*spawn)}));
    const auto reply = co_await std::move(wait);
    co_return objects(reply);
}

Async<Expected<SpawnedObjects>> spawn_window(Io& io, Value options) {
    auto spawn = attempt([&] { return window_of(options); });
    if (!spawn) co_return tl::unexpected{spawn.error()};
    auto wait = io.command(request(std::move(*spawn)));
    const auto reply = co_await std::move(wait);
    co_return objects(reply);
}

} // namespace lunette::wezterm
