#include "cli/replay.h"

#include "cli/command_line.h"
#include "cli/report_json.h"
#include "cli/scenario.h"
#include "cli/scenario_player.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace lunette::cli {

namespace {

std::string script_file(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored) ? path + "/script" : path;
}

Json outcome_json(const std::string& script, ScenarioPlayer& player, int line, const std::string& problem) {
    Json json;
    json["script"] = script;
    json["ok"] = problem.empty();
    if (!problem.empty()) json["failed"] = Json{{"line", line}, {"what", problem}};
    json["screen"] = player.screen();
    json["log"] = player.log();
    if (server::UiLoop* loop = player.loop()) {
        const server::Instruments& i = loop->instruments();
        json["frames"] = Json{{"rendered", i.rendered()},
                              {"late", i.late()},
                              {"late_by_script", i.late_by_script()},
                              {"stalls", i.stalls().size()}};
        if (const auto report = loop->engine().report(std::chrono::seconds{3}))
            json["callbacks"] = callbacks_json(*report);
    }
    return json;
}

} // namespace

std::string config_beside(const std::string& script) {
    const std::filesystem::path path =
        std::filesystem::path{script_file(script)}.parent_path() / "config.lua";
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? path.string() : std::string{};
}

ReplayOutcome replay(const ReplayRequest& request) {
    const std::string path = script_file(request.script);
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return {exit_usage, {}, "lunette: cannot read " + path + "\n"};
    const auto steps = parse_scenario(text.str());
    if (!steps) return {exit_usage, {}, path + ":" + steps.error() + "\n"};

    ScenarioPlayer player{request.config};
    int line = 0;
    std::string problem;
    std::string source;
    for (const Step& step : *steps) {
        line = step.line;
        source = step.source;
        if (auto failed = player.play(step)) {
            problem = std::move(*failed);
            break;
        }
        if (player.has_quit()) break;
    }
    ReplayOutcome outcome;
    outcome.status = problem.empty() ? exit_good : exit_failed;
    if (!problem.empty()) {
        outcome.errors = path + ":" + std::to_string(line) + ": " + source + "\n  " + problem + "\n";
        if (const std::string screen = player.screen(); !screen.empty())
            outcome.errors += "The screen:\n" + screen;
        for (const std::string& entry : player.log()) outcome.errors += "log: " + entry + "\n";
    }
    if (request.json) outcome.output = dump(outcome_json(path, player, line, problem));
    return outcome;
}

} // namespace lunette::cli
