#include "tty/outer.h"

#include "tty/decoded_text.h"
#include "tty/frame_maker.h"
#include "tty/screen_oracle.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>

namespace lunette::tty {
namespace {

constexpr std::int64_t ms = 1'000'000;

// An outer and the far end of its line.
class OuterTest : public testing::Test {
protected:
    OuterTest() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_), 0); }
    ~OuterTest() override {
        close(ends_[0]);
        if (ends_[1] >= 0) close(ends_[1]);
    }

    Outer& make(int columns = 40, int rows = 10, const char* term = "xterm-256color",
                const char* locale = "C.UTF-8", bool ssh = false) {
        Outer::Options options;
        options.fd = ends_[0];
        options.hints.term = term;
        options.hints.locale = locale;
        options.ssh = ssh;
        options.size = {columns, rows, 0, 0};
        outer_ = std::make_unique<Outer>(options);
        return *outer_;
    }

    // All that was sent so far.
    std::string sent() {
        std::string bytes;
        char buffer[4096];
        for (ssize_t n; (n = read(ends_[1], buffer, sizeof buffer)) > 0;)
            bytes.append(buffer, static_cast<std::size_t>(n));
        return bytes;
    }
    void type(std::string_view bytes, std::int64_t now = 0) {
        ASSERT_EQ(write(ends_[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        outer_->readable(now, sink());
    }
    Outer::Sink sink() {
        return [this](const Event& event) {
            if (const auto* key = std::get_if<model::KeyEvent>(&event)) keys_.push_back(*key);
            if (const auto* colors = std::get_if<ColorsEvent>(&event)) colors_ = *colors;
            if (const auto* paste = std::get_if<PasteEvent>(&event)) take_paste(*paste);
            if (std::holds_alternative<CapabilitiesChanged>(event)) ++changes_;
        };
    }
    void take_paste(const PasteEvent& paste) {
        pasted_ += paste.bytes.size();
        if (paste.last) ++pastes_;
        paste_text_ += std::string{paste.bytes.substr(0, 100)};
    }
    void hang_up() {
        close(ends_[1]);
        ends_[1] = -1;
    }

    int ends_[2];
    std::unique_ptr<Outer> outer_;
    std::vector<model::KeyEvent> keys_;
    ColorsEvent colors_;
    std::size_t pasted_ = 0;
    int pastes_ = 0; // that ended
    std::string paste_text_;
    int changes_ = 0;
};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

TEST_F(OuterTest, TheFirstFrameWaitsForNoReply) {
    Outer& outer = make();
    outer.start(0);
    ASSERT_TRUE(outer.can_present());
    ui::Frame frame{40, 10};
    frame.put_text(3, 2, "hello", {}, 20);
    frame.set_cursor({8, 2, true, true, ui::FrameCursor::Shape::standard, {}});
    outer.present(frame, "a title");
    EXPECT_TRUE(outer.probing());
    ScreenOracle oracle{40, 10};
    oracle.feed(sent());
    EXPECT_EQ(oracle.difference(frame, outer.capabilities()), "");
    EXPECT_TRUE(oracle.terminal().alternate_screen());
    EXPECT_TRUE(oracle.terminal().modes().bracketed_paste);
    EXPECT_TRUE(oracle.terminal().modes().focus_events);
    EXPECT_EQ(oracle.terminal().title(), "a title");
}

TEST_F(OuterTest, RepliesOfARealTerminalRaiseItsCapabilities) {
    Outer& outer = make();
    outer.start(0);
    ScreenOracle oracle{40, 10};
    oracle.feed(sent());
    for (int round = 0; round < 4; ++round) {
        const std::string replies = oracle.terminal().take_replies();
        if (!replies.empty()) type(replies, ms);
        oracle.feed(sent());
    }
    const Capabilities& can = outer.capabilities();
    EXPECT_FALSE(outer.probing());
    EXPECT_TRUE(can.synchronized_output);
    EXPECT_EQ(can.colors, Capabilities::Colors::direct);
    EXPECT_TRUE(can.styled_underline);
    EXPECT_TRUE(can.underline_color);
    EXPECT_TRUE(can.clipboard_confirmed);
    EXPECT_EQ(can.widths, (MeasuredWidths{2, 2, 2, 1}));
    EXPECT_TRUE(colors_.background && colors_.foreground && colors_.palette[15]);
    EXPECT_TRUE(colors_.dark.has_value());
    EXPECT_TRUE(keys_.empty());
    EXPECT_GT(changes_, 0);
    // What is shown after the upgrade is right.
    FrameMaker maker{3};
    ui::Frame frame{40, 10};
    for (int i = 0; i < 50; ++i) {
        maker.change(frame);
        outer.present(frame, "");
        oracle.feed(sent());
        ASSERT_EQ(oracle.difference(frame, can), "") << "step " << i;
    }
}

TEST_F(OuterTest, StoppingLeavesTheTerminalAsItWas) {
    for (const bool crash : {false, true}) {
        Outer& outer = make();
        ScreenOracle oracle{40, 10};
        oracle.feed("\x1B]2;before\x1B\\shell");
        outer.start(0);
        outer.want_mouse(MouseWanted::all);
        FrameMaker maker{5};
        ui::Frame frame{40, 10};
        for (int i = 0; i < 10; ++i) {
            maker.change(frame);
            outer.present(frame, "ours", Rgb{1, 2, 3});
        }
        oracle.feed(sent());
        EXPECT_EQ(oracle.terminal().modes().mouse_tracking, terminal::MouseTracking::any_motion);
        oracle.feed(crash ? Outer::restore_sequence("xterm-256color") : outer.stop());
        EXPECT_FALSE(oracle.terminal().alternate_screen());
        EXPECT_EQ(oracle.terminal().row_text(0), "shell");
        EXPECT_EQ(oracle.terminal().title(), "before");
        const terminal::Modes& modes = oracle.terminal().modes();
        EXPECT_EQ(modes.mouse_tracking, terminal::MouseTracking::off);
        EXPECT_FALSE(modes.bracketed_paste || modes.focus_events || modes.synchronized_output);
        EXPECT_TRUE(modes.autowrap && modes.cursor_visible);
        EXPECT_EQ(oracle.terminal().cursor().x, 5);
        oracle.feed("X");
        EXPECT_EQ(oracle.terminal().style(oracle.terminal().cell(5, 0)), terminal::Style{});
    }
}

TEST_F(OuterTest, WhatStoppingTookBackIsThereWhenItGoesOn) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?2031;2$y\x1B[?62c", 0);
    EXPECT_NE(sent().find("\x1B[>4;2m"), std::string::npos);
    outer.stop();
    outer.start(ms);
    const std::string again = sent();
    EXPECT_NE(again.find("\x1B[?2031h"), std::string::npos);
    type("\x1B[?62c", 2 * ms);
    EXPECT_NE(sent().find("\x1B[>4;2m"), std::string::npos);
}

TEST_F(OuterTest, WhatAProgramAskedOfTheKeyboardIsThereWhenItGoesOn) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?1u\x1B[?62c", 0);
    outer.want_keys(3);
    EXPECT_NE(sent().find("\x1B[=7;1u"), std::string::npos) << "and what is wanted here";
    outer.stop();
    outer.start(ms);
    EXPECT_NE(sent().find("\x1B[=7;1u"), std::string::npos);
}

TEST_F(OuterTest, AltAndAKeyThatBeginsStringsLosesNothing) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?62c", 0); // ends the probing
    type("\x1B]a", 100 * ms);
    type("b", 110 * ms);
    ASSERT_EQ(outer.deadline(), 125 * ms) << "from its beginning";
    outer.timeout(125 * ms, sink());
    ASSERT_EQ(keys_.size(), 3u);
    EXPECT_EQ(keys_[0], model::character_key(U']', model::Modifiers::alt));
    EXPECT_EQ(keys_[2], model::character_key(U'b'));
    EXPECT_FALSE(outer.deadline());
    // An answer that was cut is waited for longer, and not typed.
    type("\x1B]11;rgb:00", 200 * ms);
    EXPECT_EQ(outer.deadline(), 700 * ms);
    outer.timeout(700 * ms, sink());
    type("c", 800 * ms);
    EXPECT_EQ(keys_.size(), 4u);
}

TEST_F(OuterTest, ALoneEscapeWaitsForWhatFollows) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?62c", 0); // ends the probing
    ASSERT_FALSE(outer.probing());
    type("\x1B", 100 * ms);
    EXPECT_TRUE(keys_.empty());
    ASSERT_EQ(outer.deadline(), 125 * ms);
    outer.timeout(124 * ms, sink());
    EXPECT_TRUE(keys_.empty());
    outer.timeout(125 * ms, sink());
    ASSERT_EQ(keys_.size(), 1u);
    EXPECT_EQ(keys_[0], model::named_key(model::Key::escape));
    EXPECT_FALSE(outer.deadline());
    type("\x1B", 200 * ms);
    type("[A", 210 * ms);
    EXPECT_EQ(keys_.back(), model::named_key(model::Key::up));
    EXPECT_FALSE(outer.deadline());
}

TEST_F(OuterTest, EscapeWaitsLongerFarAwayAndNotAtAllWithTheKittyProtocol) {
    Outer& outer = make(40, 10, "xterm-256color", "C.UTF-8", true);
    outer.start(0);
    type("\x1B[?62c", 0);
    type("\x1B", 0);
    EXPECT_EQ(outer.deadline(), 50 * ms);
    outer.timeout(50 * ms, sink());
    keys_.clear();
    type("\x1B[?5u", 60 * ms);
    EXPECT_TRUE(outer.capabilities().kitty_keyboard);
    type("\x1B[27u", 70 * ms);
    EXPECT_EQ(keys_, std::vector{model::named_key(model::Key::escape)});
    EXPECT_FALSE(outer.deadline());
}

TEST_F(OuterTest, WithoutTheKittyProtocolXtermsIsAskedFor) {
    Outer& outer = make();
    outer.start(0);
    EXPECT_FALSE(contains(sent(), "\x1B[>4;2m"));
    outer.timeout(*outer.deadline(), sink()); // no answer at all
    EXPECT_FALSE(outer.probing());
    EXPECT_TRUE(outer.capabilities().modify_other_keys);
    EXPECT_TRUE(contains(sent(), "\x1B[>4;2m"));
    // The answer was only late.
    outer.want_keys(2);
    EXPECT_EQ(sent(), "");
    type("\x1B[?5u\x1B[?62c", 5000 * ms);
    EXPECT_FALSE(outer.capabilities().modify_other_keys);
    EXPECT_TRUE(outer.capabilities().kitty_keyboard);
    const std::string bytes = sent();
    EXPECT_TRUE(contains(bytes, "\x1B[>4m"));
    EXPECT_TRUE(contains(bytes, "\x1B[=7;1u"));
    outer.want_keys(0);
    EXPECT_EQ(sent(), "\x1B[=5;1u");
}

TEST_F(OuterTest, APasteWhoseEndIsLostEndsAfterASilenceAndLosesNothing) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?62c");
    type("\x1B[200~text \x1B[20", 1000 * ms);
    ASSERT_EQ(outer.deadline(), 4000 * ms);
    outer.timeout(3999 * ms, sink());
    EXPECT_EQ(pastes_, 0);
    // Nobody has read for a while, as the program takes no more.
    ASSERT_EQ(write(ends_[1], "0", 1), 1);
    outer.timeout(4000 * ms, sink());
    EXPECT_EQ(pastes_, 0);
    type("more", 5000 * ms);
    ASSERT_EQ(outer.deadline(), 8000 * ms);
    outer.timeout(8000 * ms, sink());
    EXPECT_EQ(pastes_, 1);
    EXPECT_EQ(paste_text_, "text \x1B[200more");
    EXPECT_FALSE(outer.deadline());
    // Its end comes late and is no key; then everything is as ever.
    type("\x1B[201~x\x1B[200~2\x1B[201~", 9000 * ms);
    EXPECT_EQ(keys_, std::vector{model::character_key('x')});
    EXPECT_EQ(pastes_, 2);
    EXPECT_FALSE(outer.deadline());
}

TEST_F(OuterTest, TheBeginningOfAMarkerIsTextWhenThePasteEnds) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[?62c");
    type("\x1B[200~a\x1B[201", 0);
    outer.timeout(3000 * ms, sink());
    EXPECT_EQ(paste_text_, "a\x1B[201");
    EXPECT_EQ(pastes_, 1);
}

TEST_F(OuterTest, RubbishAsRepliesIsNoTypingAndChangesNothing) {
    Outer& outer = make();
    outer.start(0);
    const Capabilities before = outer.capabilities();
    type("\x1B[?9999999999;1$y\x1B[999;999R\x1B[3;0R\x1B]11;rgb:\x1B\\\x1B]4;999;rgb:1/1/"
         "1\a\x1BP1$rzzz\x1B\\\x1BP1+rZZ=1\x1B\\"
         "\x1B[?\x1B[6;0;0t\x1B[?997;9n");
    EXPECT_EQ(outer.capabilities(), before);
    EXPECT_TRUE(keys_.empty());
    EXPECT_EQ(colors_, ColorsEvent{});
}

TEST_F(OuterTest, ATerminalThatStopsReadingBlocksNothing) {
    Outer& outer = make(200, 50);
    outer.start(0);
    FrameMaker maker{1};
    ui::Frame frame{200, 50};
    int presented = 0;
    for (int i = 0; i < 3000; ++i) {
        for (int y = 0; y < 50; ++y) maker.line(frame, y);
        if (!outer.can_present()) break;
        outer.present(frame, "");
        ++presented;
    }
    EXPECT_FALSE(outer.can_present());
    EXPECT_TRUE(outer.wants_write());
    EXPECT_LT(presented, 2999);
    // Frames in between were skipped; the newest shows.
    ScreenOracle oracle{200, 50};
    for (int i = 0; i < 100 && outer.wants_write(); ++i) {
        oracle.feed(sent());
        outer.writable();
    }
    ASSERT_TRUE(outer.can_present());
    outer.present(frame, "");
    for (int i = 0; i < 100 && outer.wants_write(); ++i) {
        oracle.feed(sent());
        outer.writable();
    }
    oracle.feed(sent());
    EXPECT_EQ(oracle.difference(frame, outer.capabilities()), "");
}

TEST_F(OuterTest, ABigPasteIsReadInBoundedSteps) {
    Outer& outer = make();
    outer.start(0);
    constexpr std::size_t total = 20U << 20;
    const std::string piece(1U << 16, 'p');
    std::size_t written = 0;
    ASSERT_EQ(write(ends_[1], "\x1B[200~", 6), 6);
    while (pasted_ < total) {
        while (written < total) {
            const ssize_t n = write(ends_[1], piece.data(), std::min(piece.size(), total - written));
            if (n <= 0) break;
            written += static_cast<std::size_t>(n);
        }
        const std::size_t before = pasted_;
        outer.readable(0, sink());
        ASSERT_GT(pasted_, before);
        ASSERT_LE(pasted_ - before, Outer::read_bound);
    }
    type("\x1B[201~q");
    EXPECT_EQ(pasted_, total);
    EXPECT_EQ(keys_, std::vector{model::character_key('q')});
}

TEST_F(OuterTest, AVanishedTerminalIsNoticed) {
    Outer& outer = make();
    outer.start(0);
    sent();
    hang_up();
    outer.readable(0, sink());
    EXPECT_TRUE(outer.closed());
    EXPECT_FALSE(outer.can_present());
    EXPECT_FALSE(outer.wants_write());
    outer.bell();
    outer.timeout(10'000 * ms, sink());
}

TEST_F(OuterTest, OneCellIsEnough) {
    Outer& outer = make(1, 1);
    outer.start(0);
    ScreenOracle oracle{1, 1};
    ui::Frame frame{1, 1};
    FrameMaker maker{9};
    for (int i = 0; i < 200; ++i) {
        maker.change(frame);
        outer.present(frame, "t");
        oracle.feed(sent());
        ASSERT_EQ(oracle.difference(frame, outer.capabilities()), "") << i;
    }
}

TEST_F(OuterTest, ResizesShowTheNewFrame) {
    Outer& outer = make(30, 8);
    outer.start(0);
    ScreenOracle oracle{30, 8};
    FrameMaker maker{11};
    ui::Frame frame{30, 8};
    for (int i = 0; i < 200; ++i) {
        const int columns = 1 + maker.below(60);
        const int rows = 1 + maker.below(20);
        oracle.resize(columns, rows);
        outer.resized({columns, rows, 0, 0});
        // A frame of the old size comes first.
        outer.present(frame, "");
        frame.resize(columns, rows);
        maker.change(frame);
        outer.present(frame, "");
        oracle.feed(sent());
        ASSERT_EQ(oracle.difference(frame, outer.capabilities()), "") << i << ": " << columns << "x" << rows;
    }
}

TEST_F(OuterTest, HintsKeepSimpleTerminalsFromSequencesTheyWouldShow) {
    make(40, 10, "linux").start(0);
    std::string bytes = sent();
    EXPECT_FALSE(contains(bytes, "\x1B]"));
    EXPECT_FALSE(contains(bytes, "\x1BP"));
    EXPECT_FALSE(contains(bytes, "\x1B[>"));
    EXPECT_TRUE(contains(bytes, "\x1B[c"));
    bytes = outer_->stop();
    EXPECT_FALSE(contains(bytes, "\x1B]") || contains(bytes, "\x1BP") || contains(bytes, "\x1B[<"));
    EXPECT_EQ(bytes, Outer::restore_sequence("linux"));
    make(40, 10, "screen-256color").start(0);
    EXPECT_FALSE(contains(sent(), "\x1BP"));
    EXPECT_FALSE(is_usable("dumb"));
    EXPECT_TRUE(is_usable("a-terminal-nobody-knows"));
}

TEST_F(OuterTest, Utf8IsFoundOutWhereTheLocaleDoesNotSay) {
    Outer& outer = make(40, 10, "xterm", "C");
    outer.start(0);
    EXPECT_FALSE(outer.capabilities().utf8);
    // Bytes of other samples would be controls.
    EXPECT_FALSE(contains(sent(), "\x9F"));
    ui::Frame frame{40, 10};
    frame.put_text(0, 0, "\u250C\u2500\u2510\u00E9\u754C", {}, 40);
    outer.present(frame, "");
    EXPECT_TRUE(contains(sent(), "+-+?? "));
    type("\x1B[2;2R");
    EXPECT_TRUE(outer.capabilities().utf8);
    EXPECT_TRUE(contains(sent(), "\U0001F1E9\U0001F1EA"));
    outer.present(frame, "");
    EXPECT_TRUE(contains(sent(), "\u250C\u2500\u2510\u00E9\u754C"));
}

TEST_F(OuterTest, AMeasurementTellsThatThereIsNoUtf8) {
    Outer& outer = make();
    outer.start(0);
    type("\x1B[2;3R");
    EXPECT_FALSE(outer.capabilities().utf8);
}

TEST_F(OuterTest, CopiesAndNotifiesWithoutControls) {
    Outer& outer = make();
    outer.start(0);
    sent();
    EXPECT_TRUE(outer.copy("hello\x1B world"));
    EXPECT_EQ(sent(), "\x1B]52;c;aGVsbG8bIHdvcmxk\x1B\\");
    EXPECT_TRUE(outer.copy("a", 'p'));
    EXPECT_EQ(sent(), "\x1B]52;p;YQ==\x1B\\");
    EXPECT_FALSE(outer.copy(std::string((1U << 20) + 1, 'x')));
    EXPECT_TRUE(outer.notify("a;b", "c\x1B\\d"));
    EXPECT_EQ(sent(), "\x1B]777;notify;a,b;c\\d\x1B\\");
    outer.bell();
    EXPECT_EQ(sent(), "\a");
}

TEST_F(OuterTest, MouseModesReplaceEachOther) {
    Outer& outer = make();
    outer.start(0);
    ScreenOracle oracle{40, 10};
    for (const auto& [wanted, mode] :
         {std::pair{MouseWanted::all, terminal::MouseTracking::any_motion},
          std::pair{MouseWanted::buttons, terminal::MouseTracking::press_release},
          std::pair{MouseWanted::drag, terminal::MouseTracking::button_motion},
          std::pair{MouseWanted::none, terminal::MouseTracking::off}}) {
        outer.want_mouse(wanted);
        oracle.feed(sent());
        EXPECT_EQ(oracle.terminal().modes().mouse_tracking, mode);
    }
    outer.want_mouse(MouseWanted::none);
    EXPECT_EQ(sent(), "");
}

} // namespace
} // namespace lunette::tty
