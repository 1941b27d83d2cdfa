#pragma once

#include "cli/command_line.h"
#include "server/engine_setup.h"
#include "server/instruments.h"

#include <lunette/engine.h>

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace lunette::cli {

struct ProfileRequest {
    server::ConfigSource config;
    std::string name; // of the configuration, for people
    int tabs = 20;
    double duration_s = 10;
    int fps = 60;
    Workload workload = Workload::all;
    bool sync = false;
    bool trace = false;
};

// What one run measured.
struct ProfileRun {
    // The slowest frame of a slice of the run; nanoseconds.
    struct Sample {
        double time_s = 0;
        std::int64_t ui = 0;
        std::int64_t script = 0;
    };
    bool sync = false;
    int tabs = 0;
    int fps = 0;
    double duration_s = 0;
    Workload workload = Workload::all;
    server::Instruments instruments;
    EngineReport engine;
    bool engine_answered = true;
    LoadResult load;
    std::vector<Sample> timeline;
    std::vector<LogRecord> log;
};

struct ProfileResult {
    std::string config;
    std::vector<ProfileRun> runs;
};

// Starts real shells, plays the workload and measures. The error is a sentence: no pty, no shell.
tl::expected<ProfileRun, std::string> profile(const ProfileRequest& request);

} // namespace lunette::cli
