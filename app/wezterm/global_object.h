#pragma once

#include "wezterm/global_tree.h"

#include <lunette/bind.h>

// wezterm.GLOBAL and the tables in it, as objects.
namespace lunette::wezterm {

struct GlobalNode {
    GlobalPath path; // empty: GLOBAL itself
};

const TypedSchema<GlobalNode>& global_schema();
Value global_value(GlobalPath path = {});

// What lies at a node, as a value; records the read.
Value global_table(Script& script, const GlobalNode& node);

} // namespace lunette::wezterm
