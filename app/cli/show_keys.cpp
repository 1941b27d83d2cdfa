#include "cli/show_keys.h"

#include "cli/fixed_model.h"
#include "cli/lua_text.h"
#include "model/config_view.h"
#include "server/config_records.h"
#include "server/key_arrival.h"
#include "server/prefix_keys.h"
#include "wezterm/api.h"
#include "wezterm/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace lunette::cli {

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::chrono::seconds longest_load{30};
constexpr std::chrono::milliseconds look_again{2};

// Of the effective bindings: the chords have the arrival, the texts the spelling.
KeyTable table_of(std::string name, const Value& entries) {
    KeyTable table{std::move(name), {}, {}};
    for (const Value& entry : entries.items()) {
        const auto key = model::parse_key_name(entry["key"].text());
        const auto modifiers = model::parse_modifiers(entry["mods"].text());
        const auto action = model::KeyAssignment::parse(entry["action"]);
        if (!key || !modifiers || !action) continue;
        std::string_view spelling = entry["key"].text();
        if (spelling.starts_with("mapped:")) spelling.remove_prefix(7);
        const model::KeyChord chord = model::normalized({*key, *modifiers});
        table.rows.push_back({std::string{spelling}, to_string(*modifiers), lua_text(*action),
                              std::string{server::arrival_of(chord).note()},
                              entry["user"].boolean_or(false)});
    }
    return table;
}

KeyTable prefix_table(const model::ConfigView& view) {
    KeyTable table{"prefix", {}, {}};
    const std::string prefix = server::prefix_text(view);
    const bool always = server::wants_prefix(view, true);
    if (always)
        table.about = "behind " + prefix + "; " + prefix + " twice sends it";
    else if (server::wants_prefix(view, false))
        table.about = "behind " + prefix + ", in terminals that cannot send the leader";
    else
        table.about = server::prefix_is_off(view);
    if (!always && !server::wants_prefix(view, false)) return table;
    for (const server::PrefixBinding& entry : server::prefix_bindings())
        table.rows.push_back({std::string{entry.key},
                              to_string(entry.binding.chord.modifiers),
                              std::string{entry.label},
                              {},
                              false});
    return table;
}

} // namespace

std::vector<KeyTable> key_tables_of(const Ref<model::ConfigInfo>& config) {
    std::vector<KeyTable> tables;
    const Value& bindings = config->bindings;
    tables.push_back(table_of("keys", bindings["keys"]));
    if (const Value& leader = bindings["leader"]; !leader.is_nil())
        tables.back().about =
            "LEADER is " + std::string{leader["mods"].text()} + " " + std::string{leader["key"].text()};
    for (const MapEntry& entry : bindings["key_tables"].entries())
        tables.push_back(table_of(std::string{entry.key.text()}, entry.value));
    tables.push_back(prefix_table(model::ConfigView{config}));
    return tables;
}

std::string key_tables_text(const std::vector<KeyTable>& tables) {
    std::string text;
    for (const KeyTable& table : tables) {
        text +=
            (text.empty() ? "" : "\n") + table.name + (table.about.empty() ? "" : ": " + table.about) + "\n";
        std::size_t mods = 0, keys = 0;
        for (const KeyRow& row : table.rows) {
            mods = std::max(mods, row.mods.size());
            keys = std::max(keys, row.key.size());
        }
        for (const KeyRow& row : table.rows)
            text += fmt::format("  {:<{}}  {:<{}}  {}{}\n", row.mods == "NONE" ? "" : row.mods, mods, row.key,
                                keys, row.action, row.note.empty() ? "" : "   -- " + row.note);
    }
    return text;
}

std::string key_tables_lua(const std::vector<KeyTable>& tables) {
    const auto list = [](const KeyTable& table, const std::string& indent) {
        std::string text;
        for (const KeyRow& row : table.rows)
            text += fmt::format("{}{{ key = {}, mods = '{}', action = {} }},\n", indent,
                                lua_text(Value{row.key}), row.mods, row.action);
        return text;
    };
    std::string keys, others;
    for (const KeyTable& table : tables) {
        if (table.name == "keys")
            keys = "  keys = {\n" + list(table, "    ") + "  },\n";
        else if (table.name != "prefix")
            others +=
                fmt::format("    [{}] = {{\n{}    }},\n", lua_text(Value{table.name}), list(table, "      "));
    }
    if (!others.empty()) others = "  key_tables = {\n" + others + "  },\n";
    return "local wezterm = require 'wezterm'\nlocal act = wezterm.action\n\nreturn {\n" + keys + others +
           "}\n";
}

tl::expected<Ref<model::ConfigInfo>, std::string> load_for_keys(const server::ConfigSource& source) {
    FixedModel model;
    Engine engine{server::engine_options(source)};
    wezterm::declare_events(engine);
    const auto apply = [&model](const Command& command) -> Expected<Value> {
        if (const auto query = wezterm::model_query(command)) return model.answer(*query);
        if (const auto change = wezterm::model_command(command)) return model.apply(*change);
        return failure(std::string{"nobody knows what "} + command.name() + " means");
    };
    const auto until = SteadyClock::now() + longest_load;
    while (engine.load().generation == 0) {
        if (SteadyClock::now() > until)
            return tl::unexpected{std::string{"the configuration did not finish loading in 30 s"}};
        engine.publish(model.root());
        if (engine.take_commands(apply) == 0) std::this_thread::sleep_for(look_again);
    }
    const LoadResult& load = engine.load();
    if (!load.ok)
        return tl::unexpected{(load.error.where.empty() ? "" : load.error.where + ": ") + load.error.message};
    return model::config_schema().make(server::loaded_config(load));
}

} // namespace lunette::cli
