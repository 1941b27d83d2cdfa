#include "cli/run.h"

#include "cli/check.h"
#include "cli/check_report.h"
#include "cli/command_line.h"
#include "cli/config_path.h"
#include "cli/default_config.h"
#include "cli/paint.h"
#include "cli/profile.h"
#include "cli/profile_report.h"
#include "cli/replay.h"

#include <cstdio>
#include <fstream>
#include <variant>

#include <unistd.h>

namespace lunette::cli {

namespace {

void print(std::FILE* to, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fflush(to);
}

void print_log(const std::vector<LogRecord>& log) {
    const Paint paint = Paint::for_descriptor(STDERR_FILENO);
    for (const LogRecord& record : log)
        if (record.level >= LogLevel::warning) print(stderr, paint.dim(record.message) + "\n");
}

// "-" is standard output.
bool write(const std::string& path, const std::string& text) {
    if (path == "-") {
        print(stdout, text);
        return true;
    }
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << text;
    file.close();
    if (!file) print(stderr, "lunette: cannot write " + path + "\n");
    return static_cast<bool>(file);
}

struct Source {
    server::ConfigSource config;
    std::string name;
};

tl::expected<Source, int> find_source(const ConfigOptions& options) {
    ConfigSearch search = ConfigSearch::of_process();
    search.config_file = options.file;
    search.skip = options.skip;
    auto choice = find_config(search);
    if (!choice) {
        print(stderr, "lunette: " + choice.error() + "\n");
        return tl::unexpected{exit_failed};
    }
    if (!choice->path.empty()) return Source{{choice->path, {}}, choice->path};
    return Source{{{}, std::string{default_config}}, "bundled configuration"};
}

struct Runner {
    int operator()(const StartOptions&) const {
        print(stderr, "lunette: the interactive terminal comes with a later release.\n"
                      "Until then:\n"
                      "  lunette profile   what your configuration costs, in frames\n"
                      "  lunette check     whether it works here, and what it does\n");
        return exit_environment;
    }

    int operator()(const CheckOptions& options) const {
        const auto source = find_source(options.config);
        if (!source) return source.error();
        const CheckResult result = check({source->config, source->name, options.run});
        print_log(result.log);
        print(stdout,
              options.json ? check_json(result) : check_text(result, Paint::for_descriptor(STDOUT_FILENO)));
        return result.ok() ? exit_good : exit_failed;
    }

    int operator()(const ProfileOptions& options) const {
        const auto source = find_source(options.config);
        if (!source) return source.error();
        ProfileResult result;
        result.config = source->name;
        for (const bool sync : {false, true}) {
            if (options.mode != Mode::both && sync != (options.mode == Mode::sync)) continue;
            print(stderr, std::string{"lunette: measuring "} + (sync ? "sync" : "async") + " …\n");
            auto run = profile({source->config, source->name, options.tabs, options.duration_s, options.fps,
                                options.workload, sync, options.trace.has_value()});
            if (!run) {
                print(stderr, "lunette: " + run.error() + "\n");
                return exit_environment;
            }
            print_log(run->log);
            result.runs.push_back(std::move(*run));
        }
        const bool json_on_stdout = options.json == "-";
        bool written = true;
        if (options.json) written &= write(*options.json, profile_json(result));
        if (options.html) written &= write(*options.html, profile_html(result));
        if (options.trace) written &= write(*options.trace, profile_trace(result));
        if (!json_on_stdout) print(stdout, profile_text(result, Paint::for_descriptor(STDOUT_FILENO)));
        return written ? exit_good : exit_environment;
    }
    int operator()(const ReplayOptions& options) const {
        ConfigOptions config = options.config;
        if (!config.file && !config.skip)
            if (std::string beside = config_beside(options.script); !beside.empty()) config.file = beside;
        const auto source = find_source(config);
        if (!source) return source.error();
        const ReplayOutcome outcome = replay({options.script, source->config, options.json});
        print(stderr, outcome.errors);
        print(stdout, outcome.output);
        return outcome.status;
    }
};

} // namespace

int run(const std::vector<std::string>& arguments) {
    const auto invocation = parse_command_line(arguments);
    if (!invocation) {
        print(invocation.error().status == exit_good ? stdout : stderr, invocation.error().text);
        return invocation.error().status;
    }
    return std::visit(Runner{}, *invocation);
}

} // namespace lunette::cli
