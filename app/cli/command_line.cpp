#include "cli/command_line.h"

#include "cli/json.h"
#include "cli/remote_line.h"
#include "model/nearest.h"
#include "wire/session_place.h"

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
  lunette                                a new session; lunette attach comes back to it
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
    app.add_option("--config", options.overrides, "Set one option to a Lua expression")
        ->type_name("NAME=VALUE")
        ->expected(1)
        ->take_all()
        ->check([](const std::string& text) {
            return text.find('=') == std::string::npos || text.front() == '='
                       ? "NAME=VALUE expected, got " + text
                       : std::string{};
        });
}

const CLI::Validator session_name{[](std::string& name) {
                                      return wire::is_session_name(name)
                                                 ? std::string{}
                                                 : "`" + name + "` is no name for a session";
                                  },
                                  ""};

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
    StartOptions start;
    AttachOptions attach;
    ListOptions list;
    DetachOptions detach;
    KillOptions kill;
    ServerOptions server;
    WhyOptions why;
    CheckOptions check;
    ShowKeysOptions show_keys;
    ProfileOptions profile;
    ReplayOptions replay;
    CLI::App* attach_command = nullptr;
    CLI::App* list_command = nullptr;
    CLI::App* detach_command = nullptr;
    CLI::App* kill_command = nullptr;
    CLI::App* server_command = nullptr;
    std::unique_ptr<RemoteLine> remote;
    CLI::App* why_command = nullptr;
    CLI::App* check_command = nullptr;
    CLI::App* show_keys_command = nullptr;
    CLI::App* profile_command = nullptr;
    CLI::App* replay_command = nullptr;
    CLI::App* cache_command = nullptr;
    CacheOptions cache;

    CommandLine() {
        app.set_version_flag("-V,--version", "lunette " + std::string{version});
        app.footer(examples);
        app.require_subcommand(0, 1);
        app.get_formatter()->column_width(34);
        add_start(app);
        add_sessions();
        add_check();
        add_show_keys();
        add_profile();
        add_cache();
        replay_command = app.add_subcommand("replay", "Play a scenario")->group("");
        replay_command->add_option("script", replay.script)->required();
        replay_command->add_flag("--json", replay.json);
        add_config(*replay_command, replay.config);
    }

    void add_start(CLI::App& to) {
        add_config(to, start.config);
        to.add_option("-s,--session", start.session, "The session's name")
            ->type_name("NAME")
            ->check(session_name);
        to.add_option("--cwd", start.cwd, "Where its first program starts")->type_name("DIR");
        to.add_flag("--nested", start.nested, "Also inside of a session");
    }

    void add_sessions() {
        add_start(*app.add_subcommand("start", "A new session in this terminal: the default"));
        attach_command = app.add_subcommand("attach", "Come back to a session");
        attach_command->add_option("session", attach.session, "The one that was left last")
            ->check(session_name);
        attach_command->add_flag("--nested", attach.nested, "Also inside of a session");
        list_command = app.add_subcommand("ls", "The sessions that are running");
        list_command->add_flag("--json", list.json, "With all that they say of themselves");
        detach_command = app.add_subcommand("detach", "Leave a session; it goes on");
        detach_command->add_option("session,-s,--session", detach.session)->check(session_name);
        kill_command = app.add_subcommand("kill", "End a session and its programs");
        kill_command->add_option("session,-s,--session", kill.session)->check(session_name);
        remote = std::make_unique<RemoteLine>(app);
        why_command = app.add_subcommand("why", "Why did a title run, or not?");
        why_command
            ->add_option("view", why.view, "\"format-tab-title(tab 3)\", or an event for all of its calls")
            ->type_name("VIEW")
            ->required();
        why_command->add_option("-s,--session", why.session, "The one that was left last")
            ->type_name("NAME")
            ->check(session_name);
        why_command->add_flag("--json", why.json, "The answer as JSON");
        server_command = app.add_subcommand("server", "The process behind a session")->group("");
        server_command->add_option("--session", server.session)->required()->check(session_name);
        add_config(*server_command, server.config);
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

    void add_show_keys() {
        show_keys_command = app.add_subcommand("show-keys", "Which keys are bound, and do they arrive?");
        add_config(*show_keys_command, show_keys.config);
        show_keys_command->add_flag("--lua", show_keys.lua, "As a configuration writes them");
        show_keys_command
            ->add_option("--key-table", show_keys.table,
                         "Only this one: `keys` for those outside of tables, `prefix` for those behind it")
            ->type_name("NAME");
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

    void add_cache() {
        cache_command = app.add_subcommand("cache", "Compiled Lua on disk: path, list or clear");
        cache_command->require_subcommand(1);
        const auto add = [this](const char* name, const char* what, CacheAction action) {
            cache_command->add_subcommand(name, what)->callback([this, action] { cache.action = action; });
        };
        add("path", "Where it is", CacheAction::path);
        add("list", "What there is: bytes, last use, file", CacheAction::list);
        add("clear", "Remove all of it; it comes back with the next load", CacheAction::clear);
    }

    // `tail`: what followed `--`.
    Invocation chosen(const std::vector<std::string>& tail) {
        if (remote->app().parsed()) return remote->chosen(tail);
        const bool starts = app.get_subcommands().empty() || app.got_subcommand("start");
        if (!tail.empty() && !starts) throw CLI::ExtrasError{"lunette", tail};
        start.program = tail;
        if (attach_command->parsed()) return attach;
        if (list_command->parsed()) return list;
        if (detach_command->parsed()) return detach;
        if (kill_command->parsed()) return kill;
        if (server_command->parsed()) return server;
        if (why_command->parsed()) return why;
        if (check_command->parsed()) return check;
        if (show_keys_command->parsed()) return show_keys;
        if (profile_command->parsed()) return profile;
        if (replay_command->parsed()) return replay;
        if (cache_command->parsed()) return cache;
        return start;
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
        const auto end = std::find(arguments.begin(), arguments.end(), "--");
        std::vector<std::string> reversed{arguments.begin(), end};
        std::reverse(reversed.begin(), reversed.end());
        line.app.parse(reversed);
        return line.chosen({end == arguments.end() ? end : end + 1, arguments.end()});
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        if (line.app.exit(error, out, err) == 0) return tl::unexpected{Answer{exit_good, out.str()}};
        return tl::unexpected{Answer{exit_usage, "lunette: " + std::string{error.what()} + "\n" +
                                                     hint(line.app, arguments) +
                                                     "`lunette --help` shows what there is.\n"}};
    }
}

} // namespace lunette::cli
