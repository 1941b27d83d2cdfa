#include "cli/check_report.h"

#include "cli/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace lunette::cli {

namespace {

std::string_view result_name(RunResult result) noexcept {
    // A handler that was asked for nothing did nothing wrong.
    return result == RunResult::none ? "ok" : to_string(result);
}

Json event_json(const CheckedEvent& event) {
    Json values = Json::array();
    for (const CheckedEvent::Shown& shown : event.values) {
        Json value = Json::object();
        if (shown.tab >= 0) {
            value["tab"] = shown.tab;
            value["hover"] = shown.hover;
        }
        value["text"] = shown.text;
        value["cells"] = shown.cells;
        values.push_back(std::move(value));
    }
    Json commands = Json::array();
    for (const auto& [name, arguments] : event.commands) {
        Json list = Json::array();
        for (const Value& argument : arguments) list.push_back(to_json(argument));
        commands.push_back(Json{{"name", name}, {"args", std::move(list)}});
    }
    Json impure = Json::array();
    for (const Impurity impurity : event.impure) impure.push_back(std::string{to_string(impurity)});
    Json json;
    json["event"] = event.name;
    json["kind"] = event.pure ? "pure" : "effect";
    json["handlers"] = event.handlers;
    json["runs"] = event.runs;
    json["result"] = std::string{result_name(event.result)};
    json["error"] = nullptr;
    if (!event.error.empty()) json["error"] = event.error;
    json["values"] = std::move(values);
    json["commands"] = std::move(commands);
    json["cpu"] =
        Json{{"p50", microseconds(event.cpu.quantile(0.5))}, {"max", microseconds(event.cpu.max())}};
    json["reads"] = event.reads;
    json["impure"] = std::move(impure);
    json["where"] = event.where;
    return json;
}

std::string counted(std::size_t count, const char* one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string arguments_text(const Args& arguments) {
    std::string text;
    for (const Value& argument : arguments) text += (text.empty() ? "" : ", ") + describe(argument, 60);
    return text;
}

void add_event(std::string& out, const CheckedEvent& event, const Paint& paint) {
    const bool bad = event.result == RunResult::error || event.result == RunResult::killed;
    const std::string name{result_name(event.result)};
    const std::string state = bad                               ? paint.bad(name)
                              : event.result == RunResult::late ? paint.warn(name)
                                                                : paint.good(name);
    out += fmt::format(
        "  {}  {}  {}  {}\n", paint.bold(fmt::format("{:<26}", event.name)), state,
        counted(event.runs, "run"),
        paint.dim(fmt::format("p50 {:.0f} µs, max {:.0f} µs  {}", microseconds(event.cpu.quantile(0.5)),
                              microseconds(event.cpu.max()), event.where)));
    if (!event.error.empty()) out += "      " + paint.bad(event.error) + "\n";
    for (const CheckedEvent::Shown& shown : event.values)
        out += fmt::format("      {}\"{}\"{}\n", shown.tab >= 0 ? fmt::format("tab {}: ", shown.tab + 1) : "",
                           shown.text, shown.hover ? paint.dim("  under the mouse") : "");
    constexpr std::size_t most = 5;
    for (std::size_t i = 0; i < std::min(event.commands.size(), most); ++i)
        out +=
            fmt::format("      {}({})\n", event.commands[i].first, arguments_text(event.commands[i].second));
    if (event.commands.size() > most)
        out += fmt::format("      … and {}\n", counted(event.commands.size() - most, "more command"));
}

void add_problems(std::string& out, const std::vector<Problem>& problems, const std::string& title) {
    if (problems.empty()) return;
    out += "\n" + title + "\n";
    for (const Problem& problem : problems)
        out += "  " + (problem.where.empty() ? "" : problem.where + ": ") + problem.what + "\n";
}

void add_options(std::string& out, const CheckResult& result, const Paint& paint) {
    std::size_t applied = 0, accepted = 0;
    for (const CheckedOption& option : result.options) {
        applied += option.effect == "applied";
        accepted += option.effect == "accepted";
    }
    std::size_t bindings = result.keys;
    for (const auto& [name, count] : result.key_tables) bindings += count;
    out += fmt::format("  {} ({} applied, {} without meaning in a multiplexer), {}\n",
                       counted(result.options.size(), "option"), applied, accepted,
                       counted(bindings, "key binding"));
    for (const CheckedOption& option : result.options)
        if (option.effect == "adapted")
            out += fmt::format("    {}: {}\n", option.name, paint.dim(option.note));
}

} // namespace

std::string check_json(const CheckResult& result) {
    Json json;
    json["config"] = result.config;
    json["ok"] = result.ok();
    json["version"] = std::string{version};
    Json modules = Json::array();
    for (const ModuleReport& module : result.modules)
        modules.push_back(Json{{"name", module.name},
                               {"file", module.file},
                               {"from", module.from_bytecode ? "bytecode" : "source"}});
    json["load"] =
        Json{{"ms", static_cast<double>(result.load_us) / 1000.0}, {"modules", std::move(modules)}};
    json["errors"] = to_json(result.errors);
    json["warnings"] = to_json(result.warnings);
    json["suggestions"] = result.suggestions;
    json["options"] = Json::array();
    for (const CheckedOption& option : result.options)
        json["options"].push_back(
            Json{{"name", option.name}, {"effect", option.effect}, {"note", option.note}});
    json["keys"] = result.keys;
    json["key_tables"] = Json::object();
    for (const auto& [name, count] : result.key_tables) json["key_tables"][name] = count;
    json["events"] = Json::array();
    for (const CheckedEvent& event : result.events) json["events"].push_back(event_json(event));
    json["not_run"] = result.not_run;
    return dump(json);
}

std::string check_text(const CheckResult& result, const Paint& paint) {
    std::string out =
        paint.bold(result.config) + "  " + (result.ok() ? paint.good("good") : paint.bad("not good")) + "\n";
    if (result.loaded) {
        out += fmt::format("  loaded in {:.1f} ms from {}\n", static_cast<double>(result.load_us) / 1000.0,
                           counted(result.modules.size(), "file"));
        add_options(out, result, paint);
        if (!result.events.empty()) out += "\n" + paint.bold("Events") + "\n";
        for (const CheckedEvent& event : result.events) add_event(out, event, paint);
        if (!result.not_run.empty()) {
            out += "\n  Not run (`--run NAME` does):";
            for (const std::string& name : result.not_run) out += " " + name;
            out += "\n";
        }
    } else {
        out += "  It did not load; a terminal would start with the default options.\n";
    }
    add_problems(out, result.errors, paint.bad(counted(result.errors.size(), "error")));
    add_problems(out, result.warnings, paint.warn(counted(result.warnings.size(), "warning")));
    if (!result.suggestions.empty()) out += "\nSuggestions\n";
    for (const std::string& suggestion : result.suggestions) out += "  " + suggestion + "\n";
    return out;
}

} // namespace lunette::cli
