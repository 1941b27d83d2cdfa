#include "script/read_files.h"

#include <atomic>
#include <map>

#include <fcntl.h>
#include <unistd.h>
#include <utime.h>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using namespace std::chrono_literals;

class ReadFilesTest : public testing::Test {
protected:
    /// As a handler that reads it.
    void read(const std::string& path) {
        ASSERT_TRUE(files.watch(path)) << path;
        settle();
    }
    /// Until the disk has been looked at and everything is watched.
    void settle() {
        do {
            runtime.run_once(false);
            runtime.deliver();
        } while (runtime.anything_pending());
    }
    void until_told(const std::string& path, int times = 1) {
        drive_until(runtime, [&] { return told[path] >= times; });
        EXPECT_EQ(told[path], times);
        settle();
    }
    /// What happened to others before has been noticed: a change that was made later is.
    void until_a_later_change() {
        const std::string marker = directory / ("marker" + std::to_string(++markers));
        read(marker);
        write_file(marker, "there");
        until_told(marker);
    }

    TemporaryDirectory directory;
    RealClock clock;
    IoRuntime runtime{clock};
    std::map<std::string, int> told;
    ReadFiles files{runtime, [this](const std::string& path) { ++told[path]; }};
    const std::string file = directory / "file";
    int markers = 0;
};

TEST_F(ReadFilesTest, EachWayInWhichAFileChanges) {
    write_file(file, "one");
    read(file);
    write_file(file, "two");
    until_told(file, 1);
    write_file(directory / "other", "three");
    std::filesystem::rename(directory / "other", file);
    until_told(file, 2);
    write_file(file, "four");
    until_told(file, 3);
    std::filesystem::remove(file);
    until_told(file, 4);
    write_file(file, "five");
    until_told(file, 5);
    std::filesystem::rename(file, directory / "away");
    until_told(file, 6);
    std::filesystem::rename(directory / "away", file);
    until_told(file, 7);
}

TEST_F(ReadFilesTest, WhoKeepsItOpen) {
    write_file(file, "one\n");
    read(file);
    const FileDescriptor log{::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC)};
    ASSERT_EQ(::write(log.get(), "two\n", 4), 4);
    until_told(file, 1);
    ASSERT_EQ(::write(log.get(), "three\n", 6), 6);
    until_told(file, 2);
}

TEST_F(ReadFilesTest, AFileInAFolderThatIsNotThereYet) {
    const std::string deep = directory / "a/b/c";
    read(deep);
    std::filesystem::create_directories(directory / "a/b");
    write_file(deep, "one");
    until_told(deep, 1);
    std::filesystem::remove_all(directory / "a");
    until_told(deep, 2);
}

TEST_F(ReadFilesTest, ALinkThatIsTurned) {
    write_file(directory / "one", "one");
    write_file(directory / "two", "two");
    std::filesystem::create_symlink("one", file);
    read(file);
    std::filesystem::create_symlink("two", directory / "next");
    std::filesystem::rename(directory / "next", file);
    until_told(file, 1);
    write_file(directory / "two", "three");
    until_told(file, 2);
}

TEST_F(ReadFilesTest, OfAFolderItsNames) {
    const std::string folder = directory / "folder";
    std::filesystem::create_directory(folder);
    read(folder);
    write_file(folder + "/name", "one");
    until_told(folder, 1);
    write_file(folder + "/name", "two");
    write_file(folder + "/brief", "");
    std::filesystem::remove(folder + "/brief");
    until_a_later_change();
    EXPECT_EQ(told[folder], 1);
    std::filesystem::remove(folder + "/name");
    until_told(folder, 2);
    std::filesystem::remove(folder);
    until_told(folder, 3);
}

TEST_F(ReadFilesTest, TouchedAndWrittenAgainAreNoChange) {
    write_file(file, "one");
    read(file);
    ::utime(file.c_str(), nullptr);
    write_file(file, "one");
    until_a_later_change();
    EXPECT_EQ(told[file], 0);
    write_file(file, "two");
    until_told(file, 1);
}

TEST_F(ReadFilesTest, EqualSizeAndTimesButOtherContent) {
    write_file(file, "one");
    read(file);
    const utimbuf time{1'600'000'000, 1'600'000'000};
    write_file(file, "two");
    ::utime(file.c_str(), &time);
    until_told(file, 1);
    write_file(file, "six");
    ::utime(file.c_str(), &time);
    until_told(file, 2);
}

TEST_F(ReadFilesTest, WhoReadWhatItWasInBetween) {
    write_file(file, "one");
    read(file);
    write_file(file, "another");
    ASSERT_TRUE(files.watch(file)); // a second reader sees this
    write_file(file, "one");
    until_told(file, 1);
}

TEST_F(ReadFilesTest, NothingWakesTheThreadWhileNothingHappens) {
    for (int i = 0; i < 20; ++i) {
        write_file(directory / std::to_string(i), "x");
        read(directory / std::to_string(i));
    }
    read(directory / "absent");
    read(directory.path());
    EXPECT_FALSE(files.files().polls());
    EXPECT_EQ(runtime.timers().size(), 0U);
}

TEST_F(ReadFilesTest, NeighboursOfAFileWakeNobody) {
    write_file(file, "one");
    read(file);
    write_file(directory / "neighbour", "one");
    write_file(directory / "neighbour", "two");
    std::filesystem::rename(directory / "neighbour", directory / "next");
    settle();
    EXPECT_EQ(runtime.timers().size(), 0U); // the pause after events that were read
    write_file(file, "two");
    until_told(file, 1);
}

TEST_F(ReadFilesTest, WatchesAreAsManyAsNeeded) {
    const std::size_t before = open_descriptors();
    for (int round = 0; round < 3; ++round) {
        write_file(directory / "fresh", std::to_string(round));
        std::filesystem::rename(directory / "fresh", file);
        read(file);
        if (round > 0) until_told(file, round);
    }
    EXPECT_EQ(files.files().watches(), 2U); // the file, and that its folder stays where it is
    EXPECT_EQ(open_descriptors(), before + 1);
    for (int i = 0; i < 1000; ++i) files.watch(directory / ("many" + std::to_string(i)));
    settle();
    EXPECT_EQ(files.files().files().size(), 256U);
    EXPECT_LE(files.files().watches(), PathWatch::most_watches);
    EXPECT_FALSE(files.watch(directory / "one too many"));
}

TEST_F(ReadFilesTest, WhatHasToBeReadToBeKnown) {
    EXPECT_FALSE(files.watch("/proc/self/status"));
    EXPECT_FALSE(files.watch("/dev/null"));
}

TEST(FileWatchTest, LooksFromTimeToTimeWhereTheSystemCannotTell) {
    static std::atomic<int> looks;
    ManualClock clock;
    IoRuntime runtime{clock};
    const FileWatch::Manner manner{50ms, 0ms, 1s,
                                   [](const std::string&, std::string&) { return ++looks % 4 == 0; },
                                   [](const std::string&, WatchedPaths& paths) {
                                       paths.folders["/"];
                                       paths.remote = true;
                                   }};
    int changes = 0;
    FileWatch watch{runtime, manner, [&](const std::vector<std::string>&) { ++changes; }};
    watch.add("/nowhere", "");
    for (int second = 0; second < 20; ++second) {
        do {
            runtime.run_once(false);
            runtime.deliver();
        } while (runtime.anything_pending());
        clock.advance(1s);
    }
    EXPECT_TRUE(watch.polls());
    EXPECT_GE(looks, 20);
    EXPECT_GE(changes, 4);
}

} // namespace
} // namespace lunette::script::test
