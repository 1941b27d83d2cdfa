#include "server/frecency.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

namespace lunette::server {

namespace {

namespace fs = std::filesystem;
constexpr std::int64_t week = 7 * 24 * 3600;

class FrecencyTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("lunette-frecency-" + std::to_string(::getpid()));
        fs::remove_all(folder);
    }
    void TearDown() override { fs::remove_all(folder); }
    std::string path() const { return (folder / "used").string(); }
    fs::path folder;
};

TEST_F(FrecencyTest, CountsLessByAge) {
    Frecency used;
    EXPECT_EQ(used.weight("a", 0), 0);
    used.note("a", 0);
    EXPECT_EQ(used.weight("a", 0), 1000);
    EXPECT_EQ(used.weight("a", week), 500);
    used.note("a", week);
    EXPECT_EQ(used.weight("a", week), 1500);
    used.note("b", 2 * week);
    used.note("c", 2 * week);
    used.note("c", 2 * week);
    EXPECT_EQ(used.best(2, 2 * week), (std::vector<std::string>{"c", "b"}));
    EXPECT_EQ(used.weight("a", -5 * week), 1500) << "a clock that goes back";
}

TEST_F(FrecencyTest, IsKeptInAFileOfItsOwner) {
    Frecency{path()}.note("Split Horizontal", 100);
    Frecency again{path()};
    EXPECT_EQ(again.weight("Split Horizontal", 100), 1000);
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(FrecencyTest, ABrokenFileIsPassedOver) {
    fs::create_directories(folder);
    std::ofstream{path()} << "rubbish\n-5\t3\tnegative\nnan\t1\tnan\n2\t50\tgood\n1e99\t1\ttoo much\n7";
    Frecency used{path()};
    EXPECT_EQ(used.weight("good", 50), 2000);
    EXPECT_EQ(used.best(10, 50), (std::vector<std::string>{"good"}));
    fs::remove(path());
    fs::create_directories(path());
    Frecency folder_instead{path()};
    folder_instead.note("a", 1);
    EXPECT_EQ(folder_instead.weight("a", 1), 1000) << "remembered for as long as it lives";
}

TEST_F(FrecencyTest, IsBounded) {
    Frecency used;
    for (std::int64_t i = 0; i < 1000; ++i) used.note("entry " + std::to_string(i), i * 3600);
    EXPECT_EQ(used.best(10000, 1000 * 3600).size(), Frecency::most);
    EXPECT_GT(used.weight("entry 999", 1000 * 3600), 0);
    EXPECT_EQ(used.weight("entry 0", 1000 * 3600), 0);
    used.note("two\nlines", 0);
    used.note(std::string(10000, 'x'), 0);
    EXPECT_EQ(used.weight("two\nlines", 0), 0);
}

} // namespace

} // namespace lunette::server
