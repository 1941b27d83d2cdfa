#include "cli/scenario.h"

#include <gtest/gtest.h>

namespace lunette::cli {

namespace {

TEST(ScenarioTest, SplitsWordsTextsAndComments) {
    const auto steps =
        parse_scenario("# nothing\n\nstart tabs 2, columns 100\ntype \"a \\\"b\\\"\\n\" # end\n");
    ASSERT_TRUE(steps) << steps.error();
    ASSERT_EQ(steps->size(), 2U);
    EXPECT_EQ((*steps)[0].line, 3);
    EXPECT_EQ((*steps)[0].number_after("tabs"), 2);
    EXPECT_EQ((*steps)[0].number_after("columns"), 100);
    EXPECT_FALSE((*steps)[0].number_after("rows"));
    EXPECT_EQ((*steps)[1].source, "type \"a \\\"b\\\"\\n\"");
    ASSERT_TRUE((*steps)[1].quoted());
    EXPECT_EQ(*(*steps)[1].quoted(), "a \"b\"\n");
    EXPECT_EQ((*steps)[1].quoted(1), nullptr);
}

TEST(ScenarioTest, AQuotedWordIsNoWord) {
    const auto steps = parse_scenario("expect \"tabs\" 3");
    ASSERT_TRUE(steps);
    EXPECT_EQ((*steps)[0].word(1), "");
    EXPECT_FALSE((*steps)[0].number_after("tabs"));
    EXPECT_EQ((*steps)[0].number(2), 3);
}

TEST(ScenarioTest, SaysWhereItIsWrong) {
    EXPECT_EQ(parse_scenario("start\ntype \"open").error(), "2: the text is not closed");
    EXPECT_EQ(parse_scenario("type \"\\q\"").error(), "1: unknown escape \\q");
}

TEST(ScenarioTest, Durations) {
    EXPECT_EQ(parse_duration_us("600ms"), 600'000);
    EXPECT_EQ(parse_duration_us("1.5s"), 1'500'000);
    EXPECT_EQ(parse_duration_us("20us"), 20);
    EXPECT_FALSE(parse_duration_us("600"));
    EXPECT_FALSE(parse_duration_us("-1s"));
    EXPECT_FALSE(parse_duration_us("soon"));
}

} // namespace

} // namespace lunette::cli
