#pragma once

#include "server/engine_setup.h"

#include <lunette/engine.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace lunette::cli {

struct CheckRequest {
    server::ConfigSource config;
    std::string name; // of the configuration, for people
    // Custom events to emit, and "key:TABLE:KEY" for key callbacks; TABLE is "keys" for the default one.
    std::vector<std::string> run;
};

// What became of one event.
struct CheckedEvent {
    struct Shown {
        std::int64_t tab = -1; // -1: not of a tab
        bool hover = false;
        std::string text;
        int cells = 0;
    };
    std::string name;
    bool pure = false;
    int handlers = 0;
    std::uint64_t runs = 0;
    RunResult result = RunResult::none;
    std::string error;
    std::vector<Shown> values;
    std::vector<std::pair<std::string, Args>> commands;
    Histogram cpu;
    std::vector<std::string> reads;
    std::vector<Impurity> impure;
    std::string where;
};

struct CheckedOption {
    std::string name;
    std::string effect;
    std::string note;
};

struct CheckResult {
    std::string config;
    bool loaded = false;
    std::int64_t load_us = 0;
    std::vector<ModuleReport> modules;
    std::vector<Problem> errors;
    std::vector<Problem> warnings;
    std::vector<std::string> suggestions; // what lunette.setup could do
    std::vector<CheckedOption> options;
    std::size_t keys = 0;
    std::map<std::string, std::size_t> key_tables;
    std::vector<CheckedEvent> events;
    std::vector<std::string> not_run; // custom events with a handler
    std::vector<LogRecord> log;

    bool ok() const noexcept;
};

// Loads the configuration in the real engine on the fixed model, and fires its events once. Child processes
// of handlers are really run; no shell is started. Takes as long as the handlers take, within bounds.
CheckResult check(const CheckRequest& request);

} // namespace lunette::cli
