#include "wezterm/format_values.h"
#include "wezterm/plugins.h"
#include "wezterm/shell_words.h"
#include "wezterm/url.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lunette::wezterm {
namespace {

TEST(ShellWords, QuoteOnlyWhatAShellWouldChange) {
    EXPECT_EQ(shell_quote("a/b-c_1.txt"), "a/b-c_1.txt");
    EXPECT_EQ(shell_quote(""), "''");
    EXPECT_EQ(shell_quote("a b"), "'a b'");
    EXPECT_EQ(shell_quote("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_quote("$HOME"), "'$HOME'");
}

TEST(ShellWords, SplitReadsBackWhatJoinWrote) {
    const std::vector<std::string> words{"ls", "-l", "a b", "it's", "", "tab\there", "ü", "\"", "\\"};
    const auto split = shell_split(shell_join(words));
    ASSERT_TRUE(split);
    EXPECT_EQ(*split, words);
}

TEST(ShellWords, SplitKnowsQuotesEscapesAndComments) {
    EXPECT_EQ(*shell_split(R"(a "b \"c\" $d" 'e\f' g\ h # rest)"),
              (std::vector<std::string>{"a", "b \"c\" $d", "e\\f", "g h"}));
    EXPECT_EQ(*shell_split("a#b"), (std::vector<std::string>{"a#b"}));
    EXPECT_EQ(shell_split("  ")->size(), 0U);
    EXPECT_FALSE(shell_split("'open"));
    EXPECT_FALSE(shell_split("\"open"));
    EXPECT_FALSE(shell_split("end\\"));
}

TEST(Url, TakesAFileUrlApart) {
    const auto url = Url::parse("file://box/home/me/my%20dir");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "file");
    EXPECT_EQ(url->host, "box");
    EXPECT_EQ(url->path, "/home/me/my%20dir");
    EXPECT_EQ(url->file_path, "/home/me/my dir");
    EXPECT_EQ(url->text, "file://box/home/me/my%20dir");
}

TEST(Url, KnowsAllParts) {
    const auto url = Url::parse("HTTPS://me:pw@Example.ORG:8443/a/../b?q=1&r#frag");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->username, "me");
    EXPECT_EQ(url->password, "pw");
    EXPECT_EQ(url->host, "example.org");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->path, "/b");
    EXPECT_EQ(url->query, "q=1&r");
    EXPECT_EQ(url->fragment, "frag");
    EXPECT_EQ(url->text, "https://me:pw@example.org:8443/b?q=1&r#frag");
}

TEST(Url, LeavesOutTheDefaultPortAndAddsTheRoot) {
    const auto url = Url::parse("http://example.org:80");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->port, std::nullopt);
    EXPECT_EQ(url->text, "http://example.org/");
}

TEST(Url, MailHasNoFilePath) {
    const auto url = Url::parse("mailto:me@example.org");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->path, "me@example.org");
    EXPECT_EQ(url->file_path, std::nullopt);
    EXPECT_EQ(url->text, "mailto:me@example.org");
}

TEST(Url, RefusesWhatIsNone) {
    for (const char* text :
         {"", "no url", "/path", "1a://x", "http://", "http://a:99999/", "://x", "http://a b/"})
        EXPECT_FALSE(Url::parse(text)) << text;
}

TEST(Plugins, ComponentIsWezTermsNameOfTheFolder) {
    EXPECT_EQ(plugin_component("https://github.com/MLFlexer/modal.wezterm"),
              "httpssCssZssZsgithubsDscomsZsMLFlexersZsmodalsDswezterm");
    EXPECT_EQ(plugin_component("https://a/b/"), "httpssCssZssZsasZsb");
    EXPECT_EQ(plugin_component("a b~ü"), "au32bu126ü");
}

Value items(std::vector<Value> list) { return Value::list(std::move(list)); }

TEST(FormatValues, ReadsEveryKindOfItem) {
    const auto read = format_items_from(
        items({Value::map({{"Foreground", Value::map({{"Color", "#ff0000"}})}}),
               Value::map({{"Background", Value::map({{"AnsiColor", "Navy"}})}}),
               Value::map({{"Attribute", Value::map({{"Intensity", "Bold"}})}}),
               Value::map({{"Attribute", Value::map({{"Italic", true}})}}), Value::map({{"Text", "hi"}}),
               "ResetAttributes", Value::map({{"Text", 5}})}));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->size(), 7U);
    const model::StyledText styled = style_items(*read);
    ASSERT_EQ(styled.runs().size(), 2U);
    EXPECT_EQ(styled.runs()[0].style.foreground, model::TextColor::direct(255, 0, 0));
    EXPECT_EQ(styled.runs()[0].style.background, model::TextColor::indexed(4));
    EXPECT_EQ(styled.plain(), "hi5");
    EXPECT_TRUE(styled.runs()[1].style.foreground.is_inherited());
}

TEST(FormatValues, NamesTheItemThatIsNone) {
    const auto read = format_items_from(items({Value::map({{"Text", "a"}}), Value::map({{"Txt", "b"}})}));
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().find("item 2"), std::string::npos) << read.error();
    EXPECT_FALSE(format_items_from(Value{"text"}));
    EXPECT_FALSE(format_items_from(items({Value::map({{"Attribute", Value::map({{"Intensity", "Fat"}})}})})));
}

TEST(FormatValues, ALoneItemIsAnEmptySequence) {
    const auto read = format_items_from(Value::map({{"Text", "a"}}));
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->empty());
}

TEST(FormatValues, TitlesAreTextItemsNumbersOrNothing) {
    EXPECT_EQ((*title_from(Value{"\x1b[1mx\x1b[0m"}))->plain(), "x");
    EXPECT_EQ((*title_from(Value{3}))->plain(), "3");
    EXPECT_EQ(*title_from(Value{}), std::nullopt);
    EXPECT_FALSE(title_from(Value{true}));
}

} // namespace
} // namespace lunette::wezterm
