#pragma once

#include "model/records.h"

#include <lunette/bind.h>

#include <string>
#include <vector>

// From what a configuration returned to the configuration in force.
namespace lunette::wezterm {

// EngineOptions::convert: a record of model::ConfigInfo with all options in their normal form. Wrong types
// are errors; unknown options and missing colour schemes are warnings (Script::problem). Reads scheme files.
// Script thread.
Expected<Value> convert_config(Script& script, const Value& returned);

struct ConvertedConfig {
    model::ConfigInfo config; // generation 0
    std::vector<std::string> warnings;
};

// The same for options without objects (plain_value.h) and without scheme files. Pure; any thread.
Expected<ConvertedConfig> convert_options(const Value& options);

// The configuration of a window with overrides, from the configuration in force. Pure; any thread.
Expected<ConvertedConfig> apply_overrides(const model::ConfigInfo& base, const Value& overrides);

} // namespace lunette::wezterm
