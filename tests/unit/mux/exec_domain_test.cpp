#include "mux/mux_fixture.h"

#include <gmock/gmock.h>

namespace lunette::mux {
namespace {

using testing::HasSubstr;

class ExecDomainTest : public MuxTest {
protected:
    ExecDomainTest() : MuxTest{with_clock()} {
        configure(
            {{"exec_domains", Value::list({Value::map({{"name", "scoped"},
                                                       {"fixup_command", "exec-domain-scoped"},
                                                       {"label", Value::map({{"Value", "Scoped"}})}})})},
             {"set_environment_variables", Value::map({{"FROM", "config"}})}});
    }
    Mux::Options with_clock() {
        Mux::Options given = options();
        given.now_ms = [this] { return now; };
        return given;
    }
    static model::SpawnOptions scoped(std::vector<std::string> args = {}) {
        model::SpawnOptions options;
        options.args = std::move(args);
        options.domain = {model::DomainChoice::Kind::by_name, "scoped", 0};
        return options;
    }
    FixupWanted wanted() {
        for (Event& event : mux.take_events()) events.push_back(std::move(event));
        const auto all = seen<FixupWanted>();
        EXPECT_FALSE(all.empty());
        return all.empty() ? FixupWanted{} : all.back();
    }
    std::vector<ProgramRefused> refused() {
        for (Event& event : mux.take_events()) events.push_back(std::move(event));
        return seen<ProgramRefused>();
    }

    std::int64_t now = 1000;
};

TEST_F(ExecDomainTest, IsListedByItsLabel) {
    window();
    const Ref<model::AppInfo> app = mux.snapshot();
    ASSERT_EQ(app->domains.size(), 2U);
    EXPECT_EQ(app->domains.at(1).name, "scoped");
    EXPECT_EQ(app->domains.at(1).label, "Scoped");
    mux.set_domain_label("scoped", "another");
    EXPECT_EQ(mux.snapshot()->domains.at(1).label, "another");
}

TEST_F(ExecDomainTest, ThePaneWaitsForWhatIsStarted) {
    const model::Spawned first = window();
    model::SpawnOptions spawn = scoped({"cat", "-u"});
    spawn.cwd = "/tmp";
    spawn.environment = {{"MORE", "1"}};
    const model::Spawned waiting = tab(first.window, spawn);
    EXPECT_EQ(info(waiting.pane)->domain_name, "scoped");
    EXPECT_EQ(info(waiting.pane)->pid, 0);
    const FixupWanted asked = wanted();
    EXPECT_EQ(asked.pane, waiting.pane);
    EXPECT_EQ(asked.event, "exec-domain-scoped");
    EXPECT_EQ(asked.command["args"], Value::list({"cat", "-u"}));
    EXPECT_EQ(asked.command["cwd"].text(), "/tmp");
    const Value& environment = asked.command["set_environment_variables"];
    EXPECT_EQ(environment["FROM"].text(), "config");
    EXPECT_EQ(environment["MORE"].text(), "1");
    EXPECT_EQ(environment["WEZTERM_PANE"].text(), "1");
    EXPECT_THAT(environment["WEZTERM_UNIX_SOCKET"].text(), HasSubstr("lunette-"));
    EXPECT_TRUE(environment["HOME"].is_nil()) << "the session's own";

    // What is typed and how large it is by then is not lost.
    mux.send_bytes(waiting.pane, "typed before\r");
    attach(60, 20);
    auto answer = model::SpawnOptions::parse(asked.command);
    ASSERT_TRUE(answer);
    answer->args = {"/bin/sh", "-c",
                    "stty size; echo $MORE$WEZTERM_UNIX_SOCKET-; read x; echo got $x; exec cat"};
    mux.start_program(waiting.pane, *answer);
    EXPECT_TRUE(run_until_text(waiting.pane, "got typed before")) << text(waiting.pane);
    EXPECT_THAT(text(waiting.pane), HasSubstr("19 60"));
    EXPECT_THAT(text(waiting.pane), HasSubstr("1-"));
    EXPECT_GT(info(waiting.pane)->pid, 0);
    EXPECT_TRUE(refused().empty());
    // Only once.
    mux.start_program(waiting.pane, tl::unexpected{std::string{"too late"}});
    EXPECT_TRUE(mux.pane(waiting.pane));
}

TEST_F(ExecDomainTest, SpawnsNothingWhenThereIsNoAnswer) {
    const model::Spawned first = window();
    const Id added = static_cast<Id>(
        mux.apply(model::SplitPane{first.pane, model::Direction::right, {}, false, 0, scoped()})
            ->integer_or(0));
    mux.start_program(wanted().pane, tl::unexpected{std::string{"wezterm.lua:3: boom"}});
    EXPECT_FALSE(mux.pane(added));
    ASSERT_EQ(refused().size(), 1U);
    EXPECT_EQ(refused()[0].message, "exec_domain 'scoped': wezterm.lua:3: boom");

    const model::Spawned missing = tab(first.window, scoped());
    model::SpawnOptions unknown;
    unknown.args = {"/no/such/program"};
    mux.start_program(missing.pane, unknown);
    EXPECT_FALSE(mux.pane(missing.pane));
    ASSERT_EQ(refused().size(), 2U);
    EXPECT_THAT(refused()[1].message, HasSubstr("/no/such/program"));

    const model::Spawned late = tab(first.window, scoped());
    ASSERT_TRUE(mux.next_deadline_ms());
    EXPECT_LE(*mux.next_deadline_ms(), now + 30'000);
    now += 30'000;
    mux.tick();
    EXPECT_FALSE(mux.pane(late.pane));
    EXPECT_EQ(refused().size(), 3U);
    EXPECT_TRUE(mux.pane(first.pane));
}

TEST_F(ExecDomainTest, AWaitingPaneCanBeClosed) {
    const model::Spawned first = window();
    const model::Spawned waiting = tab(first.window, scoped());
    mux.apply(model::ClosePane{waiting.pane});
    mux.start_program(waiting.pane, cat());
    EXPECT_FALSE(mux.pane(waiting.pane));
    EXPECT_TRUE(refused().empty());
}

TEST_F(ExecDomainTest, TheLastPaneGetsAShellInstead) {
    const model::Spawned only = window(scoped());
    mux.start_program(only.pane, tl::unexpected{std::string{"boom"}});
    EXPECT_TRUE(run_until_text(only.pane, "boom; started /bin/sh")) << text(only.pane);
    EXPECT_EQ(info(only.pane)->domain_name, "local");
    EXPECT_EQ(refused().size(), 1U);
}

} // namespace
} // namespace lunette::mux
