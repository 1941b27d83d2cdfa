#pragma once

#include "server/ui_loop.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace lunette::server {

// A loop with a headless outer, a configuration from a text, and cat in its panes.
class UiLoopTest : public ::testing::Test {
protected:
    void start(std::string config, std::function<void()> probe = {}, int tabs = 1, int fps = 60) {
        UiLoop::Options options;
        options.config.source = std::move(config);
        options.outer = &outer;
        options.fps = fps;
        options.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "SHELL=/bin/sh"};
        options.probe = std::move(probe);
        loop = std::make_unique<UiLoop>(std::move(options));
        ASSERT_TRUE(run_until([this] { return loop->engine().load().generation != 0; }));
        EXPECT_TRUE(loop->engine().load().ok) << loop->engine().load().error.message;
        model::SpawnOptions cat;
        cat.args = {"/bin/cat"};
        ASSERT_TRUE(loop->mux().apply(model::SpawnWindow{cat, {}, {}, {}}));
        for (int i = 1; i < tabs; ++i)
            ASSERT_TRUE(loop->mux().apply(model::SpawnTab{loop->mux().active_window(), cat}));
        const std::uint64_t blank = outer.frames(); // while the configuration was loading
        ASSERT_TRUE(run_until([&] { return loop->window() && outer.frames() > blank; }));
    }

    template<class F>
    bool run_until(F done) {
        const std::int64_t end = monotonic_ns() + 30'000'000'000;
        while (!done()) {
            if (monotonic_ns() > end) return false;
            loop->turn(5'000'000);
        }
        return true;
    }
    bool shows(const std::string& text) {
        return run_until([&] { return outer.screen().find(text) != std::string::npos; });
    }
    void type(std::string_view text) {
        for (const char c : text) loop->key(model::character_key(static_cast<char32_t>(c)));
    }
    std::string log() {
        std::string all;
        for (const LogRecord& record : loop->take_log()) all += record.message + "\n";
        return all;
    }
    Id pane() { return loop->mux().active_pane(loop->mux().active_window()); }

    HeadlessOuter outer{{80, 10, {8, 16}}};
    std::unique_ptr<UiLoop> loop;
};

} // namespace lunette::server
