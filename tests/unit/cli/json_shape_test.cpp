#include "cli/program.h"

#include <string>
#include <vector>

// The JSON of `check` and `profile` is a contract: each field that is promised is there, with its type.
namespace lunette::cli {

namespace {

using testing::Folder;
using testing::ran;
using testing::Ran;

const std::string example = LUNETTE_SOURCE "/examples/wezterm.lua";

bool is_one_of(const std::string& text, std::string_view words) {
    for (std::size_t at = 0; at <= words.size();) {
        const std::size_t end = std::min(words.find('|', at), words.size());
        if (words.substr(at, end - at) == text) return true;
        at = end + 1;
    }
    return false;
}

bool is_type(const Json& value, const std::string& type) {
    if (type == "string") return value.is_string();
    if (type == "bool") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "string?") return value.is_string() || value.is_null();
    if (type == "any") return true;
    return value.is_string() && is_one_of(value.get<std::string>(), type);
}

// A shape is written as JSON: names of types or words "a|b" as leaves, a list of one shape for lists of it,
// an object of "*" for maps. What is missing or of another type is a line of the result.
void compare(const Json& value, const Json& shape, const std::string& path, std::string& problems) {
    if (shape.is_string()) {
        if (!is_type(value, shape.get<std::string>()))
            problems += path + " is no " + shape.get<std::string>() + ": " + value.dump() + "\n";
    } else if (shape.is_array()) {
        if (!value.is_array()) problems += path + " is no list\n";
        for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
            compare(value[i], shape[0], path + "[" + std::to_string(i) + "]", problems);
    } else if (!value.is_object()) {
        problems += path + " is no object\n";
    } else if (shape.contains("*")) {
        for (const auto& [name, item] : value.items()) compare(item, shape["*"], path + "." + name, problems);
    } else {
        for (const auto& [name, item] : shape.items()) {
            const std::string inner = path + "." + name;
            if (value.contains(name))
                compare(value[name], item, inner, problems);
            else
                problems += inner + " is missing\n";
        }
    }
}

std::string differences(const Json& value, const Json& shape) {
    std::string problems;
    compare(value, shape, "", problems);
    return problems;
}

const Json check_shape = Json::parse(R"json({
    "config": "string", "ok": "bool", "version": "string",
    "load": { "ms": "number", "modules": [ {"name": "string", "file": "string", "from": "source|bytecode"} ] },
    "errors": [ {"where": "string", "what": "string"} ],
    "warnings": [ {"where": "string", "what": "string"} ],
    "suggestions": [ "string" ],
    "options": [ {"name": "string", "effect": "applied|adapted|accepted|unknown", "note": "string"} ],
    "keys": "integer", "key_tables": {"*": "integer"},
    "events": [ { "event": "string", "kind": "pure|effect", "handlers": "integer", "runs": "integer",
        "result": "ok|error|late|killed", "error": "string?",
        "values": [ {"text": "string", "cells": "integer"} ],
        "commands": [ {"name": "string", "args": ["any"]} ],
        "cpu": {"p50": "number", "max": "number"}, "reads": ["string"],
        "impure": ["clock|process|file|environment|random|shared-state|untracked"] } ] })json");

const Json profile_shape = Json::parse(R"json({
    "config": "string",
    "runs": [ { "mode": "async|sync", "tabs": "integer", "fps": "integer", "duration_s": "number", "workload": "string",
        "frames": { "due": "integer", "rendered": "integer", "late": "integer", "late_by_script": "integer",
            "ui": {"p50": "number", "p99": "number", "p999": "number", "max": "number"},
            "script_on_ui": {"p50": "number", "p99": "number", "p999": "number", "max": "number"},
            "script_on_ui_rebuild": {"count": "integer", "p50": "number", "p99": "number", "max": "number"} },
        "echo": {"p50": "number", "p99": "number", "max": "number"},
        "views": { "reads": "integer", "fresh": "integer", "stale": "integer", "fallback": "integer",
            "staleness": {"p50": "number", "p99": "number", "max": "number"} },
        "callbacks": [ { "event": "string", "requested": "integer", "runs": "integer", "unchanged": "integer",
            "throttled": "integer", "late": "integer", "killed": "integer", "errors": "integer", "preempted": "integer",
            "cpu": {"p50": "number", "p99": "number", "max": "number"},
            "wait": {"p50": "number", "p99": "number", "max": "number"}, "where": "string" } ],
        "stalls": [ {"cause": "string", "count": "integer", "max": "number"} ],
        "gc": { "steps": "integer", "step": {"p50": "number", "p99": "number", "max": "number"}, "heap_bytes": "integer" },
        "load": { "ms": "number", "from_bytecode": "integer", "from_source": "integer" } } ] })json");

TEST(JsonShape, TheComparisonSeesWhatIsMissingAndWhatIsWrong) {
    const Json shape = Json::parse(R"({"a": "integer", "b": [{"c": "x|y"}], "d": {"*": "number"}})");
    EXPECT_EQ(differences(Json::parse(R"({"a": 1, "b": [{"c": "y"}], "d": {"any": 1.5}})"), shape), "");
    EXPECT_EQ(differences(Json::parse(R"({"a": 1.5, "b": [{"c": "y"}, {}], "d": {"any": ""}})"), shape),
              ".a is no integer: 1.5\n.b[1].c is missing\n.d.any is no number: \"\"\n");
    EXPECT_EQ(differences(Json::parse(R"({"a": 1, "b": [{"c": "z"}], "d": []})"), shape),
              ".b[0].c is no x|y: \"z\"\n.d is no object\n");
}

TEST(JsonShape, CheckOfTheExample) {
    const Ran check = ran({"check", "--json", "--config-file", example});
    EXPECT_EQ(check.status, exit_good) << check.out;
    const Json json = check.json();
    EXPECT_EQ(differences(json, check_shape), "");
    EXPECT_EQ(json["ok"], true);
    EXPECT_EQ(json["config"], example);
    EXPECT_EQ(json["load"]["modules"][0]["file"], example) << "the main file is a module too";
    for (const char* list : {"options", "events"}) EXPECT_FALSE(json[list].empty()) << list;
    EXPECT_GT(json["keys"].get<int>(), 0);
    bool titles = false;
    for (const Json& event : json["events"]) {
        EXPECT_GT(event["runs"].get<int>(), 0) << event["event"];
        if (event["event"] != "format-tab-title") continue;
        titles = true;
        EXPECT_EQ(event["kind"], "pure");
        EXPECT_FALSE(event["reads"].empty());
        ASSERT_FALSE(event["values"].empty());
        for (const Json& value : event["values"])
            EXPECT_EQ(differences(value, Json{{"tab", "integer"}, {"hover", "bool"}}), "");
    }
    EXPECT_TRUE(titles);
}

TEST(JsonShape, CheckOfTheBundledConfiguration) {
    const Ran check = ran({"check", "--json", "-n"});
    EXPECT_EQ(check.status, exit_good) << check.out;
    EXPECT_EQ(differences(check.json(), check_shape), "");
    EXPECT_EQ(check.json()["ok"], true);
}

TEST(JsonShape, CheckOfAFileThatIsMissing) {
    const Ran check = ran({"check", "--json", "--config-file", "/no/such/file.lua"});
    EXPECT_EQ(check.status, exit_failed);
    const Json json = check.json();
    EXPECT_EQ(differences(json, check_shape), "");
    EXPECT_EQ(json["ok"], false);
    EXPECT_EQ(json["config"], "/no/such/file.lua");
    ASSERT_EQ(json["errors"].size(), 1U);
    EXPECT_NE(json["errors"][0]["what"].get<std::string>().find("there is no file /no/such/file.lua"),
              std::string::npos);
}

TEST(JsonShape, CheckOfAConfigurationThatFails) {
    const Folder folder;
    const Ran check = ran({"check", "--json", "--config-file", folder.write("c.lua", "return {")});
    EXPECT_EQ(check.status, exit_failed);
    EXPECT_EQ(differences(check.json(), check_shape), "");
    EXPECT_EQ(check.json()["ok"], false);
    EXPECT_FALSE(check.json()["errors"].empty());
}

TEST(JsonShape, ProfileOfTheExample) {
    const Ran profile = ran({"profile", "--json", "-", "--config-file", example, "--mode", "both", "--tabs",
                             "3", "--duration", "1"});
    EXPECT_EQ(profile.status, exit_good) << profile.err;
    const Json json = profile.json();
    EXPECT_EQ(differences(json, profile_shape), "");
    EXPECT_EQ(json["config"], example);
    ASSERT_EQ(json["runs"].size(), 2U);
    EXPECT_EQ(json["runs"][0]["mode"], "async");
    EXPECT_EQ(json["runs"][1]["mode"], "sync");
    for (const Json& run : json["runs"]) {
        EXPECT_EQ(run["tabs"], 3);
        EXPECT_EQ(run["workload"], "all");
        EXPECT_GE(run["duration_s"].get<double>(), 1.0);
        EXPECT_GT(run["frames"]["rendered"].get<int>(), 0);
        EXPECT_GE(run["frames"]["due"].get<int>(), run["frames"]["rendered"].get<int>());
        EXPECT_GT(run["views"]["reads"].get<int>(), 0);
        EXPECT_GT(run["gc"]["heap_bytes"].get<int>(), 0);
        EXPECT_EQ(run["load"]["from_source"].get<int>() + run["load"]["from_bytecode"].get<int>(), 1);
        EXPECT_FALSE(run["callbacks"].empty());
    }
}

TEST(JsonShape, ProfileWritesItToAFile) {
    const Folder folder;
    const std::string file = folder.path("report.json");
    const Ran profile = ran({"profile", "-n", "--json", file, "--tabs", "1", "--duration", "0.2"});
    EXPECT_EQ(profile.status, exit_good) << profile.err;
    EXPECT_FALSE(profile.out.empty()) << "the text is still shown";
    EXPECT_EQ(differences(Json::parse(std::ifstream{file}, nullptr, false), profile_shape), "");
    const Ran nowhere =
        ran({"profile", "-n", "--json", "/no/such/folder/f", "--tabs", "1", "--duration", "0.2"});
    EXPECT_EQ(nowhere.status, exit_environment);
}

} // namespace

} // namespace lunette::cli
