#include "terminal/process_info.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace lunette::terminal {
namespace {

namespace fs = std::filesystem;

// A folder that looks like /proc.
class FakeProc : public ::testing::Test {
protected:
    FakeProc() {
        char path[] = "/tmp/lunette-proc-XXXXXX";
        root_ = mkdtemp(path);
    }
    ~FakeProc() override { fs::remove_all(root_); }

    void add(pid_t pid, const std::string& command, pid_t group, const std::string& executable,
             const std::string& arguments) {
        const fs::path folder = fs::path{root_} / std::to_string(pid);
        fs::create_directory(folder);
        std::ofstream{folder / "stat"} << pid << " (" << command << ") S 1 " << group << " 3 4 5";
        std::ofstream{folder / "cmdline"} << arguments;
        if (!executable.empty()) fs::create_symlink(executable, folder / "exe");
        fs::create_symlink("/home/someone", folder / "cwd");
    }

    std::string root_;
};

TEST_F(FakeProc, ReadsAProcess) {
    add(42, "zsh", 42, "/usr/bin/zsh", std::string{"-zsh\0-l\0", 8});
    const auto info = process_info(42, root_);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->name, "zsh");
    EXPECT_EQ(info->executable, "/usr/bin/zsh");
    EXPECT_EQ(info->cwd, "/home/someone");
    EXPECT_EQ(info->arguments, (std::vector<std::string>{"-zsh", "-l"}));
    EXPECT_EQ(info->parent, 1);
}

TEST_F(FakeProc, SurvivesHostileNames) {
    add(43, "a) S (9 9", 44, "", std::string{"/opt/x y\0", 9});
    const auto info = process_info(43, root_);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->name, "x y");
    EXPECT_EQ(info->parent, 1);
    add(45, "kworker", 45, "", "");
    EXPECT_EQ(process_info(45, root_)->name, "kworker");
}

TEST_F(FakeProc, AReplacedExecutableKeepsItsName) {
    add(46, "nvim", 46, "/usr/bin/nvim (deleted)", std::string{"nvim\0", 5});
    EXPECT_EQ(process_info(46, root_)->executable, "/usr/bin/nvim");
}

TEST_F(FakeProc, NoSuchProcessOrABrokenOne) {
    EXPECT_FALSE(process_info(1, root_));
    fs::create_directory(fs::path{root_} / "50");
    std::ofstream{fs::path{root_} / "50" / "stat"} << "50 (x";
    EXPECT_FALSE(process_info(50, root_));
    EXPECT_FALSE(foreground_process(50, root_ + "/missing"));
}

TEST_F(FakeProc, AGroupWhoseLeaderEndedIsItsOldestMember) {
    add(62, "second", 60, "/bin/second", "");
    add(61, "first", 60, "/bin/first", "");
    add(10, "other", 10, "/bin/other", "");
    EXPECT_EQ(foreground_process(60, root_)->name, "first");
    EXPECT_FALSE(foreground_process(99, root_));
}

TEST_F(FakeProc, ArgumentsAreBounded) {
    add(70, "big", 70, "/bin/big", std::string(1'000'000, 'x'));
    const auto info = process_info(70, root_);
    ASSERT_EQ(info->arguments.size(), 1U);
    EXPECT_EQ(info->arguments[0].size(), 64U * 1024);
}

TEST(ProcessInfo, ReadsThisProcess) {
    const auto info = process_info(getpid());
    ASSERT_TRUE(info);
    EXPECT_EQ(info->executable, fs::read_symlink("/proc/self/exe"));
    EXPECT_EQ(info->cwd, fs::current_path());
    EXPECT_EQ(info->parent, getppid());
}

} // namespace
} // namespace lunette::terminal
