// What quick select finds, and the labels that it gives.

#include "copy/labels.h"
#include "copy/quick_finder.h"
#include "copy/quick_patterns.h"
#include "copy_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace lunette::copy::testing {
namespace {

using Texts = std::vector<std::string>;
using terminal::Terminal;

TEST(Labels, AreSingleLettersWhileTheySuffice) {
    EXPECT_EQ(make_labels("abcd", 3), (Texts{"a", "b", "c"}));
    EXPECT_EQ(make_labels("abcd", 0), Texts{});
    EXPECT_EQ(make_labels("", 3), Texts{});
}

TEST(Labels, TheLastLettersBeginLongerOnes) {
    EXPECT_EQ(make_labels("abcd", 6), (Texts{"a", "b", "c", "da", "db", "dc"}));
    EXPECT_EQ(make_labels("abcd", 8), (Texts{"a", "b", "ca", "cb", "da", "db", "dc", "dd"}));
    EXPECT_EQ(make_labels("ab", 5), (Texts{"aa", "ab", "ba", "bb"}));
    EXPECT_EQ(make_labels("AäÖ", 2), (Texts{"a", "ä"})) << "in lower case";
}

TEST(Labels, NoneBeginsAnother) {
    for (std::size_t count = 0; count <= 700; count += 7) {
        const Texts labels = make_labels("asdfqwerzxcvjklmiuopghtybn", count);
        EXPECT_EQ(labels.size(), std::min<std::size_t>(count, 676));
        const std::set<std::string> sorted{labels.begin(), labels.end()};
        ASSERT_EQ(sorted.size(), labels.size());
        for (const std::string& label : labels)
            EXPECT_TRUE(label.size() == 1 || sorted.count(label.substr(0, 1)) == 0) << label;
    }
}

Texts found_in(const std::string& text) {
    std::vector<std::string> problems;
    const auto defaults = default_quick_patterns();
    QuickFinder finder{{defaults.begin(), defaults.end()}, "abc", problems};
    EXPECT_EQ(problems, Texts{});
    const Terminal terminal = make_terminal(200, 5, text);
    finder.start(terminal, 0, 100);
    while (finder.step(terminal, 1)) {
    }
    Texts texts;
    for (const QuickFinder::Match& match : finder.matches()) texts.push_back(match.text);
    return texts;
}

TEST(QuickPatterns, FindWhatPeopleCopy) {
    EXPECT_EQ(found_in("see https://example.org/a?b=c#d, or (http://x.y/z)."),
              (Texts{"https://example.org/a?b=c#d", "http://x.y/z"}));
    EXPECT_EQ(found_in("[text](https://e.org/x) rest"), (Texts{"https://e.org/x"}));
    EXPECT_EQ(found_in("git clone git@host.org:me/it.git ssh://a@b/c"),
              (Texts{"git@host.org:me/it.git", "ssh://a@b/c"}));
    EXPECT_EQ(found_in("mail me@example.org"), (Texts{"me@example.org"}));
    EXPECT_EQ(found_in("--- a/src/x.cpp"), (Texts{"src/x.cpp"}));
    EXPECT_EQ(found_in("+++ b/src/x.cpp"), (Texts{"src/x.cpp"}));
    EXPECT_EQ(found_in("at src/a-b.cpp:12, ~/notes and /usr/bin"),
              (Texts{"src/a-b.cpp", "~/notes", "/usr/bin"}));
    EXPECT_EQ(found_in("commit d748085 or d748085aabbccddeeff00112233445566778899a"),
              (Texts{"d748085", "d748085aabbccddeeff00112233445566778899a"}));
    EXPECT_EQ(found_in("color #ff00cc on #ff00cc80"), (Texts{"#ff00cc", "#ff00cc80"}));
    EXPECT_EQ(found_in("id 123e4567-e89b-12d3-a456-426614174000."),
              (Texts{"123e4567-e89b-12d3-a456-426614174000"}));
    EXPECT_EQ(found_in("10.0.0.1 127.0.0.1:8080 fe80::1%eth0 ::1 12:30"),
              (Texts{"10.0.0.1", "127.0.0.1:8080", "fe80::1%eth0", "::1"}));
    EXPECT_EQ(found_in("at 0xdeadBEEF"), (Texts{"0xdeadBEEF"}));
    EXPECT_EQ(found_in("pid 12345 of 99"), (Texts{"12345"}));
    EXPECT_EQ(found_in("sha256:" + std::string(64, 'a')), (Texts{std::string(64, 'a')}));
    EXPECT_EQ(found_in("nothing here, really: a b c"), Texts{});
}

QuickFinder finder_of(const Texts& patterns, Texts* problems = nullptr) {
    Texts ignored;
    return {patterns, "abcd", problems ? *problems : ignored};
}

TEST(QuickFinder, LabelsEqualTextsAlikeFromTheLastOn) {
    const Terminal terminal = make_terminal(20, 5, "foo bar\r\nbar baz\r\n");
    QuickFinder finder = finder_of({"foo", "ba."});
    finder.start(terminal, 0, 4);
    EXPECT_FALSE(finder.is_done());
    while (finder.step(terminal, 1)) EXPECT_EQ(finder.labelled("a"), nullptr) << "none before the end";
    Texts labels;
    for (const QuickFinder::Match& match : finder.matches()) labels.push_back(match.text + '=' + match.label);
    EXPECT_EQ(labels, (Texts{"foo=c", "bar=b", "bar=b", "baz=a"}));
    ASSERT_NE(finder.labelled("b"), nullptr);
    EXPECT_EQ(finder.labelled("b")->range, (model::CellRange{{0, 1}, {2, 1}}));
    EXPECT_EQ(finder.labelled(""), nullptr);
    EXPECT_TRUE(finder.is_prefix("c"));
    EXPECT_FALSE(finder.is_prefix("d"));
}

TEST(QuickFinder, EarlierPatternsAndGroupsCount) {
    const Terminal terminal = make_terminal(40, 5, "key=value key=other");
    QuickFinder finder = finder_of({"key=(va)l", "key=\\w+"});
    finder.start(terminal, 0, 4);
    while (finder.step(terminal, 1)) {
    }
    ASSERT_EQ(finder.matches().size(), 2U);
    EXPECT_EQ(finder.matches()[0].text, "va");
    EXPECT_EQ(finder.matches()[1].text, "key=other");
}

TEST(QuickFinder, LeavesBadPatternsOut) {
    Texts problems;
    QuickFinder finder = finder_of({"(", "x*", "ok"}, &problems);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].find("the pattern ( is left out: "), std::string::npos);
    const Terminal terminal = make_terminal(40, 5, "  ok xx");
    finder.start(terminal, 0, 4);
    while (finder.step(terminal, 1)) {
    }
    ASSERT_EQ(finder.matches().size(), 2U) << "matches without text are none";
    EXPECT_EQ(finder.matches()[1].text, "xx");
}

TEST(QuickFinder, LooksOnlyAtTheRowsThatItIsTold) {
    const Terminal terminal = make_terminal(10, 5, "a1\r\na2\r\na3\r\na4\r\na5\r\na6\r\na7");
    QuickFinder finder = finder_of({"a."});
    finder.start(terminal, 1, 3);
    while (finder.step(terminal, 1)) {
    }
    ASSERT_EQ(finder.matches().size(), 3U);
    EXPECT_EQ(finder.matches()[0].text, "a2");
}

} // namespace
} // namespace lunette::copy::testing
