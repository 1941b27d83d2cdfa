#include "cli/command_line.h"

#include "cli/json.h"
#include "model/nearest.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <sstream>

namespace lunette::cli {

namespace {

constexpr const char* description =
    "Lunette runs your wezterm.lua beside the terminal, never inside its frames.";

constexpr const char* examples = R"(
Examples:
  lunette check                          does my configuration work here, and what does it do?
  lunette check --run key:resize:h       … and what does this key of the table `resize` do?
  lunette profile                        what does it cost, in frames, with 20 tabs?
  lunette profile --mode both --html report.html
                                         … beside what it costs when Lua runs inside the frame

The configuration is --config-file, else $LUNETTE_CONFIG_FILE, lunette/lunette.lua in the configuration
folder, $WEZTERM_CONFIG_FILE, ~/.wezterm.lua, or wezterm/wezterm.lua in the configuration folder.
Exit status: 0 good, 1 the configuration failed, 2 wrong usage, 3 the environment lacks something.
)";

const std::map<std::string, Workload> workloads{{"idle", Workload::idle},   {"typing", Workload::typing},
                                                {"hover", Workload::hover}, {"output", Workload::output},
                                                {"churn", Workload::churn}, {"all", Workload::all}};
const std::map<std::string, Mode> modes{{"async", Mode::async}, {"sync", Mode::sync}, {"both", Mode::both}};

void add_config(CLI::App& app, ConfigOptions& options) {
    auto* file =
        app.add_option("--config-file", options.file, "The configuration to read")->type_name("FILE");
    app.add_flag("-n,--skip-config", options.skip, "Use the bundled configuration")->excludes(file);
}

std::vector<std::string> names_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::string hint(const CLI::App& app, const std::vector<std::string>& arguments) {
    const auto used = app.get_subcommands();
    const CLI::App& where = used.empty() ? app : *used.front();
    const std::vector<std::string> known = names_of(where);
    for (const std::string& argument : arguments) {
        const std::string word = argument.substr(0, argument.find('='));
        if (word == where.get_name() || std::find(known.begin(), known.end(), word) != known.end()) continue;
        model::Nearest nearest{word};
        for (const std::string& candidate : known) nearest.offer(candidate);
        if (!nearest.word().empty()) return "Did you mean " + std::string{nearest.word()} + "? ";
    }
    return {};
}

struct CommandLine {
    CLI::App app{description, "lunette"};
    ConfigOptions start_config;
    CheckOptions check;
    ProfileOptions profile;
    ReplayOptions replay;
    CLI::App* start = nullptr;
    CLI::App* check_command = nullptr;
    CLI::App* profile_command = nullptr;
    CLI::App* replay_command = nullptr;

    CommandLine() {
        app.set_version_flag("-V,--version", "lunette " + std::string{version});
        app.footer(examples);
        app.require_subcommand(0, 1);
        app.get_formatter()->column_width(34);
        add_config(app, start_config);
        start = app.add_subcommand("start", "A session in this terminal (comes with a later release)");
        start->allow_extras();
        add_check();
        add_profile();
        replay_command = app.add_subcommand("replay", "Play a scenario")->group("");
        replay_command->add_option("script", replay.script)->required();
        replay_command->add_flag("--json", replay.json);
        add_config(*replay_command, replay.config);
    }

    void add_check() {
        check_command = app.add_subcommand("check", "Does the configuration work here, and what does it do?");
        add_config(*check_command, check.config);
        check_command->add_flag("--json", check.json, "The result as JSON");
        check_command
            ->add_option(
                "--run", check.run,
                "Also run a custom event, or a key as key:TABLE:KEY; TABLE `keys` is the default one")
            ->type_name("EVENT")
            ->expected(1)
            ->take_all();
    }

    void add_profile() {
        ProfileOptions& p = profile;
        profile_command = app.add_subcommand("profile", "What does the configuration cost, in frames?");
        add_config(*profile_command, p.config);
        profile_command->add_option("--tabs", p.tabs, "Tabs with a shell each")
            ->check(CLI::Range(1, 1000))
            ->capture_default_str();
        profile_command->add_option("--duration", p.duration_s, "Seconds per run")
            ->check(CLI::Range(0.1, 86400.0))
            ->capture_default_str();
        profile_command->add_option("--fps", p.fps, "Frames per second, at most")
            ->check(CLI::Range(1, 240))
            ->capture_default_str();
        profile_command->add_option("--workload", p.workload, "idle|typing|hover|output|churn|all [all]")
            ->transform(CLI::CheckedTransformer(workloads).description(""))
            ->type_name("NAME");
        profile_command
            ->add_option("--mode", p.mode, "async|sync|both: sync runs Lua inside the frame [async]")
            ->transform(CLI::CheckedTransformer(modes).description(""))
            ->type_name("NAME");
        profile_command->add_option("--json", p.json, "The report as JSON, - for standard output")
            ->type_name("FILE");
        profile_command->add_option("--html", p.html, "The report as a page with charts")->type_name("FILE");
        profile_command->add_option("--trace", p.trace, "Every decision of the script thread, with its cause")
            ->type_name("FILE");
    }

    Invocation chosen() {
        if (check_command->parsed()) return check;
        if (profile_command->parsed()) return profile;
        if (replay_command->parsed()) return replay;
        return StartOptions{};
    }
};

} // namespace

std::string_view workload_name(Workload workload) noexcept {
    switch (workload) {
    case Workload::idle: return "idle";
    case Workload::typing: return "typing";
    case Workload::hover: return "hover";
    case Workload::output: return "output";
    case Workload::churn: return "churn";
    case Workload::all: return "all";
    }
    return "?";
}

tl::expected<Invocation, Answer> parse_command_line(const std::vector<std::string>& arguments) {
    CommandLine line;
    try {
        auto end = arguments.end();
        // What follows `--` is the program of a session.
        if (arguments.empty() || arguments.front() == "start" || arguments.front().substr(0, 1) == "-")
            end = std::find(arguments.begin(), arguments.end(), "--");
        std::vector<std::string> reversed{arguments.begin(), end};
        std::reverse(reversed.begin(), reversed.end());
        line.app.parse(reversed);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        if (line.app.exit(error, out, err) == 0) return tl::unexpected{Answer{exit_good, out.str()}};
        return tl::unexpected{Answer{exit_usage, "lunette: " + std::string{error.what()} + "\n" +
                                                     hint(line.app, arguments) +
                                                     "`lunette --help` shows what there is.\n"}};
    }
    return line.chosen();
}

} // namespace lunette::cli
