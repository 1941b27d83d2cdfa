#pragma once

#include <lunette/record.h>

#include <string>
#include <vector>

#include <tl/expected.hpp>

// wezterm.GLOBAL as a tree of values: what Script::kept() holds. A change makes the path down to it anew and
// shares the rest. Pure functions.
namespace lunette::wezterm {

// Keys from the root downwards: strings in objects, integers (from 1) in arrays.
using GlobalPath = std::vector<Value>;

// As what a key is kept: an integer in an object is a string.
Value global_key(const Value& table, const Value& key);

// What lies at a path; nil for what is absent.
Value global_at(const Value& root, const GlobalPath& path);

// The tree with a value set under `key` of what lies at `parent`; nil removes. Or why it must not be: an
// index beyond an array's end, a key of the wrong kind, a parent that is gone.
tl::expected<Value, std::string> with_global(const Value& root, const GlobalPath& parent, const Value& key,
                                             Value value);

} // namespace lunette::wezterm
