#include "tty/encoder.h"

#include "model/width.h"
#include "tty/screen_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace lunette::tty {
namespace {

// A session of 100x30 with an encoder that has shown its frame.
class EncoderCost : public testing::Test {
protected:
    EncoderCost() {
        TerminalHints hints;
        hints.term = "xterm-direct";
        hints.locale = "C.UTF-8";
        can_ = capabilities_of(hints);
        can_.synchronized_output = true;
    }

    void begin() {
        encoder_.set_capabilities(can_);
        encoder_.restart();
        oracle_.feed("\x1B[?7l\x1B[m\x1B[2J\x1B[?25h\x1B[H");
        show();
    }
    std::string show() {
        std::string out;
        encoder_.present(out, frame_, 100, 30);
        oracle_.feed(out);
        EXPECT_EQ(oracle_.difference(frame_, can_), "") << testing::PrintToString(out);
        return out;
    }
    void cursor(int x, int y) {
        ui::FrameCursor cursor;
        cursor.x = x;
        cursor.y = y;
        cursor.visible = true;
        frame_.set_cursor(cursor);
    }
    void text(int x, int y, std::string_view text, const ui::FrameStyle& style = {}) {
        frame_.put_text(x, y, text, style, 100 - x);
    }
    void log_line(int n) { text(0, n % 30, "line " + std::to_string(n) + " of a log that is somewhat long"); }

    Capabilities can_;
    Encoder encoder_;
    ScreenOracle oracle_{100, 30};
    ui::Frame frame_{100, 30};
};

TEST_F(EncoderCost, ATypedCharacterIsOneByte) {
    text(0, 4, "$ ");
    cursor(2, 4);
    begin();
    std::vector<std::size_t> sizes;
    const std::string typed = "ls -la | grep \u00E4";
    int x = 2;
    for (const model::Grapheme& grapheme : model::Graphemes{typed}) {
        text(x, 4, grapheme.text);
        cursor(++x, 4);
        sizes.push_back(show().size());
    }
    EXPECT_EQ(*std::max_element(sizes.begin(), sizes.end()), 2u);
    EXPECT_EQ(std::count(sizes.begin(), sizes.end(), 1u), static_cast<std::ptrdiff_t>(sizes.size()) - 1);
    // And one that is taken back.
    text(x - 1, 4, " ");
    cursor(x - 1, 4);
    EXPECT_LE(show().size(), 4u);
}

TEST_F(EncoderCost, AnyCellIsCheap) {
    cursor(10, 10);
    begin();
    std::mt19937 random{1};
    for (int i = 0; i < 250; ++i) {
        ui::FrameStyle style;
        if (random() % 2)
            style.foreground = model::TextColor::direct(200, 100, static_cast<std::uint8_t>(random()));
        if (random() % 2) style.attributes = ui::FrameStyle::bold;
        text(static_cast<int>(random() % 100), static_cast<int>(random() % 30), "x", style);
        ASSERT_LE(show().size(), 40u);
    }
    for (int i = 0; i < 250; ++i) {
        ui::FrameStyle style;
        style.foreground = model::TextColor::indexed(static_cast<std::uint8_t>(random() % 256));
        text(static_cast<int>(random() % 100), static_cast<int>(random() % 30), "y", style);
        ASSERT_LE(show().size(), 32u);
    }
}

TEST_F(EncoderCost, OnlyTheCursorMoves) {
    cursor(10, 10);
    begin();
    cursor(11, 10);
    EXPECT_EQ(show(), " ");
    cursor(0, 10);
    EXPECT_EQ(show(), "\r");
    cursor(0, 11);
    EXPECT_EQ(show(), "\n");
    cursor(99, 29);
    EXPECT_EQ(show(), "\x1B[30;100H");
    cursor(98, 29);
    EXPECT_EQ(show(), "\b");
    cursor(0, 0);
    EXPECT_EQ(show(), "\x1B[H");
}

TEST_F(EncoderCost, ALogScrollsInsteadOfBeingWrittenAgain) {
    for (int y = 0; y < 30; ++y) log_line(y);
    cursor(0, 29);
    begin();
    for (int n = 30; n < 60; ++n) {
        for (int y = 0; y < 29; ++y) {
            const auto from = frame_.row(y + 1);
            frame_.put(0, y, std::vector<ui::FrameCell>(from.begin(), from.end()));
        }
        frame_.put(0, 29, std::vector<ui::FrameCell>(100));
        text(0, 29, "line " + std::to_string(n) + " of a log that is somewhat long");
        const std::string out = show();
        EXPECT_NE(out.find("\x1B[S"), std::string::npos);
        EXPECT_LT(out.size(), 80u);
    }
}

TEST_F(EncoderCost, ScrollsBetweenBars) {
    for (const bool scrolls : {true, false}) {
        can_.scroll_up_down = scrolls;
        frame_.clear();
        text(0, 0, " a tab bar ");
        text(0, 29, " a status line ");
        for (int y = 1; y < 29; ++y) log_line(y);
        begin();
        for (int i = 0; i < 2; ++i) {
            // Down, as a pager does backwards, then up.
            std::vector<std::vector<ui::FrameCell>> rows;
            for (int y = 1; y < 29; ++y) rows.emplace_back(frame_.row(y).begin(), frame_.row(y).end());
            for (int y = 1; y < 29; ++y) {
                const int from = i == 0 ? y - 1 - 3 : y - 1 + 3;
                if (from >= 0 && from < 28)
                    frame_.put(0, y, rows[static_cast<std::size_t>(from)]);
                else
                    log_line(y + 30 * (i + 2));
            }
            const std::string out = show();
            EXPECT_NE(out.find("\x1B[2;29r"), std::string::npos);
            EXPECT_LT(out.size(), 250u);
        }
    }
}

TEST_F(EncoderCost, APaneScrollsBesideAnother) {
    can_.side_margins = true;
    for (const bool scrolls : {true, false}) {
        can_.scroll_up_down = scrolls;
        frame_.clear();
        for (int y = 0; y < 30; ++y) text(0, y, "left pane, row " + std::to_string(y) + " 語語");
        for (int y = 1; y < 30; ++y)
            text(30, y, "│right pane, line " + std::to_string(y) + (y % 3 ? " 語 x" : " y 語"));
        begin();
        for (int line = 30; line < 40; ++line) {
            for (int y = 1; y < 29; ++y) {
                const auto from = frame_.row(y + 1).subspan(31);
                frame_.put(31, y, std::vector<ui::FrameCell>(from.begin(), from.end()));
            }
            frame_.put(31, 29, std::vector<ui::FrameCell>(69));
            text(31, 29, "right pane, line " + std::to_string(line) + " 語");
            const std::string out = show();
            EXPECT_NE(out.find("\x1B[?69h\x1B[2;30r"), std::string::npos);
            EXPECT_LT(out.size(), 160u);
        }
    }
}

TEST_F(EncoderCost, WithoutMarginsAtTheSidesAPaneIsWrittenAgain) {
    for (int y = 0; y < 30; ++y) text(40, y, "line " + std::to_string(y));
    text(0, 3, "beside");
    begin();
    for (int y = 0; y < 30; ++y) text(40, y, "line " + std::to_string(y + 1));
    EXPECT_EQ(show().find("\x1B[?69"), std::string::npos);
}

TEST_F(EncoderCost, ErasesInsteadOfWritingBlanks) {
    text(0, 3, std::string(100, 'x'));
    cursor(0, 3);
    begin();
    frame_.put(0, 3, std::vector<ui::FrameCell>(100));
    EXPECT_EQ(show(), "\x1B[K");
}

TEST_F(EncoderCost, OneRowNeedsNoSynchronizing) {
    begin();
    text(0, 0, "a");
    EXPECT_EQ(show().find("\x1B[?2026h"), std::string::npos);
    text(0, 0, "b");
    text(0, 1, "b");
    const std::string out = show();
    EXPECT_EQ(out.find("\x1B[?2026h"), 0u);
    EXPECT_EQ(out.rfind("\x1B[?2026l"), out.size() - 8);
}

TEST_F(EncoderCost, AColumnIsAbsoluteAfterTextOfUncertainWidth) {
    begin();
    text(0, 0,
         "\U0001F468\u200D\U0001F469\u200D\U0001F467"
         "abc");
    std::string out = show();
    EXPECT_NE(out.find("\x1B[3Gabc"), std::string::npos) << testing::PrintToString(out);
    can_.widths = {2, 2, 2, 1};
    encoder_.set_capabilities(can_);
    text(0, 1,
         "\U0001F468\u200D\U0001F469\u200D\U0001F467"
         "abc");
    out = show();
    EXPECT_NE(out.find("\U0001F467"
                       "abc"),
              std::string::npos)
        << testing::PrintToString(out);
}

TEST_F(EncoderCost, LinksAndTitlesCarryNoControls) {
    begin();
    ui::FrameStyle style;
    style.link = frame_.link("https://x.org/\x1B]0;evil\x07", "i:d;\x1B");
    text(0, 0, "bad", style);
    style.link = frame_.link("https://x.org/", "i:d;\x1B");
    text(0, 1, "good", style);
    std::string out;
    encoder_.present(out, frame_, 100, 30);
    EXPECT_EQ(out.find("evil"), std::string::npos);
    EXPECT_NE(out.find("https://x.org/\x1B\\good"), std::string::npos) << testing::PrintToString(out);
    EXPECT_EQ(out.find("i:d"), std::string::npos);
    out.clear();
    encoder_.set_title(out, "a\x1B\x07\u0085\xFF\u00E4");
    EXPECT_EQ(out, "\x1B]2;a\uFFFD\u00E4\x1B\\");
    out.clear();
    encoder_.set_title(out, "a\x1B\x07\u0085\xFF\u00E4");
    EXPECT_EQ(out, "");
    encoder_.set_cursor_color(out, Rgb{255, 0, 16});
    EXPECT_EQ(out, "\x1B]12;#ff0010\x1B\\");
    out.clear();
    encoder_.set_cursor_color(out, std::nullopt);
    EXPECT_EQ(out, "\x1B]112\x1B\\");
}

TEST_F(EncoderCost, FramesTakeTurns) {
    // Two frames whose ids mean different things.
    begin();
    ui::Frame other{100, 30};
    ui::FrameStyle red;
    red.foreground = model::TextColor::indexed(1);
    ui::FrameStyle green;
    green.foreground = model::TextColor::indexed(2);
    text(0, 0, "same", red);
    other.put_text(0, 0, "same", green, 10);
    for (int i = 0; i < 3; ++i) {
        show();
        std::string out;
        encoder_.present(out, other, 100, 30);
        oracle_.feed(out);
        EXPECT_EQ(oracle_.difference(other, can_), "");
    }
}

} // namespace
} // namespace lunette::tty
