#include "server/session_socket.h"

#include "wire/message_channel.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

namespace lunette::server {
namespace {

class SessionSocketTest : public testing::Test {
protected:
    SessionSocketTest() {
        char name[] = "/tmp/lunette-socket-XXXXXX";
        root_ = ::mkdtemp(name);
        const auto variable = [this](const char* wanted) {
            return std::string_view{wanted} == "TMPDIR" ? std::optional{root_} : std::nullopt;
        };
        place_ = std::make_unique<wire::SessionPlace>(*wire::SessionPlace::open(variable, ::geteuid()));
    }
    ~SessionSocketTest() override { std::filesystem::remove_all(root_); }

    wire::Descriptor connect(const std::string& name) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const std::string path = place_->socket(name);
        std::memcpy(address.sun_path, path.c_str(), path.size());
        wire::Descriptor socket{::socket(AF_UNIX, SOCK_STREAM, 0)};
        if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            return {};
        return socket;
    }
    // In a process of its own: a lock does not keep its own process out.
    int claim_elsewhere(const std::string& name) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto other = SessionSocket::claim(*place_, name);
            ::_exit(other ? 1 : other.error().taken ? 2 : 3);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WEXITSTATUS(status);
    }

    std::string root_;
    std::unique_ptr<wire::SessionPlace> place_;
};

TEST_F(SessionSocketTest, TakesConnectionsOfItsUser) {
    auto session = SessionSocket::claim(*place_, "a");
    ASSERT_TRUE(session);
    struct stat status {};
    ASSERT_EQ(::stat(session->path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    EXPECT_FALSE(session->accept());
    const wire::Descriptor client = connect("a");
    ASSERT_TRUE(client);
    EXPECT_TRUE(session->accept());
    EXPECT_FALSE(session->accept());
}

TEST_F(SessionSocketTest, KeepsItsNameToItself) {
    auto session = SessionSocket::claim(*place_, "a");
    ASSERT_TRUE(session);
    EXPECT_EQ(claim_elsewhere("a"), 2);
    EXPECT_EQ(claim_elsewhere("b"), 1);
    EXPECT_TRUE(connect("a")) << "the refused one must not have touched the socket";
}

TEST_F(SessionSocketTest, LeavesNothingBehind) {
    { const auto session = SessionSocket::claim(*place_, "a"); }
    EXPECT_TRUE(std::filesystem::is_empty(place_->folder()));
    EXPECT_EQ(claim_elsewhere("a"), 1);
}

TEST_F(SessionSocketTest, TakesOverFromOneThatDied) {
    const pid_t child = ::fork();
    if (child == 0) {
        auto session = SessionSocket::claim(*place_, "a");
        ::_exit(session ? 0 : 1); // without its destructor
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
    ASSERT_TRUE(std::filesystem::exists(place_->socket("a")));
    const auto session = SessionSocket::claim(*place_, "a");
    ASSERT_TRUE(session);
    EXPECT_TRUE(connect("a"));
}

TEST_F(SessionSocketTest, IsMadeAnewWhereItWasDeleted) {
    auto session = SessionSocket::claim(*place_, "a");
    ASSERT_TRUE(session);
    EXPECT_TRUE(session->is_reachable());
    std::filesystem::remove(session->path());
    EXPECT_FALSE(session->is_reachable());
    EXPECT_FALSE(connect("a"));
    ASSERT_TRUE(session->renew());
    EXPECT_TRUE(session->is_reachable());
    const wire::Descriptor client = connect("a");
    EXPECT_TRUE(session->accept());
}

} // namespace
} // namespace lunette::server
