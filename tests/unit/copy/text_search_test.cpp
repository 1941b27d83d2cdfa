// Searching, a part at a time, while output goes on.

#include "copy/text_search.h"
#include "copy_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lunette::copy::testing {
namespace {

using model::CellRange;
using Kind = SearchPattern::Kind;
using terminal::Terminal;

std::vector<CellRange> all(const Terminal& terminal, Kind kind, const std::string& text) {
    TextSearch search;
    search.start(terminal, {kind, text});
    EXPECT_EQ(search.error(), "");
    while (search.step(terminal, 1)) {
    }
    return {search.matches().begin(), search.matches().end()};
}

using Ranges = std::vector<CellRange>;

TEST(TextSearch, FindsByEveryKind) {
    const Terminal terminal = make_terminal(20, 4, "Über foo Foo\r\nfOO über .oo");
    EXPECT_EQ(all(terminal, Kind::case_sensitive, "foo"), (Ranges{{{5, 0}, {7, 0}}}));
    EXPECT_EQ(all(terminal, Kind::ignore_case, "foo").size(), 3U);
    EXPECT_EQ(all(terminal, Kind::ignore_case, "ÜBER").size(), 2U);
    EXPECT_EQ(all(terminal, Kind::ignore_case, ".OO"), (Ranges{{{9, 1}, {11, 1}}})) << "no expression";
    EXPECT_EQ(all(terminal, Kind::smart_case, "foo").size(), 3U);
    EXPECT_EQ(all(terminal, Kind::smart_case, "Foo").size(), 1U);
    EXPECT_EQ(all(terminal, Kind::regex, "[fF]o+").size(), 2U);
    EXPECT_EQ(all(terminal, Kind::regex, "f(o)(x)?o"), (Ranges{{{6, 0}, {6, 0}}}))
        << "the last group that took part";
    EXPECT_EQ(all(terminal, Kind::ignore_case, "\\E"), Ranges{});
    EXPECT_EQ(all(terminal, Kind::case_sensitive, ""), Ranges{});
}

TEST(TextSearch, KnowsWideAndWrappedText) {
    const Terminal terminal = make_terminal(5, 4, "ab語cdefgh");
    EXPECT_EQ(all(terminal, Kind::case_sensitive, "語c"), (Ranges{{{2, 0}, {4, 0}}}));
    EXPECT_EQ(all(terminal, Kind::case_sensitive, "b語"), (Ranges{{{1, 0}, {2, 0}}}));
    EXPECT_EQ(all(terminal, Kind::case_sensitive, "cde"), (Ranges{{{4, 0}, {1, 1}}}));
}

TEST(TextSearch, SaysWhatIsWrong) {
    const Terminal terminal = make_terminal(5, 4, "(");
    TextSearch search;
    search.start(terminal, {Kind::regex, "("});
    EXPECT_NE(search.error().find("parenthes"), std::string::npos) << search.error();
    EXPECT_FALSE(search.step(terminal, 100));
    EXPECT_EQ(search.rows_left(), 0);
    search.start(terminal, {Kind::case_sensitive, "("});
    EXPECT_EQ(search.error(), "");
    EXPECT_FALSE(search.step(terminal, 100));
    EXPECT_EQ(search.matches().size(), 1U);
}

TEST(TextSearch, BeginsWithTheNewestAndGoesOn) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "row " + std::to_string(i) + "\r\n";
    const Terminal terminal = make_terminal(20, 10, text);
    TextSearch search;
    search.start(terminal, {Kind::case_sensitive, "row"});
    EXPECT_EQ(search.rows_left(), 101);
    EXPECT_TRUE(search.step(terminal, 10));
    EXPECT_EQ(search.matches().size(), 9U);
    EXPECT_EQ(search.matches().back().first.y, 99);
    EXPECT_EQ(search.rows_left(), 91);
    while (search.step(terminal, 10)) {
    }
    EXPECT_EQ(search.matches().size(), 100U);
    EXPECT_EQ(search.first_at({0, 42}), 42U);
    EXPECT_EQ(search.index_of({{0, 7}, {2, 7}}), 7U);
    EXPECT_EQ(search.index_of({{0, 7}, {3, 7}}), std::nullopt);
}

// Whatever is printed between the steps, the end is as if it had been searched then.
TEST(TextSearch, FollowsOutput) {
    Terminal terminal = make_terminal(8, 6, "", 40);
    TextSearch search;
    search.start(terminal, {Kind::case_sensitive, "ab"});
    std::uint32_t seed = 7;
    const auto random = [&](std::uint32_t below) {
        return (seed = seed * 1664525 + 1013904223) / 65536 % below;
    };
    for (int round = 0; round < 400; ++round) {
        static constexpr const char* pieces[] = {
            "ab",      "a",      "b ", "\r\n",         "xxabxxabxxab", "\x1b[2J",  "\x1b[H",
            "\x1b[3A", "\x1b[K", "語", "\r\n\r\n\r\n", "\x1b[3J",      "\x1b[5;1H"};
        for (std::uint32_t i = random(4); i > 0; --i) {
            const std::string_view piece = pieces[random(std::size(pieces))];
            terminal.feed({piece.data(), piece.size()});
        }
        search.step(terminal, 1 + random(8));
        if (round % 20 != 19) continue;
        while (search.step(terminal, 3)) {
        }
        ASSERT_EQ(Ranges(search.matches().begin(), search.matches().end()),
                  all(terminal, Kind::case_sensitive, "ab"))
            << "round " << round;
    }
}

TEST(TextSearch, ALineOfManyRowsComesInPieces) {
    std::string line;
    for (int i = 0; i < 5000; ++i) line += "ab.......";
    Terminal terminal = make_terminal(9, 3, line + "\r\n", 10'000);
    EXPECT_EQ(all(terminal, Kind::case_sensitive, "ab").size(), 5000U);
    TextSearch search;
    search.start(terminal, {Kind::case_sensitive, "ab"});
    search.step(terminal, 1);
    EXPECT_LE(search.matches().size(), terminal::LogicalLines::max_rows) << "one step, one piece";
    while (search.step(terminal, 1)) {
    }
    terminal.feed(std::string_view{"ab"}.substr(0));
    while (search.step(terminal, 1)) {
    }
    EXPECT_EQ(search.matches().size(), 5001U);
}

TEST(TextSearch, KeepsABoundedNumber) {
    std::string line(100, 'a');
    std::string text;
    for (int i = 0; i < 1500; ++i) text += line + "\r\n";
    Terminal terminal = make_terminal(100, 10, text, 2000);
    TextSearch search;
    search.start(terminal, {Kind::case_sensitive, "a"});
    while (search.step(terminal, 100)) {
    }
    EXPECT_TRUE(search.is_full());
    EXPECT_EQ(search.matches().size(), TextSearch::most_matches);
    EXPECT_EQ(search.matches().back().first.y, 1499) << "the newest are kept";
    terminal.feed(std::string_view{text}.substr(0, 20'000));
    while (search.step(terminal, 100)) {
    }
    EXPECT_EQ(search.matches().size(), TextSearch::most_matches);
    EXPECT_GT(search.matches().back().first.y, 1600);
}

} // namespace
} // namespace lunette::copy::testing
