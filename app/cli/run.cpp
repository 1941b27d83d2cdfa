#include "cli/run.h"

#include "cli/cache_command.h"
#include "cli/check.h"
#include "cli/check_report.h"
#include "cli/command_line.h"
#include "cli/config_path.h"
#include "cli/default_config.h"
#include "cli/paint.h"
#include "cli/profile.h"
#include "cli/profile_report.h"
#include "cli/replay.h"
#include "cli/server_process.h"
#include "cli/session_commands.h"
#include "cli/show_keys.h"

#include "wezterm/places.h"

#include <cstdio>
#include <filesystem>
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

tl::expected<Source, std::string> find_source(const ConfigOptions& options) {
    ConfigSearch search = ConfigSearch::of_process();
    search.config_file = options.file;
    search.skip = options.skip;
    auto choice = find_config(search);
    if (!choice) return tl::unexpected{std::move(choice.error())};
    Source source;
    if (choice->path.empty())
        source = {{{}, std::string{default_config}}, "bundled configuration"};
    else
        source = {{choice->path, {}}, choice->path};
    for (const std::string& text : options.overrides) {
        const std::size_t sign = text.find('=');
        source.config.overrides.emplace_back(text.substr(0, sign), text.substr(sign + 1));
    }
    return source;
}

int no_source(const std::string& why) {
    print(stderr, "lunette: " + why + "\n");
    return exit_failed;
}

// What is named and is not there is a result of `check` like any other.
CheckResult check_file(const CheckOptions& options) {
    const auto source = find_source(options.config);
    if (source) return check({source->config, source->name, options.run});
    CheckResult result;
    result.config = options.config.file.value_or("");
    result.errors.push_back({result.config, source.error()});
    return result;
}

std::vector<std::string> server_arguments(const StartOptions& options) {
    std::vector<std::string> arguments;
    if (options.config.skip) arguments.emplace_back("--skip-config");
    if (options.config.file) {
        arguments.emplace_back("--config-file");
        arguments.push_back(std::filesystem::absolute(*options.config.file).string());
    }
    for (const std::string& text : options.config.overrides) {
        arguments.emplace_back("--config");
        arguments.push_back(text);
    }
    return arguments;
}

struct Runner {
    int operator()(const StartOptions& options) const {
        // The server looks for itself; what cannot be found is said here, before there is one.
        if (const auto source = find_source(options.config); !source) return no_source(source.error());
        return start_session(options, server_arguments(options));
    }
    int operator()(const AttachOptions& options) const { return attach_session(options); }
    int operator()(const ListOptions& options) const { return list_sessions(options); }
    int operator()(const DetachOptions& options) const { return detach_session(options); }
    int operator()(const KillOptions& options) const { return kill_session(options); }
    int operator()(const RemoteOptions& options) const { return remote_command(options); }
    int operator()(const WhyOptions& options) const { return why_command(options); }
    int operator()(const ServerOptions& options) const {
        const auto source = find_source(options.config);
        return source ? run_server(options, source->config) : no_source(source.error());
    }

    int operator()(const CheckOptions& options) const {
        const CheckResult result = check_file(options);
        print_log(result.log);
        print(stdout,
              options.json ? check_json(result) : check_text(result, Paint::for_descriptor(STDOUT_FILENO)));
        return result.ok() ? exit_good : exit_failed;
    }

    int operator()(const ShowKeysOptions& options) const {
        const auto source = find_source(options.config);
        if (!source) return no_source(source.error());
        const auto config = load_for_keys(source->config);
        if (!config) return no_source(config.error());
        std::vector<KeyTable> tables = key_tables_of(*config);
        if (options.table) {
            std::erase_if(tables, [&](const KeyTable& table) { return table.name != *options.table; });
            if (tables.empty()) return no_source("there is no key table \"" + *options.table + "\"");
        }
        print(stdout, options.lua ? key_tables_lua(tables) : key_tables_text(tables));
        return exit_good;
    }

    int operator()(const ProfileOptions& options) const {
        const auto source = find_source(options.config);
        if (!source) return no_source(source.error());
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
        if (!source) return no_source(source.error());
        const ReplayOutcome outcome = replay({options.script, source->config, options.json});
        print(stderr, outcome.errors);
        print(stdout, outcome.output);
        return outcome.status;
    }

    int operator()(const CacheOptions& options) const {
        const CacheOutcome outcome = cache_command(options.action, wezterm::cache_directory("lunette"));
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
