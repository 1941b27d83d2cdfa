#include "server/why.h"

#include "wezterm/handler_statistics.h"
#include "wire/value_json.h"

#include <gtest/gtest.h>

namespace lunette::server {
namespace {

EngineReport report() {
    EngineReport report;
    EntryReport one;
    one.name = "format-tab-title(tab 1)";
    one.value = "\"one\"";
    one.runs = 3;
    one.cause = "PaneInfo.title of 7";
    one.reads = {"PaneInfo.title"};
    EntryReport two = one;
    two.name = "format-tab-title(tab 0)";
    two.dirty = true;
    two.waits_for = "its throttle, 12.0 ms";
    report.entries = {one, two};
    HandlerReport handler;
    handler.event = "format-tab-title";
    handler.where = "wezterm.lua:3";
    handler.pure = true;
    handler.impure = {Impurity::clock};
    handler.runs = 3;
    handler.reads = {"PaneInfo.title"};
    handler.cpu.record(2'500'000);
    HandlerReport status = handler;
    status.event = "update-status";
    report.handlers = {handler, status};
    return report;
}

TEST(Why, OneCallByItsName) {
    const wire::Json answer = why(report(), "format-tab-title(tab 1)");
    ASSERT_EQ(answer["views"].size(), 1U);
    EXPECT_EQ(answer["views"][0]["cause"], "PaneInfo.title of 7");
    EXPECT_EQ(answer["views"][0]["reads"], wire::Json::array({"PaneInfo.title"}));
    EXPECT_EQ(answer["handlers"][0]["where"], "wezterm.lua:3");
    EXPECT_EQ(answer["handlers"][0]["impure"], wire::Json::array({"clock"}));
}

TEST(Why, OfAHandlerWhatLunetteStatsSaysToo) {
    const EngineReport all = report();
    const wire::Json answer = why(all, "format-tab-title");
    EXPECT_EQ(answer["handlers"][0],
              wire::json_of<wire::Json>(wezterm::handler_statistics(all.handlers.front())));
    EXPECT_EQ(answer["handlers"][0]["runs"], 3);
    EXPECT_EQ(answer["handlers"][0]["reads"], wire::Json::array({"PaneInfo.title"}));
    EXPECT_DOUBLE_EQ(answer["handlers"][0]["cpu_ms_max"].get<double>(), 2.5);
}

TEST(Why, AnEventIsAllOfItsCalls) {
    const wire::Json answer = why(report(), "format-tab-title");
    ASSERT_EQ(answer["views"].size(), 2U);
    EXPECT_EQ(answer["views"][0]["name"], "format-tab-title(tab 0)");
    EXPECT_EQ(answer["views"][0]["waits_for"], "its throttle, 12.0 ms");
}

TEST(Why, AnEventWithEffectsHasCountersOnly) {
    const wire::Json answer = why(report(), "update-status");
    EXPECT_TRUE(answer["views"].empty());
    EXPECT_EQ(answer["handlers"].size(), 1U);
}

TEST(Why, WhatIsNotThereIsAnErrorThatNamesWhatIs) {
    const std::string error = why(report(), "format-tab-title(tab 9)")["error"];
    EXPECT_NE(error.find("`format-tab-title(tab 9)`"), std::string::npos) << error;
    EXPECT_NE(error.find("\n  format-tab-title(tab 0)\n  format-tab-title(tab 1)"), std::string::npos)
        << error;
    EXPECT_NE(why({}, "x")["error"].get<std::string>().find("no title handler has run"), std::string::npos);
}

} // namespace
} // namespace lunette::server
