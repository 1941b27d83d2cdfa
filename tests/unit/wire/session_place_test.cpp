#include "wire/session_place.h"

#include "wire/descriptor.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace lunette::wire {
namespace {

class SessionPlaceTest : public testing::Test {
protected:
    SessionPlaceTest() {
        char name[] = "/tmp/lunette-place-XXXXXX";
        root_ = ::mkdtemp(name);
    }
    ~SessionPlaceTest() override { std::filesystem::remove_all(root_); }

    auto open(const std::map<std::string, std::string>& variables, uid_t owner = ::geteuid()) {
        return SessionPlace::open(
            [&](const char* name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional{found->second};
            },
            owner);
    }
    std::string own_folder() { return root_ + "/lunette-" + std::to_string(::geteuid()); }

    std::string root_;
};

TEST_F(SessionPlaceTest, LiesInTheRuntimeFolder) {
    const auto place = open({{"XDG_RUNTIME_DIR", root_}});
    ASSERT_TRUE(place) << place.error();
    EXPECT_EQ(place->socket("work"), root_ + "/lunette/work.sock");
    struct stat status {};
    ASSERT_EQ(::stat(place->folder().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(SessionPlaceTest, LiesInAFolderOfTheUserWithoutARuntimeFolder) {
    const auto place = open({{"TMPDIR", root_}});
    ASSERT_TRUE(place) << place.error();
    EXPECT_EQ(place->folder(), own_folder());
}

TEST_F(SessionPlaceTest, PassesOverARuntimeFolderOfAnotherUser) {
    ASSERT_TRUE(open({{"XDG_RUNTIME_DIR", root_}}));
    const auto place = open({{"XDG_RUNTIME_DIR", root_}, {"TMPDIR", root_}}, ::geteuid() + 1);
    ASSERT_FALSE(place);
    EXPECT_NE(place.error().find("belongs to another user"), std::string::npos) << place.error();
    EXPECT_NE(place.error().find("lunette-" + std::to_string(::geteuid() + 1)), std::string::npos);
}

TEST_F(SessionPlaceTest, RefusesALink) {
    std::filesystem::create_directory(root_ + "/elsewhere");
    std::filesystem::create_directory_symlink(root_ + "/elsewhere", own_folder());
    const auto place = open({{"TMPDIR", root_}});
    ASSERT_FALSE(place);
    EXPECT_NE(place.error().find("symbolic link"), std::string::npos) << place.error();
}

TEST_F(SessionPlaceTest, RefusesAFolderThatOthersMayEnter) {
    std::filesystem::create_directory(own_folder());
    ::chmod(own_folder().c_str(), 0755);
    EXPECT_FALSE(open({{"TMPDIR", root_}}));
}

TEST_F(SessionPlaceTest, RefusesAFile) {
    const Descriptor file{::open(own_folder().c_str(), O_CREAT | O_WRONLY, 0600)};
    EXPECT_FALSE(open({{"TMPDIR", root_}}));
}

TEST_F(SessionPlaceTest, NamesThoseWhoseLockIsHeld) {
    const auto place = open({{"TMPDIR", root_}});
    ASSERT_TRUE(place);
    int ready[2], done[2];
    ASSERT_EQ(::pipe(ready), 0);
    ASSERT_EQ(::pipe(done), 0);
    const pid_t holder = ::fork();
    if (holder == 0) {
        const int fd = ::open(place->lock("held").c_str(), O_CREAT | O_RDWR, 0600);
        struct flock lock {};
        lock.l_type = F_WRLCK;
        ::fcntl(fd, F_SETLK, &lock);
        char byte = 0;
        (void)!::write(ready[1], &byte, 1);
        ::close(done[1]);
        (void)!::read(done[0], &byte, 1);
        ::_exit(0);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    const Descriptor stale{::open(place->lock("stale").c_str(), O_CREAT | O_RDWR, 0600)};
    EXPECT_EQ(place->names(), std::vector<std::string>{"held"});
    EXPECT_EQ(place->server_of("held"), holder);
    EXPECT_EQ(place->server_of("stale"), std::nullopt);
    EXPECT_EQ(place->server_of("unknown"), std::nullopt);
    ::close(done[1]);
    ::waitpid(holder, nullptr, 0);
    EXPECT_TRUE(place->names().empty());
}

TEST(SessionName, IsOneWord) {
    for (const char* good : {"1", "work", "a.b-c_d+e"}) EXPECT_TRUE(is_session_name(good)) << good;
    for (const char* bad : {"", ".", "..", "-x", "a/b", "a b", "a\n", "\xC3\xA9"})
        EXPECT_FALSE(is_session_name(bad)) << bad;
    EXPECT_TRUE(is_session_name(std::string(48, 'a')));
    EXPECT_FALSE(is_session_name(std::string(49, 'a')));
}

TEST(SessionName, IsReadFromASocketsPath) {
    EXPECT_EQ(session_of_socket("/run/user/0/lunette/work.sock"), "work");
    EXPECT_EQ(session_of_socket("/run/work.lock"), "");
    EXPECT_EQ(session_of_socket("/run/.sock"), "");
    EXPECT_EQ(session_of_socket(""), "");
}

} // namespace
} // namespace lunette::wire
