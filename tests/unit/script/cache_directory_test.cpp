#include "script/load/cache_directory.h"

#include <algorithm>
#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "script/engine_fixture.h"
#include "script/load/bytecode_cache.h"

namespace lunette::script::test {
namespace {

constexpr std::int64_t now_s = 1'800'000'000;
constexpr std::int64_t hour_s = 3600;

class CacheDirectoryTest : public ::testing::Test {
protected:
    CacheDirectory open() { return std::move(*CacheDirectory::open(path, CacheDirectory::Missing::create)); }
    /// An entry of about so many bytes, last used so long ago.
    void put(const CacheDirectory& folder, const std::string& name, std::size_t bytes, std::int64_t age_s,
             bool of_other_build = false) {
        ChunkKey key = ChunkKey::of("text", "@" + name);
        if (of_other_build) key.build.low ^= 1;
        ASSERT_TRUE(folder.write(name, encode_entry(key, std::string(bytes, 'x'))));
        age(name, age_s);
    }
    void age(const std::string& name, std::int64_t age_s) {
        const timespec times[2] = {{now_s - age_s, 0}, {now_s - age_s, 0}};
        ASSERT_EQ(utimensat(AT_FDCWD, (path + "/" + name).c_str(), times, 0), 0);
    }
    std::vector<std::string> names(const CacheDirectory& folder) {
        std::vector<std::string> all;
        for (const auto& found : folder.list()) all.push_back(found.name);
        std::sort(all.begin(), all.end());
        return all;
    }
    TemporaryDirectory directory;
    std::string path = directory.path("a/b/cache");
};

using Names = std::vector<std::string>;

TEST_F(CacheDirectoryTest, NeedsAnAbsolutePath) {
    EXPECT_FALSE(CacheDirectory::open("relative", CacheDirectory::Missing::create));
    EXPECT_FALSE(CacheDirectory::open("", CacheDirectory::Missing::create));
    EXPECT_FALSE(CacheDirectory::open(path, CacheDirectory::Missing::fail));
}

TEST_F(CacheDirectoryTest, LeastRecentlyUsedEntriesGoFirst) {
    const CacheDirectory folder = open();
    for (int i = 0; i < 10; ++i) put(folder, std::to_string(i) + ".luac", 1000, i * 100);
    tidy_cache(folder, 1'000'000, now_s);
    EXPECT_EQ(folder.list().size(), 10U);
    tidy_cache(folder, 6000, now_s);
    EXPECT_EQ(names(folder), (Names{"0.luac", "1.luac", "2.luac", "3.luac"}));
}

TEST_F(CacheDirectoryTest, OtherBuildsEntriesGoWhenNobodyUsesThem) {
    const CacheDirectory folder = open();
    put(folder, "mine.luac", 10, 30 * hour_s);
    put(folder, "other_new.luac", 10, hour_s, true);
    put(folder, "other_old.luac", 10, 30 * hour_s, true);
    ASSERT_TRUE(folder.write("damaged.luac", "x"));
    age("damaged.luac", 30 * hour_s);
    tidy_cache(folder, 1'000'000, now_s);
    EXPECT_EQ(names(folder), (Names{"mine.luac", "other_new.luac"}));
}

TEST_F(CacheDirectoryTest, WhatCrashedWritersLeftGoes) {
    const CacheDirectory folder = open();
    for (const char* name : {".a.luac.1-1.tmp", ".b.luac.1-2.tmp"})
        directory.write(std::string{"a/b/cache/"} + name, "x");
    age(".a.luac.1-1.tmp", 2 * hour_s);
    age(".b.luac.1-2.tmp", 0);
    tidy_cache(folder, 1'000'000, now_s);
    ASSERT_EQ(folder.list(true).size(), 1U);
    EXPECT_EQ(folder.list(true)[0].name, ".b.luac.1-2.tmp");
}

TEST_F(CacheDirectoryTest, UseIsNoted) {
    const CacheDirectory folder = open();
    put(folder, "a.luac", 10, 100 * hour_s);
    folder.touch("a.luac");
    const auto file = folder.open_file("a.luac");
    ASSERT_TRUE(file && *file);
    EXPECT_GE((*file)->last_used_s(), std::time(nullptr) - hour_s);
}

TEST_F(CacheDirectoryTest, AFullDiskLeavesNothingBehind) {
    const CacheDirectory folder = open();
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{1000, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = folder.write("a.luac", std::string(5000, 'x'));
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_FALSE(written);
    EXPECT_TRUE(folder.list().empty());
    EXPECT_TRUE(folder.list(true).empty());
    EXPECT_FALSE(folder.read("a.luac")->has_value());
}

TEST_F(CacheDirectoryTest, ReadersSeeWholeEntriesWhileProcessesWrite) {
    const CacheDirectory folder = open();
    const ChunkKey key = ChunkKey::of("text", "@x");
    std::vector<pid_t> children;
    for (int child = 0; child < 3; ++child) {
        const pid_t pid = fork();
        ASSERT_GE(pid, 0);
        if (pid == 0) {
            bool good = true;
            for (int i = 0; i < 200; ++i) {
                const std::size_t size =
                    1000 + static_cast<std::size_t>((child * 7919 + i * 104729) % 100'000);
                good = good && folder.write("x.luac", encode_entry(key, std::string(size, 'x')));
            }
            _exit(good ? 0 : 1);
        }
        children.push_back(pid);
    }
    int whole = 0, broken = 0;
    while (!children.empty()) {
        const auto bytes = folder.read("x.luac");
        if (bytes && *bytes) ++(decode_entry(**bytes) ? whole : broken);
        int status = 0;
        const pid_t ended = waitpid(-1, &status, WNOHANG);
        if (ended <= 0) continue;
        EXPECT_EQ(status, 0);
        std::erase(children, ended);
    }
    EXPECT_GT(whole, 0);
    EXPECT_EQ(broken, 0);
    EXPECT_EQ(names(folder), (Names{"x.luac"}));
}

} // namespace
} // namespace lunette::script::test
