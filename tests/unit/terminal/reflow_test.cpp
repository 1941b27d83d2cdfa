// Logical lines over the border between screen and scrollback, at changing widths.

#include "terminal_text.h"

#include "model/width.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace lunette::terminal::testing {
namespace {

std::string everything(const Terminal& terminal) { return terminal.last_lines(1'000'000, LineJoin::logical); }

std::int64_t oldest(const Terminal& terminal) {
    return -static_cast<std::int64_t>(terminal.scrollback_size());
}

std::string rows_from(const Terminal& terminal, std::int64_t first, std::int64_t last) {
    std::string text;
    for (std::int64_t y = first; y <= last; ++y) {
        if (y > first) text += '|';
        text += terminal.row_text(y);
    }
    return text;
}

// No row is wider than the screen, and the joined rows give the text of the lines.
void expect_consistent(const Terminal& terminal, const std::string& what) {
    std::vector<Cell> buffer;
    for (std::int64_t y = oldest(terminal); y < terminal.rows(); ++y) {
        const std::span<const Cell> cells = terminal.row(y, buffer);
        ASSERT_LE(cells.size(), static_cast<std::size_t>(terminal.columns())) << what << " row " << y;
        if (!cells.empty() && terminal.columns() > 1) {
            ASSERT_FALSE(cells.front().is_tail()) << what << " row " << y;
            ASSERT_FALSE(cells.back().is_wide()) << what << " row " << y;
        }
    }
    ASSERT_TRUE(terminal.row(oldest(terminal) - 1, buffer).empty()) << what;
    ASSERT_FALSE(terminal.row_wrapped(oldest(terminal) - 1)) << what;
}

TEST(Reflow, TheScrollbackIsShownAtTheNewWidth) {
    Terminal terminal = make_terminal(8, 2);
    feed(terminal, "abcdefgh12345\r\nshort\r\n\r\nx\r\ny");
    EXPECT_EQ(rows_from(terminal, oldest(terminal), -1), "abcdefgh|12345|short|");
    terminal.resize(4, 2);
    EXPECT_EQ(rows_from(terminal, oldest(terminal), -1), "abcd|efgh|1234|5|shor|t|");
    EXPECT_TRUE(terminal.row_wrapped(oldest(terminal)));
    EXPECT_FALSE(terminal.row_wrapped(oldest(terminal) + 3));
    terminal.resize(20, 2);
    EXPECT_EQ(rows_from(terminal, oldest(terminal), -1), "abcdefgh12345|short|");
    terminal.resize(8, 2);
    EXPECT_EQ(rows_from(terminal, oldest(terminal), -1), "abcdefgh|12345|short|");
}

TEST(Reflow, WideCharactersInTheScrollbackAreNeverSplit) {
    Terminal terminal = make_terminal(8, 1);
    feed(terminal, "a語語語語語b\r\n");
    for (const int columns : {7, 6, 5, 4, 3}) {
        terminal.resize(columns, 1);
        expect_consistent(terminal, std::to_string(columns));
        EXPECT_EQ(everything(terminal), "a語語語語語b") << columns;
    }
}

TEST(Reflow, AResizeTouchesOnlyWhatIsSeen) {
    constexpr int rows = 50;
    for (const std::string_view word : {"0123456789 ", "色は匂へど "}) {
        Terminal terminal = make_terminal(200, rows, 100'000);
        std::string line;
        while (model::text_width(line) < 150) line += word;
        std::string lines;
        for (int i = 0; i < 100; ++i) lines += line + "\r\n";
        for (int i = 0; i < 1001; ++i) feed(terminal, lines);
        ASSERT_EQ(terminal.scrollback_size(), 100'000U);
        const std::uint64_t before = terminal.rows_touched();
        terminal.resize(80, rows);
        EXPECT_GE(terminal.scrollback_size(), 200'000U); // known without reading the lines
        EXPECT_GE(terminal.scrolled_rows(), terminal.scrollback_size());
        std::vector<Cell> buffer;
        for (int y = 0; y < rows; ++y) terminal.row(y, buffer);
        EXPECT_LE(terminal.rows_touched() - before, 4U * rows) << word;
        terminal.row_text(-50'000);
        EXPECT_LE(terminal.rows_touched() - before, 4U * rows + 4) << word;
    }
}

TEST(Reflow, ATextThatWaitsToWrapIsNotOverwrittenAfterAResize) {
    Terminal terminal = make_terminal(5, 3);
    feed(terminal, "abcde");
    terminal.resize(5, 4);
    feed(terminal, "f");
    EXPECT_EQ(everything(terminal), "abcdef");
}

TEST(Reflow, AClearedScreenDoesNotContinueTheScrollback) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "abcdefghij");
    ASSERT_TRUE(terminal.row_wrapped(-1));
    feed(terminal, "\x1B[2J\x1B[Hnew");
    EXPECT_FALSE(terminal.row_wrapped(-1));
    terminal.resize(8, 2);
    EXPECT_EQ(everything(terminal), "abcd\nnew");
}

TEST(Reflow, BlanksBeforeAWrappedCharacterStay) {
    Terminal terminal = make_terminal(6, 2);
    feed(terminal, "\x1B[6G語x");
    terminal.resize(12, 2);
    EXPECT_EQ(screen_text(terminal), "     語x");
}

TEST(Reflow, NothingContinuesItselfBelowTheRegion) {
    Terminal terminal = make_terminal(4, 3);
    feed(terminal, "\x1B[1;2r\x1B[3Habcdefgh");
    EXPECT_FALSE(terminal.row_wrapped(2));
    EXPECT_EQ(terminal.row_text(2), "efgh");
}

TEST(Reflow, APlaceInTheScrollbackIsFoundAtAnyWidth) {
    Terminal terminal = make_terminal(30, 3, 5000);
    for (int i = 0; i < 2500; ++i) feed(terminal, fmt::format("{:*>{}}語{}\r\n", i, i % 70, i));
    for (const std::int64_t y :
         {std::int64_t{-1}, std::int64_t{-40}, std::int64_t{-2000}, oldest(terminal)}) {
        terminal.resize(30, 3);
        const Terminal::Place place = terminal.place(y);
        EXPECT_EQ(terminal.row_at(place), y);
        std::vector<Cell> buffer;
        const std::span<const Cell> row = terminal.row(y, buffer);
        const Cell first = row.empty() ? Cell{} : row.front();
        for (const int columns : {11, 200, 29, 3}) {
            terminal.resize(columns, 3);
            const std::int64_t now = terminal.row_at(place);
            if (now == 0) continue; // back on the screen
            const std::span<const Cell> cells = terminal.row(now, buffer);
            EXPECT_NE(std::find(cells.begin(), cells.end(), first), cells.end()) << y << " at " << columns;
        }
    }
    terminal.resize(30, 3);
    const Terminal::Place gone = terminal.place(oldest(terminal));
    feed(terminal, std::string(20'000, '\n'));
    EXPECT_EQ(terminal.row_at(gone), oldest(terminal));
}

TEST(Reflow, AnEndlessLineIsBoundedAndComplete) {
    Terminal terminal = make_terminal(80, 10, 100'000);
    std::string text;
    for (int i = 0; text.size() < 200'000; ++i) text += std::to_string(i);
    feed(terminal, text);
    for (const int columns : {200, 33, 80, 79}) {
        const std::uint64_t before = terminal.rows_touched();
        terminal.resize(columns, 10);
        EXPECT_LT(terminal.rows_touched() - before, 2000U);
        EXPECT_EQ(everything(terminal), text) << columns;
    }
    feed(terminal, "!");
    EXPECT_EQ(everything(terminal), text + "!");
}

TEST(Reflow, ResizesDropNothingBeyondTheLimit) {
    Terminal terminal = make_terminal(100, 5, 20);
    std::string expected;
    for (int i = 0; i < 25; ++i) {
        const std::string line = fmt::format("{:090}", i);
        feed(terminal, line);
        expected += line;
        if (i < 24) {
            feed(terminal, "\r\n");
            expected += '\n';
        }
    }
    for (const int columns : {10, 3, 50, 100, 7}) {
        terminal.resize(columns, 5);
        EXPECT_EQ(everything(terminal), expected);
    }
    // Output brings the bound back.
    for (int i = 0; i < 500; ++i) feed(terminal, "\r\nz");
    EXPECT_EQ(terminal.scrollback_size(), 20U);
}

TEST(Reflow, OldRowsAreDroppedAtAnyWidth) {
    Terminal terminal = make_terminal(10, 1, 3000);
    for (int i = 0; i < 2900; ++i) feed(terminal, fmt::format("{:025}\r\n", i % 900));
    terminal.resize(7, 1);
    std::uint64_t top = terminal.scrolled_rows() - terminal.scrollback_size();
    for (int i = 0; i < 5000; ++i) {
        feed(terminal, fmt::format("{}\r\n", i));
        const std::uint64_t now = terminal.scrolled_rows() - terminal.scrollback_size();
        ASSERT_GE(now, top);
        top = now;
    }
    EXPECT_EQ(terminal.scrollback_size(), 3000U);
    EXPECT_EQ(terminal.row_text(-1), "4999");
    EXPECT_EQ(terminal.row_text(-3000), "2000");
}

TEST(Reflow, AStableRowIsTheSameTextWhileOutputComes) {
    Terminal terminal = make_terminal(10, 4, 5000);
    std::mt19937 random{11};
    for (int i = 0; i < 300; ++i) feed(terminal, std::string(random() % 40, 'a' + char(i % 26)) + "\r\n");
    terminal.resize(7, 4);
    const auto stable = [&](std::int64_t row) {
        return terminal.row_text(row - static_cast<std::int64_t>(terminal.scrolled_rows()));
    };
    const auto row = static_cast<std::int64_t>(terminal.scrolled_rows()) - 50;
    const std::string text = stable(row);
    for (int i = 0; i < 200; ++i) {
        feed(terminal, "語more than a row\r\n");
        ASSERT_EQ(stable(row), text) << i;
    }
}

// Lines of all kinds, sizes of all kinds, output in between.
TEST(Reflow, NoSequenceOfResizesAndOutputLosesText) {
    constexpr std::string_view parts[] = {
        "word ", "x", "色は匂へど", "e\u0301", "👨‍👩‍👧", "\x1B[31mred\x1B[m", "  "};
    constexpr std::string_view shown[] = {"word ", "x", "色は匂へど", "e\u0301", "👨‍👩‍👧",
                                          "red",   "  "};
    const unsigned seed = std::random_device{}();
    for (unsigned round = 0; round < 15; ++round) {
        SCOPED_TRACE(fmt::format("seed {} round {}", seed, round));
        std::mt19937 random{seed + round};
        Terminal terminal =
            make_terminal(2 + static_cast<int>(random() % 60), 1 + static_cast<int>(random() % 12), 100'000);
        std::string expected;
        for (int step = 0; step < 40; ++step) {
            for (unsigned line = random() % 6; line > 0; --line) {
                std::string text = ">";
                feed(terminal, ">");
                for (unsigned i = random() % (random() % 9 == 0 ? 100 : 12); i > 0; --i) {
                    const std::size_t part = random() % std::size(parts);
                    feed(terminal, parts[part]);
                    text += shown[part];
                }
                feed(terminal, "<\r\n");
                expected += text + "<\n";
            }
            terminal.resize(2 + static_cast<int>(random() % (random() % 3 == 0 ? 300 : 40)),
                            1 + static_cast<int>(random() % 20));
            ASSERT_EQ(everything(terminal) + '\n', expected.empty() ? "\n" : expected) << "step " << step;
            expect_consistent(terminal, fmt::format("step {}", step));
        }
    }
}

} // namespace
} // namespace lunette::terminal::testing
