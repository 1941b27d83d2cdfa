#include "terminal/pty.h"

#include "terminal/shell.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace lunette::terminal {
namespace {

constexpr int patience_ms = 20'000; // a bound for broken runs; nothing waits for it otherwise

PtyOptions options_for(std::vector<std::string> arguments) {
    PtyOptions options;
    options.arguments = std::move(arguments);
    options.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/", "TERM=xterm-256color",
                           "MARK=from the test"};
    options.cwd = "/";
    return options;
}

// Reads until the other side is closed or `wanted` has come.
std::string read_until(Pty& pty, std::string_view wanted = "\xFF") {
    std::string output;
    char buffer[4096];
    while (output.find(wanted) == std::string::npos) {
        const Pty::IoResult result = pty.read(buffer);
        if (result.status == Pty::Io::closed) break;
        output.append(buffer, result.bytes);
        if (result.status == Pty::Io::ok) continue;
        pollfd ready{pty.fd(), POLLIN, 0};
        if (poll(&ready, 1, patience_ms) == 0) break;
    }
    return output;
}

std::optional<ExitStatus> wait_exit(Pty& pty) {
    if (pty.exit_fd() >= 0) {
        pollfd ended{pty.exit_fd(), POLLIN, 0};
        poll(&ended, 1, patience_ms);
    }
    return pty.poll_exit();
}

std::string output_of(const PtyOptions& options) {
    auto pty = Pty::spawn(options);
    if (!pty) return pty.error().message;
    return read_until(*pty);
}

std::string output_of_script(const std::string& script) {
    return output_of(options_for({"sh", "-c", script}));
}

TEST(Pty, TheChildHasAControllingTerminalOfItsOwn) {
    EXPECT_EQ(output_of_script("tty | cut -c1-9; test -t 0 -a -t 1 -a -t 2 && echo tty >/dev/tty"),
              "/dev/pts/\r\ntty\r\n");
    EXPECT_EQ(output_of_script("set -- $(cat /proc/$$/stat); [ $1 = $6 ] && echo leader"), "leader\r\n");
}

TEST(Pty, NoOtherDescriptorReachesTheChild) {
    const int leaked = open("/dev/null", O_RDONLY);
    ASSERT_GE(leaked, 3);
    EXPECT_EQ(output_of(options_for({"ls", "/proc/self/fd"})), "0  1  2  3\r\n")
        << "3 is the folder that ls reads";
    close(leaked);
}

TEST(Pty, SignalsAreAtTheirDefaults) {
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGURG);
    sigaddset(&blocked, SIGINT);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    auto* const pipe_before = std::signal(SIGPIPE, SIG_IGN);
    const std::string status = output_of(options_for({"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"}));
    const std::string pipe = output_of(options_for({"sh", "-c", "yes | head -1"}));
    std::signal(SIGPIPE, pipe_before);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    EXPECT_EQ(status.substr(0, status.find('\r')), "SigBlk:\t0000000000000000");
    const std::size_t ignored_at = status.find("SigIgn:\t");
    ASSERT_NE(ignored_at, std::string::npos) << status;
    // glibc's posix_spawn leaves its own signals 32 and 33 ignored; no program can see the difference.
    constexpr unsigned long internal = 3UL << 31;
    EXPECT_EQ(std::stoul(status.substr(ignored_at + 8), nullptr, 16) & ~internal, 0UL) << status;
    EXPECT_EQ(pipe, "y\r\n");
}

TEST(Pty, EnvironmentSizeAndFolder) {
    PtyOptions options = options_for({"sh", "-c", "echo $MARK; stty size; pwd; env | wc -l"});
    options.size = {123, 45, 0, 0};
    options.cwd = "/usr/this-is-gone/nor-this";
    const std::string output = output_of(options);
    EXPECT_EQ(output.substr(0, output.find("/usr") + 4), "from the test\r\n45 123\r\n/usr");
}

TEST(Pty, EchoesAndErasesWholeCharacters) {
    auto pty = Pty::spawn(options_for({"sh", "-c", "echo ready; read line; echo \"[$line]\""}));
    ASSERT_TRUE(pty);
    read_until(*pty, "ready");
    EXPECT_EQ(pty->write("aé\x7F"
                         "b\r")
                  .bytes,
              6U);
    const std::string output = read_until(*pty);
    EXPECT_NE(output.find("[ab]"), std::string::npos) << output;
}

TEST(Pty, ResizesAndTheChildHearsOfIt) {
    auto pty = Pty::spawn(
        options_for({"sh", "-c", "trap 'stty size; exit' WINCH; echo ready; while :; do read x; done"}));
    ASSERT_TRUE(pty);
    read_until(*pty, "ready");
    EXPECT_TRUE(pty->resize({100, 30, 0, 0}));
    EXPECT_NE(read_until(*pty, "30 100").find("30 100"), std::string::npos);
}

TEST(Pty, ReportsHowTheChildEnded) {
    auto exited = Pty::spawn(options_for({"sh", "-c", "exit 7"}));
    ASSERT_TRUE(exited);
    std::optional<ExitStatus> status = wait_exit(*exited);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->code, 7);
    EXPECT_EQ(status->signal, 0);
    EXPECT_EQ(exited->exit_fd(), -1);
    EXPECT_TRUE(exited->poll_exit()) << "the status stays";

    auto killed = Pty::spawn(options_for({"sh", "-c", "kill -9 $$"}));
    ASSERT_TRUE(killed);
    status = wait_exit(*killed);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->signal, SIGKILL);
}

TEST(Pty, NothingToReadIsNotTheEnd) {
    auto pty = Pty::spawn(options_for({"sleep", "1000"}));
    ASSERT_TRUE(pty);
    char buffer[16];
    EXPECT_EQ(pty->read(buffer).status, Pty::Io::would_block);
    EXPECT_FALSE(pty->poll_exit());
    pty->hang_up();
    EXPECT_EQ(pty->read(buffer).status, Pty::Io::closed);
    EXPECT_EQ(pty->write("x").status, Pty::Io::closed);
    EXPECT_FALSE(pty->resize({1, 1, 0, 0}));
    EXPECT_FALSE(pty->foreground_group());
}

TEST(Pty, AChildThatDoesNotReadCannotBlockUs) {
    auto pty = Pty::spawn(options_for({"sh", "-c", "stty raw -echo; echo ready; sleep 1000"}));
    ASSERT_TRUE(pty);
    read_until(*pty, "ready");
    const std::string block(4096, 'x');
    Pty::Io status = Pty::Io::ok;
    for (int i = 0; i < 1000 && status == Pty::Io::ok; ++i) status = pty->write(block).status;
    EXPECT_EQ(status, Pty::Io::would_block);
}

TEST(Pty, KnowsTheForegroundGroup) {
    auto pty = Pty::spawn(options_for({"sh", "-c", "echo ready; read x"}));
    ASSERT_TRUE(pty);
    read_until(*pty, "ready");
    EXPECT_EQ(pty->foreground_group(), pty->pid());
}

TEST(Pty, HangingUpEndsTheSessionAlsoStoppedJobs) {
    auto pty = Pty::spawn(options_for({"sh", "-c", "set -m; (kill -STOP $$) & echo ready; sleep 1000"}));
    ASSERT_TRUE(pty);
    read_until(*pty, "ready");
    const auto stopped = [&pty] {
        std::ifstream file{"/proc/" + std::to_string(pty->pid()) + "/stat"};
        std::string line;
        std::getline(file, line);
        return line.find(") T ") != std::string::npos;
    };
    for (int i = 0; i < patience_ms && !stopped(); ++i) poll(nullptr, 0, 1);
    ASSERT_TRUE(stopped());
    pty->hang_up();
    const std::optional<ExitStatus> status = wait_exit(*pty);
    ASSERT_TRUE(status);
    EXPECT_EQ(status->signal, SIGHUP);
}

TEST(Pty, DestructionLeavesNoZombie) {
    pid_t pid = -1;
    {
        auto pty = Pty::spawn(options_for({"sleep", "1000"}));
        ASSERT_TRUE(pty);
        pid = pty->pid();
    }
    // Reaped at the latest when others are started after its end.
    for (int i = 0; i < 1000 && kill(pid, 0) == 0; ++i) output_of(options_for({"true"}));
    EXPECT_NE(kill(pid, 0), 0);
}

TEST(Pty, AMissingProgramIsAnErrorThatNamesIt) {
    const auto bare = Pty::spawn(options_for({"no-such-program-here"}));
    ASSERT_FALSE(bare);
    EXPECT_EQ(bare.error().kind, Error::Kind::program_missing);
    EXPECT_EQ(bare.error().message, "no-such-program-here: not found in PATH");
    const auto path = Pty::spawn(options_for({"/opt/homebrew/bin/fish"}));
    ASSERT_FALSE(path);
    EXPECT_EQ(path.error().kind, Error::Kind::program_missing);
    const auto folder = Pty::spawn(options_for({"/usr"}));
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().kind, Error::Kind::program_missing);
}

TEST(Pty, WithoutDescriptorsItSaysWhatIsMissing) {
    const int next = dup(0); // the lowest free one
    ASSERT_GE(next, 0);
    close(next);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(next);
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    const auto pty = Pty::spawn(options_for({"/bin/sh"}));
    setrlimit(RLIMIT_NOFILE, &before);
    ASSERT_FALSE(pty);
    EXPECT_EQ(pty.error().kind, Error::Kind::no_pty);
    EXPECT_EQ(pty.error().message, "no pseudo-terminal: Too many open files");
    EXPECT_TRUE(Pty::spawn(options_for({"/bin/sh"})));
}

TEST(Pty, WithoutArgumentsStartsALoginShell) {
    PtyOptions options = options_for({});
    options.environment.emplace_back("SHELL=/bin/sh");
    auto pty = Pty::spawn(options);
    ASSERT_TRUE(pty);
    EXPECT_EQ(pty->program(), "/bin/sh");
    pty->write("echo \"<$0>\"; exit 3\r");
    EXPECT_NE(read_until(*pty).find("<-sh>"), std::string::npos);
    EXPECT_EQ(wait_exit(*pty)->code, 3);
}

TEST(Shell, Defaults) {
    EXPECT_EQ(default_shell(std::vector<std::string>{"SHELL=/bin/sh"}), "/bin/sh");
    EXPECT_NE(default_shell(std::vector<std::string>{"SHELL=/no/such/shell"}), "/no/such/shell");
    EXPECT_NE(default_shell(std::vector<std::string>{"SHELL=relative"}), "relative");
    EXPECT_EQ(login_name("/usr/bin/zsh"), "-zsh");
    EXPECT_EQ(login_name("fish"), "-fish");
}

TEST(Shell, FindsProgramsInThePathOfTheBlock) {
    EXPECT_EQ(find_program("sh", std::vector<std::string>{"PATH=/nowhere:/bin"}), "/bin/sh");
    EXPECT_FALSE(find_program("sh", std::vector<std::string>{"PATH=/nowhere"}));
    EXPECT_EQ(find_program("/bin/sh", std::vector<std::string>{}), "/bin/sh");
    EXPECT_FALSE(find_program("", std::vector<std::string>{"PATH=/bin"}));
    EXPECT_FALSE(find_program("/etc/passwd", std::vector<std::string>{})) << "not executable";
}

TEST(Shell, FindsAFolderToStartIn) {
    const std::vector<std::string> home{"HOME=/usr"};
    EXPECT_EQ(usable_directory("/usr/lib", home), "/usr/lib");
    EXPECT_EQ(usable_directory("/usr/lib/gone/gone", home), "/usr/lib");
    EXPECT_EQ(usable_directory("/gone/gone", home), "/usr");
    EXPECT_EQ(usable_directory("/", home), "/");
    EXPECT_EQ(usable_directory("", home), "/usr");
    EXPECT_EQ(usable_directory("relative", home), "/usr");
    EXPECT_EQ(usable_directory("", std::vector<std::string>{"HOME=/gone"}), "/");
}

} // namespace
} // namespace lunette::terminal
