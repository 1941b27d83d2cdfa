#include "cli/command_line.h"

#include <gtest/gtest.h>

namespace lunette::cli {

namespace {

template<class T>
T parsed(const std::vector<std::string>& arguments) {
    const auto invocation = parse_command_line(arguments);
    EXPECT_TRUE(invocation) << (invocation ? "" : invocation.error().text);
    const T* options = invocation ? std::get_if<T>(&*invocation) : nullptr;
    EXPECT_TRUE(options);
    return options ? *options : T{};
}

Answer refused(const std::vector<std::string>& arguments) {
    const auto invocation = parse_command_line(arguments);
    EXPECT_FALSE(invocation);
    return invocation ? Answer{} : invocation.error();
}

TEST(CommandLineTest, ProfileHasTheDefaultsOfTheContract) {
    const auto options = parsed<ProfileOptions>({"profile"});
    EXPECT_EQ(options.tabs, 20);
    EXPECT_EQ(options.duration_s, 10);
    EXPECT_EQ(options.fps, 60);
    EXPECT_EQ(options.workload, Workload::all);
    EXPECT_EQ(options.mode, Mode::async);
    EXPECT_FALSE(options.json);
}

TEST(CommandLineTest, OptionsOfTheConfigurationMayBeSet) {
    const auto options = parsed<CheckOptions>(
        {"check", "--config", "font_size=12", "--config", "color_scheme='a=b'", "--json"});
    EXPECT_EQ(options.config.overrides, (std::vector<std::string>{"font_size=12", "color_scheme='a=b'"}));
    EXPECT_TRUE(options.json);
    EXPECT_EQ(parsed<ProfileOptions>({"profile", "--config", "max_fps=1"}).config.overrides.size(), 1U);
    EXPECT_EQ(refused({"check", "--config", "font_size"}).status, exit_usage);
    EXPECT_EQ(refused({"check", "--config", "=1"}).status, exit_usage);
}

TEST(CommandLineTest, ProfileTakesAllOptions) {
    const auto options = parsed<ProfileOptions>(
        {"profile", "--config-file", "f.lua", "--tabs", "3", "--duration", "0.5", "--fps", "120",
         "--workload", "churn", "--mode", "both", "--json", "-", "--html", "h", "--trace", "t"});
    EXPECT_EQ(options.config.file, "f.lua");
    EXPECT_EQ(options.tabs, 3);
    EXPECT_EQ(options.duration_s, 0.5);
    EXPECT_EQ(options.fps, 120);
    EXPECT_EQ(options.workload, Workload::churn);
    EXPECT_EQ(options.mode, Mode::both);
    EXPECT_EQ(options.json, "-");
    EXPECT_EQ(options.html, "h");
    EXPECT_EQ(options.trace, "t");
}

TEST(CommandLineTest, CheckTakesSeveralEvents) {
    const auto options = parsed<CheckOptions>({"check", "--run", "a", "--json", "--run", "key:resize:h"});
    EXPECT_TRUE(options.json);
    EXPECT_EQ(options.run, (std::vector<std::string>{"a", "key:resize:h"}));
}

TEST(CommandLineTest, NothingAndStartMeanASession) {
    parsed<StartOptions>({});
    parsed<StartOptions>({"start", "--", "htop", "-d", "5"});
}

TEST(CommandLineTest, HelpAndVersionAreGood) {
    EXPECT_EQ(refused({"--help"}).status, exit_good);
    EXPECT_NE(refused({"--help"}).text.find("lunette check"), std::string::npos);
    EXPECT_EQ(refused({"--help"}).text.find("replay"), std::string::npos) << "it is for tests only";
    EXPECT_EQ(refused({"profile", "--help"}).status, exit_good);
    EXPECT_NE(refused({"profile", "--help"}).text.find("--workload"), std::string::npos);
    EXPECT_EQ(refused({"--version"}).status, exit_good);
    EXPECT_EQ(refused({"--version"}).text.rfind("lunette ", 0), 0U);
}

TEST(CommandLineTest, WrongUsageSuggestsWhatWasMeant) {
    const Answer option = refused({"profile", "--tab", "3"});
    EXPECT_EQ(option.status, exit_usage);
    EXPECT_NE(option.text.find("Did you mean --tabs?"), std::string::npos) << option.text;
    const Answer command = refused({"chekc"});
    EXPECT_EQ(command.status, exit_usage);
    EXPECT_NE(command.text.find("Did you mean check?"), std::string::npos) << command.text;
}

TEST(CommandLineTest, RefusesValuesOutOfRange) {
    EXPECT_EQ(refused({"profile", "--tabs", "0"}).status, exit_usage);
    EXPECT_EQ(refused({"profile", "--duration", "-1"}).status, exit_usage);
    EXPECT_EQ(refused({"profile", "--fps", "many"}).status, exit_usage);
    EXPECT_EQ(refused({"profile", "--workload", "storm"}).status, exit_usage);
    EXPECT_EQ(refused({"check", "--config-file", "a", "-n"}).status, exit_usage);
}

} // namespace

} // namespace lunette::cli
