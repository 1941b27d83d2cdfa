#pragma once

#include "mux/settings.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::mux {

// NAME=VALUE strings, each name once. A value.
class Environment {
public:
    explicit Environment(std::span<const std::string> block);
    void set(std::string_view name, std::string_view value);
    void unset(std::string_view name);
    std::vector<std::string> block() const;

private:
    std::map<std::string, std::string, std::less<>> variables_;
};

// True when ncurses' database, in the places its programs look, has an entry for `term`.
bool terminfo_has(std::string_view term, std::span<const std::string> environment);

// The environment of a program in a pane: `base`, what tells a terminal, the user's settings, and `extra`,
// each on top of the ones before.
std::vector<std::string> pane_environment(std::span<const std::string> base, const Settings& settings,
                                          const std::map<std::string, std::string>& extra,
                                          std::int64_t pane_id, std::string_view version);

} // namespace lunette::mux
