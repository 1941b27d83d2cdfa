#include "server/ui_loop_fixture.h"

namespace lunette::server {

namespace {

class UiLoopKeysTest : public UiLoopTest {
protected:
    void prefix(char32_t key) {
        loop->key(model::character_key(U'b', model::Modifiers::ctrl));
        loop->key(model::character_key(key));
    }
};

TEST_F(UiLoopKeysTest, ThePrefixOpensATabAndMovesBetweenTabs) {
    start("return {}");
    prefix(U'c');
    ASSERT_TRUE(run_until([this] { return loop->window() && loop->window()->tabs.size() == 2; }));
    prefix(U'p');
    EXPECT_TRUE(run_until([this] { return loop->window()->active_tab->tab_index == 0; }));
}

TEST_F(UiLoopKeysTest, WhatAProgramAsksForReachesTheOuterTerminal) {
    start("return {}", {}, 2);
    loop->mux().send_bytes(pane(), "\x1B[>11u\n"); // cat gives it back
    EXPECT_TRUE(run_until([this] { return outer.key_flags() == 11; }));
    ASSERT_TRUE(loop->mux().apply(model::ActivateTab{loop->window()->tabs[0].id()}));
    EXPECT_TRUE(run_until([this] { return outer.key_flags() == 0; })) << "another program";
}

TEST_F(UiLoopKeysTest, AnUnknownKeyBehindThePrefixIsSaidAndNotTyped) {
    start("return {}");
    prefix(U'~');
    EXPECT_TRUE(shows("CTRL+b: no such key"));
    type("typed");
    EXPECT_TRUE(shows("typed"));
    EXPECT_EQ(outer.screen().find("~"), std::string::npos);
    EXPECT_TRUE(run_until([this] { return outer.screen().find("no such key") == std::string::npos; }))
        << "the next key takes it away";
}

TEST_F(UiLoopKeysTest, HesitatingBehindThePrefixShowsWhatMayFollow) {
    start("return {}");
    loop->key(model::character_key(U'b', model::Modifiers::ctrl));
    EXPECT_TRUE(shows("d detach"));
}

TEST_F(UiLoopKeysTest, WhatRunsIsClosedAfterAQuestion) {
    start("return {}", {}, 2);
    prefix(U'x');
    EXPECT_TRUE(shows("cat is running.")) << outer.screen();
    EXPECT_TRUE(shows("Close this pane all the same?"));
    type("n");
    EXPECT_TRUE(run_until([this] { return outer.screen().find("is running") == std::string::npos; }));
    EXPECT_EQ(loop->mux().panes().size(), 2U);
    prefix(U'&');
    EXPECT_TRUE(shows("Close this tab all the same?"));
    type("y");
    EXPECT_TRUE(run_until([this] { return loop->mux().panes().size() == 1; }));
}

TEST_F(UiLoopKeysTest, PastesWhatWasCopiedHere) {
    start("return {}");
    prefix(U']');
    EXPECT_TRUE(shows("nothing was copied"));
    ASSERT_TRUE(loop->mux().apply(
        model::CopyToClipboard{loop->mux().active_window(), "from here", model::Clipboard::both}));
    loop->turn(0);
    prefix(U']');
    EXPECT_TRUE(shows("from here"));
}

TEST_F(UiLoopKeysTest, APasteThatNobodyReadsDoesNotHoldTheKeysBack) {
    start("return {}");
    model::SpawnOptions sleeper;
    sleeper.args = {"/bin/sh", "-c", "stty raw -echo; echo sleeping; exec sleep 1000"};
    ASSERT_TRUE(loop->mux().apply(model::SpawnTab{loop->mux().active_window(), sleeper}));
    ASSERT_TRUE(shows("sleeping"));
    const std::string piece(std::size_t{1} << 20, 'x');
    bool first = true;
    int pieces = 0;
    for (; loop->paste(piece, std::exchange(first, false), false); ++pieces) ASSERT_LT(pieces, 1000);
    EXPECT_FALSE(loop->takes_paste());
    // Waiting for it ends by itself; what comes then is refused.
    EXPECT_TRUE(run_until([this] { return loop->takes_paste(); }));
    for (; pieces < 100; ++pieces) EXPECT_TRUE(loop->paste(piece, false, false));
    loop->paste("", false, true);
    EXPECT_TRUE(shows("paste")) << outer.screen();
    EXPECT_TRUE(loop->takes_paste());
}

TEST_F(UiLoopKeysTest, SaysThatTheTerminalDoesNotTakeACopy) {
    start("return {}");
    loop->mux().apply(model::CopyToClipboard{loop->mux().active_window(),
                                             std::string(HeadlessOuter::most_copied + 1, 'x'),
                                             model::Clipboard::both});
    EXPECT_TRUE(shows("copied in this session only")) << outer.screen();
}

TEST_F(UiLoopKeysTest, ActionsWithoutMeaningHereSayWhy) {
    start("return {}");
    loop->key(model::character_key(U'=', model::Modifiers::ctrl));
    EXPECT_TRUE(shows("the font belongs to the outer terminal"));
}

TEST_F(UiLoopKeysTest, ABrokenConfigurationLeavesTheDefaultKeys) {
    UiLoop::Options options;
    options.config.source = "error 'broken'";
    options.outer = &outer;
    options.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "SHELL=/bin/sh"};
    loop = std::make_unique<UiLoop>(std::move(options));
    ASSERT_TRUE(run_until([this] { return loop->engine().load().generation != 0; }));
    model::SpawnOptions cat;
    cat.args = {"/bin/cat"};
    ASSERT_TRUE(loop->mux().apply(model::SpawnWindow{cat, {}, {}, {}}));
    loop->turn(0);
    loop->key(model::character_key(U'T', model::Modifiers::ctrl | model::Modifiers::shift));
    EXPECT_TRUE(run_until([this] { return loop->window() && loop->window()->tabs.size() == 2; }));
}

} // namespace

} // namespace lunette::server
