#include "mux/settings.h"

#include "mux/environment.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace lunette::mux {
namespace {

Settings settings(std::vector<MapEntry> options) {
    model::ConfigInfo config;
    std::vector<Value> names;
    for (const MapEntry& entry : options) names.push_back(entry.key);
    config.options = Value::map(std::move(options));
    config.set_options = Value::list(std::move(names));
    return Settings::from_config(config);
}

TEST(Settings, PanesKeepTheAgentUnlessTheUserSaysNo) {
    const std::vector<std::string> block{"SSH_AUTH_SOCK=/agent", "OTHER=1"};
    const auto has = [&block](const Settings& settings, const char* entry) {
        const auto environment = pane_environment(block, settings, {}, 1, "0");
        return std::find(environment.begin(), environment.end(), entry) != environment.end();
    };
    EXPECT_TRUE(has(settings({}), "SSH_AUTH_SOCK=/agent"));
    const Settings told = settings({{"mux_env_remove", Value::list({"SSH_AUTH_SOCK"})}});
    EXPECT_FALSE(has(told, "SSH_AUTH_SOCK=/agent"));
    EXPECT_TRUE(has(told, "OTHER=1"));
}

TEST(Settings, LimitsAreRaisedOnlyWhenTheUserSaysSo) {
    EXPECT_EQ(settings({}).least_open_files, 0U);
    EXPECT_EQ(settings({{"ulimit_nofile", 4096}}).least_open_files, 4096U);
    EXPECT_EQ(settings({{"ulimit_nproc", 512}}).least_processes, 512U);
}

TEST(Settings, NamesOfMessagesAndNewlines) {
    EXPECT_EQ(settings({}).exit_message, ExitMessage::verbose);
    EXPECT_EQ(settings({{"exit_behavior_messaging", "None"}}).exit_message, ExitMessage::none);
    EXPECT_EQ(settings({}).terminal.pasted_newlines, terminal::PastedNewlines::carriage_return);
    EXPECT_EQ(settings({{"canonicalize_pasted_newlines", "LineFeed"}}).terminal.pasted_newlines,
              terminal::PastedNewlines::line_feed);
}

} // namespace
} // namespace lunette::mux
