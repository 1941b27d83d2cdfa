#pragma once

#include "model/records.h"

#include <lunette/bind.h>

#include <string>
#include <vector>

// From what a configuration returned to the configuration in force.
namespace lunette::wezterm {

// EngineOptions::convert: a record of model::ConfigInfo with all options in their normal form. Parts of
// the wrong type are left out; they, unknown options and missing colour schemes are warnings
// (Script::problem). What is no table at all is an error. Reads scheme files.
// Script thread.
// `setup` is what `require 'lunette'.setup` was given, or nil.
Expected<Value> convert_config(Script& script, const Value& returned, const Value& setup = {});

struct ConvertedConfig {
    model::ConfigInfo config; // generation 0
    std::vector<std::string> warnings;
};

// The same for options without objects (plain_value.h) and without scheme files. Pure; any thread.
Expected<ConvertedConfig> convert_options(const Value& options);

// The configuration of a window with overrides, from the configuration in force. Pure; any thread.
Expected<ConvertedConfig> apply_overrides(const model::ConfigInfo& base, const Value& overrides);

} // namespace lunette::wezterm
