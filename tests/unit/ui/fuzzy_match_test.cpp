#include "ui/fuzzy_match.h"

#include <gtest/gtest.h>

#include <string>

namespace lunette::ui {

namespace {

int score(std::string_view pattern, std::string_view text) {
    const auto match = fuzzy_match(pattern, text);
    return match ? match->score : -1000;
}

std::vector<std::size_t> positions(std::string_view pattern, std::string_view text) {
    const auto match = fuzzy_match(pattern, text);
    return match ? match->positions : std::vector<std::size_t>{};
}

TEST(FuzzyMatch, FindsCharactersInOrderInAnyCase) {
    EXPECT_TRUE(fuzzy_match("spl", "Split Horizontal"));
    EXPECT_TRUE(fuzzy_match("SHZ", "split horizontal"));
    EXPECT_FALSE(fuzzy_match("lps", "split"));
    EXPECT_FALSE(fuzzy_match("splitx", "split"));
    EXPECT_FALSE(fuzzy_match("a", ""));
}

TEST(FuzzyMatch, AnEmptyPatternMatchesEverythingEqually) {
    EXPECT_EQ(score("", "anything"), 0);
    EXPECT_EQ(score("   ", ""), 0);
}

TEST(FuzzyMatch, RunsAndWordStartsAreBetter) {
    EXPECT_GT(score("tab", "new tab"), score("tab", "toggle a bar"));
    EXPECT_GT(score("nt", "New Tab"), score("nt", "content"));
    EXPECT_GT(score("at", "ActivateTab"), score("at", "charted"));
    EXPECT_GT(score("pane", "pane"), score("pane", "activate pane"));
}

TEST(FuzzyMatch, EachWordOfThePatternIsSearchedOnItsOwn) {
    EXPECT_TRUE(fuzzy_match("tab close", "Close Current Tab"));
    EXPECT_FALSE(fuzzy_match("tab quit", "Close Current Tab"));
}

TEST(FuzzyMatch, SaysWhereTheCharactersAre) {
    EXPECT_EQ(positions("nt", "New Tab"), (std::vector<std::size_t>{0, 4}));
    EXPECT_EQ(positions("tab", "t a tab"), (std::vector<std::size_t>{4, 5, 6}));
    // Bytes, not characters.
    EXPECT_EQ(positions("\u00fcb", "\u00e4\u00fcb"), (std::vector<std::size_t>{2, 4}));
}

TEST(FuzzyMatch, FoldsTheCaseOfOtherAlphabets) {
    EXPECT_TRUE(fuzzy_match("\u00e4", "\u00c4"));
    EXPECT_TRUE(fuzzy_match("\u0416", "\u0436"));
    EXPECT_TRUE(fuzzy_match("\u03c9", "\u03a9"));
    EXPECT_TRUE(fuzzy_match("\u0142", "\u0141"));
}

TEST(FuzzyMatch, TakesAnyBytes) {
    EXPECT_TRUE(fuzzy_match("a", "\xff\xfe a"));
    EXPECT_FALSE(fuzzy_match("a", std::string_view("\0\xc3", 2)));
    EXPECT_FALSE(fuzzy_match(std::string(100, 'x'), std::string(99, 'x')));
    EXPECT_TRUE(fuzzy_match("x", std::string(100'000, 'x')));
}

} // namespace

} // namespace lunette::ui
