#include "ui/char_select_overlay.h"
#include "ui/pane_select_overlay.h"

#include <gtest/gtest.h>

namespace lunette::ui {

namespace {

using model::Key;
using model::Modifiers;
using State = Overlay::State;

void type(Overlay& overlay, std::u32string_view text) {
    for (const char32_t c : text) overlay.key(model::character_key(c));
}

// ---- panes

PaneSelectOverlay two_panes(std::string_view letters = "as") {
    return PaneSelectOverlay{{{{0, 0, 9, 5}, {}}, {{10, 0, 10, 5}, {}}}, letters, {}};
}

TEST(PaneSelectOverlay, DrawsOnlyItsLabels) {
    Frame frame{20, 6};
    for (int y = 0; y < 6; ++y) frame.put_text(0, y, "....................", {}, 20);
    PaneSelectOverlay overlay = two_panes();
    overlay.draw(frame, {0, 1, 20, 5}, {});
    EXPECT_EQ(frame_text(frame, 0), "....................");
    EXPECT_EQ(frame_text(frame, 1), "....................");
    EXPECT_EQ(frame_text(frame, 2), "..     .....     ...");
    EXPECT_EQ(frame_text(frame, 3), "..  a  .....  s  ...");
    EXPECT_EQ(frame_text(frame, 5), "....................");
}

TEST(PaneSelectOverlay, ALetterChooses) {
    PaneSelectOverlay overlay = two_panes();
    type(overlay, U"x");
    EXPECT_EQ(overlay.state(), State::open) << "no pane has it";
    type(overlay, U"s");
    EXPECT_EQ(overlay.state(), State::accepted);
    EXPECT_EQ(overlay.choice(), 1U);
}

TEST(PaneSelectOverlay, ManyPanesHaveTwoLetters) {
    PaneSelectOverlay overlay{std::vector<PaneSelectOverlay::Pane>(3, {{0, 0, 9, 5}, {}}), "as", {}};
    ASSERT_EQ(overlay.labels().size(), 3U);
    const std::string& label = overlay.labels().back();
    ASSERT_EQ(label.size(), 2U);
    overlay.key(model::character_key(static_cast<char32_t>(label[0])));
    EXPECT_EQ(overlay.state(), State::open);
    overlay.key(model::character_key(static_cast<char32_t>(label[1])));
    EXPECT_EQ(overlay.choice(), 2U);
}

TEST(PaneSelectOverlay, AClickChoosesAndEscapeDoesNot) {
    PaneSelectOverlay clicked = two_panes();
    clicked.pointer(Overlay::Pointer::click, 9, 2);
    EXPECT_EQ(clicked.state(), State::open) << "the line between";
    clicked.pointer(Overlay::Pointer::click, 12, 2);
    EXPECT_EQ(clicked.choice(), 1U);
    PaneSelectOverlay cancelled = two_panes();
    cancelled.key(model::named_key(Key::escape));
    EXPECT_EQ(cancelled.state(), State::cancelled);
    EXPECT_FALSE(cancelled.choice());
}

TEST(PaneSelectOverlay, PanesMayBeOutsideOfTheFrame) {
    PaneSelectOverlay overlay{{{{-3, 0, 4, 1}, {}}, {{50, 0, 9, 5}, {}}, {{}, {}}}, "asd", {}};
    Frame frame{5, 2};
    overlay.draw(frame, {0, 0, 5, 2}, {});
    type(overlay, U"d");
    EXPECT_EQ(overlay.choice(), 2U);
}

// ---- characters

CharSelectOverlay characters() {
    return CharSelectOverlay{{{"Smileys", {{"😀", "grinning face"}, {"😂", "tears of joy"}}},
                              {"Arrows", {{"→", "rightwards arrow"}, {"←", "leftwards arrow"}}}},
                             0};
}

std::string drawn(Overlay& overlay) {
    Frame frame{40, 8};
    overlay.draw(frame, overlay.place({0, 0, 40, 8}), {});
    return frame_text(frame);
}

TEST(CharSelectOverlay, ShowsAGroupAndItsCodes) {
    CharSelectOverlay overlay = characters();
    const std::string screen = drawn(overlay);
    EXPECT_NE(screen.find("Smileys"), std::string::npos);
    EXPECT_NE(screen.find("😀  grinning face"), std::string::npos) << screen;
    EXPECT_NE(screen.find("U+1F600"), std::string::npos);
    EXPECT_EQ(screen.find("arrow"), std::string::npos);
    overlay.key(model::character_key(U'r', Modifiers::ctrl));
    EXPECT_EQ(overlay.group(), "Arrows");
    overlay.key(model::character_key(U'r', Modifiers::ctrl));
    EXPECT_EQ(overlay.group(), "Smileys");
}

TEST(CharSelectOverlay, SearchesAllGroups) {
    CharSelectOverlay overlay = characters();
    type(overlay, U"left arrow");
    const std::string screen = drawn(overlay);
    EXPECT_NE(screen.find("leftwards arrow"), std::string::npos) << screen;
    EXPECT_EQ(screen.find("rightwards"), std::string::npos);
    overlay.key(model::named_key(Key::enter));
    ASSERT_EQ(overlay.state(), State::accepted);
    EXPECT_EQ(overlay.choice()->text, "←");
}

TEST(CharSelectOverlay, NothingFoundIsNothingChosen) {
    CharSelectOverlay overlay = characters();
    type(overlay, U"zzz");
    overlay.key(model::named_key(Key::enter));
    EXPECT_EQ(overlay.state(), State::open);
    EXPECT_EQ(overlay.choice(), nullptr);
    overlay.key(model::named_key(Key::escape));
    EXPECT_EQ(overlay.state(), State::cancelled);
}

TEST(CharSelectOverlay, AClickChooses) {
    CharSelectOverlay overlay = characters();
    drawn(overlay);
    overlay.pointer(Overlay::Pointer::click, 3, 3);
    ASSERT_EQ(overlay.state(), State::accepted);
    EXPECT_EQ(overlay.choice()->text, "😂");
}

} // namespace

} // namespace lunette::ui
