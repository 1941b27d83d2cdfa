#pragma once

#include <lunette/record.h>

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace lunette::wezterm {

// wezterm.GLOBAL: a tree of values outside every VM. It outlives reloads, and a script thread that had to be
// given up keeps no hold on it: values are immutable, a change replaces the path down to it.
//
// Threads: any; a mutex is held for the time of a map look-up.
class GlobalStore {
public:
    // Keys from the root downwards: strings in objects, integers (from 1) in arrays.
    using Path = std::vector<Value>;

    // Nil for what is absent, and for the root.
    Value get(const Path& path) const;
    // The root, or what lies at a path, as a map or list; nil when it is neither.
    Value table(const Path& path) const;
    // Says whether the tree changed, or why it must not: an index beyond an array's end, a key of the wrong
    // kind, a parent that is gone.
    tl::expected<bool, std::string> set(const Path& parent, const Value& key, Value value);

private:
    mutable std::mutex mutex_;
    std::map<std::string, Value, std::less<>> values_;
};

} // namespace lunette::wezterm
