#include "server/pane_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include <unistd.h>

namespace lunette::server {
namespace {

constexpr std::int64_t patience = 20'000'000'000;

// A pane with cat, which got the focus, and one that never stops printing.
class PaneReaderTest : public ::testing::Test {
protected:
    PaneReaderTest() {
        mux::Mux::Options options;
        options.loop = &io;
        options.environment = {"PATH=/usr/bin:/bin", "HOME=/tmp"};
        mux = std::make_unique<mux::Mux>(std::move(options));
        flood = spawn("yes");
        cat = spawn("cat");
    }
    ~PaneReaderTest() override { mux.reset(); }

    Id spawn(const char* program) {
        model::SpawnOptions spawned;
        spawned.args = {program};
        EXPECT_TRUE(mux->apply(model::SpawnWindow{spawned, {}, {}, {}}));
        return mux->active_pane(mux->active_window());
    }
    std::uint64_t printed(Id pane) { return mux->pane(pane)->terminal().content_sequence(); }
    void type(char c) {
        mux->send_bytes(cat, {c});
        reader.typed(cat);
    }

    LoopIo io;
    std::unique_ptr<mux::Mux> mux;
    PaneReader reader{io};
    Id flood = 0, cat = 0;
};

TEST_F(PaneReaderTest, TheAnswerToAKeyIsAllThatIsRead) {
    for (int i = 0; i < 50; ++i) {
        type('x');
        PaneReader::Result result;
        std::uint64_t before = 0;
        while (!result.answered) {
            io.wait(patience);
            before = printed(flood);
            result = reader.read(*mux);
        }
        EXPECT_EQ(printed(flood), before);
        EXPECT_TRUE(result.any);
    }
}

TEST_F(PaneReaderTest, APaneThatDoesNotAnswerHoldsNobodyUp) {
    reader.typed(cat); // which got nothing
    const std::uint64_t before = printed(flood);
    while (printed(flood) < before + 5) {
        io.wait(patience);
        EXPECT_FALSE(reader.read(*mux).answered);
    }
}

TEST_F(PaneReaderTest, WaitingForAPaneEndsWithItsOutput) {
    type('x');
    EXPECT_TRUE(io.wait_for(cat, patience));
    EXPECT_FALSE(io.wait_for(0, patience)) << "there is no such pane";
}

TEST_F(PaneReaderTest, WaitingForAPaneEndsWithInput) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    io.attend(ends[0], [](bool, bool) {});
    ASSERT_EQ(::write(ends[1], "k", 1), 1);
    EXPECT_FALSE(io.wait_for(cat, patience));
    io.forget(ends[0]);
    ::close(ends[0]);
    ::close(ends[1]);
}

} // namespace
} // namespace lunette::server
