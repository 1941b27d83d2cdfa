#include "model/width.h"

#include "model/utf8.h"
#include "model/width_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace lunette::model {
namespace {

TEST(Width, OfSingleCodePoints) {
    EXPECT_EQ(code_point_width('a'), 1);
    EXPECT_EQ(code_point_width('\t'), 0);
    EXPECT_EQ(code_point_width(0x7F), 0);
    EXPECT_EQ(code_point_width(0x0301), 0);
    EXPECT_EQ(code_point_width(0x200D), 0);
    EXPECT_EQ(code_point_width(U'─'), 1);
    EXPECT_EQ(code_point_width(U'語'), 2);
    EXPECT_EQ(code_point_width(U'Ａ'), 2);
    EXPECT_EQ(code_point_width(0x1FAE8), 2);
    EXPECT_EQ(code_point_width(0xE0B0), 1) << "private use: powerline and icon fonts";
}

TEST(Width, EmojiFollowTheirVariationSelector) {
    EXPECT_EQ(text_width("⚠"), 1);
    EXPECT_EQ(text_width("⚠\uFE0F"), 2);
    EXPECT_EQ(text_width("♥\uFE0F"), 2);
    EXPECT_EQ(text_width("1\uFE0F\u20E3"), 2);
    EXPECT_EQ(text_width("★\uFE0F"), 1) << "no emoji: the selector means nothing";
    EXPECT_EQ(text_width("a\uFE0F"), 1);
}

TEST(Width, EmojiSequencesAreOneClusterOfTwoCells) {
    for (const std::string_view emoji :
         {"👍🏽", "👨‍👩‍👧", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥"}) {
        EXPECT_EQ(next_grapheme(emoji).text, emoji);
        EXPECT_EQ(next_grapheme(emoji).width, 2) << emoji;
    }
    EXPECT_EQ(text_width("🇩🇪🇫🇷"), 4);
    EXPECT_EQ(text_width("🇩🇪🇫"), 3) << "an odd regional indicator stands alone";
}

TEST(Width, OfTexts) {
    EXPECT_EQ(text_width(""), 0);
    EXPECT_EQ(text_width("plain ASCII"), 11);
    EXPECT_EQ(text_width("e\u0301a\u0300"), 2);
    EXPECT_EQ(text_width("a語b"), 4);
    EXPECT_EQ(text_width("각"), 2);
    EXPECT_EQ(text_width("one\ntwo\x1B"), 6);
    EXPECT_EQ(text_width("\u0600abc"), text_width("abc") + code_point_width(0x0600))
        << "prepended mark joins the ASCII after it";
}

TEST(Width, InvalidUtf8CountsAsReplacements) {
    EXPECT_EQ(text_width("a\xFF\xFE"), 3);
    EXPECT_EQ(text_width("\xE2\x82"), 1);
    EXPECT_EQ(next_grapheme("\xE2\x82").text.size(), 2U);
}

TEST(Width, GraphemesCoverTheTextExactly) {
    const std::string text = "ae\u0301👨‍👩‍👧\r\n🇩🇪x\xC3";
    std::string joined;
    std::vector<int> widths;
    for (const Grapheme& grapheme : Graphemes{text}) {
        joined += grapheme.text;
        widths.push_back(grapheme.width);
    }
    EXPECT_EQ(joined, text);
    EXPECT_EQ(widths, (std::vector<int>{1, 1, 2, 0, 2, 1, 1}));
}

TEST(Width, TheCursorAgreesWithTheText) {
    GraphemeCursor cursor;
    EXPECT_TRUE(cursor.advance(0x1F468));
    EXPECT_FALSE(cursor.advance(0x200D));
    EXPECT_FALSE(cursor.advance(0x1F469));
    EXPECT_EQ(cursor.width(), 2);
    EXPECT_TRUE(cursor.advance('a'));
    EXPECT_FALSE(cursor.advance(0x0301));
    EXPECT_EQ(cursor.width(), 1);
}

TEST(Width, TruncateRightKeepsTheLeftPart) {
    EXPECT_EQ(truncate_right("hello", 3), "hel");
    EXPECT_EQ(truncate_right("hello", 9), "hello");
    EXPECT_EQ(truncate_right("hello", 0), "");
    EXPECT_EQ(truncate_right("hello", -1), "");
    EXPECT_EQ(truncate_right("語語", 3), "語") << "half a character does not fit";
    EXPECT_EQ(truncate_right("ae\u0301b", 2), "ae\u0301");
    EXPECT_EQ(truncate_right("👨‍👩‍👧x", 1), "");
}

TEST(Width, TruncateLeftKeepsTheRightPart) {
    EXPECT_EQ(truncate_left("hello", 3), "llo");
    EXPECT_EQ(truncate_left("hello", 9), "hello");
    EXPECT_EQ(truncate_left("hello", 0), "");
    EXPECT_EQ(truncate_left("語語", 3), "語");
    EXPECT_EQ(truncate_left("x👨‍👩‍👧", 2), "👨‍👩‍👧");
}

TEST(Width, PaddingNeverTruncates) {
    EXPECT_EQ(pad_left("語", 4), "  語");
    EXPECT_EQ(pad_right("語", 4), "語  ");
    EXPECT_EQ(pad_left("hello", 3), "hello");
    EXPECT_EQ(pad_right("hello", -3), "hello");
}

// Sets rules for one test.
class Rules {
public:
    explicit Rules(WidthRules rules) noexcept { set_width_rules(rules); }
    ~Rules() { set_width_rules({}); }
};

TEST(WidthRules, AmbiguousCharactersCanBeWide) {
    EXPECT_EQ(text_width("±αЖ─①"), 5);
    const Rules rules{{true, WidthRules::latest_version}};
    EXPECT_EQ(text_width("±αЖ─①"), 10);
    EXPECT_EQ(code_point_width(0x0301), 0) << "combining marks are of the class too";
    EXPECT_EQ(code_point_width(0xE0B0), 1) << "private use: powerline";
    EXPECT_EQ(text_width("aé語"), 5) << "é is ambiguous, a is not";
    EXPECT_EQ(truncate_right("±±", 3), "±");
}

TEST(WidthRules, BeforeUnicode14SelectorsChangeNoWidth) {
    EXPECT_EQ(text_width("⌚\uFE0E"), 1);
    const Rules rules{{false, 13}};
    EXPECT_EQ(text_width("⚠\uFE0F"), 1);
    EXPECT_EQ(text_width("⌚\uFE0E"), 2);
    EXPECT_EQ(text_width("👍🏽"), 2);
}

TEST(WidthRules, BeforeUnicode9EmojiAreNarrow) {
    const Rules rules{{false, 8}};
    EXPECT_EQ(text_width("👍⌚⚡"), 3);
    EXPECT_EQ(text_width("語Ａ〰🈚"), 8) << "what belongs to CJK always was wide";
}

TEST(WidthRules, TheAmbiguousClassIsUnicodes) {
    std::ifstream file{"/usr/share/unicode/EastAsianWidth.txt"};
    if (!file) GTEST_SKIP() << "unicode-data is not installed";
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        const std::size_t semicolon = line.find(';');
        if (line.empty() || line[0] == '#' || semicolon == std::string::npos) continue;
        const std::size_t dots = line.find("..");
        const unsigned long first = std::stoul(line, nullptr, 16);
        const unsigned long last = dots < semicolon ? std::stoul(line.substr(dots + 2), nullptr, 16) : first;
        const bool ambiguous = line[semicolon + 1] == 'A';
        const std::string category = line.substr(line.find("# ") + 2, 2);
        const bool left_out = category == "Mn" || category == "Me" || category == "Cf" || category == "Co";
        for (unsigned long c = first; c <= last; ++c, ++cases)
            ASSERT_EQ(is_ambiguous_width(static_cast<char32_t>(c)), ambiguous && !left_out) << line;
    }
    EXPECT_GT(cases, 100'000);
}

// Unicode's own tests, where the package unicode-data has put them.
TEST(Width, GraphemeBreakTestOfUnicode) {
    std::ifstream file{"/usr/share/unicode/auxiliary/GraphemeBreakTest.txt"};
    if (!file) GTEST_SKIP() << "unicode-data is not installed";
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line.substr(0, line.find('#'))};
        std::string text;
        std::vector<std::size_t> breaks;
        for (std::string word; words >> word;) {
            if (word == "÷")
                breaks.push_back(text.size());
            else if (word != "×")
                append_utf8(text, static_cast<char32_t>(std::stoul(word, nullptr, 16)));
        }
        if (breaks.empty()) continue;
        // Surrogates cannot be written in UTF-8.
        if (line.find(" D800 ") != std::string::npos) continue;
        std::vector<std::size_t> found{0};
        for (const Grapheme& grapheme : Graphemes{text}) found.push_back(found.back() + grapheme.text.size());
        EXPECT_EQ(found, breaks) << line;
        ++cases;
    }
    EXPECT_GT(cases, 500);
}

TEST(Width, EveryEmojiOfUnicodeIsOneClusterAndTwoCellsWhenQualified) {
    std::ifstream file{"/usr/share/unicode/emoji/emoji-test.txt"};
    if (!file) GTEST_SKIP() << "unicode-data is not installed";
    int cases = 0;
    for (std::string line; std::getline(file, line);) {
        const std::size_t semicolon = line.find(';');
        if (line.empty() || line[0] == '#' || semicolon == std::string::npos) continue;
        const bool qualified = line.find("; fully-qualified") != std::string::npos;
        std::istringstream words{line.substr(0, semicolon)};
        std::string text;
        for (std::string word; words >> word;)
            append_utf8(text, static_cast<char32_t>(std::stoul(word, nullptr, 16)));
        EXPECT_EQ(next_grapheme(text).text, text) << line;
        // Without its selector an emoji may be one cell; a regional indicator or a tone alone is something
        // else.
        if (qualified)
            EXPECT_EQ(text_width(text), 2) << line;
        else
            EXPECT_THAT(text_width(text), testing::AnyOf(1, 2)) << line;
        ++cases;
    }
    EXPECT_GT(cases, 4500);
}

} // namespace
} // namespace lunette::model
