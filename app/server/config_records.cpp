#include "server/config_records.h"

#include "wezterm/config_convert.h"

#include <utility>

namespace lunette::server {

model::ConfigInfo loaded_config(const LoadResult& load) {
    model::ConfigInfo config;
    if (const auto* converted = load.configuration.payload<model::ConfigInfo>(model::config_schema()))
        config = *converted;
    else if (auto defaults = wezterm::convert_options(Value::map({})))
        config = std::move(defaults->config); // a broken configuration has WezTerm's keys and options
    else
        config.options = Value::map({});
    config.generation = static_cast<std::int64_t>(load.generation);
    return config;
}

Ref<model::ConfigInfo> window_config(const model::ConfigInfo& base, const Value& overrides,
                                     std::vector<std::string>& problems) {
    if (overrides.is_nil() || overrides.size() == 0) return {};
    auto converted = wezterm::apply_overrides(base, overrides);
    if (!converted) {
        problems.push_back("overrides: " + converted.error().message);
        return {};
    }
    for (std::string& warning : converted->warnings) problems.push_back("overrides: " + std::move(warning));
    converted->config.generation = base.generation;
    return model::config_schema().make(std::move(converted->config));
}

} // namespace lunette::server
