#pragma once

#include "model/key_assignment.h"
#include "wezterm/options_type.h"

#include <lunette/record.h>

#include <span>
#include <string>
#include <string_view>

// WezTerm's configuration options, and what becomes of each here. Constant after the first use, which costs
// the parsing of data/options.inc; any thread.
namespace lunette::wezterm {

struct Option {
    std::string_view name;
    OptionType type;
    Value default_value; // nil: unset
    model::Effect effect = model::Effect::accepted;
    std::string_view note; // for people, where the effect is not `applied`
    bool deprecated = false;
};

// Sorted by name.
std::span<const Option> known_options();
const Option* find_option(std::string_view name);

// The option most like a name that is none; empty when none is near.
std::string_view nearest_option(std::string_view name);

// Map of all options that have a default.
const Value& default_options();

// "unknown option 'font_sze'; did you mean 'font_size'?"
std::string unknown_option(std::string_view name);

} // namespace lunette::wezterm
