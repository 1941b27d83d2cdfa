#pragma once

#include "model/records.h"
#include "server/engine_setup.h"

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

// `lunette show-keys`: what is bound, the keys behind the prefix included.
namespace lunette::cli {

struct KeyRow {
    std::string key;    // as configurations write it
    std::string mods;   // "CTRL|SHIFT", "NONE"
    std::string action; // in Lua, with wezterm.action as `act`
    std::string note;   // whether it arrives
    bool by_user = false;
};

struct KeyTable {
    std::string name; // "keys" for what holds without an active table, "prefix" behind the prefix
    std::string about;
    std::vector<KeyRow> rows;
};

// Everything that is in force in a terminal that sends what all terminals send.
std::vector<KeyTable> key_tables_of(const Ref<model::ConfigInfo>& config);

std::string key_tables_text(const std::vector<KeyTable>& tables);
// A chunk that returns `keys` and `key_tables`, as a configuration could hold them.
std::string key_tables_lua(const std::vector<KeyTable>& tables);

// Loads a configuration for its keys. The error is what is wrong with it.
tl::expected<Ref<model::ConfigInfo>, std::string> load_for_keys(const server::ConfigSource& source);

} // namespace lunette::cli
