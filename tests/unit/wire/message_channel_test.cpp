#include "wire/message_channel.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace lunette::wire {
namespace {

class MessageChannelTest : public testing::Test {
protected:
    MessageChannelTest() { ::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()); }
    MessageChannel channel(int end, MessageChannel::Limits limits = {}) {
        return MessageChannel{Descriptor{ends_[static_cast<std::size_t>(end)]}, limits};
    }
    void write_raw(const std::string& bytes) {
        ASSERT_EQ(::send(ends_[0], bytes.data(), bytes.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(bytes.size()));
    }
    static std::string framed(const std::string& text) {
        const auto size = static_cast<std::uint32_t>(text.size());
        std::string bytes;
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift & 0xFF);
        return bytes + text;
    }
    std::array<int, 2> ends_{};
};

TEST_F(MessageChannelTest, CarriesMessagesInOrder) {
    MessageChannel a = channel(0), b = channel(1);
    a.send({{"n", 1}});
    a.send({{"n", 2}});
    b.receive();
    EXPECT_EQ(b.take()->body["n"], 1);
    EXPECT_EQ(b.take()->body["n"], 2);
    EXPECT_FALSE(b.take());
    EXPECT_FALSE(b.is_closed());
}

TEST_F(MessageChannelTest, TakesMessagesThatCameInPieces) {
    MessageChannel b = channel(1);
    const std::string bytes = framed(R"({"text":"abc"})");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        EXPECT_FALSE(b.take());
        write_raw(bytes.substr(i, 1));
        b.receive();
    }
    ASSERT_TRUE(b.is_closed() == false);
    EXPECT_EQ(text_of(b.take()->body, "text"), "abc");
}

TEST_F(MessageChannelTest, PassesADescriptorWithItsMessage) {
    MessageChannel a = channel(0), b = channel(1);
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    a.send({{"n", 1}});
    a.send({{"n", 2}}, pipe_ends[1]);
    ::close(pipe_ends[1]);
    b.receive();
    EXPECT_FALSE(b.take()->descriptor);
    auto second = b.take();
    ASSERT_TRUE(second->descriptor);
    ASSERT_EQ(::write(second->descriptor.get(), "x", 1), 1);
    char byte = 0;
    EXPECT_EQ(::read(pipe_ends[0], &byte, 1), 1);
    EXPECT_EQ(::fcntl(second->descriptor.get(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    ::close(pipe_ends[0]);
}

TEST_F(MessageChannelTest, ClosesOnAMessageThatIsTooLong) {
    MessageChannel b = channel(1, {100, 1000});
    write_raw(std::string("\x7F\xFF\xFF\xFF", 4));
    b.receive();
    EXPECT_TRUE(b.is_closed());
    EXPECT_FALSE(b.take());
}

TEST_F(MessageChannelTest, ClosesOnWhatIsNoObject) {
    for (const char* text : {"", "[1]", "{", "\xFF", "7"}) {
        std::array<int, 2> pair{};
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
        MessageChannel b{Descriptor{pair[1]}};
        const std::string bytes = framed(text);
        ASSERT_EQ(::write(pair[0], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        b.receive();
        EXPECT_TRUE(b.is_closed()) << text;
        ::close(pair[0]);
    }
}

TEST_F(MessageChannelTest, ReadsNoMoreThanItsBudgetAtOnce) {
    MessageChannel b = channel(1);
    const std::string bytes = framed(R"({"text":")" + std::string(150'000, 'x') + R"("})");
    write_raw(bytes.substr(0, 140'000));
    b.receive(1);
    write_raw(bytes.substr(140'000));
    EXPECT_FALSE(b.take());
    while (!b.is_closed()) {
        b.receive();
        if (auto message = b.take()) {
            EXPECT_EQ(text_of(message->body, "text").size(), 150'000U);
            return;
        }
    }
    FAIL();
}

TEST_F(MessageChannelTest, GivesUpOnAReaderThatDoesNotRead) {
    MessageChannel a = channel(0, {1000, 1'000'000});
    const Json message{{"text", std::string(100'000, 'x')}};
    int sent = 0;
    while (a.send(message)) ASSERT_LT(++sent, 100);
    EXPECT_GT(sent, 5);
    EXPECT_TRUE(a.is_closed());
}

TEST_F(MessageChannelTest, SendsTheRestWhenTheOtherEndReads) {
    MessageChannel a = channel(0), b = channel(1);
    a.send({{"text", std::string(3'000'000, 'y')}});
    EXPECT_TRUE(a.wants_write());
    std::optional<Message> message;
    while (!message && !b.is_closed()) {
        a.flush();
        b.receive();
        message = b.take();
    }
    ASSERT_TRUE(message);
    EXPECT_EQ(text_of(message->body, "text").size(), 3'000'000U);
    EXPECT_FALSE(a.wants_write());
}

TEST_F(MessageChannelTest, TakesWhatCameBeforeTheEnd) {
    MessageChannel b = channel(1);
    {
        MessageChannel a = channel(0);
        a.send({{"n", 1}});
    }
    const auto message = b.wait_message(10'000);
    ASSERT_TRUE(message);
    EXPECT_FALSE(b.wait_message(10'000));
    EXPECT_TRUE(b.is_closed());
}

TEST_F(MessageChannelTest, TakesTheLastWordsOfOneThatHasGoneWhenItSends) {
    MessageChannel b = channel(1);
    {
        MessageChannel a = channel(0);
        a.send({{"op", "bye"}});
    }
    EXPECT_FALSE(b.send({{"op", "resume"}}));
    EXPECT_TRUE(b.is_closed());
    const auto message = b.take();
    ASSERT_TRUE(message);
    EXPECT_EQ(text_of(message->body, "op"), "bye");
}

TEST_F(MessageChannelTest, SaysWhoIsAtTheOtherEnd) {
    const auto peer = peer_of(ends_[0]);
    ASSERT_TRUE(peer);
    EXPECT_EQ(peer->user, ::geteuid());
    EXPECT_EQ(peer->process, ::getpid());
    ::close(ends_[0]);
    ::close(ends_[1]);
    EXPECT_FALSE(peer_of(-1));
}

TEST(MessageFields, HaveTheRightKindOrAreAbsent) {
    const Json body = Json::parse(R"({"s":"x","n":5,"big":9223372036854775807,"f":1.5,"l":["a",1,"b"]})");
    EXPECT_EQ(text_of(body, "s"), "x");
    EXPECT_EQ(text_of(body, "n"), "");
    EXPECT_EQ(text_of(body, "none"), "");
    EXPECT_EQ(number_of(body, "n", 7, 0, 10), 5);
    EXPECT_EQ(number_of(body, "n", 7, 0, 4), 7);
    EXPECT_EQ(number_of(body, "big", 7, 0, 10), 7);
    EXPECT_EQ(number_of(body, "f", 7, 0, 10), 7);
    EXPECT_EQ(texts_of(body, "l"), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(texts_of(body, "s").empty());
}

} // namespace
} // namespace lunette::wire
