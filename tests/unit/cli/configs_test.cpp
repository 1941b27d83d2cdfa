#include "cli/check.h"
#include "cli/check_report.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace lunette::cli {

namespace {

namespace fs = std::filesystem;

// A line "--= WORD REST" of a configuration in tests/configs, whose README says what they mean.
struct Wish {
    std::string word;
    std::string rest;
};

struct Wanted {
    std::vector<Wish> wishes;
    std::vector<std::string> run;
};

std::string take_word(std::string& text) {
    const std::size_t end = text.find(' ');
    std::string word = text.substr(0, end);
    text.erase(0, end == std::string::npos ? end : end + 1);
    return word;
}

Wanted read_wishes(const std::string& file) {
    Wanted wanted;
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
        if (line.rfind("--= ", 0) != 0) continue;
        line.erase(0, 4);
        Wish wish{take_word(line), {}};
        wish.rest = line;
        if (wish.word == "run")
            wanted.run.push_back(wish.rest);
        else
            wanted.wishes.push_back(std::move(wish));
    }
    return wanted;
}

const CheckedEvent* event_of(const CheckResult& result, const std::string& name) {
    for (const CheckedEvent& event : result.events)
        if (event.name == name) return &event;
    return nullptr;
}

bool shows(const CheckResult& result, const std::string& name, std::int64_t tab, bool hover,
           const std::string& text) {
    const CheckedEvent* event = event_of(result, name);
    return event && std::any_of(event->values.begin(), event->values.end(), [&](const auto& shown) {
               return shown.tab == tab && shown.hover == hover && shown.text == text;
           });
}

bool asked_for(const CheckResult& result, std::string rest) {
    const std::string event_name = take_word(rest), command = take_word(rest);
    const CheckedEvent* event = event_of(result, event_name);
    return event && std::any_of(event->commands.begin(), event->commands.end(), [&](const auto& asked) {
               return asked.first == command &&
                      describe(Value::list(asked.second), 100'000).find(rest) != std::string::npos;
           });
}

bool warned(const CheckResult& result, const std::string& part) {
    return std::any_of(result.warnings.begin(), result.warnings.end(),
                       [&](const Problem& warning) { return warning.what.find(part) != std::string::npos; });
}

bool comes_true(const CheckResult& result, const Wish& wish) {
    std::string rest = wish.rest;
    if (wish.word == "tab" || wish.word == "hovered") {
        const std::int64_t tab = std::stoll(take_word(rest));
        return shows(result, "format-tab-title", tab, wish.word == "hovered", rest);
    }
    if (wish.word == "window") return shows(result, "format-window-title", -1, false, rest);
    if (wish.word == "shows") {
        const std::string event = take_word(rest);
        return shows(result, event, -1, false, rest);
    }
    if (wish.word == "command") return asked_for(result, rest);
    return wish.word == "warning" && warned(result, rest);
}

std::vector<std::string> all_configs() {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator{LUNETTE_SOURCE "/tests/configs"})
        if (entry.path().extension() == ".lua") files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

class Configs : public ::testing::TestWithParam<std::string> {};

TEST_P(Configs, ShowWhatTheySay) {
    const Wanted wanted = read_wishes(GetParam());
    ASSERT_FALSE(wanted.wishes.empty());
    const CheckResult result = check({{GetParam(), {}, {}}, GetParam(), wanted.run});
    const std::string report = check_json(result);
    EXPECT_TRUE(result.ok()) << report;
    for (const Wish& wish : wanted.wishes)
        EXPECT_TRUE(comes_true(result, wish)) << wish.word << ' ' << wish.rest << '\n' << report;
    const bool may_warn = std::any_of(wanted.wishes.begin(), wanted.wishes.end(),
                                      [](const Wish& wish) { return wish.word == "warning"; });
    EXPECT_TRUE(may_warn || result.warnings.empty()) << report;
}

INSTANTIATE_TEST_SUITE_P(All, Configs, ::testing::ValuesIn(all_configs()),
                         [](const auto& info) { return fs::path{info.param}.stem().string(); });

} // namespace

} // namespace lunette::cli
