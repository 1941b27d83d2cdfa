#include "terminal/scrollback.h"

#include "terminal_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

Row row_of(std::string_view text, StyleId style = 0, bool wrapped = false) {
    Row row;
    for (const char c : text)
        row.cells.push_back(Cell::character(static_cast<unsigned char>(c), Cell::Shape::narrow, style));
    row.used = static_cast<int>(row.cells.size());
    row.wrapped = wrapped;
    return row;
}

std::string text_of(const Scrollback& scrollback, std::size_t i) {
    std::vector<Cell> cells;
    scrollback.unpack(i, cells);
    std::string text;
    for (const Cell cell : cells) text += static_cast<char>(cell.code_point());
    return text;
}

TEST(Scrollback, KeepsTheNewestLines) {
    Scrollback scrollback{3, 100};
    for (const char* text : {"1", "2", "3", "4", "5"}) scrollback.push(row_of(text));
    ASSERT_EQ(scrollback.size(), 3U);
    EXPECT_EQ(text_of(scrollback, 0), "3");
    EXPECT_EQ(text_of(scrollback, 2), "5");
    scrollback.set_limit(1);
    EXPECT_EQ(text_of(scrollback, 0), "5");
    Scrollback none{0, 100};
    none.push(row_of("x"));
    EXPECT_EQ(none.size(), 0U);
}

TEST(Scrollback, GivesBackEveryCell) {
    Scrollback scrollback{10, 100};
    Row row = row_of("plain");
    row.cells[1] = Cell::character(U'語', Cell::Shape::wide, 7);
    row.cells[2] = Cell::character(0, Cell::Shape::wide_tail, 7);
    row.cells[3] = Cell::cluster(5, Cell::Shape::narrow, 8);
    row.cells[4] = Cell::blank(9);
    row.wrapped = true;
    row.mark = 'A';
    scrollback.push(row);
    scrollback.push(row_of("next"));
    std::vector<Cell> cells;
    scrollback.unpack(0, cells);
    EXPECT_EQ(cells, row.cells);
    EXPECT_FALSE(scrollback.wrapped(0)); // the next one does not continue it
    EXPECT_EQ(scrollback.mark(0), 'A');
    EXPECT_FALSE(scrollback.wrapped(1));
    scrollback.pop_line();
    const LogicalLine back = scrollback.pop_line();
    EXPECT_EQ(back.cells, row.cells);
    EXPECT_EQ(back.marks, (std::vector<std::pair<std::size_t, char>>{{0, 'A'}}));
    EXPECT_EQ(scrollback.size(), 0U);
}

TEST(Scrollback, PushingAndPoppingAcrossChunksKeepsOrder) {
    Scrollback scrollback{5000, 100};
    for (int i = 0; i < 20'000; ++i) scrollback.push(row_of(fmt::format("{:0100}", i)));
    for (int i = 19'999; i > 17'000; --i) ASSERT_EQ(scrollback.pop_line().cells.size(), 100U);
    EXPECT_EQ(text_of(scrollback, scrollback.size() - 1), fmt::format("{:0100}", 17'000));
    for (int i = 0; i < 4000; ++i) scrollback.push(row_of(fmt::format("{:0100}", i)));
    EXPECT_EQ(scrollback.size(), 5000U);
    EXPECT_EQ(text_of(scrollback, 4999), fmt::format("{:0100}", 3999));
    EXPECT_EQ(text_of(scrollback, 999), fmt::format("{:0100}", 17'000));
}

TEST(Scrollback, TenThousandLinesStayWithinTheirBudget) {
    Terminal plain = make_terminal(80, 24, 10'000);
    Terminal colourful = make_terminal(80, 24, 10'000);
    for (int i = 0; i < 10'100; ++i) {
        feed(plain, std::string(80, 'x') + "\r\n");
        std::string line;
        for (int word = 0; word < 16; ++word) line += fmt::format("\x1B[38;5;{}mword ", (i + word) % 256);
        feed(colourful, line + "\r\n");
    }
    EXPECT_EQ(plain.scrollback_size(), 10'000U);
    EXPECT_LT(plain.memory_bytes(), 6U << 20);
    EXPECT_LT(colourful.memory_bytes(), 8U << 20);
    EXPECT_LT(make_terminal(200, 50).memory_bytes(), 64U << 10);
}

TEST(Scrollback, TheLimitOfATerminalCanChange) {
    Terminal terminal = make_terminal(4, 1, 10);
    for (int i = 0; i < 20; ++i) feed(terminal, fmt::format("{}\r\n", i));
    EXPECT_EQ(terminal.scrollback_size(), 10U);
    EXPECT_EQ(terminal.row_text(-1), "19");
    EXPECT_EQ(terminal.row_text(-10), "10");
    EXPECT_EQ(terminal.row_text(-11), "");
    terminal.set_scrollback_lines(2);
    EXPECT_EQ(terminal.row_text(-2), "18");
    EXPECT_EQ(terminal.scrollback_size(), 2U);
    terminal.clear_scrollback();
    EXPECT_EQ(terminal.scrollback_size(), 0U);
}

} // namespace
} // namespace lunette::terminal::testing
