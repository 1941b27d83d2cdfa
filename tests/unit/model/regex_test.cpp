#include "model/regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lunette::model {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Regex compiled(std::string_view pattern, Regex::Case letter_case = Regex::Case::sensitive) {
    auto regex = Regex::compile(pattern, letter_case);
    EXPECT_TRUE(regex) << regex.error();
    return std::move(*regex);
}

// Texts of the match's groups, "-" for those without.
std::vector<std::string> groups(std::string_view pattern, std::string_view text, std::size_t from = 0) {
    Regex regex = compiled(pattern);
    std::vector<std::string> found;
    for (const Regex::Group& group : regex.search(text, from))
        found.emplace_back(group.matched() ? text.substr(group.begin, group.end - group.begin) : "-");
    return found;
}

TEST(Regex, FindsGroups) {
    EXPECT_THAT(groups(R"((\w+)://(\S+))", "see http://a/b now"), ElementsAre("http://a/b", "http", "a/b"));
    EXPECT_THAT(groups("(a)|(b)", "xb"), ElementsAre("b", "-", "b"));
    EXPECT_THAT(groups("(b)|(a)|(c)", "xb"), ElementsAre("b", "b", "-", "-")) << "groups at the end, too";
    EXPECT_THAT(groups("a", "xyz"), ElementsAre());
}

TEST(Regex, SearchesFromAPlaceAndSeesWhatIsBefore) {
    EXPECT_THAT(groups("a+", "aa-aaa", 2), ElementsAre("aaa"));
    EXPECT_THAT(groups("(?<=-)a", "-a", 1), ElementsAre("a"));
    EXPECT_THAT(groups("^a", "aa", 1), ElementsAre());
    EXPECT_THAT(groups("a*", "bbb", 3), ElementsAre("")) << "at the end";
}

TEST(Regex, KnowsWhatWezTermsPatternsUse) {
    EXPECT_THAT(groups(R"(\b\w+://[^\s()]*\(\S*\)(?=\s|$|[^_/a-zA-Z0-9-]))", "x http://a/(b) y"),
                ElementsAre("http://a/(b)"));
    EXPECT_THAT(groups(R"(\p{Greek}+)", "abc δέλτα"), ElementsAre("δέλτα"));
    EXPECT_THAT(groups(R"(\w+)", "«größe»"), ElementsAre("größe"));
    EXPECT_THAT(groups("(?i)ABC", "xabc"), ElementsAre("abc"));
    EXPECT_THAT(groups("b$", "b\n"), ElementsAre()) << "the end is the end of the text";
}

TEST(Regex, CaseCanBeIgnored) {
    Regex regex = compiled("straße", Regex::Case::insensitive);
    EXPECT_FALSE(regex.search("STRAßE").empty());
    EXPECT_TRUE(compiled("straße").search("STRAßE").empty());
}

TEST(Regex, SaysWhatIsWrong) {
    const auto regex = Regex::compile("a(b");
    ASSERT_FALSE(regex);
    EXPECT_THAT(regex.error(), HasSubstr("parenthesis"));
    EXPECT_THAT(regex.error(), HasSubstr("byte 3"));
    EXPECT_FALSE(Regex::compile(R"(\C)")) << "half a character";
    EXPECT_FALSE(Regex::compile(std::string(5000, 'a')));
    EXPECT_FALSE(Regex::compile("\xFF"));
}

TEST(Regex, GivesUpInsteadOfTryingForEver) {
    Regex regex = compiled("^(a+)+$");
    EXPECT_TRUE(regex.search(std::string(60, 'a') + 'b').empty());
    EXPECT_TRUE(regex.gave_up());
    EXPECT_FALSE(regex.search("aaa").empty());
    EXPECT_FALSE(regex.gave_up());
}

TEST(Regex, LongTextsAreSearchedInStretches) {
    std::string text;
    while (text.size() < 50'000) text += "ß-";
    EXPECT_THAT(groups(R"(\w+://\S+)", text + " x://y"), ElementsAre("x://y"));
    // All one word: each beginning tries to the end of its stretch, not of the text.
    std::string word(20'000, 'w');
    EXPECT_THAT(groups(R"(\w+[:;])", word), ElementsAre());
    word += ':';
    EXPECT_EQ(groups(R"(\w+[:;])", word).size(), 1U);
    EXPECT_THAT(groups("b$", std::string(4095, 'a') + "bb"), ElementsAre("b"));
    EXPECT_EQ(compiled("b$").search(std::string(4095, 'a') + "bb").front().begin, 4096U)
        << "the end of a stretch is not the end";
}

TEST(Regex, FindsTextAndItsLastGroup) {
    const auto part = [](const char* pattern, std::string_view text, std::size_t from = 0) {
        auto regex = Regex::compile(pattern);
        const auto found = regex ? regex->find(text, from) : std::nullopt;
        return found ? std::string{text.substr(found->part.begin, found->part.end - found->part.begin)}
                     : "none";
    };
    EXPECT_EQ(part("b+", "aabbb"), "bbb");
    EXPECT_EQ(part("b+", "aabbb", 4), "b");
    EXPECT_EQ(part("(a)(b)(x)?", "aabbb"), "b") << "a group that took no part does not count";
    EXPECT_EQ(part("a(x*)b", "aabbb"), "ab") << "nor one without text";
    EXPECT_EQ(part("x*", "ééxx"), "xx") << "matches without text are passed over";
    EXPECT_EQ(part("x*", "éé"), "none");
    EXPECT_EQ(part("^a", "aa", 1), "none");
}

} // namespace
} // namespace lunette::model
