#include "ui/line_editor.h"

#include <gtest/gtest.h>

namespace lunette::ui {

namespace {

using model::Key;
using model::Modifiers;

class LineEditorTest : public ::testing::Test {
protected:
    void ctrl(char32_t letter) { EXPECT_TRUE(line.key(model::character_key(letter, Modifiers::ctrl))); }
    void alt(char32_t letter) { EXPECT_TRUE(line.key(model::character_key(letter, Modifiers::alt))); }
    void press(Key key, Modifiers modifiers = Modifiers::none) {
        EXPECT_TRUE(line.key(model::named_key(key, modifiers)));
    }
    void type(std::u32string_view text) {
        for (const char32_t c : text) EXPECT_TRUE(line.key(model::character_key(c)));
    }

    LineEditor line;
};

TEST_F(LineEditorTest, TypesAtTheCursor) {
    type(U"ac");
    press(Key::left);
    type(U"b");
    EXPECT_EQ(line.text(), "abc");
    EXPECT_EQ(line.cursor(), 2U);
    EXPECT_TRUE(line.key(model::character_key(U'X', Modifiers::shift | Modifiers::caps_lock)));
    EXPECT_EQ(line.text(), "abXc");
}

TEST_F(LineEditorTest, MovesByWholeClusters) {
    type(U"a\u0065\u0301\U0001F468\u200D\U0001F469z"); // e with an accent, two people joined
    press(Key::left);
    press(Key::left);
    EXPECT_EQ(line.cursor(), 4U);
    press(Key::backspace);
    EXPECT_EQ(line.text(), "a\U0001F468\u200D\U0001F469z");
    press(Key::delete_);
    EXPECT_EQ(line.text(), "az");
}

TEST_F(LineEditorTest, StopsAtBothEnds) {
    press(Key::left);
    press(Key::backspace);
    press(Key::delete_);
    press(Key::right);
    type(U"x");
    press(Key::home);
    press(Key::backspace);
    press(Key::end);
    press(Key::delete_);
    EXPECT_EQ(line.text(), "x");
}

TEST_F(LineEditorTest, KillsAndYanks) {
    type(U"one two  three");
    ctrl(U'w');
    EXPECT_EQ(line.text(), "one two  ");
    ctrl(U'u');
    EXPECT_EQ(line.text(), "");
    ctrl(U'y');
    EXPECT_EQ(line.text(), "one two  ");
    ctrl(U'a');
    alt(U'f');
    ctrl(U'k');
    EXPECT_EQ(line.text(), "one");
    alt(U'b');
    alt(U'd');
    EXPECT_EQ(line.text(), "");
    press(Key::backspace, Modifiers::alt);
    EXPECT_EQ(line.text(), "");
}

TEST_F(LineEditorTest, LeavesOtherKeysAlone) {
    EXPECT_FALSE(line.key(model::character_key(U't', Modifiers::ctrl)));
    EXPECT_FALSE(line.key(model::character_key(U'x', Modifiers::super)));
    EXPECT_FALSE(line.key(model::named_key(Key::f5)));
    EXPECT_FALSE(line.key(model::named_key(Key::left, Modifiers::ctrl | Modifiers::shift)));
    EXPECT_EQ(line.text(), "");
}

TEST_F(LineEditorTest, TakesTheKeypad) {
    press(Key::keypad_4);
    press(Key::keypad_add);
    EXPECT_EQ(line.text(), "4+");
}

TEST_F(LineEditorTest, InsertsCleanText) {
    line.insert("a\x1b[31mb\r\nc\td\x7f\xff");
    EXPECT_EQ(line.text(), "a[31mb c d\uFFFD");
    line.clear();
    line.insert(std::string(LineEditor::most_bytes - 1, 'x') + "\u00e4");
    EXPECT_EQ(line.text(), std::string(LineEditor::most_bytes - 1, 'x')) << "as much as fits";
    line.insert("xyz");
    type(U"y");
    EXPECT_EQ(line.text().size(), LineEditor::most_bytes);
}

TEST_F(LineEditorTest, ACombiningMarkJoinsTheClusterBefore) {
    type(U"e");
    line.insert("\u0301");
    press(Key::left);
    EXPECT_EQ(line.cursor(), 0U);
}

TEST_F(LineEditorTest, ShowsThePartAroundTheCursor) {
    Frame frame{8, 1};
    line.insert("abcdefghij");
    EXPECT_EQ(line.draw(frame, 1, 0, 6, {}), 6);
    EXPECT_EQ(frame_text(frame, 0), " fghij");
    press(Key::home);
    EXPECT_EQ(line.draw(frame, 1, 0, 6, {}), 1);
    EXPECT_EQ(frame_text(frame, 0), " abcdef");
}

TEST_F(LineEditorTest, ShowsNoHalfOfAWideCharacter) {
    Frame frame{6, 1};
    line.insert("\u6f22\u5b57\u6f22\u5b57");
    const int cursor = line.draw(frame, 0, 0, 6, {});
    EXPECT_EQ(cursor, 4);
    EXPECT_EQ(frame_text(frame, 0), "\u6f22\u5b57");
    press(Key::home);
    EXPECT_EQ(line.draw(frame, 0, 0, 5, {}), 0);
    EXPECT_EQ(frame_text(frame, 0), "\u6f22\u5b57");
}

} // namespace

} // namespace lunette::ui
