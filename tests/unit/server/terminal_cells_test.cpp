#include "server/terminal_cells.h"

#include "server/ui_loop_fixture.h"

#include <algorithm>

namespace lunette::server {

namespace {

using Kind = model::Highlight::Kind;
using model::TextColor;

// Cells of a pane with a program's output in it, drawn into a frame of its size.
class TerminalCellsTest : public UiLoopTest {
protected:
    void show(std::string_view output, const model::ConfigPalette& palette = {}) {
        start("return {enable_tab_bar=false}");
        styles = ui::HighlightStyles{palette};
        shown_pane().inject(output);
        draw();
    }
    mux::Pane& shown_pane() { return *loop->mux().pane(pane()); }
    // Rows that are drawn.
    std::vector<int> draw() {
        std::vector<ui::RowSpan> spans;
        cells().take_damage(spans);
        std::vector<int> rows;
        for (const ui::RowSpan& span : spans) {
            std::vector<ui::FrameCell> row(static_cast<std::size_t>(span.last - span.first + 1));
            cells().draw_row(span.y, span.first, frame, row);
            frame.put(span.first, span.y, row);
            rows.push_back(span.y);
        }
        return rows;
    }
    TerminalCells& cells() {
        if (!drawn) drawn.emplace(shown_pane(), styles);
        return *drawn;
    }
    ui::FrameStyle look(int x, int y) {
        return frame.style_at(frame.row(y)[static_cast<std::size_t>(x)].style);
    }
    // The columns of a row with this background.
    std::string columns_with(TextColor background, int y) {
        std::string columns;
        for (int x = 0; x < frame.columns(); ++x) columns += look(x, y).background == background ? '#' : '.';
        return columns.substr(0, columns.find_last_of('#') + 1);
    }
    std::string inverse_columns(int y) {
        std::string columns;
        for (int x = 0; x < frame.columns(); ++x)
            columns += (look(x, y).attributes & ui::FrameStyle::inverse) != 0 ? '#' : '.';
        return columns.substr(0, columns.find_last_of('#') + 1);
    }
    std::string text(int y) { return ui::frame_text(frame, y); }

    ui::Frame frame{80, 10};
    ui::HighlightStyles styles;
    std::optional<TerminalCells> drawn;
};

} // namespace

TEST_F(TerminalCellsTest, TheSelectionIsInverseWhereTheOutersColorsShow) {
    show("one two\r\n\x1b[7mthree\x1b[m four");
    shown_pane().set_selection(model::Selection{{4, 0}, {6, 1}, false});
    EXPECT_EQ(draw(), (std::vector{0, 1}));
    EXPECT_EQ(inverse_columns(0), "...." + std::string(76, '#'));
    EXPECT_EQ(inverse_columns(1), ".....##") << "what is inverse shows the other way round";
    shown_pane().set_selection({});
    EXPECT_EQ(draw(), (std::vector{0, 1}));
    EXPECT_EQ(inverse_columns(0), "");
    EXPECT_EQ(inverse_columns(1), "#####");
    EXPECT_EQ(draw(), std::vector<int>{});
}

TEST_F(TerminalCellsTest, TheSelectionHasTheConfiguredColors) {
    model::ConfigPalette palette;
    palette.is_set = true;
    palette.selection_bg = TextColor::direct(1, 2, 3);
    palette.selection_fg = TextColor::transparent();
    show("\x1b[31mred\x1b[7m green", palette);
    shown_pane().set_selection(model::Selection{{1, 0}, {4, 0}, true});
    draw();
    EXPECT_EQ(columns_with(TextColor::direct(1, 2, 3), 0), ".##");
    EXPECT_EQ(look(1, 0).foreground, TextColor::indexed(1)) << "transparent: the text's own";
    EXPECT_EQ(look(3, 0).foreground, TextColor::direct(1, 2, 3)) << "inverse: its background is seen";
    EXPECT_NE(look(3, 0).attributes & ui::FrameStyle::inverse, 0);
}

TEST_F(TerminalCellsTest, HighlightsStayOnTheirTextWhileOutputScrolls) {
    show("a needle\r\n");
    cells().set_highlights({{{{2, 0}, {7, 0}}, Kind::match, {}}});
    EXPECT_EQ(draw(), std::vector<int>{0});
    EXPECT_EQ(columns_with(TextColor::indexed(13), 0), "..######");
    shown_pane().inject(std::string(8, '\n') + "\n\n"); // two rows scroll away
    draw();
    EXPECT_EQ(columns_with(TextColor::indexed(13), 0), "");
    shown_pane().scroll_to(0);
    draw();
    EXPECT_EQ(columns_with(TextColor::indexed(13), 0), "..######");
    EXPECT_EQ(text(0), "a needle");
}

TEST_F(TerminalCellsTest, OnlyRowsWithAnotherHighlightAreDrawn) {
    show("one\r\ntwo\r\nthree\r\nfour");
    cells().set_highlights(
        {{{{0, 1}, {2, 1}}, Kind::match, {}}, {{{0, 3}, {3, 3}}, Kind::current_match, {}}});
    EXPECT_EQ(draw(), (std::vector{1, 3}));
    cells().set_highlights(
        {{{{0, 1}, {2, 1}}, Kind::current_match, {}}, {{{0, 3}, {3, 3}}, Kind::current_match, {}}});
    EXPECT_EQ(draw(), std::vector<int>{1});
    EXPECT_EQ(columns_with(TextColor::indexed(11), 1), "###");
    cells().set_highlights({});
    EXPECT_EQ(draw(), (std::vector{1, 3}));
    EXPECT_EQ(columns_with(TextColor::indexed(11), 1), "");
}

TEST_F(TerminalCellsTest, LabelsStandOverTheTextAndTheSelection) {
    show("\u4e16\u754c abc");
    shown_pane().set_selection(model::Selection{{0, 0}, {7, 0}, false});
    cells().set_highlights({{{{1, 0}, {2, 0}}, Kind::label, "x"}, {{{5, 0}, {6, 0}}, Kind::label, "yz!"}});
    draw();
    EXPECT_EQ(text(0), " x\u754c yzc") << "what a label leaves of a wide character is blank";
    EXPECT_EQ(look(5, 0).background, TextColor::indexed(0));
    EXPECT_EQ(look(5, 0).foreground, TextColor::indexed(3));
    EXPECT_EQ(inverse_columns(0).substr(5), "..#");
    cells().set_highlights({});
    draw();
    EXPECT_EQ(text(0), "\u4e16\u754c abc");
}

TEST_F(TerminalCellsTest, HalfOfAWideCharacterIsAllOfIt) {
    show("a\u4e16\u754cb");
    cells().set_highlights({{{{2, 0}, {3, 0}}, Kind::match, {}}});
    draw();
    EXPECT_EQ(columns_with(TextColor::indexed(13), 0), ".####");
    EXPECT_EQ(text(0), "a\u4e16\u754cb");
}

TEST_F(TerminalCellsTest, ALinkIsUnderlined) {
    show("see http://x now");
    cells().set_link(model::CellRange{{4, 0}, {11, 0}});
    EXPECT_EQ(draw(), std::vector<int>{0});
    EXPECT_EQ(look(3, 0).underline, model::TextUnderline::none);
    EXPECT_EQ(look(4, 0).underline, model::TextUnderline::single);
    EXPECT_EQ(look(11, 0).underline, model::TextUnderline::single);
    EXPECT_EQ(look(12, 0).underline, model::TextUnderline::none);
}

TEST_F(TerminalCellsTest, TheCursorCanStandElsewhere) {
    show("one\r\ntwo");
    EXPECT_EQ(cells().cursor().y, 1);
    cells().set_cursor(model::CellPoint{2, 0});
    EXPECT_EQ(cells().cursor().x, 2);
    EXPECT_EQ(cells().cursor().y, 0);
    EXPECT_TRUE(cells().cursor().visible);
    cells().set_cursor({});
    EXPECT_EQ(cells().cursor().y, 1);
}

} // namespace lunette::server
