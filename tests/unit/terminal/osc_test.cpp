#include "terminal_text.h"

#include <gtest/gtest.h>

namespace lunette::terminal::testing {
namespace {

TEST(Osc, Titles) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]0;both\x07");
    EXPECT_EQ(terminal.title(), "both");
    EXPECT_EQ(terminal.icon_title(), "both");
    feed(terminal, "\x1B]2;window; with semicolon\x1B\\\x1B]1;icon\x07");
    EXPECT_EQ(terminal.title(), "window; with semicolon");
    EXPECT_EQ(terminal.icon_title(), "icon");
    EXPECT_EQ(events_of<TitleChanged>(terminal).size(), 1U) << "one event says look again";
    feed(terminal, "\x1B[22;0t\x1B]2;inner\x07\x1B[23;0t");
    EXPECT_EQ(terminal.title(), "window; with semicolon");
    feed(terminal, "\x1B[23t\x1B[23t");
    EXPECT_EQ(terminal.title(), "window; with semicolon");
}

TEST(Osc, TextIsCleanedAndBounded) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]2;a\x01\x7F\xC2\x85"
                   "b\xFFü\n\x07");
    EXPECT_EQ(terminal.title(), "ab\uFFFDü");
    feed(terminal, "\x1B]2;" + std::string(100'000, 'x') + "\x07");
    EXPECT_EQ(terminal.title().size(), 4096U);
    feed(terminal, "\x1B]7;file://host/a\x01"
                   "b\x07");
    EXPECT_EQ(terminal.cwd(), "file://host/ab");
    EXPECT_EQ(events_of<CwdChanged>(terminal).size(), 1U);
}

TEST(Osc, UserVarsKeepTheirOrder) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]1337;SetUserVar=foo=YmFy\x07\x1B]1337;SetUserVar=foo=YmF6Cg==\x07\x1B]1337;"
                   "SetUserVar=empty=\x07");
    const auto vars = events_of<UserVarSet>(terminal);
    ASSERT_EQ(vars.size(), 3U);
    EXPECT_EQ(vars[0].name, "foo");
    EXPECT_EQ(vars[0].value, "bar");
    EXPECT_EQ(vars[1].value, "baz");
    EXPECT_EQ(vars[2].value, "");
    feed(terminal, "\x1B]1337;SetUserVar=foo=***\x07\x1B]1337;SetUserVar==YmFy\x07\x1B]1337;"
                   "SetUserVar\x07\x1B]1337;File=x:AA\x07");
    EXPECT_TRUE(terminal.take_events().empty());
}

TEST(Osc, Progress) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]9;4;1;50\x07");
    EXPECT_EQ(terminal.progress(), (Progress{Progress::State::normal, 50}));
    EXPECT_EQ(events_of<ProgressChanged>(terminal).size(), 1U);
    feed(terminal, "\x1B]9;4;1;50\x07");
    EXPECT_TRUE(terminal.take_events().empty()) << "nothing changed";
    feed(terminal, "\x1B]9;4;2;999\x07");
    EXPECT_EQ(terminal.progress(), (Progress{Progress::State::error, 100}));
    feed(terminal, "\x1B]9;4;3\x07");
    EXPECT_EQ(terminal.progress(), (Progress{Progress::State::indeterminate, 0}));
    feed(terminal, "\x1B]9;4;9;1\x07\x1B]9;4;x\x07");
    EXPECT_EQ(terminal.progress().state, Progress::State::indeterminate);
    feed(terminal, "\x1B]9;4;0\x07");
    EXPECT_EQ(terminal.progress(), Progress{});
}

TEST(Osc, Notifications) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]9;done\x07\x1B]777;notify;Title;Body; more\x07\x1B]777;other;x\x07");
    const auto notes = events_of<Notification>(terminal);
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].body, "done");
    EXPECT_EQ(notes[1].title, "Title");
    EXPECT_EQ(notes[1].body, "Body; more");
}

TEST(Osc, ClipboardIsWrittenAndNeverRead) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]52;c;aGVsbG8=\x07\x1B]52;;aGk\x07\x1B]52;cpx;aGk=\x07");
    const auto writes = events_of<ClipboardWrite>(terminal);
    ASSERT_EQ(writes.size(), 3U);
    EXPECT_EQ(writes[0].text, "hello");
    EXPECT_EQ(writes[1].selections, "c");
    EXPECT_EQ(writes[2].selections, "cp");
    feed(terminal, "\x1B]52;c;?\x07\x1B]52;c;a\x07\x1B]52;c;a===b\x07");
    EXPECT_TRUE(terminal.take_events().empty());
    EXPECT_EQ(terminal.take_replies(), "");
}

TEST(Osc, Hyperlinks) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x1B]8;id=7:x=y;https://a.example/?a;b\x1B\\link\x1B[31m2\x1B[m3\x1B]8;;\x1B\\off");
    const LinkId link = style_at(terminal, 0, 0).link;
    EXPECT_EQ(terminal.link_uri(link), "https://a.example/?a;b");
    EXPECT_EQ(terminal.link_parameter(link), "7");
    EXPECT_EQ(style_at(terminal, 4, 0).link, link);
    EXPECT_EQ(style_at(terminal, 5, 0).link, link) << "SGR 0 does not end a link";
    EXPECT_EQ(style_at(terminal, 6, 0).link, 0U);
    EXPECT_EQ(terminal.link_uri(0), "");
    EXPECT_EQ(terminal.link_uri(12345), "");
    feed(terminal, "\r\n\x1B]8;;" + std::string(5000, 'u') + "\x07x");
    EXPECT_EQ(style_at(terminal, 0, 1).link, 0U) << "too long";
}

TEST(Osc, PromptMarks) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal,
         "\x1B]133;A;k=s\x07$ \x1B]133;B\x07ls\x1B]133;C\x07\r\n\x1B]133;D;2\x07\x1B]133;Z\x07\x1B]133\x07");
    const auto marks = events_of<PromptMark>(terminal);
    ASSERT_EQ(marks.size(), 4U);
    EXPECT_EQ(marks[0].kind, 'A');
    EXPECT_EQ(marks[3].exit_code, 2);
}

TEST(Osc, BellsAreQueuedOnce) {
    Terminal terminal = make_terminal(20, 5);
    feed(terminal, "\x07\x07\x07");
    EXPECT_EQ(events_of<BellRang>(terminal).size(), 1U);
    feed(terminal, "\x1B]0;t\x07");
    EXPECT_TRUE(events_of<BellRang>(terminal).empty()) << "the BEL that ends an OSC does not ring";
}

TEST(Osc, UnknownOnesAreIgnored) {
    EXPECT_EQ(shown("\x1B]\x07\x1B];\x07\x1B]abc\x07\x1B]99999999999;x\x07\x1B]-1;x\x07\x1B]L\x07x"), "x");
}

} // namespace
} // namespace lunette::terminal::testing
