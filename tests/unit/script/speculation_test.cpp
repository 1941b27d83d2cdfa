#include <optional>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

/// A view that shows "tab(1)" and, once it is known, "tab(2)": what may be shown soon.
class SpeculationTest : public EngineTest {
protected:
    SpeculationTest() {
        options.views.push_back(
            {"pair", [](Evaluation& evaluation, Args arguments) -> Async<Value> {
                 auto wait = evaluation.call("tab", "shown", {{arguments[0]}, {1}});
                 const Expected<Value> shown = co_await std::move(wait);
                 const auto soon = evaluation.speculate("tab", "soon", {{arguments[0]}, {2}});
                 std::string text{shown ? shown->text() : "failed"};
                 text += soon && *soon ? " " + std::string{(*soon)->text()} : " ?";
                 co_return Value{text};
             }});
        options.views.push_back({"soon", [](Evaluation& evaluation, Args arguments) -> Async<Value> {
                                     auto wait = evaluation.call("tab", "soon", {{arguments[0]}, {2}});
                                     const Expected<Value> soon = co_await std::move(wait);
                                     co_return soon ? *soon : Value{};
                                 }});
    }
    View pair() { return view("pair", {model.tab(0)}); }
    std::string pair_text() { return std::string{pair().latest().text()}; }
};

TEST_F(SpeculationTest, RunsWhenItHasBeenQuietForAWhile) {
    start("host.on('tab', function(tab, n) return tab.title .. n end)");
    pair();
    settle();
    EXPECT_EQ(pair_text(), "shell1 ?");
    EXPECT_EQ(runs("tab"), 1U);
    advance(10ms);
    EXPECT_EQ(pair_text(), "shell1 ?");
    advance(20ms);
    EXPECT_EQ(pair_text(), "shell1 shell2");
    EXPECT_EQ(handler("tab").speculative, 1U);
    for (int i = 0; i < 5; ++i) advance(100ms);
    EXPECT_EQ(runs("tab"), 2U);
}

TEST_F(SpeculationTest, IsDoneAgainAfterWhatItReadHasChanged) {
    start("host.on('tab', function(tab, n) return tab.title .. n end)");
    pair();
    settle();
    advance(30ms);
    model.set_title(0, "sh");
    settle();
    EXPECT_EQ(pair_text(), "sh1 ?");
    EXPECT_EQ(pair().latest().freshness, Freshness::fresh); // what is shown is
    advance(30ms);
    EXPECT_EQ(pair_text(), "sh1 sh2");
}

TEST_F(SpeculationTest, WhatNobodySawWasNotMissed) {
    start(R"(host.on('tab', function(tab, n)
        if n == 2 then host.add(1) end -- which is not done beforehand
        return tab.title .. n
    end))");
    pair();
    settle();
    advance(30ms);
    advance(10s);
    View soon = view("soon", {model.tab(0)});
    settle();
    EXPECT_EQ(soon.latest().text(), "shell2");
    EXPECT_EQ(report().staleness.max(), 0);
}

TEST_F(SpeculationTest, SendsNoCommands) {
    start("host.on('tab', function(tab, n) if n == 2 then host.add(1) end return tab.title .. n end)");
    pair();
    settle();
    advance(30ms);
    EXPECT_EQ(pair_text(), "shell1 ?");
    EXPECT_EQ(model.app->counter, 0);
    const std::uint64_t before = runs("tab");
    for (int i = 0; i < 5; ++i) advance(100ms);
    EXPECT_EQ(runs("tab"), before); // it is not tried again
    View soon = view("soon", {model.tab(0)});
    settle();
    EXPECT_EQ(soon.latest().text(), "shell2"); // for somebody who waits it runs
    EXPECT_EQ(model.app->counter, 1);
}

TEST_F(SpeculationTest, CannotBeTalkedOutOfEnding) {
    start(R"(host.on('tab', function(tab, n)
        if n == 2 then pcall(host.add, 1) host.mark 'went on' end
        return tab.title .. n
    end))");
    pair();
    settle();
    advance(30ms);
    EXPECT_EQ(marks("went on"), 0);
    EXPECT_EQ(model.app->counter, 0);
    EXPECT_EQ(logged("stopped"), 0U); // nobody is to blame
    EXPECT_EQ(handler("tab").killed, 0U);
}

TEST_F(SpeculationTest, StartsNoChildren) {
    TemporaryDirectory directory;
    const std::string file = directory.path("touched");
    start("host.on('tab', function(tab, n) if n == 2 then os.execute('touch " + file +
          "') end return tab.title .. n end)");
    pair();
    settle();
    advance(30ms);
    EXPECT_EQ(report().live_children, 0U);
    EXPECT_EQ(pair_text(), "shell1 ?");
    View soon = view("soon", {model.tab(0)});
    EXPECT_TRUE(eventually([&] { return soon.latest().text() == "shell2"; }));
}

TEST_F(SpeculationTest, IsNoReasonToKeepSomebodyWaiting) {
    start("host.on('tab', function(tab, n) host.sleep_ms(50) return tab.title .. n end)");
    pair();
    settle();
    advance(50ms);
    advance(30ms); // the speculative run waits now
    View soon = view("soon", {model.tab(0)});
    settle();
    advance(50ms);
    EXPECT_EQ(soon.latest().text(), "shell2");
    EXPECT_EQ(pair_text(), "shell1 shell2");
    EXPECT_EQ(runs("tab"), 2U);
}

} // namespace
} // namespace lunette::script::test
