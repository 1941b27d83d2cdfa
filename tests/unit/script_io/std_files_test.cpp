#include <gmock/gmock.h>

#include "script_io/lua_support.h"

namespace lunette::script::test {
namespace {

using testing::ElementsAre;

/// Chunks whose results are the same with Lua's own library. `dir` is a directory that holds "text" and
/// "numbers", and that ends each chunk as it began.
const char* const alike[] = {
    // Opening and its errors
    "return io.open('/nonexistent')",
    "return io.open('/nonexistent/x', 'w')",
    "return pcall(io.open, 'x', 'q')",
    "return pcall(io.open, 'x', 'rw')",
    "return pcall(io.open, {})",
    "return pcall(io.open)",
    "return io.type(io.open(dir)), io.open(dir):read('a')",
    "return io.open(dir, 'w') == nil",
    "return io.type(io.stdout), io.type(42), pcall(io.type)",
    "local f = io.open(dir..'/text') f:close() return io.type(f), tostring(f), pcall(f.read, f)",
    "local f = io.open(dir..'/text') f:close() return pcall(f.close, f)",
    "return (tostring(io.open(dir..'/text')):gsub('0x%x+', '0x'))",
    "return pcall(io.open(dir..'/text').read, 3)",
    // Formats
    "return io.open(dir..'/text'):read('a')",
    "return io.open(dir..'/text'):read('*a', '*a', 'a')",
    "local f = io.open(dir..'/text') return f:read('a'), f:read('l'), f:read(0), f:read(1)",
    "return io.open(dir..'/text'):read()",
    "return io.open(dir..'/text'):read('l', 'L', 'l', 'L', 'l')",
    "return io.open(dir..'/text'):read(3, 0, 1, 1000, 1)",
    "return pcall(function() local r = io.open(dir..'/text'):read('x') end)",
    "return pcall(function() local r = io.open(dir..'/text'):read(2.0, 1.5) end)",
    "return io.open(dir..'/numbers'):read('n', 'n', 'n', 'n', 'n', 'n', 'n')",
    "return io.open(dir..'/numbers'):read('n', '*n', 'n', 'n', 'l')",
    "local f = io.open(dir..'/w', 'w') f:write('0x') f:close() return io.open(dir..'/w'):read('n')",
    "local f = io.open(dir..'/w', 'w') f:write('1e') f:close() f = io.open(dir..'/w') return f:read('n', "
    "'a')",
    "local f = io.open(dir..'/w', 'w') f:write('nan') f:close() f = io.open(dir..'/w') return f:read('n'), "
    "f:read('a')",
    "local f = io.open(dir..'/w', 'w') f:write('-0x1p4, 2') f:close() f = io.open(dir..'/w') return "
    "f:read('n'), f:read('a')",
    // Lines
    "local t = {} for l in io.lines(dir..'/text') do t[#t + 1] = '<'..l..'>' end return table.concat(t)",
    "local t = {} for l in io.lines(dir..'/text', 'L') do t[#t + 1] = l end return table.concat(t)",
    "local t = {} for a, b in io.lines(dir..'/text', 1, 'l') do t[#t + 1] = a..'|'..tostring(b) end return "
    "table.concat(t, ';')",
    "local f = io.open(dir..'/text') for l in f:lines() do end return io.type(f), f:read(), f:seek('set', "
    "2), f:read()",
    "local i = io.lines(dir..'/text') while i() do end return pcall(i)",
    "return pcall(io.lines, '/nonexistent')",
    "local f = io.open(dir..'/text') local i = f:lines() f:close() return pcall(i)",
    // Writing
    "local f = io.open(dir..'/w', 'w') return f:write('a', 1, 2.5, 1e100) == f, f:close(), "
    "io.open(dir..'/w'):read('a')",
    "return pcall(io.write, {})",
    "return pcall(function() io.open(dir..'/w', 'w'):write(nil) end)",
    "return io.open(dir..'/text'):write('x')",
    "return io.open(dir..'/w', 'w'):read('a')",
    "local f = io.open(dir..'/w', 'w') f:write('1') f:flush() local r = io.open(dir..'/w'):read('a') "
    "f:close() return r",
    "local f = io.open(dir..'/w', 'w') f:write('hello') f:seek('set', 1) f:write('E') f:seek('end') "
    "f:write('!') f:close() return io.open(dir..'/w'):read('a')",
    "local f = io.open(dir..'/w', 'w') f:write('x') f:close() f = io.open(dir..'/w', 'a') f:write('y') "
    "f:seek('set', 0) f:write('z') f:close() return io.open(dir..'/w'):read('a')",
    "local f = io.open(dir..'/w', 'w') return f:setvbuf('no'), f:setvbuf('full', 1024), "
    "pcall(function() local r = f:setvbuf('x') end)",
    // Update
    "local f = io.open(dir..'/w', 'w+') f:write('one\\ntwo\\n') f:seek('set') local a = f:read() "
    "f:seek('cur', 0) f:write('TWO') f:seek('set') return a, f:read('a')",
    "local f = io.open(dir..'/w', 'w') f:write('12345') f:close() f = io.open(dir..'/w', 'r+') local a = "
    "f:read(2) f:seek('cur', 0) f:write('x') f:seek('set', 0) return a, f:read('a'), f:close(), "
    "io.open(dir..'/w'):read('a')",
    "local f = io.open(dir..'/w', 'w') f:write('12') f:close() f = io.open(dir..'/w', 'a+') f:write('3') "
    "f:seek('set', 0) local r = f:read('a') f:write('4') f:close() return r, io.open(dir..'/w'):read('a')",
    "local f = io.tmpfile() f:write('x') f:seek('set') return io.type(f), f:read('a'), f:close()",
    // Seeking
    "local f = io.open(dir..'/text') return f:seek(), f:seek('end'), f:read(1), f:seek('set', 3), f:read(2), "
    "f:seek('cur', -1), f:read(2)",
    "local f = io.open(dir..'/text') return f:seek('set', -1)",
    "local f = io.open(dir..'/text') return f:seek('set', 1000), f:read(1), f:read('a')",
    "return pcall(function() local r = io.open(dir..'/text'):seek('middle') end)",
    // Default files
    "io.output(dir..'/w') io.write('abc', 1) local a = io.close() io.output(io.stdout) return a, "
    "io.open(dir..'/w'):read('a')",
    "io.input(dir..'/text') local a, b = io.read('l', 2) io.close(io.input()) return a, b, pcall(io.read)",
    "io.input(io.stdin) io.output(dir..'/w') io.output():close() local r = { pcall(io.write, 'x') } "
    "io.output(io.stdout) return table.unpack(r)",
    "return pcall(io.input, '/nonexistent')",
    "return io.output() == io.stdout, io.input() == io.stdin",
    "return io.stdout:close()",
    "return pcall(io.close, 3)",
    "io.input(dir..'/text') local t = {} for l in io.lines() do t[#t + 1] = l end io.input():close() "
    "io.input(io.stdin) return #t",
    // To be closed
    "local g do local f <close> = io.open(dir..'/text') g = f end return io.type(g)",
    "local f = io.open(dir..'/text') for l in io.lines(dir..'/text') do break end return f ~= nil",
    // Processes
    "local p = io.popen('printf \"a\\nb\"; exit 3') return p:read('a'), p:close()",
    "local p = io.popen('printf \"a\\nb\\n\"') local t = {} for l in p:lines() do t[#t + 1] = l end return "
    "#t, t[2], p:close()",
    "local p = io.popen('echo 1 2 3') return p:read('n', 'n', 'n', 'n')",
    "local p = io.popen('kill -9 $$') return p:read('a'), p:close()",
    "local p = io.popen('exec yes') return p:read(), p:close()",
    "local p = io.popen('true') return io.type(p), p:seek()",
    "local p = io.popen('cat > '..dir..'/w; exit 2', 'w') p:write('in', 1) return p:read(), p:close()",
    "return pcall(io.popen, 'true', 'rw')",
    "return pcall(io.popen)",
    "return io.popen('true'):write('x')",
    "return os.execute('exit 3')",
    "return os.execute('true')",
    "return os.execute('kill -15 $$')",
    "return os.execute()",
    "return io.popen('/nonexistent 2>/dev/null'):close()",
    // os
    "return os.remove('/nonexistent')",
    "return os.rename('/nonexistent', '/nonexistent2')",
    "io.open(dir..'/w', 'w'):close() return os.rename(dir..'/w', dir..'/v'), os.remove(dir..'/v'), "
    "io.open(dir..'/v') == nil",
    "return os.remove(dir)",
    "return pcall(os.remove)",
    "local n = os.tmpname() local f = io.open(n) local r = f:read('a') f:close() return r, os.remove(n)",
    "return os.getenv('HOME'), os.getenv('LUNETTE_NOT_SET')",
    "return os.setlocale(), os.setlocale('C'), os.setlocale('xx_YY')",
    "return os.time{year = 2020, month = 1, day = 2, hour = 3}, pcall(os.time, {})",
    "return os.date('!%Y-%m-%d %H:%M:%S', 0), os.date('!*t', 86400).day, pcall(os.date, '%Ez', 0)",
    "return os.difftime(5, 3), math.type(os.clock()), math.type(os.time())",
};

/// "bad argument #1 to 'open'" may be "to 'io.open'" or "to '?'", depending on how the caller is known.
std::string comparable(std::string text, const std::string& directory) {
    for (std::size_t at; (at = text.find(directory)) != std::string::npos;)
        text.replace(at, directory.size(), "DIR");
    if (const auto to = text.find(" to '"); text.find("bad argument #") != std::string::npos)
        text.erase(to + 4, text.find('\'', to + 5) - to - 3);
    return text;
}

void prepare(const TemporaryDirectory& directory) {
    write_file(directory / "text", "first line\nsecond\n\nlast without end");
    write_file(directory / "numbers", " 12 -3.5e1\n0x1F .5 +7 1e+2x rest\n");
}

TEST(StandardFiles, BehaveAsLuasOwn) {
    RealClock clock;
    Stock stock;
    Replaced replaced{clock};
    for (const char* chunk : alike) {
        prepare(stock.directory());
        prepare(replaced.directory());
        auto expected = stock.run(chunk);
        auto actual = replaced.run(chunk);
        for (auto& text : expected) text = comparable(text, stock.directory().path());
        for (auto& text : actual) text = comparable(text, replaced.directory().path());
        EXPECT_EQ(actual, expected) << chunk;
    }
    drive_until(replaced.runtime(), [&] { return replaced.runtime().children().live() == 0; });
}

class StandardFilesAlone : public testing::Test {
protected:
    RealClock clock;
    Replaced lua{clock};
};

TEST_F(StandardFilesAlone, ReadingIsADependencyAlsoWhenItFails) {
    lua.run("io.open('/nonexistent/1') pcall(io.lines, '/nonexistent/2') io.open('/nonexistent/3', 'r+') "
            "io.open(dir .. '/new', 'w')");
    EXPECT_EQ(lua.recorded().files,
              (std::set<std::string>{"/nonexistent/1", "/nonexistent/2", "/nonexistent/3"}));
}

TEST_F(StandardFilesAlone, StandardOutputGoesToTheLogByLines) {
    lua.run("io.write('one ', 1) io.write('\\ntwo\\nthree') io.stderr:write('bad\\n') io.stdout:flush()");
    EXPECT_THAT(lua.recorded().logged,
                ElementsAre(std::pair{LogLevel::info, "one 1"}, std::pair{LogLevel::info, "two"},
                            std::pair{LogLevel::warning, "bad"}, std::pair{LogLevel::info, "three"}));
}

TEST_F(StandardFilesAlone, ThereIsNoStandardInput) {
    EXPECT_THAT(lua.run("return io.read(), io.read('a'), io.read(0)"), ElementsAre("nil", "", "nil"));
}

TEST_F(StandardFilesAlone, DevicesAreReadInParts) {
    EXPECT_THAT(lua.run("local f = io.open('/dev/urandom', 'rb') local s = f:read(16) f:close() return #s"),
                ElementsAre("16"));
    EXPECT_THAT(lua.run("return io.open('/proc/self/comm'):read('l') ~= nil"), ElementsAre("true"));
}

TEST_F(StandardFilesAlone, WhatIsWrittenAndDroppedReachesTheFile) {
    lua.run("local f = io.open(dir .. '/dropped', 'w') for i = 1, 1000 do f:write(i, '\\n') end");
    drive_until(lua.runtime(), [&] { return !lua.runtime().anything_pending(); });
    EXPECT_EQ(file_content(lua.directory() / "dropped").size(), 3893U);
}

TEST_F(StandardFilesAlone, DroppedFilesAreGivenBack) {
    lua_gc(lua.state(), LUA_GCSTOP);
    const auto results = lua.run("for i = 1, 1000 do "
                                 "  local f, message = io.open(dir .. '/x', 'w') "
                                 "  if not f then return i, message end "
                                 "  f:write('x') f = nil "
                                 "end");
    EXPECT_THAT(results, ElementsAre("257", lua.directory() / "x" + ": Too many open files"));
    lua_gc(lua.state(), LUA_GCCOLLECT);
    EXPECT_THAT(lua.run("return io.type(io.open(dir .. '/x', 'w'))"), ElementsAre("file"));
}

TEST_F(StandardFilesAlone, DroppedCommandsRunOn) {
    lua.run("io.popen('echo x > ' .. dir .. '/made')");
    drive_until(lua.runtime(), [&] { return lua.runtime().children().live() == 0; });
    EXPECT_EQ(file_content(lua.directory() / "made"), "x\n");
}

TEST_F(StandardFilesAlone, CommandsStartAtOnceAndRunSideBySide) {
    const std::string fifo = lua.directory() / "fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    // Each needs the other.
    EXPECT_THAT(
        lua.run("local a, b = io.popen('cat ' .. dir .. '/fifo'), io.popen('echo x > ' .. dir .. '/fifo') "
                "return a:read('a'), b:close()"),
        ElementsAre("x\n", "true", "exit", "0"));
}

TEST_F(StandardFilesAlone, TheNativesAreNotInTheModules) {
    EXPECT_THAT(lua.run("local n = 0 "
                        "for _, m in ipairs { 'lunette.std.files', 'lunette.std.clock' } do "
                        "  for _ in pairs(package.loaded[m]) do n = n + 1 end "
                        "end return n"),
                ElementsAre("0"));
}

class CountingObserver final : public RunObserver {
public:
    void ran(const std::vector<std::string>& arguments, std::chrono::microseconds) override {
        commands.push_back(arguments.back());
    }
    std::vector<std::string> commands;
};

TEST_F(StandardFilesAlone, CommandsAreReported) {
    CountingObserver observer;
    lua.host().options.observer = &observer;
    lua.run("io.popen('echo a'):read('a') io.popen('echo b'):close() os.execute('true')");
    std::set<std::string> commands{observer.commands.begin(), observer.commands.end()};
    EXPECT_EQ(commands, (std::set<std::string>{"echo a", "echo b", "true"}));
}

TEST_F(StandardFilesAlone, LargeOutputIsComplete) {
    EXPECT_THAT(
        lua.run("local p = io.popen('head -c 10000000 /dev/zero') "
                "local n = 0 while true do local s = p:read(65536) if not s then break end n = n + #s end "
                "return n, p:close()"),
        ElementsAre("10000000", "true", "exit", "0"));
}

} // namespace
} // namespace lunette::script::test
