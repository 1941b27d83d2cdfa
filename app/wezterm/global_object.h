#pragma once

#include "wezterm/global_store.h"

#include <lunette/bind.h>

#include <memory>

// wezterm.GLOBAL and the tables in it, as objects.
namespace lunette::wezterm {

struct GlobalNode {
    std::shared_ptr<GlobalStore> store;
    GlobalStore::Path path; // empty: GLOBAL itself
};

const TypedSchema<GlobalNode>& global_schema();
Value global_value(std::shared_ptr<GlobalStore> store, GlobalStore::Path path = {});

// What lies at a node, as a value; records the read.
Value global_table(Script& script, const GlobalNode& node);

} // namespace lunette::wezterm
