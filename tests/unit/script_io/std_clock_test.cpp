#include <gmock/gmock.h>

#include "script_io/lua_support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class StandardClock : public testing::Test {
protected:
    ManualClock clock{1'700'000'000'000'000};
    Replaced lua{clock};
};

TEST_F(StandardClock, TimeIsTheEnginesAndRecorded) {
    EXPECT_THAT(lua.run("return os.time()"), ElementsAre("1700000001"));
    clock.advance(10s);
    EXPECT_THAT(lua.run("return os.time(), os.date('!%H:%M:%S'), os.date('!*t').sec"),
                ElementsAre("1700000011", "22:13:31", "31"));
    EXPECT_THAT(lua.recorded().clocks, ElementsAre(1'000'000, 1'000'000, 1'000'000, 1'000'000));
}

TEST_F(StandardClock, DatesLastAsLongAsTheirFinestSpecifier) {
    lua.run("os.date('!%H:%M') os.date('!%d') os.date('literal') os.date()");
    EXPECT_THAT(lua.recorded().clocks, ElementsAre(60'000'000, 86'400'000'000, 1'000'000));
}

TEST_F(StandardClock, GivenTimesAreNotRecorded) {
    lua.run("os.date('%c', 0) os.time { year = 2020, month = 1, day = 1 } os.difftime(2, 1)");
    EXPECT_THAT(lua.recorded().clocks, ElementsAre());
}

TEST_F(StandardClock, WrongFormatsRaise) {
    EXPECT_THAT(lua.run("return pcall(os.date, '%Ez')").front(), "false");
    EXPECT_THAT(lua.run("return pcall(os.date, {})").front(), "false");
}

TEST_F(StandardClock, ProcessorTimeLastsATenthOfASecond) {
    lua.run("os.clock()");
    EXPECT_THAT(lua.recorded().clocks, ElementsAre(100'000));
}

TEST_F(StandardClock, TheEnvironmentIsRecorded) {
    lua.run("os.getenv('HOME') os.getenv('LUNETTE_NOT_SET')");
    EXPECT_EQ(lua.recorded().environment, (std::set<std::string>{"HOME", "LUNETTE_NOT_SET"}));
}

TEST_F(StandardClock, RandomIsRecorded) {
    EXPECT_THAT(lua.run("math.randomseed(1) return math.random(5, 5), pcall(math.random, 2, 1)").front(),
                "5");
    EXPECT_EQ(lua.recorded().random, 2);
}

TEST_F(StandardClock, NobodyEndsTheHost) {
    EXPECT_THAT(
        lua.run("os.exit(0)"),
        ElementsAre("error: test:1: os.exit is not available here: Lua runs inside a host program and "
                    "cannot end it"));
}

class LunetteIo : public testing::Test {
protected:
    RealClock clock;
    Replaced lua{clock};
};

TEST_F(LunetteIo, RunsChildren) {
    EXPECT_THAT(
        lua.run("return require 'lunette.io'.run_child_process { 'sh', '-c', 'echo o; echo e >&2; exit 1' }"),
        ElementsAre("false", "o\n", "e\n"));
    EXPECT_THAT(lua.run("return pcall(require 'lunette.io'.run_child_process, { '/nonexistent' })").front(),
                "false");
    EXPECT_THAT(lua.run("return pcall(require 'lunette.io'.run_child_process, {})").front(), "false");
    EXPECT_THAT(lua.run("return pcall(require 'lunette.io'.run_child_process, { 'echo', {} })").front(),
                "false");
    EXPECT_THAT(lua.run("return require 'lunette.io'.background_child_process { 'true' }"), ElementsAre());
    drive_until(lua.runtime(), [&] { return lua.runtime().children().background() == 0; });
    EXPECT_THAT(
        lua.run("return pcall(require 'lunette.io'.background_child_process, { '/nonexistent' })").front(),
        "false");
}

TEST_F(LunetteIo, ListsDirectoriesAndRecordsThem) {
    write_file(lua.directory() / "a", "");
    EXPECT_THAT(lua.run("local l = require 'lunette.io'.read_dir(dir) return #l, l[1]"),
                ElementsAre("1", lua.directory() / "a"));
    EXPECT_THAT(lua.run("local l = require 'lunette.io'.glob('*', dir) return #l, l[1]"),
                ElementsAre("1", "a"));
    EXPECT_EQ(lua.recorded().files, (std::set<std::string>{lua.directory().path()}));
    EXPECT_THAT(lua.run("return pcall(require 'lunette.io'.read_dir, '/nonexistent')"),
                ElementsAre("false", testing::HasSubstr("/nonexistent: No such file or directory")));
    EXPECT_THAT(lua.run("return pcall(require 'lunette.io'.glob, ('x'):rep(5000))").front(), "false");
}

TEST_F(LunetteIo, Sleeps) {
    EXPECT_THAT(lua.run("return require 'lunette.io'.sleep_ms(1)"), ElementsAre());
    EXPECT_THAT(lua.run("return require 'lunette.io'.sleep_ms(-5)"), ElementsAre());
}

TEST_F(LunetteIo, KeepsItsHelpersToItself) {
    EXPECT_THAT(lua.run("local names = {} for k in pairs(require 'lunette.io') do names[#names + 1] = k end "
                        "table.sort(names) return table.concat(names, ' ')"),
                ElementsAre("background_child_process glob read_dir run_child_process sleep_ms"));
}

} // namespace
} // namespace lunette::script::test
