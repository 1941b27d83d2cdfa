// Counts the system calls of loading modules, as the kernel sees them.

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "script/engine_fixture.h"
#include "script/load/cache_entry.h"

namespace lunette::script::test {
namespace {

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

constexpr long marker = 0x4c554e45; // as a signal number, kill() refuses it

void mark() { syscall(SYS_kill, 0, marker); }

/// Loads a configuration that requires ten modules between two marks; they are beside it, or found at the
/// second pattern.
int child(const std::string& config, const std::string& cache) {
    EngineOptions options;
    options.config = config;
    options.cache_directory = cache;
    Module module{"probe"};
    module.function("mark", [](Script&) { mark(); });
    options.modules.push_back(std::move(module));
    Engine engine{options};
    engine.start();
    return engine.settle(60s) && engine.load().ok ? 0 : 1;
}

/// By number, of the thread that marks, between its marks. Empty when this system does not let us look.
std::map<long, int> count_calls(const std::string& config, const std::string& cache) {
    const pid_t pid = fork();
    if (pid == 0) {
        if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(77);
        raise(SIGSTOP);
        _exit(child(config, cache));
    }
    int status = 0;
    waitpid(pid, &status, 0);
    if (!WIFSTOPPED(status)) return {};
    ptrace(PTRACE_SETOPTIONS, pid, nullptr, PTRACE_O_TRACECLONE | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    ptrace(PTRACE_SYSCALL, pid, nullptr, nullptr);
    std::map<long, int> calls;
    std::map<pid_t, bool> inside;
    pid_t counted = 0;
    for (pid_t thread; (thread = waitpid(-1, &status, __WALL)) > 0;) {
        if (!WIFSTOPPED(status)) {
            if (thread == pid) {
                EXPECT_EQ(status, 0);
                break;
            }
            continue;
        }
        long signal = WSTOPSIG(status);
        if (signal == (SIGTRAP | 0x80)) {
            signal = 0;
            user_regs_struct registers{};
            ptrace(PTRACE_GETREGS, thread, nullptr, &registers);
            const auto number = static_cast<long>(registers.orig_rax);
            if (inside[thread] = !inside[thread]; inside[thread]) {
                if (number == SYS_kill && static_cast<long>(registers.rsi) == marker)
                    counted = counted ? -1 : thread;
                else if (thread == counted)
                    ++calls[number];
            }
        } else if (signal == SIGTRAP || signal == SIGSTOP) {
            signal = 0;
        }
        ptrace(PTRACE_SYSCALL, thread, nullptr, signal);
    }
    return calls;
}

class SystemCalls : public ::testing::Test {
protected:
    static constexpr int modules = 10;

    std::map<long, int> load(const char* suffix) {
        std::string main = "local probe = require 'probe' probe.mark() ";
        for (int i = 0; i < modules; ++i) {
            const std::string name = "m" + std::to_string(i);
            directory.write(name + suffix, "return function() return 1 end");
            main += "require '" + name + "' ";
        }
        const std::string config = directory.write("main.lua", main + "probe.mark()");
        // Bytecode is written when there is time, which an engine that ends at once may not have had.
        for (int i = 0; i < 50 && !bundled(directory.path("cache")); ++i)
            if (child(config, directory.path("cache")) != 0) ADD_FAILURE() << "it does not load";
        return count_calls(config, directory.path("cache"));
    }
    /// The main file's entry has those of the modules.
    static bool bundled(const std::string& cache) {
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator{cache, none}) {
            std::stringstream bytes;
            bytes << std::ifstream{entry.path(), std::ios::binary}.rdbuf();
            const std::string text = bytes.str();
            std::string_view rest = text;
            int count = 0;
            for (auto head = peek_entry(rest, rest.size()); head; head = peek_entry(rest, rest.size())) {
                rest.remove_prefix(head->size);
                ++count;
            }
            if (count == modules + 1) return true;
        }
        return false;
    }
    static int all_but_memory(const std::map<long, int>& calls) {
        int sum = 0;
        for (const auto& [number, count] : calls)
            if (number != SYS_brk && number != SYS_mmap && number != SYS_munmap && number != SYS_madvise &&
                number != SYS_mprotect && number != SYS_futex && number != SYS_rt_sigreturn)
                sum += count;
        return sum;
    }
    static std::string describe(const std::map<long, int>& calls) {
        std::string text;
        for (const auto& [number, count] : calls)
            text += "call " + std::to_string(number) + ": " + std::to_string(count) + "\n";
        return text;
    }
    TemporaryDirectory directory;
};

TEST_F(SystemCalls, OfAModuleBesideTheMainFile) {
    const auto calls = load(".lua");
    if (calls.empty()) GTEST_SKIP() << "programs cannot be traced here";
    // open, fstat, read, close of the text. The bytecode has been read with the main file's.
    EXPECT_EQ(calls.at(SYS_openat), modules);
    EXPECT_EQ(calls.at(SYS_close), modules);
    EXPECT_LE(all_but_memory(calls), 4 * modules + 4) << describe(calls);
}

TEST_F(SystemCalls, OfAModuleThatIsAFolder) {
    const auto calls = load("/init.lua");
    if (calls.empty()) GTEST_SKIP() << "programs cannot be traced here";
    // One more: the file that is not there.
    EXPECT_EQ(calls.at(SYS_openat), 2 * modules);
    EXPECT_LE(all_but_memory(calls), 5 * modules + 4) << describe(calls);
}

#endif

} // namespace
} // namespace lunette::script::test
