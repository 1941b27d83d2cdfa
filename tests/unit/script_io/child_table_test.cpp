#include "script/io/child_table.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

class Children : public testing::Test {
protected:
    RealClock clock;
    IoRuntime runtime{clock};
    ChildTable& children = runtime.children();

    ChildTable::Waiter start(ChildRequest request, std::optional<Expected<ChildResult>>& result) {
        return children.run(std::move(request),
                            [&result](Expected<ChildResult> r) { result.emplace(std::move(r)); });
    }
    Expected<ChildResult> run(ChildRequest request) {
        std::optional<Expected<ChildResult>> result;
        start(std::move(request), result);
        drive_until(runtime, [&] { return result.has_value(); });
        return std::move(*result);
    }
    Expected<ChildResult> run(ProcessOptions options) { return run(ChildRequest{std::move(options)}); }
    std::string output(ProcessOptions options) {
        const auto result = run(std::move(options));
        return result ? result->result.output : "error: " + result.error().message;
    }
    void idle() {
        drive_until(runtime, [this] { return children.live() == 0; });
    }
    static bool gone(pid_t pid) { return ::kill(pid, 0) != 0 && errno == ESRCH; }
};

TEST_F(Children, GiveTheirOutputAndStatus) {
    const auto result = run(shell("echo out; echo err >&2; exit 3"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->result.output, "out\n");
    EXPECT_EQ(result->result.error_output, "err\n");
    EXPECT_EQ(result->result.status, 3);
    EXPECT_FALSE(result->result.success);
    EXPECT_FALSE(result->signalled);
    EXPECT_EQ(children.live(), 0U);
}

TEST_F(Children, KilledBySignalsSaySo) {
    const auto result = run(shell("kill -TERM $$"));
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->signalled);
    EXPECT_EQ(result->result.status, 128 + SIGTERM);
}

TEST_F(Children, MergeTheirErrorOutput) {
    auto options = shell("echo a; echo b >&2; echo c");
    options.merge_error_output = true;
    EXPECT_EQ(output(options), "a\nb\nc\n");
}

TEST_F(Children, RunInADirectoryWithAnEnvironment) {
    const TemporaryDirectory directory;
    auto options = shell("pwd; echo $LUNETTE_TEST; echo ${HOME:+home}");
    options.directory = directory.path();
    options.environment = {{"LUNETTE_TEST", "yes=no"}};
    EXPECT_EQ(output(options), directory.path() + "\nyes=no\nhome\n");
}

TEST_F(Children, ThatCannotBeStartedSayWhy) {
    EXPECT_EQ(output(program({"/nonexistent/program"})),
              "error: cannot run '/nonexistent/program': No such file or directory");
    EXPECT_EQ(output(program({})), "error: no program to run: the argument list is empty");
    EXPECT_EQ(output(program({std::string{"a\0b", 3}})),
              "error: cannot run a program with a zero byte in an argument");
    auto elsewhere = shell("pwd");
    elsewhere.directory = "/nonexistent";
    EXPECT_EQ(output(elsewhere), "error: cannot run '/bin/sh' in /nonexistent: No such file or directory");
    auto named = shell("pwd");
    named.environment = {{"a=b", "c"}};
    EXPECT_EQ(output(named), "error: cannot set the environment variable 'a=b'");
    EXPECT_EQ(children.live(), 0U);
}

TEST_F(Children, HaveAnEmptyInputUnlessTheyAreGivenOne) {
    EXPECT_EQ(output(program({"cat"})), "");
    EXPECT_EQ(output(program({"cat"}, "text")), "text");
}

TEST_F(Children, TakeAndGiveTenMegabytes) {
    std::string input(10U << 20, 'x');
    for (std::size_t i = 0; i < input.size(); i += 4096) input[i] = static_cast<char>('a' + i / 4096 % 26);
    EXPECT_TRUE(output(program({"cat"}, input)) == input);
}

TEST_F(Children, ThatDoNotReadTheirInputHarmNobody) {
    EXPECT_EQ(output(shell("echo done", std::string(1U << 20, 'x'))), "done\n");
    sigset_t pending;
    sigpending(&pending);
    EXPECT_FALSE(sigismember(&pending, SIGPIPE));
}

TEST_F(Children, StartWithDefaultSignals) {
    // As a host might have it; both would be inherited.
    const auto old_pipe = ::signal(SIGPIPE, SIG_IGN);
    sigset_t mask, old_mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGURG);
    sigaddset(&mask, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &mask, &old_mask);
    EXPECT_EQ(output(shell("yes | head -1")), "y\n");
    const std::string status = output(program({"cat", "/proc/self/status"}));
    const auto set_of = [&status](const std::string& name) {
        return std::stoull(status.substr(status.find(name) + name.size()), nullptr, 16);
    };
    EXPECT_EQ(set_of("SigBlk:"), 0U);
    // glibc ignores its own two, 32 and 33, in every child it spawns.
    EXPECT_EQ(set_of("SigIgn:") & ~(3ULL << 31U), 0U);
    ::pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
    ::signal(SIGPIPE, old_pipe);
}

TEST_F(Children, HaveNoTerminalAndASessionOfTheirOwn) {
    // Field 6 of stat(5) is the session, 7 the terminal.
    EXPECT_EQ(output(shell("set -- $(cat /proc/self/stat); test $6 = $$ && echo session; echo $7")),
              "session\n0\n");
}

TEST_F(Children, InheritNoDescriptors) {
    const int null = ::open("/dev/null", O_RDONLY);
    const int leaking = ::dup2(null, 99);
    ::close(null);
    EXPECT_EQ(output(shell("test -e /proc/$$/fd/2 && echo open; test -e /proc/$$/fd/99 || echo closed")),
              "open\nclosed\n");
    ::close(leaking);
}

TEST_F(Children, LeaveNoDescriptorsBehind) {
    run(program({"true"}));
    run(program({"/nonexistent"}));
    const auto before = open_descriptors();
    for (int i = 0; i < 10; ++i) run(shell("cat; echo x; echo y >&2", "input"));
    for (int i = 0; i < 10; ++i) run(program({"/nonexistent"}));
    runtime.run_once(false);
    EXPECT_EQ(open_descriptors(), before);
}

TEST_F(Children, AreKilledWithTheirPipelineWhenTheWaitIsCancelled) {
    const TemporaryDirectory directory;
    std::optional<Expected<ChildResult>> result;
    const std::string pids = directory / "pids";
    const auto waiter = start({shell("sleep 1000 & echo $$ $! > " + pids + ".new; mv " + pids + ".new " +
                                     pids + "; sleep 1000 | cat")},
                              result);
    while (!std::filesystem::exists(pids)) {
        runtime.run_once(false);
        std::this_thread::yield();
    }
    pid_t shell_pid = 0, sleep_pid = 0;
    std::ifstream{pids} >> shell_pid >> sleep_pid;
    ASSERT_GT(sleep_pid, 1);
    EXPECT_FALSE(gone(shell_pid));
    children.cancel(waiter);
    idle();
    EXPECT_TRUE(gone(shell_pid));
    // Not ours to reap: gone, or a zombie of whoever adopts orphans here.
    const auto dead = [&] {
        const std::string stat = file_content("/proc/" + std::to_string(sleep_pid) + "/stat");
        return stat.empty() || stat.find(") Z ") != std::string::npos;
    };
    while (!dead()) std::this_thread::yield();
    EXPECT_FALSE(result);
}

TEST_F(Children, CancelledWhileTheyAreStartedAreKilledToo) {
    std::optional<Expected<ChildResult>> result;
    for (int i = 0; i < 5; ++i) children.cancel(start({program({"sleep", "1000"})}, result));
    EXPECT_EQ(children.live(), 5U);
    idle();
    EXPECT_FALSE(result);
}

TEST_F(Children, CancelledAfterTheirExitButBeforeTheEndOfTheirOutput) {
    std::optional<Expected<ChildResult>> result;
    const TemporaryDirectory directory;
    // The shell exits at once; its child keeps the pipe.
    const auto waiter = start({shell("sleep 1000 & echo $! > " + (directory / "pid"))}, result);
    pid_t pid = 0;
    while (pid == 0 || children.live() == 0) {
        runtime.run_once(false);
        std::ifstream{directory / "pid"} >> pid;
    }
    for (int i = 0; i < 100; ++i) runtime.run_once(false);
    EXPECT_FALSE(result);
    children.cancel(waiter);
    idle();
    EXPECT_FALSE(result);
}

TEST_F(Children, WithoutCapturedOutputDoNotWaitForItsEnd) {
    const TemporaryDirectory directory;
    ChildRequest request{shell("sleep 1000 & echo $! > " + (directory / "pid"))};
    request.capture = Capture::none;
    const auto result = run(request);
    ::kill(std::stoi(file_content(directory / "pid")), SIGKILL);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->result.success);
    EXPECT_EQ(result->result.output, "");
}

TEST_F(Children, MayWriteOnlySoMuch) {
    IoRuntime bounded{clock, ChildLimits{.output = 100'000}};
    std::optional<Expected<ChildResult>> result;
    bounded.children().run({program({"yes"})},
                           [&](Expected<ChildResult> r) { result.emplace(std::move(r)); });
    drive_until(bounded, [&] { return result.has_value(); });
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().message, "'yes' was stopped: it wrote more than 100000 bytes");
    EXPECT_EQ(bounded.children().live(), 0U);
}

TEST_F(Children, IdenticalOnesAreSharedIfTheyMayBe) {
    ChildRequest request{shell("cat; echo $$", "in")};
    request.shareable = true;
    std::optional<Expected<ChildResult>> a, b, c, alone;
    start(request, a);
    start(request, b);
    ChildRequest other = request;
    other.options.input = "other";
    start(other, c);
    ChildRequest unshared = request;
    unshared.shareable = false;
    start(unshared, alone);
    drive_until(runtime, [&] { return a && b && c && alone; });
    EXPECT_EQ(children.started(), 3U);
    EXPECT_EQ((*a)->result.output, (*b)->result.output);
    EXPECT_NE((*a)->result.output, (*alone)->result.output);
    EXPECT_EQ((*c)->result.output.substr(0, 5), "other");
    // One that has ended is not shared any more.
    run(request);
    EXPECT_EQ(children.started(), 4U);
}

TEST_F(Children, SharedOnesDieWithTheirLastWaiter) {
    ChildRequest request{program({"cat", "/dev/zero"})};
    request.capture = Capture::none;
    request.shareable = true;
    std::optional<Expected<ChildResult>> a, b;
    const auto first = start(request, a);
    const auto second = start(request, b);
    children.cancel(first);
    for (int i = 0; i < 50; ++i) runtime.run_once(false);
    EXPECT_EQ(children.live(), 1U);
    children.cancel(second);
    idle();
    EXPECT_EQ(children.started(), 1U);
    EXPECT_FALSE(a);
    EXPECT_FALSE(b);
}

TEST_F(Children, OnlySoManyLiveAtOnce) {
    IoRuntime bounded{clock, ChildLimits{.live = 2, .queued = 3}};
    ChildTable& table = bounded.children();
    int finished = 0;
    std::size_t most = 0;
    std::string error;
    const auto done = [&](Expected<ChildResult> r) {
        r ? void(++finished) : void(error = r.error().message);
        most = std::max(most, table.live());
    };
    for (int i = 0; i < 5; ++i) table.run({program({"true"})}, done);
    EXPECT_EQ(table.live(), 2U);
    EXPECT_EQ(table.queued(), 3U);
    table.run({program({"true"})}, done);
    EXPECT_EQ(error, "cannot run 'true': too many child processes are waiting to be started");
    drive_until(bounded, [&] { return finished == 5; });
    EXPECT_EQ(most, 2U);
}

TEST_F(Children, QueuedOnesCanBeCancelled) {
    IoRuntime bounded{clock, ChildLimits{.live = 1}};
    ChildTable& table = bounded.children();
    int finished = 0;
    const auto done = [&](Expected<ChildResult>) { ++finished; };
    table.run({program({"cat"})}, done);
    table.cancel(table.run({program({"cat"})}, done));
    EXPECT_EQ(table.queued(), 0U);
    drive_until(bounded, [&] { return table.live() == 0; });
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(table.started(), 1U);
}

TEST_F(Children, InTheBackgroundAreStartedAndReapedButNotWaitedFor) {
    const TemporaryDirectory directory;
    const std::string fifo = directory / "fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    auto options = shell("read line < " + fifo);
    options.background = true;
    const auto result = run(options);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->result.success);
    EXPECT_EQ(children.live(), 0U);
    EXPECT_EQ(children.background(), 1U);
    std::ofstream{fifo} << "go\n";
    drive_until(runtime, [&] { return children.background() == 0; });

    auto wrong = program({"/nonexistent"});
    wrong.background = true;
    EXPECT_FALSE(run(wrong));
    EXPECT_EQ(children.background(), 0U);
}

TEST_F(Children, DieWithTheTableExceptThoseInTheBackground) {
    pid_t background = 0;
    std::vector<pid_t> running;
    const TemporaryDirectory directory;
    {
        IoRuntime other{clock};
        for (int i = 0; i < 3; ++i)
            other.children().run(
                {shell("echo $$ > " + (directory / std::to_string(i)) + "; exec sleep 1000")}, [](auto) {});
        auto options = shell("echo $$ > " + (directory / "background") + "; exec sleep 1000");
        options.background = true;
        other.children().run({options}, [](auto) {});
        const auto pid_in = [&](const std::string& name) {
            pid_t pid = 0;
            while (!(std::ifstream{directory / name} >> pid)) other.run_once(false);
            return pid;
        };
        for (int i = 0; i < 3; ++i) running.push_back(pid_in(std::to_string(i)));
        background = pid_in("background");
        // Queued, and being started.
        for (int i = 0; i < 40; ++i) other.children().run({program({"sleep", "1000"})}, [](auto) {});
    }
    for (const pid_t pid : running) EXPECT_TRUE(gone(pid));
    ASSERT_FALSE(gone(background));
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), 0) << "children but the one in the background are left";
    ::kill(background, SIGKILL);
    ::waitpid(background, nullptr, 0);
}

TEST(ChildPriority, IsThatOfTheMakerNotOfTheScriptThread) {
    int nice = -100;
    std::thread script{[&] {
        RealClock clock;
        IoRuntime runtime{clock};
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), ::getpriority(PRIO_PROCESS, 0) + 5);
        runtime.children().run({program({"nice"})},
                               [&](Expected<ChildResult> r) { nice = std::stoi(r->result.output); });
        drive_until(runtime, [&] { return nice != -100; });
    }};
    script.join();
    EXPECT_EQ(nice, ::getpriority(PRIO_PROCESS, 0));
}

TEST_F(Children, DurationIsOfTheEnginesClock) {
    ManualClock manual;
    IoRuntime other{manual};
    std::optional<Expected<ChildResult>> result;
    other.children().run({program({"cat"})}, [&](Expected<ChildResult> r) { result.emplace(std::move(r)); });
    manual.advance(5s);
    drive_until(other, [&] { return result.has_value(); });
    EXPECT_EQ((*result)->duration, 5s);
}

} // namespace
} // namespace lunette::script::test
