#include "wezterm/spawn_values.h"

#include "wezterm/handles.h"
#include "wezterm/requests.h"
#include "wezterm/url.h"

#include <string>
#include <utility>
#include <vector>

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

// A size below one cell counts as none.
std::optional<std::int64_t> cells(const Value& value, const char* what) {
    if (value.is_nil()) return std::nullopt;
    const std::int64_t number = value.integer_or(32768);
    if (number < 1) return std::nullopt;
    if (number > 32767)
        throw BindError{std::string{what} + ": a number of cells expected, got " + describe(value, 60)};
    return number;
}

// As in actions, a Url is its text.
Value with_text(const Value& options) {
    const auto* url = options["cwd"].payload<Url>(url_schema());
    if (!url) return options;
    std::vector<MapEntry> entries = options.entries();
    entries.push_back({"cwd", url->text}); // the later one counts
    return Value::map(std::move(entries));
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
    auto spawn = model::SpawnOptions::parse(with_text(options));
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
