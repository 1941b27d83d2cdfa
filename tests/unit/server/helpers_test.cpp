#include "server/desktop/helpers.h"

#include "server/desktop/system_clipboard.h"
#include "server/instruments.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <stdlib.h>

namespace lunette::server {

namespace {

using Output = std::optional<std::string>;

// Programs in a folder of its own, and a loop to wait for them.
class HelpersTest : public ::testing::Test {
protected:
    HelpersTest() {
        std::string pattern = "/tmp/lunette-helpers-XXXXXX";
        folder = ::mkdtemp(pattern.data());
        environment = {"PATH=" + folder + ":/usr/bin:/bin", "WORD=from the environment"};
    }
    ~HelpersTest() override { std::filesystem::remove_all(folder); }

    void install(const std::string& name, const std::string& script) {
        const std::string path = folder + "/" + name;
        std::ofstream{path} << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    }
    std::string read(const std::string& name) {
        std::ostringstream text;
        text << std::ifstream{folder + "/" + name}.rdbuf();
        return text.str();
    }
    template<class F>
    bool run_until(F done) {
        const std::int64_t end = monotonic_ns() + 30'000'000'000;
        while (!done()) {
            if (monotonic_ns() > end) return false;
            io.wait(5'000'000);
            helpers.tick(monotonic_ns());
        }
        return true;
    }
    // What it says; "refused" when it was not started.
    std::string call(Helpers::Call call) {
        std::optional<Output> result;
        call.environment = environment;
        if (!helpers.start(call, [&](Output output) { result = std::move(output); })) return "refused";
        if (!run_until([&] { return result.has_value(); })) return "no answer";
        return result->value_or("failed");
    }

    std::string folder;
    std::vector<std::string> environment;
    LoopIo io;
    Helpers helpers{io};
};

} // namespace

TEST_F(HelpersTest, TakesATextAndGivesOne) {
    install("shout", "printf '%s: ' \"$1\" \"$WORD\"; tr a-z A-Z");
    EXPECT_EQ(call({{"shout", "an argument"}, {}, "some text", 1000}),
              "an argument: from the environment: SOME TEXT");
    EXPECT_FALSE(helpers.deadline_ns()) << "nothing runs any more";
}

TEST_F(HelpersTest, MuchTextPassesInBothDirections) {
    install("same", "cat");
    const std::string text(3'000'000, 'x');
    EXPECT_EQ(call({{"same"}, {}, text, text.size()}), text);
    EXPECT_EQ(call({{"same"}, {}, text, text.size() - 1}), "failed") << "more than is wanted";
}

TEST_F(HelpersTest, WhatGoesWrongIsToldOnce) {
    install("bad", "echo text; exit 3");
    install("deaf", "exec 0<&-; exit 0");
    install("slow", "exec sleep 1000");
    EXPECT_EQ(call({{"bad"}, {}, {}, 100}), "failed");
    EXPECT_EQ(call({{"deaf"}, {}, std::string(1'000'000, 'x'), 100}), "");
    EXPECT_EQ(call({{"slow"}, {}, {}, 100, 20'000'000}), "failed");
    EXPECT_EQ(call({{"no-such-program"}, {}, {}, 100}), "refused");
}

TEST_F(HelpersTest, AChildThatStaysIsNotWaitedFor) {
    install("daemon", "cat > " + folder + "/kept; sleep 1000 & echo $! > " + folder + "/pid");
    EXPECT_EQ(call({{"daemon"}, {}, "kept text", 0}), "");
    EXPECT_EQ(read("kept"), "kept text");
    ::kill(std::stoi(read("pid")), SIGKILL);
}

TEST_F(HelpersTest, OnlySoManyRun) {
    install("slow", "exec sleep 1000");
    Helpers::Call slow{{"slow"}, environment, {}, 0};
    for (std::size_t i = 0; i < Helpers::most_running; ++i) EXPECT_TRUE(helpers.start(slow, {}));
    EXPECT_FALSE(helpers.start(slow, {}));
} // and those that run are ended

TEST_F(HelpersTest, TheClipboardIsThatOfTheDesktop) {
    for (const char* program : {"wl-copy", "wl-paste", "xclip", "xsel"})
        install(program, "echo \"$(basename $0) $*\" >> " + folder + "/calls; cat >> " + folder +
                             "/calls; echo given");
    SystemClipboard clipboard{helpers};
    const auto idle = [this] { return !helpers.deadline_ns(); };
    clipboard.set_environment(environment);
    clipboard.copy("cp", "text");
    EXPECT_FALSE(clipboard.paste(false, {})) << "no desktop";
    EXPECT_FALSE(clipboard.has_desktop());

    environment.push_back("DISPLAY=:0");
    clipboard.set_environment(environment);
    clipboard.copy("p", "text");
    ASSERT_TRUE(run_until(idle));
    EXPECT_EQ(read("calls"), "xclip -in -selection primary\ntext");

    environment.push_back("WAYLAND_DISPLAY=wayland-0");
    clipboard.set_environment(environment);
    Output pasted;
    EXPECT_TRUE(clipboard.paste(true, [&](Output text) { pasted = std::move(text); }));
    ASSERT_TRUE(run_until(idle));
    EXPECT_EQ(pasted, "given\n");
    EXPECT_NE(read("calls").find("wl-paste --no-newline --type text --primary"), std::string::npos);

    environment.push_back("SSH_CONNECTION=10.0.0.1 1 10.0.0.2 22");
    clipboard.set_environment(environment);
    EXPECT_FALSE(clipboard.paste(false, {})) << "far away";
}

} // namespace lunette::server
