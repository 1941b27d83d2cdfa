#include "script/io/shell_commands.h"

#include <optional>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

class CommandsBeside : public testing::Test {
protected:
    ManualClock clock;
    IoRuntime runtime{clock};
    ShellCommands& commands = runtime.shell_commands();

    ShellCommands::Id start(const std::string& script, std::optional<std::chrono::microseconds> limit = {}) {
        ChildRequest request{shell(script)};
        request.capture = Capture::output;
        return commands.start(std::move(request), limit);
    }
    template<class T, class F>
    Expected<T> wait(F&& begin) {
        std::optional<Expected<T>> result;
        begin([&result](Expected<T> r) { result.emplace(std::move(r)); });
        drive_until(runtime, [&] { return result.has_value(); });
        return std::move(*result);
    }
    Expected<ShellCommands::Part> read(ShellCommands::Id id) {
        return wait<ShellCommands::Part>([&](auto done) { commands.read(id, done); });
    }
    Expected<ChildResult> finish(ShellCommands::Id id) {
        return wait<ChildResult>([&](auto done) { commands.finish(id, done); });
    }
};

TEST_F(CommandsBeside, GiveTheirOutputWhileTheyRun) {
    const TemporaryDirectory directory;
    ASSERT_EQ(::mkfifo((directory / "go").c_str(), 0600), 0);
    const auto id = start("echo first; read line < " + (directory / "go") + "; echo $line; exit 4");
    const auto first = read(id);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->text, "first\n");
    EXPECT_FALSE(first->end);
    std::ofstream{directory / "go"} << "second\n";
    std::string rest;
    for (;;) {
        const auto part = read(id);
        ASSERT_TRUE(part);
        rest += part->text;
        if (part->end) break;
    }
    EXPECT_EQ(rest, "second\n");
    EXPECT_EQ(finish(id)->result.status, 4);
    EXPECT_EQ(commands.size(), 0U);
}

TEST_F(CommandsBeside, KeepTheirResultUntilAsked) {
    const auto id = start("echo x");
    drive_until(runtime, [&] { return runtime.children().live() == 0; });
    const auto part = read(id);
    EXPECT_EQ(part->text, "x\n");
    EXPECT_TRUE(part->end);
    EXPECT_EQ(read(id)->text, "");
    EXPECT_TRUE(finish(id)->result.success);
    EXPECT_FALSE(read(id));
}

TEST_F(CommandsBeside, ClosedEarlyGetSigpipe) {
    const auto id = start("exec yes");
    EXPECT_EQ(read(id)->text.substr(0, 2), "y\n");
    const auto result = finish(id);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->signalled);
    EXPECT_EQ(result->result.status, 128 + SIGPIPE);
}

TEST_F(CommandsBeside, EndAtTheirLimit) {
    const auto id = start("sleep 1000", 30s);
    clock.advance(30s);
    const auto part = read(id);
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().message, "the command was stopped after 30 s");
    drive_until(runtime, [&] { return runtime.children().live() == 0; });
}

TEST_F(CommandsBeside, KilledOrForgottenOnesLeaveNothing) {
    commands.kill(start("sleep 1000"));
    const auto writing = start("exec yes");
    read(writing);
    commands.forget(writing);
    const auto ended = start("true");
    drive_until(runtime, [&] { return runtime.children().live() == 0; });
    commands.forget(ended);
    EXPECT_EQ(commands.size(), 0U);
}

TEST_F(CommandsBeside, OnlySoManyResultsAreKept) {
    std::vector<ShellCommands::Id> ids;
    for (std::size_t i = 0; i < ShellCommands::most_results + 5; ++i) ids.push_back(start("echo x"));
    drive_until(runtime, [&] { return runtime.children().live() == 0; });
    EXPECT_EQ(commands.size(), ShellCommands::most_results);
    EXPECT_TRUE(read(ids.back()));
    const auto first = read(ids.front());
    ASSERT_FALSE(first);
    EXPECT_NE(first.error().message.find("is gone"), std::string::npos);
}

TEST_F(CommandsBeside, ThatCannotBeStartedSaySoWhenRead) {
    ChildRequest request{program({"/nonexistent"})};
    const auto id = commands.start(std::move(request), {});
    const auto part = read(id);
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().message, "cannot run '/nonexistent': No such file or directory");
    EXPECT_FALSE(finish(id));
    EXPECT_EQ(commands.size(), 0U);
}

} // namespace
} // namespace lunette::script::test
