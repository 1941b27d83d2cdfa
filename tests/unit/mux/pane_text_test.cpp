#include "model/write_queue.h"
#include "mux/environment.h"
#include "mux/file_url.h"
#include "mux/mux_fixture.h"
#include "mux/pane_text.h"

#include <algorithm>

namespace lunette::mux {

namespace {

terminal::Terminal terminal_with(std::string_view output, int columns = 10, int rows = 4) {
    terminal::Terminal::Options options;
    options.columns = columns;
    options.rows = rows;
    terminal::Terminal terminal{options};
    terminal.feed(std::span{output.data(), output.size()});
    return terminal;
}

} // namespace

TEST(PaneText, BlankEndsAreCut) {
    const terminal::Terminal terminal = terminal_with("one  \r\n\r\n  two");
    EXPECT_EQ(rows_text(terminal, 0, 3, TextForm::plain, false), "one\n\n  two");
    EXPECT_EQ(rows_text(terminal, 3, 3, TextForm::plain, false), "");
    EXPECT_EQ(rows_text(terminal, -5, 99, TextForm::plain, false), "one\n\n  two");
}

TEST(PaneText, WrappedRowsAreOneLogicalLine) {
    const terminal::Terminal terminal = terminal_with("first\r\n0123456789abcdefghijKLM\r\n", 10, 6);
    EXPECT_EQ(rows_text(terminal, 0, 5, TextForm::plain, true), "first\n0123456789abcdefghijKLM");
    EXPECT_EQ(first_of_logical_lines(terminal, 1), 5);
    EXPECT_EQ(first_of_logical_lines(terminal, 3), 1);
    EXPECT_EQ(first_of_logical_lines(terminal, 4), 0);
    EXPECT_EQ(first_of_logical_lines(terminal, 99), 0);
}

TEST(PaneText, EscapesGiveTheStylesBack) {
    const terminal::Terminal terminal = terminal_with("a\x1b[1;38;5;9mb\x1b[0mc");
    EXPECT_EQ(rows_text(terminal, 0, 0, TextForm::escapes, false), "a\x1b[0;1;38;5;9mb\x1b[0mc");
    const terminal::Terminal linked =
        terminal_with("\x1b]8;id=q;http://x\x1b\\l\x1b]8;;\x1b\\ \x1b[4:3;58:2::1:2:3mu");
    EXPECT_EQ(rows_text(linked, 0, 0, TextForm::escapes, false),
              "\x1b]8;id=q;http://x\x1b\\\x1b[0ml\x1b]8;;\x1b\\\x1b[0m \x1b[0;4:3;58;2;1;2;3mu\x1b[0m");
    // What was written gives the same picture when it is fed again.
    const std::string copy = rows_text(linked, 0, 0, TextForm::escapes, false);
    EXPECT_EQ(rows_text(terminal_with(copy), 0, 0, TextForm::escapes, false), copy);
}

TEST(PaneText, SelectionsJoinWrappedRowsAndCutRectangles) {
    const terminal::Terminal terminal = terminal_with("0123456789abc\r\nxyz", 10, 4);
    EXPECT_EQ(selection_text(terminal, {{8, 0}, {1, 1}, false}, TextForm::plain), "89ab");
    EXPECT_EQ(selection_text(terminal, {{1, 2}, {8, 0}, false}, TextForm::plain), "89abc\nxy");
    EXPECT_EQ(selection_text(terminal, {{2, 0}, {1, 2}, true}, TextForm::plain), "12\nbc\nyz");
    EXPECT_EQ(selection_text(terminal, {{0, 50}, {5, 60}, false}, TextForm::plain), "");
}

TEST_F(MuxTest, QueriesReadTheScreen) {
    const Id pane = window().pane;
    mux.apply(model::InjectOutput{pane, "one\r\ntwo\r\nthree"});
    EXPECT_EQ(mux.answer(model::PaneText{pane, {}, false, false})->text(), "one\ntwo\nthree");
    EXPECT_EQ(mux.answer(model::PaneText{pane, 21, false, false})->text(), "three");
    EXPECT_EQ(mux.answer(model::PaneText{pane, -1, false, false})->text(), "");
    EXPECT_EQ(mux.answer(model::PaneRegion{pane, 1, 0, 1, 1})->text(), "ne\ntw");
    EXPECT_EQ(mux.answer(model::SelectionText{pane, false})->text(), "");
    mux.pane(pane)->set_selection(model::Selection{{0, 1}, {2, 1}, false});
    mux.touch(pane);
    EXPECT_EQ(mux.answer(model::SelectionText{pane, false})->text(), "two");
    EXPECT_TRUE(info(pane)->has_selection);
    EXPECT_FALSE(mux.answer(model::PaneText{pane + 1000, {}, false, false}));
}

TEST(FileUrl, OnlyOurOwnHostsPathsAreUsed) {
    EXPECT_EQ(local_path_of_url("file://here/a%20b%C3%A4", "here"), "/a bä");
    EXPECT_EQ(local_path_of_url("file:///tmp", "here"), "/tmp");
    EXPECT_EQ(local_path_of_url("file://localhost/tmp", "here"), "/tmp");
    EXPECT_EQ(local_path_of_url("file://there/tmp", "here"), "");
    EXPECT_EQ(local_path_of_url("http://here/tmp", "here"), "");
    EXPECT_EQ(local_path_of_url("file://here", "here"), "");
    EXPECT_EQ(local_path_of_url("file://here/%00x", "here"), "");
    EXPECT_EQ(local_path_of_url("file://here/100%", "here"), "/100%");
    const std::string path = "/odd name/%/ä";
    EXPECT_EQ(local_path_of_url(url_of_path(path, "here"), "here"), path);
}

TEST(WriteQueue, IsBoundedAndInOrder) {
    model::WriteQueue queue;
    EXPECT_TRUE(queue.push("abc", 5));
    EXPECT_FALSE(queue.push("def", 5));
    EXPECT_TRUE(queue.push("de", 5));
    EXPECT_EQ(queue.size(), 5u);
    std::string read;
    while (!queue.empty()) {
        read += queue.front().front();
        queue.pop(1);
    }
    EXPECT_EQ(read, "abcde");
    EXPECT_TRUE(queue.push(std::string(5000, 'x'), 10000));
    EXPECT_TRUE(queue.push("y", 10000));
    EXPECT_EQ(queue.front().size(), 5000u);
    queue.clear();
    EXPECT_TRUE(queue.empty());
}

TEST(Environment, TermIsUsedWhereItIsKnown) {
    const std::vector<std::string> base{"PATH=/bin", "TERM=dumb", "TMUX=x", "BROKEN"};
    Settings settings;
    settings.term = "no-such-terminal";
    const auto has = [](const std::vector<std::string>& block, const std::string& item) {
        return std::find(block.begin(), block.end(), item) != block.end();
    };
    const auto block = pane_environment(base, settings, {{"PATH", "/mine"}}, 7, "1.2");
    EXPECT_TRUE(has(block, "TERM=xterm-256color"));
    EXPECT_TRUE(has(block, "PATH=/mine"));
    EXPECT_TRUE(has(block, "WEZTERM_PANE=7"));
    EXPECT_TRUE(has(block, "TERM_PROGRAM_VERSION=1.2"));
    EXPECT_FALSE(has(block, "TMUX=x"));
    EXPECT_FALSE(terminfo_has("../../etc/passwd", base));
    EXPECT_FALSE(terminfo_has("", base));
}

} // namespace lunette::mux
