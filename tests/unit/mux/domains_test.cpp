#include "mux/domains.h"
#include "mux/mux_fixture.h"

#include <gmock/gmock.h>

namespace lunette::mux {
namespace {

using model::DomainChoice;
using testing::ElementsAre;
using testing::HasSubstr;

DomainChoice named(std::string name) { return {DomainChoice::Kind::by_name, std::move(name), 0}; }

Value options() {
    const Value ssh = Value::list(
        {Value::map({{"name", "box"},
                     {"remote_address", "box.example:2222"},
                     {"username", "me"},
                     {"ssh_option", Value::map({{"identityfile", "/key"}})},
                     {"default_prog", Value::list({"fish", "-l"})}}),
         Value::map(
             {{"name", "-oProxyCommand=x"}, {"remote_address", "-oProxyCommand=x"}, {"username", ""}})});
    return Value::map(
        {{"unix_domains", Value::list({Value::map({{"name", "unix"}})})}, {"ssh_domains", ssh}});
}

TEST(Domains, AreThoseOfTheConfiguration) {
    Domains domains{options()};
    ASSERT_EQ(domains.all().size(), 4U);
    EXPECT_TRUE(domains.choose({}, {}).value()->is_local());
    EXPECT_TRUE(domains.choose(named("unix"), {}).value()->is_local());
    const Domain& box = *domains.choose(named("box"), {}).value();
    EXPECT_THAT(box.command({}), ElementsAre("ssh", "-t", "-p", "2222", "-o", "identityfile=/key", "--",
                                             "me@box.example", "'fish' '-l'"));
    EXPECT_EQ(box.command({"echo", "it's"}).back(), "'echo' 'it'\\''s'");
    EXPECT_EQ(domains.choose({}, box.id).value()->name, "box") << "beside a pane of it";
    EXPECT_THAT(domains.choose(named("-oProxyCommand=x"), {}).value()->command({}),
                ElementsAre("ssh", "-t", "--", "-oProxyCommand=x"));
    EXPECT_THAT(domains.choose(named("gone"), {}).error(), HasSubstr("no domain named \"gone\""));
    EXPECT_FALSE(domains.choose({DomainChoice::Kind::by_id, "", 9}, {}));
}

TEST(Domains, TheDefaultOneIsChosenByName) {
    const Value given = options();
    std::vector<MapEntry> entries{given.entries().begin(), given.entries().end()};
    entries.push_back({"default_domain", "box"});
    Domains domains{Value::map(entries)};
    EXPECT_EQ(domains.choose({}, {}).value()->name, "box");
    EXPECT_EQ(domains.choose({DomainChoice::Kind::default_domain, "", 0}, 0).value()->name, "box");
    entries.back().value = "WSL:Ubuntu";
    EXPECT_EQ(Domains{Value::map(entries)}.default_id(), 0);
}

TEST(Domains, HostsAreFoundByNameWhereNoneAreConfigured) {
    Domains domains{Value::map({})};
    const auto host = domains.choose(named("SSH:example"), {});
    ASSERT_TRUE(host);
    EXPECT_THAT((*host)->command({}), ElementsAre("ssh", "-t", "--", "example"));
    Domains configured{options()};
    EXPECT_FALSE(configured.choose(named("SSH:example"), {}));
}

TEST_F(MuxTest, PanesTellTheirDomain) {
    configure({{"unix_domains", Value::list({Value::map({{"name", "unix"}})})}});
    const Ref<model::AppInfo> empty = mux.snapshot();
    ASSERT_EQ(empty->domains.size(), 2U);
    EXPECT_EQ(empty->domains.at(1).name, "unix");
    EXPECT_FALSE(empty->domains.at(1).has_any_panes);
    model::SpawnOptions spawn = cat();
    spawn.domain = named("unix");
    window(spawn);
    const Ref<model::AppInfo> app = mux.snapshot();
    EXPECT_EQ(app->active_window->active_pane->domain_name, "unix");
    EXPECT_TRUE(app->domains.at(1).has_any_panes);
    EXPECT_FALSE(app->domains.at(0).has_any_panes);
}

} // namespace
} // namespace lunette::mux
