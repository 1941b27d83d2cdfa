// What others read: zones, links, lines to search in.

#include "terminal/logical_lines.h"
#include "terminal/semantic_zones.h"
#include "terminal_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

using Zones = std::vector<SemanticZone>;

constexpr std::string_view session = "\x1B]133;A\x07$ \x1B]133;B\x07ls\r\n\x1B]133;C\x07one\r\ntwo\r\n"
                                     "\x1B]133;D;0\x07\x1B]133;A\x07$ \x1B]133;B\x07";

TEST(SemanticZones, OfAShellSession) {
    Terminal terminal = make_terminal(10, 6);
    feed(terminal, session);
    EXPECT_EQ(semantic_zones(terminal), (Zones{{0, 0, 1, 0, Semantic::prompt},
                                               {2, 0, 3, 0, Semantic::input},
                                               {0, 1, 2, 2, Semantic::output},
                                               {0, 3, 1, 3, Semantic::prompt}}));
}

TEST(SemanticZones, SurviveScrollingAndReflow) {
    Terminal terminal = make_terminal(10, 2);
    feed(terminal, "\x1B]133;A\x07$ \x1B]133;B\x07"
                   "0123456789\r\n\x1B]133;C\x07語\r\nx\r\n");
    EXPECT_EQ(semantic_zones(terminal), (Zones{{0, 0, 1, 0, Semantic::prompt},
                                               {2, 0, 1, 1, Semantic::input},
                                               {0, 2, 0, 3, Semantic::output}}));
    EXPECT_TRUE(terminal.prompt_begins(-3));
    EXPECT_FALSE(terminal.prompt_begins(-2));
    terminal.resize(4, 2);
    EXPECT_EQ(semantic_zones(terminal), (Zones{{0, 0, 1, 0, Semantic::prompt},
                                               {2, 0, 3, 2, Semantic::input},
                                               {0, 3, 0, 4, Semantic::output}}));
    EXPECT_TRUE(terminal.prompt_begins(-4));
    terminal.resize(20, 10);
    EXPECT_TRUE(terminal.prompt_begins(0));
}

TEST(SemanticZones, APromptBeginsOnALineOfItsOwn) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "no newline\x1B]133;A\x07$ \x1B]133;P\x07> \x1B]133;L\x07x");
    EXPECT_EQ(screen_text(terminal), "no newline|$ >|x");
}

TEST(SemanticZones, InputCanEndWithItsLine) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "\x1B]133;I\x07in\r\nout\x1B[0m\x1B]133;I\x07in");
    EXPECT_EQ(semantic_zones(terminal), (Zones{{0, 0, 1, 0, Semantic::input},
                                               {0, 1, 2, 1, Semantic::output},
                                               {3, 1, 4, 1, Semantic::input}}));
    feed(terminal, "\x1B"
                   "cx");
    EXPECT_EQ(semantic_zones(terminal), (Zones{{0, 0, 0, 0, Semantic::output}}));
}

TEST(SemanticZones, BlanksBehindTheTextSeparateNothing) {
    Terminal terminal = make_terminal(10, 4);
    feed(terminal, "\x1B]133;A\x07$ \x1B[K\r\n\x1B]133;P\x07> x\x1B[K\x1B[H");
    EXPECT_EQ(semantic_zones(terminal).size(), 1U);
    EXPECT_TRUE(semantic_zones(make_terminal(10, 4)).empty());
}

TEST(Links, AreFoundUnderACellEvenWhenScrolledAway) {
    Terminal terminal = make_terminal(8, 2);
    feed(terminal, "a\x1B]8;id=1;http://x\x07"
                   "bc語\x1B]8;;\x07"
                   "d\r\n\r\n\r\n");
    const LinkId link = terminal.link_at(1, -2);
    EXPECT_EQ(terminal.link_uri(link), "http://x");
    EXPECT_EQ(terminal.link_at(4, -2), link) << "the second half of a wide character";
    EXPECT_EQ(terminal.link_at(0, -2), 0U);
    EXPECT_EQ(terminal.link_at(5, -2), 0U);
    EXPECT_EQ(terminal.link_at(99, 0), 0U);
    EXPECT_EQ(terminal.link_at(-1, 99), 0U);
}

std::vector<std::string> lines_of(const Terminal& terminal, std::int64_t row, LogicalLines::Direction way) {
    std::vector<std::string> texts;
    LogicalLines lines{terminal, row, way};
    while (lines.next()) texts.push_back(lines.text());
    return texts;
}

TEST(LogicalLines, GoBothWays) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "abcdefgh12\r\n\r\nlast line");
    using Texts = std::vector<std::string>;
    EXPECT_EQ(lines_of(terminal, 0, LogicalLines::Direction::down), (Texts{"abcdefgh12", "", "last line"}));
    EXPECT_EQ(lines_of(terminal, 1, LogicalLines::Direction::down), (Texts{"abcdefgh12", "", "last line"}));
    EXPECT_EQ(lines_of(terminal, 3, LogicalLines::Direction::down), (Texts{"", "last line"}));
    EXPECT_EQ(lines_of(terminal, 99, LogicalLines::Direction::up), (Texts{"last line", "", "abcdefgh12"}));
    EXPECT_EQ(lines_of(terminal, 1, LogicalLines::Direction::up), (Texts{"abcdefgh12"}));
}

TEST(LogicalLines, CanBeLeftAndTakenUpAgain) {
    Terminal terminal = make_terminal(4, 2);
    feed(terminal, "abcdefgh12\r\n\r\nlast line");
    for (const auto way : {LogicalLines::Direction::down, LogicalLines::Direction::up}) {
        std::vector<std::string> texts;
        std::int64_t row = way == LogicalLines::Direction::down ? 0 : 100;
        for (int i = 0; i < 3; ++i) {
            LogicalLines lines{terminal, row, way};
            ASSERT_TRUE(lines.next());
            texts.push_back(lines.text());
            row = lines.resume_row();
        }
        EXPECT_EQ(texts, lines_of(terminal, way == LogicalLines::Direction::down ? 0 : 100, way));
    }
}

TEST(LogicalLines, LongOnesComeInPiecesBothWays) {
    constexpr int rows = 2 * static_cast<int>(LogicalLines::max_rows) + 7;
    Terminal terminal = make_terminal(4, 2, 5000);
    std::string line;
    for (int i = 0; i < rows; ++i) line += fmt::format("{:4}", i);
    feed(terminal, line + "\r\n");
    for (const auto way : {LogicalLines::Direction::down, LogicalLines::Direction::up}) {
        const bool down = way == LogicalLines::Direction::down;
        std::string text;
        std::int64_t row = down ? 0 : rows - 1;
        for (int pieces = 0; pieces < 3; ++pieces) {
            LogicalLines lines{terminal, row, way, LogicalLines::Begin::exactly};
            ASSERT_TRUE(lines.next());
            text = down ? text + lines.text() : lines.text() + text;
            row = lines.resume_row();
        }
        EXPECT_EQ(text, line);
        EXPECT_EQ(row, down ? rows : -1);
    }
    LogicalLines up{terminal, rows / 2, LogicalLines::Direction::up};
    ASSERT_TRUE(up.next());
    EXPECT_EQ(up.last_row() - up.first_row() + 1, static_cast<std::int64_t>(LogicalLines::max_rows));
    EXPECT_GE(up.last_row(), rows / 2) << "the row is in it";
}

TEST(LogicalLines, KnowTheCellOfEveryByte) {
    Terminal terminal = make_terminal(5, 6);
    feed(terminal, "a語b\x1B[1;5H👍🏽e\u0301fg");
    LogicalLines lines{terminal, 0, LogicalLines::Direction::down};
    ASSERT_TRUE(lines.next());
    const std::string expected = "a語b👍🏽e\u0301fg";
    ASSERT_EQ(lines.text(), expected);
    const auto at = [&](std::string_view part) { return lines.position(expected.find(part)); };
    using Position = LogicalLines::Position;
    EXPECT_EQ(at("a"), (Position{0, 0}));
    EXPECT_EQ(at("語"), (Position{1, 0}));
    EXPECT_EQ(lines.position(expected.find("語") + 2), (Position{1, 0}));
    EXPECT_EQ(at("b"), (Position{3, 0}));
    EXPECT_EQ(at("👍"), (Position{0, 1}));
    EXPECT_EQ(at("🏽"), (Position{0, 1}));
    EXPECT_EQ(at("e\u0301"), (Position{2, 1}));
    EXPECT_EQ(at("f"), (Position{3, 1}));
    EXPECT_EQ(at("g"), (Position{4, 1}));
}

TEST(LogicalLines, FindTextOverTheEdgesOfRows) {
    Terminal terminal = make_terminal(6, 2, 1000);
    for (int i = 0; i < 100; ++i) feed(terminal, "some Needle in hay\r\n");
    LogicalLines lines{terminal, 1'000'000, LogicalLines::Direction::up};
    std::vector<TextMatch> matches;
    while (matches.size() < 3 && lines.next())
        find_in_line(lines, "needle", LetterCase::ascii_insensitive, 3, matches);
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    ASSERT_EQ(matches.size(), 3U);
    EXPECT_EQ(matches[0], (TextMatch{{5, above - 2}, {4, above - 1}}));
    EXPECT_EQ(matches[1].first.y, above - 5);
    matches.clear();
    find_in_line(lines, "needle", LetterCase::sensitive, 3, matches);
    find_in_line(lines, "", LetterCase::sensitive, 3, matches);
    EXPECT_TRUE(matches.empty());
    find_in_line(lines, "e", LetterCase::sensitive, 2, matches);
    EXPECT_EQ(matches.size(), 2U);
}

TEST(LogicalLines, EndlessOnesComeInPieces) {
    Terminal terminal = make_terminal(10, 4, 100'000);
    feed(terminal, std::string(10 * LogicalLines::max_rows * 2, 'x'));
    for (const auto way : {LogicalLines::Direction::down, LogicalLines::Direction::up}) {
        std::size_t total = 0;
        for (const std::string& text : lines_of(terminal, 0, way)) {
            EXPECT_LE(text.size(), 10 * LogicalLines::max_rows);
            total += text.size();
        }
        EXPECT_GT(total, 0U);
    }
    std::size_t total = 0;
    for (const std::string& text : lines_of(terminal, 0, LogicalLines::Direction::down)) total += text.size();
    EXPECT_EQ(total, 10 * LogicalLines::max_rows * 2);
}

} // namespace
} // namespace lunette::terminal::testing
