#include "mux/mux_fixture.h"
#include "mux/process_watcher.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

#include <unistd.h>

namespace lunette::mux {

namespace {

// A reader that stands still until it is let go, as /proc can.
class Gate {
public:
    std::optional<ProcessReport> read(pid_t group) {
        std::unique_lock lock{mutex_};
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
        ProcessReport report;
        report.info.pid = group;
        report.info.executable = "/bin/number" + std::to_string(++reads_);
        return report;
    }
    void open() {
        const std::lock_guard lock{mutex_};
        open_ = true;
        changed_.notify_all();
    }
    void wait_until_entered() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return waiting_ > 0; });
    }
    int reads() {
        const std::lock_guard lock{mutex_};
        return reads_;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    int waiting_ = 0;
    int reads_ = 0;
};

class ProcessWatcherTest : public ::testing::Test {
protected:
    ProcessWatcherTest() : watcher{options()} {}
    ProcessWatcher::Options options() {
        ProcessWatcher::Options options;
        options.read = [this](pid_t group) { return gate.read(group); };
        options.wake = [this] {
            const std::lock_guard lock{mutex};
            ++woken;
            changed.notify_all();
        };
        options.interval_ms = 100;
        return options;
    }
    ~ProcessWatcherTest() override { gate.open(); }
    void start(std::int64_t now) {
        watcher.start_due(now, [](Id pane) { return static_cast<pid_t>(pane); });
    }
    std::vector<ProcessWatcher::Result> wait_for_result() {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return woken > taken; });
        taken = woken;
        lock.unlock();
        return watcher.take_results();
    }

    Gate gate;
    std::mutex mutex;
    std::condition_variable changed;
    int woken = 0;
    int taken = 0;
    ProcessWatcher watcher;
};

} // namespace

TEST_F(ProcessWatcherTest, NobodyAskedNothingIsRead) {
    gate.open();
    watcher.note_activity(1);
    start(0);
    EXPECT_FALSE(watcher.next_due_ms());
    EXPECT_EQ(gate.reads(), 0);
}

TEST_F(ProcessWatcherTest, AStandingReaderDelaysNobody) {
    watcher.ask(1);
    watcher.ask(2);
    start(0);
    gate.wait_until_entered();
    // The reader stands; all of this returns.
    for (int i = 0; i < 1000; ++i) {
        watcher.note_activity(1);
        start(i);
        EXPECT_TRUE(watcher.take_results().empty());
    }
    EXPECT_FALSE(watcher.next_due_ms()) << "one request per pane";
    gate.open();
    std::size_t results = 0;
    while (results < 2) results += wait_for_result().size();
    EXPECT_EQ(gate.reads(), 2);
}

TEST_F(ProcessWatcherTest, ActivityIsFollowedAtMostOncePerInterval) {
    gate.open();
    EXPECT_TRUE(watcher.ask(1));
    EXPECT_FALSE(watcher.ask(1));
    start(0);
    ASSERT_EQ(wait_for_result().size(), 1u);
    start(1);
    EXPECT_EQ(gate.reads(), 1) << "nothing happened";
    EXPECT_FALSE(watcher.next_due_ms());
    watcher.note_activity(1);
    watcher.note_activity(1);
    start(50);
    EXPECT_EQ(gate.reads(), 1) << "too early";
    EXPECT_EQ(watcher.next_due_ms(), 100);
    start(100);
    const auto results = wait_for_result();
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].report->info.executable, "/bin/number2");
    EXPECT_FALSE(watcher.next_due_ms());
}

TEST_F(ProcessWatcherTest, AForgottenPaneGivesNoResult) {
    watcher.ask(1);
    start(0);
    gate.wait_until_entered();
    watcher.forget(1);
    gate.open();
    EXPECT_TRUE(wait_for_result().empty());
}

TEST_F(ProcessWatcherTest, InterestLastsAGenerationBeyondTheAsking) {
    watcher.ask(1);
    watcher.next_generation();
    EXPECT_TRUE(watcher.is_asked(1));
    watcher.ask(1);
    watcher.next_generation();
    EXPECT_TRUE(watcher.is_asked(1));
    watcher.next_generation();
    EXPECT_FALSE(watcher.is_asked(1));
}

TEST(ProcessReport, TellsOurOwnProcess) {
    const auto report = read_process_report(::getpgrp());
    ASSERT_TRUE(report);
    const Value value = to_value(*report);
    EXPECT_EQ(value["pid"].integer_or(0), report->info.pid);
    EXPECT_FALSE(value["executable"].text().empty());
    EXPECT_GT(value["start_time"].integer_or(0), 0);
    EXPECT_NE(value["status"].text(), "Unknown");
    EXPECT_GT(value["argv"].size(), 0u);
    EXPECT_FALSE(read_process_report(::getpgrp(), "/nowhere"));
}

TEST_F(MuxTest, AWatchedPaneTellsWhatRunsInIt) {
    const Id pane = window(script("cd /usr && exec sleep 1000")).pane;
    mux.apply(model::WatchProcess{pane});
    ASSERT_TRUE(run_until([&] {
        mux.apply(model::InjectOutput{pane, "."}); // activity
        return info(pane)->foreground_process_name.ends_with("/sleep") ||
               info(pane)->foreground_process_name.ends_with("/coreutils");
    }));
    const Ref<model::PaneInfo> now = info(pane);
    EXPECT_EQ(now->foreground_process_info["cwd"].text(), "/usr");
    EXPECT_EQ(now->current_working_dir, "file://here/usr");
    EXPECT_EQ(now->title, "sleep");
}

} // namespace lunette::mux
