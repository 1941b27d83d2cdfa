#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

using ErrorsTest = EngineTest;

TEST_F(ErrorsTest, KeepTheLastGoodValue) {
    start("host.on('title', function(app) if app.mode == 'bad' then error 'oops' end return app.mode end)");
    title();
    settle();
    model.change([](App& app) { app.mode = "bad"; });
    settle();
    EXPECT_EQ(text(), "normal");
    EXPECT_EQ(handler("title").errors, 1U);
    EXPECT_EQ(handler("title").last_error, "config:2: oops");
    model.change([](App& app) { app.mode = "good"; });
    settle();
    EXPECT_EQ(text(), "good");
}

TEST_F(ErrorsTest, AreLoggedOncePerMessage) {
    start("host.on('title', function(app) error(app.counter < 10 and 'first' or 'second') end)");
    title();
    for (int i = 0; i < 20; ++i) {
        model.change([&](App& app) { app.counter = i; });
        settle();
        advance(40s); // beyond any back-off
    }
    EXPECT_EQ(logged("first"), 1U);
    EXPECT_EQ(logged("second"), 1U);
}

TEST_F(ErrorsTest, RecordsTellErrorsOfHandlersFromWhatScriptsSay) {
    start("host.on('title', function() host.log('its own words') error 'a mistake' end)");
    title();
    settle();
    std::size_t errors = 0, words = 0;
    for (const LogRecord& record : log_) {
        if (record.message.find("a mistake") != std::string::npos) errors += record.about_handler;
        if (record.message.find("its own words") != std::string::npos) words += !record.about_handler;
    }
    EXPECT_EQ(errors, 1U);
    EXPECT_EQ(words, 1U);
}

TEST_F(ErrorsTest, BackOffWhenRepeated) {
    start("host.on('title', function(app) error('e' .. app.counter) end)");
    title();
    for (int i = 0; i < 100; ++i) {
        model.change([&](App& app) { app.counter = i; });
        settle();
    }
    EXPECT_LE(runs(), 4U);
    EXPECT_GE(runs(), 3U);
    const std::uint64_t before = runs();
    advance(40s);
    EXPECT_EQ(runs(), before + 1); // the last state is not forgotten
    EXPECT_EQ(logged("e99"), 1U);
}

TEST_F(ErrorsTest, RecoverWhenTheirCauseGoesAway) {
    start("host.on('title', function(app) return app.tabs[3].title end)");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    model.add_tab("third");
    settle();
    EXPECT_EQ(text(), "third");
}

TEST_F(ErrorsTest, KeepTheDependenciesOfTheRunBefore) {
    start(R"(
        local fail = false
        host.on('status', function() fail = not fail end)
        host.on('title', function(app) if fail then error 'early' end return app.mode end))");
    title();
    settle();
    emit("status");
    EXPECT_EQ(handler("title").errors, 1U);
    const std::uint64_t before = runs();
    model.change([](App& app) { app.mode = "insert"; });
    settle();
    EXPECT_EQ(runs(), before + 1);
}

TEST_F(ErrorsTest, OfAnyKindAreOneCleanLine) {
    start(R"(
        local what = {
            function() error({}) end, function() error(nil) end, function() error(('x'):rep(10000000)) end,
            function() error('a\nb\255c') end, function() error(setmetatable({}, {__tostring = function() error 'x' end})) end,
            function() error(function() end) end, function() error({message = 'told'}) end,
        }
        host.on('status', function(app, i) what[i]() end))");
    for (std::int64_t i = 1; i <= 7; ++i) emit("status", {i});
    EXPECT_EQ(handler("status").errors, 7U);
    for (const char c : {'\n', '\xff'}) EXPECT_EQ(handler("status").last_error.find(c), std::string::npos);
    EXPECT_EQ(logged("told"), 1U);
    for (const char* part : {"a b", "table"}) EXPECT_GE(logged(part), 1U) << part;
    EXPECT_LT(log_text().size(), 20'000U);
    EXPECT_EQ(log_text().find('\xff'), std::string::npos);
}

TEST_F(ErrorsTest, OfMemoryHitOneHandlerOnly) {
    options.hard_limit = 1s;
    start(R"(
        host.on('status', function() local t = {} for i = 1, 1e9 do t[i] = 'x' .. i end end)
        host.on('key', function() local s = ('x'):rep(1e10) end)
        host.on('title', function(app) return app.mode end))");
    title();
    emit("status");
    emit("key");
    EXPECT_EQ(handler("key").errors, 1U);
    EXPECT_EQ(handler("status").errors + handler("status").killed, 1U);
    model.change([](App& app) { app.mode = "fine"; });
    settle();
    EXPECT_EQ(text(), "fine");
}

TEST_F(ErrorsTest, OfMemoryThatStaysTakenDoNotEndTheProcess) {
    options.heap_limit = std::size_t{8} << 20;
    options.hard_limit = 30s;
    start(R"(
        hoard = {}
        host.on('status', function() for i = 1, 1e9 do hoard[#hoard + 1] = 'a string of some length ' .. i end end)
        host.on('title', function(app) return app.mode .. (' '):rep(100000):sub(1, 1) end))");
    title();
    settle();
    emit("status");
    EXPECT_EQ(handler("status").errors, 1U);
    for (int i = 0; i < 5; ++i) {
        model.change([&](App& app) { app.mode = "m" + std::to_string(i); });
        settle();
        emit("status");
    }
    EXPECT_GE(logged("not enough memory"), 1U);
    engine().reload(); // another VM
    model.change([](App& app) { app.mode = "free"; });
    settle();
    EXPECT_EQ(text(), "free ");
}

TEST_F(ErrorsTest, OfAResultThatCannotBeShown) {
    start("host.on('title', function() return function() end end)");
    title();
    settle();
    EXPECT_EQ(text(), "default title");
    EXPECT_EQ(handler("title").errors, 1U);
    EXPECT_EQ(logged("function cannot be converted"), 1U);
}

} // namespace
} // namespace lunette::script::test
