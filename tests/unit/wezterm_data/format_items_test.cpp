#include "model/ansi_text.h"
#include "wezterm/format_items.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace lunette::wezterm {
namespace {

using model::StyledText;
using model::TextBlink;
using model::TextColor;
using model::TextIntensity;
using model::TextStyle;
using model::TextUnderline;

using Items = std::vector<FormatItem>;

TEST(FormatItems, PlainTextEndsWithAReset) {
    EXPECT_EQ(format_items(Items{TextItem{"hello"}}), "hello\x1b[0m");
    EXPECT_EQ(format_items(Items{}), "\x1b[0m");
}

TEST(FormatItems, ColorsAndAttributes) {
    EXPECT_EQ(format_items(Items{ForegroundItem{TextColor::indexed(1)}, TextItem{"x"}}), "\x1b[31mx\x1b[0m");
    EXPECT_EQ(format_items(Items{BackgroundItem{TextColor::indexed(12)}, TextItem{"x"}}),
              "\x1b[104mx\x1b[0m");
    EXPECT_EQ(format_items(Items{ForegroundItem{TextColor::indexed(200)}, TextItem{"x"}}),
              "\x1b[38:5:200mx\x1b[0m");
    EXPECT_EQ(
        format_items(Items{ForegroundItem{format_color("#102030")}, TextIntensity::bold, TextItem{"x"}}),
        "\x1b[0;1;38:2::16:32:48mx\x1b[0m");
    EXPECT_EQ(format_items(
                  Items{TextUnderline::curly, ItalicItem{true}, TextItem{"x"}, ResetItem{}, TextItem{"y"}}),
              "\x1b[0;3;4:3mx\x1b[0my\x1b[0m");
    EXPECT_EQ(format_items(Items{BackgroundItem{TextColor::indexed(3)}, TextItem{"x"}, BackgroundItem{},
                                 TextItem{"y"}}),
              "\x1b[43mx\x1b[49my\x1b[0m");
}

TEST(FormatItems, NothingIsWrittenForChangesThatNoTextShows) {
    EXPECT_EQ(format_items(Items{TextIntensity::bold, TextIntensity::normal, TextItem{"x"}}), "x\x1b[0m");
    EXPECT_EQ(format_items(Items{TextItem{"x"}, ForegroundItem{TextColor::indexed(1)}}), "x\x1b[0m");
}

TEST(FormatItems, ColorTextThatIsNoColorIsWhite) {
    EXPECT_EQ(format_color("nonsense"), TextColor::direct(255, 255, 255));
    EXPECT_EQ(format_color("red"), TextColor::direct(255, 0, 0));
    EXPECT_EQ(format_color("none"), TextColor::transparent());
    EXPECT_EQ(format_color("rgba(0,0,0,0)"), TextColor::transparent());
    EXPECT_EQ(format_color("rgba(255,0,0,0.5)"), TextColor::direct(255, 0, 0));
}

TEST(StyleItems, TextWithEscapesOfItsOwn) {
    const Items items{ForegroundItem{TextColor::indexed(2)}, TextItem{"a\x1b[1mb"}, TextItem{"c\x1b["},
                      TextItem{"3md"}};
    EXPECT_EQ(style_items(items), model::parse_ansi_text(format_items(items)));
    EXPECT_EQ(style_items(items).plain(), "abcd");
    EXPECT_TRUE(style_items(items).runs().back().style.italic);
}

TEST(StyleItems, EmbeddedStyleLastsUntilTheNextChange) {
    const StyledText text =
        style_items(Items{TextItem{"a\x1b[31mb"}, TextItem{"c"}, ItalicItem{true}, TextItem{"d"}});
    ASSERT_EQ(text.runs().size(), 3U);
    EXPECT_EQ(text.runs()[1].text, "bc");
    EXPECT_TRUE(text.runs()[2].style.foreground.is_inherited());
}

FormatItem random_item(std::mt19937& random) {
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const auto color = [&]() -> TextColor {
        switch (pick(4)) {
        case 0: return {};
        case 1: return TextColor::indexed(static_cast<std::uint8_t>(pick(256)));
        case 2: return TextColor::transparent();
        default:
            return TextColor::direct(static_cast<std::uint8_t>(pick(256)), 7,
                                     static_cast<std::uint8_t>(pick(256)));
        }
    };
    static const char* const texts[] = {"a",
                                        " ",
                                        "",
                                        "tab \xE2\x94\x82",
                                        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
                                        "\xCC\x81",
                                        "x\x1b[1;33my",
                                        "\x1b[0m",
                                        "\xFF",
                                        "\xC3",
                                        "\xA9",
                                        "\t",
                                        "\x1b[",
                                        "\xC2\x9B"
                                        "1m",
                                        "q\nr"};
    switch (pick(12)) {
    case 0: return ResetItem{};
    case 1: return ForegroundItem{color()};
    case 2: return BackgroundItem{color()};
    case 3: return static_cast<TextIntensity>(pick(3));
    case 4: return static_cast<TextUnderline>(pick(6));
    case 5: return static_cast<TextBlink>(pick(3));
    case 6: return ItalicItem{pick(2) == 1};
    case 7: return ReverseItem{pick(2) == 1};
    case 8: return InvisibleItem{pick(2) == 1};
    case 9: return StrikeThroughItem{pick(2) == 1};
    default: return TextItem{texts[pick(random() % 3 == 0 ? std::size(texts) : 6)]};
    }
}

TEST(StyleItems, EqualToTheDetourOverText) {
    std::mt19937 random{20240203};
    for (int round = 0; round < 5000; ++round) {
        Items items;
        for (unsigned i = random() % 20; i-- > 0;) items.push_back(random_item(random));
        ASSERT_EQ(style_items(items), model::parse_ansi_text(format_items(items))) << format_items(items);
    }
}

} // namespace
} // namespace lunette::wezterm
