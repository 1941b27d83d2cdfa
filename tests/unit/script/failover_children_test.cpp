#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include <signal.h>
#include <sys/wait.h>

#include "script/engine_fixture.h"

namespace lunette::script::test {
namespace {

/// A handler starts a child of several processes, says which in the log, and hangs in C.
class FailoverChildrenTest : public EngineTest {
protected:
    using Pids = std::pair<pid_t, pid_t>; ///< of a shell, and of what it runs in the background

    FailoverChildrenTest() {
        options.failover.cpu = 300ms;
        options.test_module = true;
    }
    Pids start_and_hang(const std::string& seconds) {
        start(R"(host.on('status', function()
            local pipe = io.popen 'sleep 1000 & echo $$ $!; exec sleep 1000'
            host.log('children ' .. pipe:read 'l')
            require('lunette.test').spin_in_c()" +
              seconds + ")\nend)");
        publish();
        engine().emit("status", {model.app});
        Pids pids;
        EXPECT_TRUE(eventually([&] {
            const std::string log = log_text();
            const std::size_t at = log.find("children ");
            return at != std::string::npos &&
                   std::sscanf(log.c_str() + at, "children %d %d", &pids.first, &pids.second) == 2;
        })) << log_text();
        return pids;
    }
    /// Neither runs; the first is ours, and not even a zombie. The other one is collected by somebody else,
    /// if anybody does.
    static bool gone(const Pids& pids) { return kill(pids.first, 0) != 0 && !runs(pids.second); }
    static bool runs(pid_t pid) {
        std::ifstream stat{"/proc/" + std::to_string(pid) + "/stat"};
        const std::string line{std::istreambuf_iterator<char>{stat}, {}};
        const std::size_t name_end = line.rfind(") ");
        return name_end != std::string::npos && line[name_end + 2] != 'Z';
    }
};

TEST_F(FailoverChildrenTest, TheyAreEndedAndCollected) {
    const Pids pids = start_and_hang("1");
    ASSERT_TRUE(eventually([&] { return engine().scripting().failovers == 1; })) << log_text();
    EXPECT_TRUE(eventually([&] { return gone(pids); }));
    EXPECT_TRUE(eventually([&] { return engine().scripting().stuck == 0; })); // and harms no stranger
}

TEST_F(FailoverChildrenTest, SoAreThoseOfAThreadThatIsLeftBehind) {
    options.clock = nullptr;               // it outlives this test's
    const Pids pids = start_and_hang("3"); // of CPU; it sleeps then
    const int before = Engine::threads_left_behind();
    destroy();
    EXPECT_EQ(Engine::threads_left_behind(), before + 1);
    EXPECT_EQ(waitid(P_PID, static_cast<id_t>(pids.first), nullptr, WEXITED | WNOHANG | WNOWAIT), -1);
    while (!gone(pids)) std::this_thread::sleep_for(1ms);
}

} // namespace
} // namespace lunette::script::test
