#include "ui/composer.h"

#include <gtest/gtest.h>

#include <map>

namespace lunette::ui {

namespace {

// A pane that shows a letter of its own, and counts what it is asked for.
class LetterCells final : public PaneCells {
public:
    explicit LetterCells(char letter) : letter{letter} {}
    void take_damage(std::vector<RowSpan>& spans) override {
        for (const int y : damage) spans.push_back({y, 0, 1000});
        spans.insert(spans.end(), damaged_spans.begin(), damaged_spans.end());
        damage.clear();
        damaged_spans.clear();
    }
    void draw_row(int y, int first, Frame& frame, std::span<FrameCell> cells) override {
        drawn.push_back(y);
        drawn_first = first;
        drawn_columns = static_cast<int>(cells.size());
        FrameStyle style;
        style.attributes = FrameStyle::bold;
        for (FrameCell& cell : cells) {
            cell.text = static_cast<unsigned char>(letter);
            cell.style = frame.style(style) & 0x3FFFFFFF;
        }
    }
    FrameCursor cursor() const override { return place; }

    char letter;
    std::vector<int> damage;
    std::vector<RowSpan> damaged_spans;
    std::vector<int> drawn;
    int drawn_first = 0; // of the last one
    int drawn_columns = 0;
    FrameCursor place{1, 0, true, false, FrameCursor::Shape::bar, {}};
};

struct Place {
    char letter;
    int left, top, width, height;
};

class ComposerTest : public ::testing::Test {
protected:
    // Places are those of the panes' area. The first pane is the active one.
    Scene scene(int columns, int rows, const std::vector<Place>& places) {
        std::vector<Ref<model::PaneInfo>> panes;
        for (const Place& place : places) {
            model::PaneInfo info;
            info.left = place.left;
            info.top = place.top;
            info.width = place.width;
            info.height = place.height;
            auto [found, added] = cells.try_emplace(ids[place.letter], place.letter);
            (void)added;
            panes.push_back(model::pane_schema().make(found->first, info));
        }
        model::TabInfo tab;
        tab.panes = List<model::PaneInfo>{panes};
        window.active_tab = model::tab_schema().make(tab);
        window.active_pane = panes.empty() ? Ref<model::PaneInfo>{} : panes[0];
        window.columns = columns;
        window.rows = rows;
        Scene scene;
        scene.window = &window;
        scene.cells = [this](Id id) -> PaneCells* {
            const auto found = cells.find(id);
            return found == cells.end() ? nullptr : &found->second;
        };
        return scene;
    }
    LetterCells& pane(char letter) { return cells.at(ids[letter]); }

    std::map<char, Id> ids{{'a', 1}, {'b', 2}, {'c', 3}, {'d', 4}};
    std::map<Id, LetterCells> cells;
    model::WindowInfo window;
    model::TabBarLayout bar;
    Composer composer;
};

} // namespace

TEST_F(ComposerTest, OnePaneFillsTheFrame) {
    EXPECT_EQ(frame_text(composer.compose(scene(3, 2, {{'a', 0, 0, 3, 2}}))), "aaa\naaa\n");
}

TEST_F(ComposerTest, LinesStandBetweenPanes) {
    const Scene four =
        scene(5, 5, {{'a', 0, 0, 2, 2}, {'b', 3, 0, 2, 2}, {'c', 0, 3, 2, 2}, {'d', 3, 3, 2, 2}});
    EXPECT_EQ(frame_text(composer.compose(four)), "aa│bb\naa│bb\n──┼──\ncc│dd\ncc│dd\n");
    const Scene three = scene(5, 5, {{'a', 0, 0, 2, 5}, {'b', 3, 0, 2, 2}, {'c', 3, 3, 2, 2}});
    EXPECT_EQ(frame_text(composer.compose(three)), "aa│bb\naa│bb\naa├──\naa│cc\naa│cc\n");
}

TEST_F(ComposerTest, TheTabBarStandsAboveOrBelow) {
    bar.row = model::StyledText{"[bar]"};
    Scene with_bar = scene(5, 3, {{'a', 0, 0, 5, 2}});
    with_bar.tab_bar = &bar;
    EXPECT_EQ(frame_text(composer.compose(with_bar)), "[bar]\naaaaa\naaaaa\n");
    with_bar.tab_bar_at_bottom = true;
    EXPECT_EQ(frame_text(composer.compose(with_bar)), "aaaaa\naaaaa\n[bar]\n");
    with_bar.tab_bar = nullptr;
    Scene without = scene(5, 3, {{'a', 0, 0, 5, 3}});
    EXPECT_EQ(frame_text(composer.compose(without)), "aaaaa\naaaaa\naaaaa\n");
}

TEST_F(ComposerTest, ThePaddingIsBlank) {
    bar.row = model::StyledText{"[tab bar]"};
    Scene padded = scene(9, 6, {{'a', 0, 0, 2, 3}, {'b', 3, 0, 2, 3}});
    padded.tab_bar = &bar;
    padded.blank_style.background = model::TextColor::direct(1, 2, 3);
    window.padding = {1, 3, 2, 0};
    EXPECT_EQ(frame_text(composer.compose(padded)), "[tab bar]\n\n\n aa│bb\n aa│bb\n aa│bb\n");
    const Frame& frame = composer.frame();
    EXPECT_EQ(frame.style_at(frame.row(3)[8].style).background, padded.blank_style.background);
    EXPECT_EQ(frame.cursor().x, 2);
    EXPECT_EQ(frame.cursor().y, 3);
    window.padding = {3, 1, 0, 2};
    EXPECT_EQ(frame_text(composer.compose(padded)), "[tab bar]\n   aa│bb\n   aa│bb\n   aa│bb\n\n\n");
}

TEST_F(ComposerTest, OnlyDamagedRowsAreDrawnAgain) {
    const Scene two = scene(5, 4, {{'a', 0, 0, 2, 4}, {'b', 3, 0, 2, 4}});
    composer.compose(two);
    composer.frame().take_changed_rows();
    pane('a').drawn.clear();
    pane('b').drawn.clear();
    composer.compose(two);
    EXPECT_TRUE(pane('a').drawn.empty());
    EXPECT_TRUE(composer.frame().take_changed_rows().empty());

    pane('b').damage = {2, 7, -1};
    pane('b').letter = 'B';
    EXPECT_EQ(frame_text(composer.compose(two)), "aa│bb\naa│bb\naa│BB\naa│bb\n");
    EXPECT_TRUE(pane('a').drawn.empty());
    EXPECT_EQ(pane('b').drawn, (std::vector<int>{2}));
    EXPECT_EQ(composer.frame().take_changed_rows(), (std::vector<int>{2}));
}

TEST_F(ComposerTest, OnlyRowsThatWereDrawnOverAreDrawnAgain) {
    Scene two = scene(5, 4, {{'a', 0, 0, 2, 3}, {'b', 3, 0, 2, 3}});
    bar.row = model::StyledText{"[bar]"};
    two.tab_bar = &bar;
    const std::string before = frame_text(composer.compose(two));
    const auto draw_over = [&](const Area& area) {
        for (int y = area.top; y < area.top + area.rows; ++y)
            composer.frame().put_text(area.left, y, std::string(static_cast<std::size_t>(area.columns), '#'),
                                      {}, area.columns);
        pane('a').drawn.clear();
        pane('b').drawn.clear();
        composer.invalidate(area);
    };
    draw_over({1, 1, 4, 2});
    EXPECT_NE(frame_text(composer.frame()), before);
    EXPECT_EQ(frame_text(composer.compose(two)), before) << "and the line between them";
    EXPECT_EQ(pane('a').drawn, (std::vector<int>{0, 1}));
    EXPECT_EQ(pane('b').drawn, (std::vector<int>{0, 1}));
    pane('b').drawn.clear();
    composer.compose(two);
    EXPECT_TRUE(pane('b').drawn.empty()) << "once";

    draw_over({0, 0, 5, 1});
    EXPECT_EQ(frame_text(composer.compose(two)), before) << "the tab bar";
    EXPECT_TRUE(pane('a').drawn.empty());

    // What is left of the frame when it has become smaller.
    draw_over({0, 0, 5, 4});
    composer.invalidate({0, 3, 900, 900});
    composer.invalidate({});
    EXPECT_EQ(frame_text(composer.compose(two)), before);
}

TEST_F(ComposerTest, OnlyDamagedColumnsAreDrawnAgain) {
    const Scene two = scene(9, 2, {{'a', 0, 0, 4, 2}, {'b', 5, 0, 4, 2}});
    composer.compose(two);
    pane('b').letter = 'B';
    pane('b').damaged_spans = {{1, 1, 2}};
    EXPECT_EQ(frame_text(composer.compose(two)), "aaaa│bbbb\naaaa│bBBb\n");
    EXPECT_EQ(pane('b').drawn_first, 1);
    EXPECT_EQ(pane('b').drawn_columns, 2);
    pane('b').damaged_spans = {{0, 3, 40}, {1, 4, 40}};
    EXPECT_EQ(frame_text(composer.compose(two)), "aaaa│bbbB\naaaa│bBBb\n") << "nothing beyond the pane";
}

TEST_F(ComposerTest, ARowThatComesOutEqualIsNoChange) {
    const Scene one = scene(3, 2, {{'a', 0, 0, 3, 2}});
    composer.compose(one);
    composer.frame().take_changed_rows();
    pane('a').damage = {0, 1};
    composer.compose(one);
    EXPECT_TRUE(composer.frame().take_changed_rows().empty());
    composer.invalidate();
    composer.compose(one);
    EXPECT_TRUE(composer.frame().take_changed_rows().empty());
}

TEST_F(ComposerTest, AnotherPlaceDrawsEverything) {
    composer.compose(scene(5, 2, {{'a', 0, 0, 2, 2}, {'b', 3, 0, 2, 2}}));
    EXPECT_EQ(frame_text(composer.compose(scene(5, 2, {{'b', 0, 0, 2, 2}, {'a', 3, 0, 2, 2}}))),
              "bb│aa\nbb│aa\n");
    // Another tab with panes at the same place.
    EXPECT_EQ(frame_text(composer.compose(scene(5, 2, {{'c', 0, 0, 2, 2}, {'d', 3, 0, 2, 2}}))),
              "cc│dd\ncc│dd\n");
}

TEST_F(ComposerTest, TheBarChangesAlone) {
    Scene with_bar = scene(5, 2, {{'a', 0, 0, 5, 1}});
    bar.row = model::StyledText{"one"};
    with_bar.tab_bar = &bar;
    composer.compose(with_bar);
    composer.frame().take_changed_rows();
    composer.compose(with_bar);
    EXPECT_TRUE(composer.frame().take_changed_rows().empty());
    bar.row = model::StyledText{"日本x"};
    EXPECT_EQ(frame_text(composer.compose(with_bar), 0), "日本x");
    EXPECT_EQ(composer.frame().take_changed_rows(), (std::vector<int>{0}));
}

TEST_F(ComposerTest, TheCursorIsThatOfTheActivePane) {
    Scene two = scene(5, 3, {{'a', 3, 0, 2, 2}, {'b', 0, 0, 2, 2}});
    bar.row = model::StyledText{"bar"};
    two.tab_bar = &bar;
    EXPECT_EQ(composer.compose(two).cursor(), (FrameCursor{4, 1, true, false, FrameCursor::Shape::bar, {}}));
    pane('a').place.y = 9; // scrolled away
    EXPECT_FALSE(composer.compose(two).cursor().visible);
    pane('a').place = {0, 0, false, false, FrameCursor::Shape::bar, {}};
    EXPECT_FALSE(composer.compose(two).cursor().visible);
}

TEST_F(ComposerTest, PanesLargerThanTheFrameAreCut) {
    EXPECT_EQ(frame_text(composer.compose(scene(3, 2, {{'a', 0, 0, 80, 24}}))), "aaa\naaa\n");
    EXPECT_EQ(frame_text(composer.compose(scene(3, 2, {{'a', 0, 0, 3, 2}, {'b', 50, 0, 3, 2}}))),
              "aaa\naaa\n");
    composer.compose(scene(0, 0, {{'a', 0, 0, 3, 2}}));
    EXPECT_EQ(composer.frame().rows(), 0);
}

TEST_F(ComposerTest, APaneThatIsGoneLeavesItsPlaceEmpty) {
    Scene gone = scene(3, 1, {{'a', 0, 0, 3, 1}});
    gone.cells = [](Id) -> PaneCells* { return nullptr; };
    EXPECT_EQ(frame_text(composer.compose(gone)), "\n");
    gone.window = nullptr;
    EXPECT_EQ(frame_text(composer.compose(gone)), "\n");
}

TEST(Frame, WideCharactersAreNeverHalved) {
    Frame frame{6, 1};
    EXPECT_EQ(frame.put_text(0, 0, "日本語", {}, 6), 6);
    frame.put_text(1, 0, "x", {}, 1);
    EXPECT_EQ(frame_text(frame, 0), " x本語");
    frame.put_text(4, 0, "日", {}, 1); // no room
    EXPECT_EQ(frame_text(frame, 0), " x本語");
    frame.put_text(3, 0, "y", {}, 1);
    EXPECT_EQ(frame_text(frame, 0), " x y語");
}

TEST(Frame, TablesGiveTheSameIdForTheSameThing) {
    Frame frame{4, 1};
    FrameStyle red;
    red.foreground = model::TextColor::indexed(1);
    const std::uint32_t id = frame.style(red);
    EXPECT_NE(id, 0u);
    EXPECT_EQ(frame.style(red), id);
    EXPECT_EQ(frame.style_at(id), red);
    EXPECT_EQ(frame.style({}), 0u);
    EXPECT_EQ(frame.link("", "x"), 0u);
    EXPECT_EQ(frame.link("http://a", ""), frame.link("http://a", ""));
    EXPECT_NE(frame.link("http://a", "1"), frame.link("http://a", "2"));
    frame.put_text(0, 0, "e\u0301", red, 4);
    EXPECT_EQ(frame_text(frame, 0), "e\u0301");
    const std::uint64_t generation = frame.generation();
    frame.clear();
    EXPECT_GT(frame.generation(), generation);
    EXPECT_EQ(frame_text(frame, 0), "");
}

TEST(Frame, WearsOutInsteadOfGrowingForEver) {
    Frame frame{1, 1};
    FrameStyle style;
    for (int i = 0; !frame.is_worn(); ++i) {
        ASSERT_LT(i, 1 << 24);
        style.foreground =
            model::TextColor::direct(static_cast<std::uint8_t>(i >> 16), static_cast<std::uint8_t>(i >> 8),
                                     static_cast<std::uint8_t>(i));
        frame.style(style);
    }
    frame.clear();
    EXPECT_FALSE(frame.is_worn());
}

} // namespace lunette::ui
