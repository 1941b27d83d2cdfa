#pragma once

#include <lunette/bind.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

// Options given as `--config name=expression`: each expression is evaluated as Lua before the main file runs,
// and its value takes the place of what the main file returns under that name. Threads: any, as a script
// thread may take over from another; a mutex is held to note or copy values.
class CommandLineOptions {
public:
    explicit CommandLineOptions(std::vector<std::pair<std::string, std::string>> given)
        : given_{std::move(given)} {}

    // Makes a VM that loads this module evaluate the expressions.
    static void add(Module& wezterm, std::shared_ptr<CommandLineOptions> options);

    // What a configuration returned, with the options over it. An expression that could not be evaluated is
    // an error.
    Expected<Value> applied_to(const Value& returned) const;

private:
    std::vector<std::pair<std::string, std::string>> given_;
    mutable std::mutex mutex_;
    std::vector<MapEntry> values_; // of the newest load
    std::string error_;
};

} // namespace lunette::wezterm
