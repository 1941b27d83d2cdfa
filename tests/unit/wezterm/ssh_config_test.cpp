#include "wezterm/ssh_config.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace lunette::wezterm {
namespace {

class SshConfigTest : public ::testing::Test {
protected:
    SshConfig read(std::string text) {
        files_["/home/me/.ssh/config"] = std::move(text);
        SshConfig config{{"/home/me", "me", "box.example.org", {{"SSH_AUTH_SOCK", "/run/agent"}}},
                         [this](const std::string& path) -> std::optional<std::string> {
                             const auto found = files_.find(path);
                             if (found == files_.end()) return std::nullopt;
                             return found->second;
                         }};
        config.add_default_files();
        return config;
    }
    std::map<std::string, std::string> files_;
};

TEST_F(SshConfigTest, ListsNamesWithoutWildcards) {
    const SshConfig config = read("Host one two *.lan !three\nHost one\nHost *\n");
    EXPECT_EQ(config.hosts(), (std::vector<std::string>{"one", "two"}));
}

TEST_F(SshConfigTest, TheFirstValueWinsAndIdentitiesAddUp) {
    const SshConfig config = read("Host one\n  User root\n  IdentityFile ~/.ssh/a\n  IdentityFile ~/.ssh/b\n"
                                  "Host *\n  User nobody\n  Port=2222\n");
    const auto options = config.options_for("one");
    EXPECT_EQ(options.at("user"), "root");
    EXPECT_EQ(options.at("port"), "2222");
    EXPECT_EQ(options.at("identityfile"), "/home/me/.ssh/a /home/me/.ssh/b");
}

TEST_F(SshConfigTest, FillsInDefaults) {
    const auto options = read("Host one\n").options_for("one");
    EXPECT_EQ(options.at("hostname"), "one");
    EXPECT_EQ(options.at("port"), "22");
    EXPECT_EQ(options.at("user"), "me");
    EXPECT_EQ(options.at("identityagent"), "/run/agent");
    EXPECT_EQ(options.at("userknownhostsfile"), "/home/me/.ssh/known_hosts /home/me/.ssh/known_hosts2");
}

TEST_F(SshConfigTest, ExpandsTokens) {
    const auto options =
        read("Host one\n HostName %h.example.org\n ProxyCommand nc %h %p as %r on %L 100%%\n")
            .options_for("one");
    EXPECT_EQ(options.at("hostname"), "one.example.org");
    EXPECT_EQ(options.at("proxycommand"), "nc one.example.org 22 as me on box 100%");
}

TEST_F(SshConfigTest, ANegatedPatternExcludes) {
    const SshConfig config = read("Host *.lan !bad.lan\n User lan\n");
    EXPECT_EQ(config.options_for("good.lan").at("user"), "lan");
    EXPECT_EQ(config.options_for("bad.lan").at("user"), "me");
}

TEST_F(SshConfigTest, MatchNeedsAllItsCriteria) {
    const SshConfig config =
        read("Match host one,two user me\n Port 1\nMatch exec true\n Port 2\nMatch all\n Port 3\n");
    EXPECT_EQ(config.options_for("two").at("port"), "1");
    EXPECT_EQ(config.options_for("other").at("port"), "3");
}

TEST_F(SshConfigTest, GarbageIsNoDisaster) {
    const SshConfig config = read("\"\n=\nHost\nInclude\nMatch\n Host x\r\n  Port \"7\"\r\n\0x");
    EXPECT_EQ(config.hosts(), (std::vector<std::string>{"x"}));
    EXPECT_EQ(config.options_for("x").at("port"), "7");
}

TEST(Wildcards, MatchStarsAndQuestionMarks) {
    EXPECT_TRUE(wildcard_match("*.ex?mple.*", "www.example.org"));
    EXPECT_TRUE(wildcard_match("*", ""));
    EXPECT_TRUE(wildcard_match("a*b*c", "aXbYbZc"));
    EXPECT_FALSE(wildcard_match("a?", "a"));
    EXPECT_FALSE(wildcard_match("a", "ab"));
    EXPECT_FALSE(wildcard_match("*a*a*a*a*a*a*b", std::string(200, 'a')));
}

} // namespace
} // namespace lunette::wezterm
