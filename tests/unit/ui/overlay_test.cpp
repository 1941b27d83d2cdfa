#include "ui/composer.h"
#include "ui/confirm_overlay.h"
#include "ui/list_overlay.h"
#include "ui/prompt_overlay.h"

#include <gtest/gtest.h>

#include <memory>

namespace lunette::ui {

namespace {

using model::Key;
using model::Modifiers;
using State = Overlay::State;

void type(Overlay& overlay, std::u32string_view text) {
    for (const char32_t c : text) overlay.key(model::character_key(c));
}

void press(Overlay& overlay, Key key, Modifiers modifiers = Modifiers::none) {
    overlay.key(model::named_key(key, modifiers));
}

FrameCursor draw(Overlay& overlay, Frame& frame) {
    return overlay.draw(frame, overlay.place({0, 0, frame.columns(), frame.rows()}), {});
}

std::vector<ListItem> items(std::initializer_list<const char*> labels) {
    std::vector<ListItem> all;
    for (const char* label : labels) all.push_back({model::StyledText{label}, {}, {}, 0});
    return all;
}

std::unique_ptr<ListOverlay> list(std::initializer_list<const char*> labels, bool fuzzy = false) {
    ListOverlay::Options options;
    options.description = "Choose";
    options.fuzzy_description = "Find: ";
    options.alphabet = "12ab";
    options.fuzzy = fuzzy;
    return std::make_unique<ListOverlay>(options, items(labels));
}

// ---- lists

TEST(ListOverlay, ShowsMarksAndDescription) {
    Frame frame{20, 4};
    const auto overlay = list({"one", "two"});
    EXPECT_FALSE(draw(*overlay, frame).visible);
    EXPECT_EQ(frame_text(frame), " Choose\n 1. one\n 2. two\n\n");
}

TEST(ListOverlay, AMarkChoosesAtOnce) {
    Frame frame{20, 4};
    const auto overlay = list({"one", "two", "three"});
    draw(*overlay, frame);
    type(*overlay, U"a");
    EXPECT_EQ(overlay->state(), State::accepted);
    EXPECT_EQ(overlay->choice(), 2U);
}

TEST(ListOverlay, MarksAreOfTheRowsShown) {
    Frame frame{20, 3};
    const auto overlay = list({"one", "two", "three", "four"});
    draw(*overlay, frame);
    press(*overlay, Key::end);
    draw(*overlay, frame);
    EXPECT_EQ(frame_text(frame), " Choose\n 1. three\n 2. four\n");
    type(*overlay, U"1");
    EXPECT_EQ(overlay->choice(), 2U);
}

TEST(ListOverlay, ManyItemsHaveMarksOfTwoLetters) {
    EXPECT_EQ(list_marks("ab", 2), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(list_marks("ab", 3), (std::vector<std::string>{"a", "ba", "bb"}));
    EXPECT_EQ(list_marks("ab", 9), (std::vector<std::string>{"aa", "ab", "ba", "bb"}));
    EXPECT_TRUE(list_marks("", 3).empty());
    Frame frame{20, 8};
    const auto overlay = list({"p", "q", "r", "s", "t", "u"});
    draw(*overlay, frame);
    EXPECT_EQ(frame_text(frame, 1), "  1. p");
    EXPECT_EQ(frame_text(frame, 6), " ba. u");
    type(*overlay, U"ba");
    EXPECT_EQ(overlay->choice(), 5U);
}

TEST(ListOverlay, MovesWithArrowsAndLettersAndStopsAtTheEnds) {
    const auto overlay = list({"one", "two", "three"});
    press(*overlay, Key::up);
    type(*overlay, U"jjjjk");
    press(*overlay, Key::enter);
    EXPECT_EQ(overlay->choice(), 1U);
}

TEST(ListOverlay, FiltersAfterASlashAndGoesBack) {
    Frame frame{20, 4};
    const auto overlay = list({"one", "two", "three"});
    type(*overlay, U"/t");
    const FrameCursor cursor = draw(*overlay, frame);
    EXPECT_EQ(frame_text(frame), " Find: t\n two\n three\n\n");
    EXPECT_TRUE(cursor.visible);
    EXPECT_EQ(cursor.x, 8);
    press(*overlay, Key::backspace);
    press(*overlay, Key::backspace);
    draw(*overlay, frame);
    EXPECT_EQ(frame_text(frame, 0), " Choose");
}

TEST(ListOverlay, NothingIsChosenWhereNothingMatches) {
    const auto overlay = list({"one", "two"}, true);
    type(*overlay, U"xyz");
    press(*overlay, Key::enter);
    EXPECT_EQ(overlay->state(), State::open);
    press(*overlay, Key::escape);
    EXPECT_EQ(overlay->state(), State::cancelled);
    EXPECT_FALSE(overlay->choice());
}

TEST(ListOverlay, TheBestMatchComesFirst) {
    const auto overlay = list({"toggle a bar", "new tab"}, true);
    overlay->text("tab");
    press(*overlay, Key::enter);
    EXPECT_EQ(overlay->choice(), 1U);
}

TEST(ListOverlay, KeepsItsSelectionWhenItemsArrive) {
    const auto overlay = list({"one", "two"});
    press(*overlay, Key::down);
    overlay->set_items(items({"zero", "one", "two"}));
    press(*overlay, Key::enter);
    EXPECT_EQ(overlay->choice(), 2U);
}

TEST(ListOverlay, CutsWideCharactersWhole) {
    Frame frame{8, 2};
    const auto overlay = list({"\u6f22\u5b57\u6f22\u5b57"}, true);
    draw(*overlay, frame);
    EXPECT_EQ(frame_text(frame, 1), " \u6f22\u5b57\u6f22");
}

TEST(ListOverlay, ABoxHasABorderATitleAndNotes) {
    ListOverlay::Options options;
    options.title = "Commands";
    options.fuzzy_description = "> ";
    options.fuzzy = true;
    options.popup_rows = 2;
    std::vector<ListItem> all = items({"one", "two", "three"});
    all[0].note = "CTRL+x";
    ListOverlay overlay{options, all};
    Frame frame{30, 7};
    draw(overlay, frame);
    EXPECT_EQ(frame_text(frame, 0), "┌─ Commands ─────────────────┐");
    EXPECT_EQ(frame_text(frame, 1), "│ >                          │");
    EXPECT_EQ(frame_text(frame, 2), "│ one                  CTRL+x│");
    EXPECT_EQ(frame_text(frame, 4), "└────────────────────────────┘");
    EXPECT_EQ(frame_text(frame, 5), "");
}

TEST(ListOverlay, IsSaneInAnySize) {
    const auto overlay = list({"one", "\u6f22"}, true);
    ListOverlay::Options options;
    options.title = "t";
    options.popup_rows = 3;
    ListOverlay box{options, items({"one", "two"})};
    PromptOverlay prompt{{{model::StyledText{"what?"}}, model::StyledText{"> "}, "\u6f22\u5b57"}};
    ConfirmOverlay confirm{{"really?"}};
    for (int columns = 0; columns < 12; ++columns)
        for (int rows = 0; rows < 8; ++rows) {
            Frame frame{columns, rows};
            for (Overlay* each : std::initializer_list<Overlay*>{overlay.get(), &box, &prompt, &confirm}) {
                const Area area = each->place({0, 0, columns, rows});
                ASSERT_LE(area.left + area.columns, columns);
                ASSERT_LE(area.top + area.rows, rows);
                const FrameCursor cursor = each->draw(frame, area, {});
                ASSERT_TRUE(!cursor.visible || (cursor.x <= columns && cursor.y < rows));
            }
        }
}

TEST(ListOverlay, TheMouseChoosesAndScrolls) {
    Frame frame{20, 4};
    const auto overlay = list({"one", "two", "three"});
    draw(*overlay, frame);
    overlay->pointer(Overlay::Pointer::click, 2, 0);
    EXPECT_EQ(overlay->state(), State::open);
    overlay->pointer(Overlay::Pointer::wheel_down, 2, 2);
    EXPECT_EQ(overlay->list().selected(), 1U);
    overlay->pointer(Overlay::Pointer::click, 2, 3);
    EXPECT_EQ(overlay->choice(), 2U);
}

TEST(ListOverlay, LeavesOtherKeysToOthers) {
    const auto overlay = list({"one"});
    EXPECT_FALSE(overlay->key(model::named_key(Key::tab, Modifiers::ctrl)));
    EXPECT_FALSE(overlay->key(model::named_key(Key::f1)));
    EXPECT_EQ(overlay->state(), State::open);
}

// ---- prompt

TEST(PromptOverlay, ShowsDescriptionPromptAndLine) {
    PromptOverlay prompt{
        {{model::StyledText{"Name the tab"}, model::StyledText{"(or not)"}}, model::StyledText{"> "}, "old"}};
    Frame frame{20, 5};
    const FrameCursor cursor = draw(prompt, frame);
    EXPECT_EQ(frame_text(frame), "Name the tab\n(or not)\n> old\n\n\n");
    EXPECT_EQ(cursor.x, 5);
    EXPECT_EQ(cursor.y, 2);
    press(prompt, Key::backspace);
    type(prompt, U"der");
    press(prompt, Key::enter);
    EXPECT_EQ(prompt.state(), State::accepted);
    EXPECT_EQ(prompt.line(), "older");
}

TEST(PromptOverlay, EscapeAndTheUsualKeysCancel) {
    for (const model::KeyEvent key :
         {model::named_key(Key::escape), model::character_key(U'c', Modifiers::ctrl),
          model::character_key(U'g', Modifiers::ctrl), model::character_key(U'd', Modifiers::ctrl)}) {
        PromptOverlay prompt{{{}, model::StyledText{"> "}, ""}};
        EXPECT_TRUE(prompt.key(key));
        EXPECT_EQ(prompt.state(), State::cancelled);
    }
    PromptOverlay prompt{{{}, model::StyledText{"> "}, "text"}};
    prompt.key(model::character_key(U'd', Modifiers::ctrl)); // deletes while there is text
    EXPECT_EQ(prompt.state(), State::open);
}

TEST(PromptOverlay, ALongDescriptionLeavesTheLine) {
    PromptOverlay prompt{{std::vector<model::StyledText>(10, model::StyledText{"text"}), {}, "line"}};
    Frame frame{10, 3};
    draw(prompt, frame);
    EXPECT_EQ(frame_text(frame), "text\ntext\nline\n");
}

// ---- confirmation

TEST(ConfirmOverlay, EnterMeansNoUntilYesIsChosen) {
    ConfirmOverlay first{{"Kill?"}};
    press(first, Key::enter);
    EXPECT_EQ(first.state(), State::cancelled);
    ConfirmOverlay second{{"Kill?"}};
    press(second, Key::left);
    press(second, Key::enter);
    EXPECT_EQ(second.state(), State::accepted);
}

TEST(ConfirmOverlay, AnswersToLettersOfAnyCaseOnly) {
    ConfirmOverlay overlay{{"Kill?"}};
    type(overlay, U"xq");
    EXPECT_EQ(overlay.state(), State::open);
    overlay.text("y\n");
    EXPECT_EQ(overlay.state(), State::open);
    overlay.key(model::character_key(U'Y', Modifiers::shift));
    EXPECT_EQ(overlay.state(), State::accepted);
}

TEST(ConfirmOverlay, TheMouseAnswers) {
    ConfirmOverlay overlay{{"Kill?"}};
    Frame frame{30, 7};
    draw(overlay, frame);
    EXPECT_NE(frame_text(frame).find("[Y]es      [N]o"), std::string::npos);
    overlay.pointer(Overlay::Pointer::click, 3, 1);
    EXPECT_EQ(overlay.state(), State::open);
    overlay.pointer(Overlay::Pointer::click, 5, 3);
    EXPECT_EQ(overlay.state(), State::accepted);
}

// ---- in a frame

class DotCells final : public PaneCells {
public:
    void take_damage(std::vector<RowSpan>& spans) override { spans.push_back({0, 0, 23}); }
    void draw_row(int, int, Frame&, std::span<FrameCell> cells) override {
        for (FrameCell& cell : cells) cell.text = U'.';
    }
    FrameCursor cursor() const override { return {0, 0, true, true, FrameCursor::Shape::block, {}}; }
};

class OverlayInFrame : public ::testing::Test {
protected:
    OverlayInFrame() {
        model::PaneInfo pane;
        pane.width = 24;
        pane.height = 6;
        const auto made = model::pane_schema().make(std::move(pane));
        model::TabInfo tab;
        tab.panes = List<model::PaneInfo>{std::vector<Ref<model::PaneInfo>>{made}};
        tab.active_pane = made;
        window.active_tab = model::tab_schema().make(std::move(tab));
        window.active_pane = made;
        window.columns = 24;
        window.rows = 6;
        scene.window = &window;
        scene.cells = [this](Id) { return &cells; };
    }

    model::WindowInfo window;
    DotCells cells;
    Scene scene;
    Composer composer;
};

TEST_F(OverlayInFrame, StandsOverPanesThatGoOnDrawing) {
    ConfirmOverlay overlay{{"Kill?"}};
    composer.compose(scene);
    EXPECT_TRUE(composer.frame().cursor().visible);
    scene.overlay = &overlay;
    composer.compose(scene);
    const std::string with = frame_text(composer.frame());
    EXPECT_NE(with.find("[Y]es"), std::string::npos);
    EXPECT_NE(with.find(".."), std::string::npos);
    EXPECT_FALSE(composer.frame().cursor().visible);
    composer.compose(scene);
    EXPECT_EQ(frame_text(composer.frame()), with);
}

TEST_F(OverlayInFrame, LeavesNothingBehind) {
    const std::string before = frame_text(composer.compose(scene));
    ConfirmOverlay overlay{{"Kill?"}};
    scene.overlay = &overlay;
    EXPECT_NE(frame_text(composer.compose(scene)), before);
    scene.overlay = nullptr;
    EXPECT_EQ(frame_text(composer.compose(scene)), before);
    EXPECT_TRUE(composer.frame().cursor().visible);
}

} // namespace

} // namespace lunette::ui
