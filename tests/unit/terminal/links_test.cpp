#include "terminal_text.h"

#include "terminal/links.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace lunette::terminal::testing {
namespace {

using Position = LogicalLines::Position;

LinkRule rule(std::string_view regex, std::string format = "$0", std::size_t highlight = 0) {
    auto compiled = model::Regex::compile(regex);
    EXPECT_TRUE(compiled) << compiled.error();
    return {std::move(*compiled), std::move(format), highlight};
}

// Some of WezTerm's default rules.
std::vector<LinkRule> rules() {
    std::vector<LinkRule> rules;
    rules.push_back(rule(R"(\((\w+://\S+)\))", "$1", 1));
    rules.push_back(rule(R"(\b\w+://\S+[_/a-zA-Z0-9-])"));
    rules.push_back(rule(R"(\b\w+@[\w-]+(\.[\w-]+)+\b)", "mailto:$0"));
    return rules;
}

std::string uri_at(const Terminal& terminal, std::int64_t x, std::int64_t row) {
    std::vector<LinkRule> all = rules();
    const auto found = find_link(terminal, all, x, row);
    return found ? found->uri : "";
}

TEST(FindLink, ByRules) {
    Terminal terminal = make_terminal(40, 4);
    feed(terminal, "see http://a.b/c, or (ftp://x/y) now\r\nme@home.org  語");
    EXPECT_EQ(uri_at(terminal, 3, 0), "");
    EXPECT_EQ(uri_at(terminal, 4, 0), "http://a.b/c");
    EXPECT_EQ(uri_at(terminal, 15, 0), "http://a.b/c");
    EXPECT_EQ(uri_at(terminal, 16, 0), "") << "the comma";
    EXPECT_EQ(uri_at(terminal, 21, 0), "") << "the parenthesis is not highlighted";
    EXPECT_EQ(uri_at(terminal, 22, 0), "ftp://x/y");
    EXPECT_EQ(uri_at(terminal, 5, 1), "mailto:me@home.org");
    EXPECT_EQ(uri_at(terminal, 30, 1), "");
    EXPECT_EQ(uri_at(terminal, 13, 1), "");
    EXPECT_EQ(uri_at(terminal, -1, 0), "");
    EXPECT_EQ(uri_at(terminal, 3, 99), "");
    EXPECT_EQ(uri_at(terminal, 3, -99), "");
}

TEST(FindLink, OverTheEdgesOfRowsAndInTheScrollback) {
    Terminal terminal = make_terminal(8, 2);
    feed(terminal, "1\r\n、http://ab/cdef/g h\r\n\r\n\r\n");
    std::vector<LinkRule> all = rules();
    for (const auto& [x, row] : {std::pair{2, 1}, {0, 2}, {7, 2}, {1, 3}}) {
        const auto found = find_link(terminal, all, x, row);
        ASSERT_TRUE(found) << x << ' ' << row;
        EXPECT_EQ(found->uri, "http://ab/cdef/g");
        EXPECT_EQ(found->first, (Position{2, 1}));
        EXPECT_EQ(found->last, (Position{1, 3}));
        EXPECT_TRUE(found->implicit);
    }
    EXPECT_FALSE(find_link(terminal, all, 1, 1)) << "the second half of the character before";
    EXPECT_FALSE(find_link(terminal, all, 3, 3));
}

TEST(FindLink, WhatTheProgramMadeGoesBeforeTheRules) {
    Terminal terminal = make_terminal(6, 4);
    feed(terminal, "ab\x1B]8;;x://made\x1B\\http://y\x1B]8;;\x1B\\ z");
    std::vector<LinkRule> all = rules();
    for (const auto& [x, row] : {std::pair{2, 0}, {5, 0}, {0, 1}, {3, 1}}) {
        const auto found = find_link(terminal, all, x, row);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->uri, "x://made");
        EXPECT_EQ(found->first, (Position{2, 0}));
        EXPECT_EQ(found->last, (Position{3, 1}));
        EXPECT_FALSE(found->implicit);
    }
    EXPECT_FALSE(find_link(terminal, all, 4, 1));
    EXPECT_FALSE(find_link(terminal, all, 1, 0));
}

TEST(FindLink, TheLongestMatchWins) {
    Terminal terminal = make_terminal(40, 2);
    feed(terminal, "issue #12 of x://a#12");
    std::vector<LinkRule> all;
    all.push_back(rule("#(\\d+)", "http://tracker/$1?all=$0&$2$", 0));
    all.push_back(rule(R"(\w+://\S+)"));
    EXPECT_EQ(find_link(terminal, all, 7, 0)->uri, "http://tracker/12?all=#12&$2$") << "there is no group 2";
    EXPECT_EQ(find_link(terminal, all, 20, 0)->uri, "x://a#12");
}

TEST(FindLink, GroupsThatAreNotThereAreEmpty) {
    Terminal terminal = make_terminal(40, 2);
    feed(terminal, "$1$0-b");
    std::vector<LinkRule> all;
    all.push_back(rule(R"(((?:\$\d)+)-(a)?(b))", "[$1|$2|$3]", 3));
    const auto found = find_link(terminal, all, 5, 0);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->uri, "[$1$0||b]") << "what the text says is not expanded again";
    EXPECT_EQ(found->first, (Position{5, 0}));
    EXPECT_FALSE(find_link(terminal, all, 0, 0));
}

TEST(FindLink, HostileTextIsBounded) {
    Terminal terminal = make_terminal(200, 50, 5000);
    std::string text(200 * 3000, 'w');
    feed(terminal, text);
    feed(terminal, " http://end ");
    std::vector<LinkRule> all = rules();
    all.push_back(rule("(w+)+@"));
    all.push_back(rule(""));
    all.push_back(rule("$"));
    const auto last = static_cast<std::int64_t>(terminal.scrolled_rows()) + terminal.cursor().y;
    EXPECT_FALSE(find_link(terminal, all, 100, last - 20));
    EXPECT_TRUE(find_link(terminal, all, 5, last));
    EXPECT_FALSE(find_link(terminal, all, 100, 20)) << "far from where the line begins";
}

TEST(FindInLine, RegularExpressions) {
    Terminal terminal = make_terminal(6, 3);
    feed(terminal, "ab1 cd22 語3");
    LogicalLines line{terminal, 0, LogicalLines::Direction::down};
    ASSERT_TRUE(line.next());
    std::vector<TextMatch> matches;
    model::Regex regex = *model::Regex::compile(R"(\p{L}+\d+)");
    find_in_line(line, regex, 10, matches);
    EXPECT_EQ(matches, (std::vector<TextMatch>{{{0, 0}, {2, 0}}, {{4, 0}, {1, 1}}, {{3, 1}, {5, 1}}}));
    matches.clear();
    find_in_line(line, regex, 2, matches);
    EXPECT_EQ(matches.size(), 2U);
    matches.clear();
    model::Regex empty = *model::Regex::compile("x*");
    find_in_line(line, empty, 10, matches);
    EXPECT_TRUE(matches.empty());
}

} // namespace
} // namespace lunette::terminal::testing
