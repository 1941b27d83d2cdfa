#include "ui/debug_overlay.h"
#include "ui/page_overlay.h"

#include <gtest/gtest.h>

namespace lunette::ui {

namespace {

using model::Key;
using model::Modifiers;
using State = Overlay::State;

std::vector<PageView::Line> lines(std::initializer_list<const char*> texts) {
    std::vector<PageView::Line> all;
    for (const std::string text : texts)
        all.push_back(
            {model::StyledText{text.starts_with('#') ? text.substr(1) : text}, text.starts_with('#')});
    return all;
}

void type(Overlay& overlay, std::u32string_view text) {
    for (const char32_t c : text) overlay.key(model::character_key(c));
}

std::string drawn(Overlay& overlay, int columns, int rows) {
    Frame frame{columns, rows};
    overlay.draw(frame, overlay.place({0, 0, columns, rows}), {});
    return frame_text(frame);
}

std::string drawn(PageView& view, int columns, int rows) {
    Frame frame{columns, rows};
    view.draw(frame, {0, 0, columns, rows}, {});
    return frame_text(frame);
}

TEST(PageView, WrapsAndScrolls) {
    PageView view;
    view.set_lines(lines({"abcdef", "g", "h"}));
    EXPECT_EQ(drawn(view, 4, 3), "abcd\nef\ng\n");
    EXPECT_EQ(view.place_text(), "1-3 of 4");
    EXPECT_TRUE(view.key(model::named_key(Key::end)));
    EXPECT_EQ(drawn(view, 4, 3), "ef\ng\nh\n");
    view.scroll(-100);
    EXPECT_EQ(drawn(view, 6, 3), "abcdef\ng\nh\n");
    EXPECT_EQ(view.place_text(), "");
    EXPECT_FALSE(view.key(model::character_key(U'x')));
}

TEST(PageView, WideCharactersAreNotCutInTwo) {
    PageView view;
    view.set_lines(lines({"漢字x"}));
    EXPECT_EQ(drawn(view, 3, 2), "漢\n字x\n");
    EXPECT_EQ(drawn(view, 1, 2), "\n\n") << "nothing fits";
}

TEST(PageView, FollowsWhatGrowsUnlessOneReadsAbove) {
    PageView view;
    view.set_follow(true);
    view.set_lines(lines({"1", "2", "3"}));
    EXPECT_EQ(drawn(view, 2, 2), "2\n3\n");
    view.set_lines(lines({"1", "2", "3", "4"}));
    EXPECT_EQ(drawn(view, 2, 2), "3\n4\n");
    view.scroll(-2);
    view.set_lines(lines({"1", "2", "3", "4", "5"}));
    EXPECT_EQ(drawn(view, 2, 2), "1\n2\n");
}

TEST(PageView, AFilterKeepsTheHeadingsOfWhatItFinds) {
    PageView view;
    view.set_lines(lines({"#one", "Apple", "pear", "#two", "fig", "#three", "apple pie"}));
    view.set_filter("APPLE");
    EXPECT_EQ(drawn(view, 9, 5), "one\nApple\nthree\napple pie\n\n");
    view.set_filter("");
    EXPECT_EQ(drawn(view, 9, 2), "one\nApple\n");
}

TEST(PageOverlay, ClosesAndFinds) {
    PageOverlay page{"Title", lines({"one", "two"})};
    EXPECT_EQ(drawn(page, 20, 4), " Title\n one\n two\n q close  / find\n");
    type(page, U"/tw");
    EXPECT_EQ(drawn(page, 20, 4), " Title\n two\n\n Find: tw\n");
    page.key(model::named_key(Key::escape));
    EXPECT_EQ(page.state(), State::open) << "ends the search";
    EXPECT_EQ(drawn(page, 20, 4), " Title\n one\n two\n q close  / find\n");
    type(page, U"q");
    EXPECT_EQ(page.state(), State::cancelled);
}

TEST(PageOverlay, FitsInTheSmallestRoom) {
    PageOverlay page{"Title", lines({"one", "two"})};
    type(page, U"/o");
    for (const int columns : {1, 2, 7, 8})
        for (const int rows : {1, 2, 3}) drawn(page, columns, rows);
    EXPECT_EQ(page.state(), State::open);
}

// ---- debug overlay

struct Debug {
    std::vector<std::string> sources;
    std::vector<model::KeyEvent> keys;
    DebugOverlay overlay{{[this](const std::string& source) { sources.push_back(source); },
                          [this](const model::KeyEvent& key) {
                              keys.push_back(key);
                              return std::vector<std::string>{"key", "  more"};
                          }}};
};

TEST(DebugOverlay, SendsLinesOfLuaAndRecallsThem) {
    Debug debug;
    type(debug.overlay, U"1+1");
    debug.overlay.key(model::named_key(Key::enter));
    debug.overlay.key(model::named_key(Key::enter));
    EXPECT_EQ(debug.sources, (std::vector<std::string>{"1+1"})) << "an empty line is none";
    debug.overlay.key(model::named_key(Key::up));
    debug.overlay.add_log(lines({"= 2"}));
    EXPECT_NE(drawn(debug.overlay, 60, 4).find("> 1+1\n= 2\n> 1+1\n"), std::string::npos)
        << drawn(debug.overlay, 60, 4);
    debug.overlay.key(model::named_key(Key::down));
    EXPECT_NE(drawn(debug.overlay, 60, 4).find("= 2\n>\n"), std::string::npos);
}

TEST(DebugOverlay, TheLogIsBounded) {
    Debug debug;
    debug.overlay.add_log(
        std::vector<PageView::Line>(DebugOverlay::most_lines + 10, {model::StyledText{"old"}, false}));
    debug.overlay.add_log(lines({"new"}));
    EXPECT_NE(drawn(debug.overlay, 60, 4).find("old\nnew\n"), std::string::npos);
    debug.overlay.key(model::named_key(Key::page_up));
    EXPECT_NE(drawn(debug.overlay, 60, 4).find("old\nold\n"), std::string::npos);
}

TEST(DebugOverlay, ThePageOfKeysShowsEveryKeyAndLeavesByTwo) {
    Debug debug;
    debug.overlay.key(model::named_key(Key::tab));
    EXPECT_EQ(debug.overlay.page(), DebugOverlay::Page::callbacks);
    debug.overlay.set_callbacks(lines({"statistics"}));
    EXPECT_NE(drawn(debug.overlay, 60, 4).find("statistics"), std::string::npos);
    debug.overlay.key(model::named_key(Key::tab));
    EXPECT_EQ(debug.overlay.page(), DebugOverlay::Page::keys);
    debug.overlay.key(model::character_key(U'c', Modifiers::ctrl));
    debug.overlay.key(model::named_key(Key::tab));
    debug.overlay.key(model::named_key(Key::escape));
    EXPECT_EQ(debug.keys.size(), 3U);
    EXPECT_EQ(debug.overlay.state(), State::open);
    EXPECT_NE(drawn(debug.overlay, 60, 5).find("key\n  more\n"), std::string::npos);
    debug.overlay.key(model::named_key(Key::escape));
    EXPECT_EQ(debug.overlay.state(), State::cancelled);
    Debug other;
    other.overlay.key(model::named_key(Key::tab));
    other.overlay.key(model::named_key(Key::tab));
    other.overlay.key(model::named_key(Key::tab));
    other.overlay.key(model::named_key(Key::tab));
    EXPECT_EQ(other.overlay.page(), DebugOverlay::Page::log);
}

} // namespace

} // namespace lunette::ui
