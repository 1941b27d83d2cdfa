#include <filesystem>
#include <fstream>
#include <malloc.h>

#include <utime.h>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

class ReloadTest : public EngineTest {
protected:
    /// The configuration has a `title` handler, and watches these files.
    void load(std::string_view main) {
        options.config = write(main);
        start("");
        title();
        settle();
    }
    std::string write(std::string_view main) {
        return directory.write("main.lua", "local host = require 'host'\n" + std::string{main});
    }
    static std::string shows(std::string_view text) {
        return "host.on('title', function() return '" + std::string{text} + "' end)";
    }
    /// Frames while time passes.
    bool comes(const std::function<bool()>& condition) {
        return eventually([&] {
            clock.advance(10ms);
            engine().clock_changed();
            return condition();
        });
    }
    bool title_becomes(std::string_view wanted) {
        return comes([&] { return text() == wanted; });
    }
    /// Makes sure that what was to be noticed has been: a change of the main file, made later, is. Returns
    /// how many loads it took, that one included.
    std::uint64_t loads_until_noticed(std::string_view marker) {
        const std::uint64_t before = engine().load().generation;
        write(shows(marker));
        EXPECT_TRUE(title_becomes(marker)) << log_text();
        return engine().load().generation - before;
    }
    TemporaryDirectory directory;
};

TEST_F(ReloadTest, AChangeOfTheMainFileIsNoticed) {
    load(shows("one"));
    EXPECT_EQ(text(), "one");
    write(shows("two"));
    EXPECT_TRUE(title_becomes("two")) << log_text();
    EXPECT_EQ(engine().load().generation, 2U);
    EXPECT_EQ(logged("main.lua has changed"), 1U);
}

TEST_F(ReloadTest, AnEditorThatRenamesOver) {
    load(shows("one"));
    for (const char* text : {"two", "three", "four"}) {
        const std::string fresh = directory.write(
            "main.lua.new", "require('host').on('title', function() return '" + std::string{text} + "' end)");
        std::filesystem::rename(fresh, options.config);
        EXPECT_TRUE(title_becomes(text)) << log_text();
    }
}

TEST_F(ReloadTest, AnEditorThatMovesTheOldFileAway) {
    load(shows("one"));
    std::filesystem::rename(options.config, options.config + "~");
    write(shows("two"));
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, OfAModuleInAnotherFolder) {
    directory.write("deep/er/part.lua", "return 'one'");
    load("local part = require 'deep.er.part' host.on('title', function() return part end)");
    EXPECT_EQ(text(), "one");
    directory.write("deep/er/part.lua", "return 'two'");
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, OfAModuleThatIsRequiredLate) {
    directory.write("late.lua", "return 'one'");
    load("host.on('title', function() return require 'late' end)");
    EXPECT_EQ(text(), "one");
    directory.write("late.lua", "return 'two'");
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, OfAModuleThatWasMissing) {
    load("local ok, text = pcall(require, 'local_part') host.on('title', function() return ok and text or "
         "'none' end)");
    EXPECT_EQ(text(), "none");
    directory.write("local_part.lua", "return 'there'");
    EXPECT_TRUE(title_becomes("there")) << log_text();
}

TEST_F(ReloadTest, EqualSizeAndTimeButOtherContent) {
    const std::string part = directory.write("part.lua", "return 'one'");
    const utimbuf time{1'600'000'000, 1'600'000'000};
    utime(part.c_str(), &time);
    load("local part = require 'part' host.on('title', function() return part end)");
    EXPECT_EQ(text(), "one");
    const std::string fresh = directory.write("fresh", "return 'two'");
    utime(fresh.c_str(), &time);
    std::filesystem::rename(fresh, part);
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, TouchedAndWrittenAgainAreNoChange) {
    directory.write("part.lua", "return 'one'");
    load("local part = require 'part' " + shows("one"));
    directory.write("part.lua", "return 'one'");
    utime(directory.path("part.lua").c_str(), nullptr);
    utime(options.config.c_str(), nullptr);
    directory.write("unrelated.lua", "return 1");
    EXPECT_EQ(loads_until_noticed("two"), 1U) << log_text();
}

TEST_F(ReloadTest, AFileBehindALink) {
    directory.write("dotfiles/real.lua", "require('host').on('title', function() return 'one' end)");
    std::filesystem::create_symlink("dotfiles/real.lua", directory.path("main.lua"));
    options.config = directory.path("main.lua");
    start("");
    title();
    settle();
    EXPECT_EQ(text(), "one");
    directory.write("dotfiles/real.lua", "require('host').on('title', function() return 'two' end)");
    EXPECT_TRUE(title_becomes("two")) << log_text();
    directory.write("dotfiles/other.lua", "require('host').on('title', function() return 'three' end)");
    std::filesystem::create_symlink("dotfiles/other.lua", directory.path("link"));
    std::filesystem::rename(directory.path("link"), options.config);
    EXPECT_TRUE(title_becomes("three")) << log_text();
}

TEST_F(ReloadTest, AFolderBehindALinkThatIsTurned) {
    directory.write("v1/part.lua", "return 'one'");
    directory.write("v2/part.lua", "return 'two'");
    std::filesystem::create_directory_symlink("v1", directory.path("current"));
    load("local part = dofile('" + directory.path("current/part.lua") +
         "') host.on('title', function() return part end)");
    EXPECT_EQ(text(), "one");
    std::filesystem::create_directory_symlink("v2", directory.path("next"));
    std::filesystem::rename(directory.path("next"), directory.path("current"));
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, TheFoldersGoAndComeBack) {
    directory.write("deep/part.lua", "return 'one'");
    load("local ok, part = pcall(require, 'deep.part') host.on('title', function() return ok and part or "
         "'none' end)");
    EXPECT_EQ(text(), "one");
    std::filesystem::remove_all(directory.path("deep"));
    EXPECT_TRUE(title_becomes("none")) << log_text();
    directory.write("deep/part.lua", "return 'two'");
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, WatchedFilesAndFolders) {
    const std::string file = directory.write("data.txt", "one");
    std::filesystem::create_directory(directory.path("schemes"));
    load("host.watch('" + file + "') host.watch('" + directory.path("schemes") + "') host.mark 'loaded'");
    EXPECT_EQ(marks("loaded"), 1);
    directory.write("data.txt", "two");
    EXPECT_TRUE(comes([&] { return marks("loaded") == 2; })) << log_text();
    directory.write("schemes/new.toml", "x = 1");
    EXPECT_TRUE(comes([&] { return marks("loaded") == 3; })) << log_text();
    directory.write("schemes/new.toml", "x = 2");
    EXPECT_TRUE(comes([&] { return marks("loaded") == 4; })) << log_text();
}

TEST_F(ReloadTest, WhatAHandlerReadsRunsItAgainAndLoadsNothing) {
    const std::string data = directory.write("data.txt", "one");
    load("host.on('title', function() local file = io.open('" + data +
         "') local text = file:read 'a' file:close() return text end)");
    EXPECT_EQ(text(), "one");
    directory.write("data.txt", "two");
    EXPECT_TRUE(title_becomes("two")) << log_text();
    EXPECT_EQ(runs(), 2U);
    utime(data.c_str(), nullptr);
    EXPECT_EQ(loads_until_noticed("three"), 1U);
}

TEST_F(ReloadTest, NamesThatEndLikeThat) {
    const std::string schemes = directory.path("schemes");
    load("host.watch('" + schemes + "/*.toml') host.mark 'loaded' " + shows("one"));
    std::filesystem::create_directory(schemes); // there is no such name yet
    directory.write("schemes/notes.txt", "one");
    EXPECT_EQ(loads_until_noticed("two"), 1U);
    write("host.watch('" + schemes + "/*.toml') host.mark 'loaded' " + shows("three"));
    EXPECT_TRUE(title_becomes("three")) << log_text();
    const int before = marks("loaded");
    directory.write("schemes/.first.toml.swp", "of an editor");
    directory.write("schemes/first.toml", "x = 1");
    EXPECT_TRUE(comes([&] { return marks("loaded") == before + 1; })) << log_text();
    std::filesystem::remove(schemes + "/first.toml");
    EXPECT_TRUE(comes([&] { return marks("loaded") == before + 2; })) << log_text();
}

TEST_F(ReloadTest, AConfigurationMaySwitchItOff) {
    load(shows("one") + "host.reload_on_change(false)");
    EXPECT_EQ(text(), "one");
    write(shows("two"));
    for (int i = 0; i < 30; ++i) advance(20ms);
    EXPECT_EQ(text(), "one");
    engine().reload();
    settle();
    EXPECT_EQ(text(), "two");
    write(shows("three"));
    EXPECT_TRUE(title_becomes("three"));
}

TEST_F(ReloadTest, AFailedLoadChangesNothingButAMessage) {
    directory.write("part.lua", "return 'one'");
    load("local part = require 'part' host.on('title', function(app) return part .. app.mode end)");
    EXPECT_EQ(text(), "onenormal");
    directory.write("part.lua", "return nil .. 1");
    EXPECT_TRUE(comes([&] { return !engine().load().ok; })) << log_text();
    EXPECT_NE(engine().load().error.message.find("part.lua:1"), std::string::npos);
    model.change([](App& app) { app.mode = "x"; });
    settle();
    EXPECT_EQ(text(), "onex");
    // It is tried once, not again and again; and mended.
    const std::uint64_t failed = engine().load().generation;
    for (int i = 0; i < 20; ++i) advance(50ms);
    EXPECT_EQ(engine().load().generation, failed);
    directory.write("part.lua", "return 'two'");
    EXPECT_TRUE(title_becomes("twox")) << log_text();
    EXPECT_TRUE(engine().load().ok);
}

TEST_F(ReloadTest, AFailedFirstLoadIsMended) {
    load("error 'broken'");
    EXPECT_FALSE(engine().load().ok);
    write(shows("mended"));
    EXPECT_TRUE(title_becomes("mended")) << log_text();
}

TEST_F(ReloadTest, InPlaceOfAFailedFirstLoadIsTheFallback) {
    options.fallback = "local host = require 'host' " + shows("fallback") + " return 'plain'";
    directory.write("part.lua", "error 'broken'");
    load("host.mark 'loaded' require 'part' " + shows("one"));
    EXPECT_EQ(text(), "fallback");
    EXPECT_FALSE(engine().load().ok);
    EXPECT_NE(engine().load().error.message.find("part.lua:1"), std::string::npos);
    EXPECT_EQ(engine().load().configuration.text(), "plain");
    EXPECT_EQ(marks("loaded"), 1);
    directory.write("part.lua", "error 'still broken'");
    EXPECT_TRUE(comes([&] {
        return engine().load().error.message.find("still broken") != std::string::npos;
    })) << log_text();
    EXPECT_EQ(text(), "fallback");
    directory.write("part.lua", "");
    EXPECT_TRUE(title_becomes("one")) << log_text();
    EXPECT_TRUE(engine().load().ok);
}

TEST_F(ReloadTest, AFallbackThatFailsIsNoneAndNoErrorOfTheUser) {
    options.fallback = "error 'not this one'";
    load("error 'broken'");
    EXPECT_EQ(text(), "default title");
    EXPECT_NE(engine().load().error.message.find("broken"), std::string::npos);
    write(shows("mended"));
    EXPECT_TRUE(title_becomes("mended")) << log_text();
}

TEST_F(ReloadTest, ASaveDuringALoadStartsItAgain) {
    load(shows("one"));
    write("host.mark 'slow' host.sleep_ms(1000000000) " + shows("never"));
    EXPECT_TRUE(comes([&] { return marks("slow") == 1; }));
    EXPECT_EQ(text(), "one");
    write(shows("two"));
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, ASaveDuringTheFirstLoad) {
    options.config = write("host.mark 'slow' host.sleep_ms(1000000000) " + shows("never"));
    make("");
    title();
    EXPECT_TRUE(comes([&] { return marks("slow") == 1; }));
    EXPECT_EQ(text(), "default title");
    write(shows("two"));
    EXPECT_TRUE(title_becomes("two")) << log_text();
}

TEST_F(ReloadTest, ALoadHasADeadline) {
    options.load_deadline = 10s;
    load(shows("one"));
    write("host.mark 'slow' host.sleep_ms(1000000) " + shows("never"));
    EXPECT_TRUE(comes([&] { return marks("slow") == 1; }));
    advance(11s);
    EXPECT_TRUE(comes([&] { return !engine().load().ok; })) << log_text();
    EXPECT_NE(engine().load().error.message.find("within 10 s"), std::string::npos)
        << engine().load().error.message;
    EXPECT_EQ(text(), "one");
}

TEST_F(ReloadTest, ALoadHasACpuLimit) {
    options.load_cpu_limit = 50ms;
    load(shows("one"));
    write("while true do pcall(function() while true do end end) end");
    EXPECT_TRUE(comes([&] { return !engine().load().ok; })) << log_text();
    EXPECT_EQ(text(), "one");
}

TEST_F(ReloadTest, TimersAndChildrenOfTheOldGenerationEnd) {
    load(shows("one") +
         "host.call_after(200, function() host.mark 'old timer' end)"
         "host.on('status', function() host.call_after(200, function() host.mark 'old timer' end) end)");
    emit("status");
    write(shows("two") + "host.call_after(200, function() host.mark 'new timer' end)");
    engine().reload();
    EXPECT_TRUE(title_becomes("two"));
    for (int i = 0; i < 10; ++i) advance(100ms);
    EXPECT_EQ(marks("old timer"), 0);
    EXPECT_EQ(marks("new timer"), 1);
}

TEST_F(ReloadTest, WhatHasBegunMayEnd) {
    load(shows("one") + "host.on('status', function() host.sleep_ms(300) host.mark 'ended' end)");
    emit("status");
    write(shows("two"));
    engine().reload();
    EXPECT_TRUE(title_becomes("two"));
    EXPECT_EQ(report().generations, 2U);
    EXPECT_TRUE(comes([&] { return marks("ended") == 1; }));
    EXPECT_TRUE(comes([&] { return report().generations == 1; }));
}

TEST_F(ReloadTest, ButNotForEver) {
    load(shows("one") +
         "host.on('status', function() local a <close> = setmetatable({}, {__close = function() "
         "host.mark 'closed' end}) host.sleep_ms(1000000000) end)");
    emit("status");
    write(shows("two"));
    engine().reload();
    EXPECT_TRUE(title_becomes("two"));
    EXPECT_EQ(marks("closed"), 0);
    advance(11s);
    EXPECT_TRUE(comes([&] { return report().generations == 1; }));
    EXPECT_EQ(marks("closed"), 1);
}

TEST_F(ReloadTest, CallbacksOfTheOldGenerationAreFoundUntilTheHostHasLooked) {
    load(R"(return {old = host.callback(function() host.mark 'old' end)})");
    const std::string old{engine().load().configuration["old"].text()};
    write(R"(return {new = host.callback(function() host.mark 'new' end)})");
    engine().reload();
    ASSERT_TRUE(engine().settle(patience)); // the new one is in force; the host has not looked
    engine().emit(old, {model.app});
    ASSERT_TRUE(engine().settle(patience));
    EXPECT_EQ(marks("old"), 1);
    settle();
    const std::string fresh{engine().load().configuration["new"].text()};
    EXPECT_NE(fresh, "");
    EXPECT_NE(fresh, old);
    emit(fresh);
    EXPECT_EQ(marks("new"), 1);
    EXPECT_TRUE(comes([&] { return report().generations == 1; }));
    emit(old); // nobody's any more: nothing happens, nobody waits
    EXPECT_EQ(marks("old"), 1);
    EXPECT_EQ(marks("new"), 1);
}

TEST_F(ReloadTest, MemoryReturns) {
    directory.write("part.lua", "local t = {} for i = 1, 2000 do t[i] = {tostring(i)} end return t");
    load("local part = require 'part' host.call_after(1000000, function() end)\n"
         "host.on('status', function() host.sleep_ms(5) end)\n"
         "host.on('title', function(app) return app.mode .. #part end)");
    const auto reload = [&](int i) {
        model.change([&](App& app) { app.mode = "m" + std::to_string(i); });
        engine().emit("status", {model.app});
        engine().reload();
        ASSERT_TRUE(title_becomes("m" + std::to_string(i) + "2000"));
    };
    const auto in_use = [] { return static_cast<std::int64_t>(mallinfo2().uordblks); };
    for (int i = 0; i < 20; ++i) reload(i);
    ASSERT_TRUE(comes([&] { return report().generations == 1; }));
    const std::int64_t before = in_use();
    const auto heap = static_cast<std::int64_t>(report().gc.heap_bytes);
    for (int i = 0; i < 200; ++i) reload(i);
    ASSERT_TRUE(comes([&] { return report().generations == 1; }));
    // Each has some 400 kB; the log and the trace may grow a little.
    EXPECT_LT(in_use() - before, 4'000'000);
    EXPECT_LT(static_cast<std::int64_t>(report().gc.heap_bytes), heap * 3);
    EXPECT_EQ(engine().load().generation, 221U);
}

} // namespace
} // namespace lunette::script::test
