#pragma once

#include "cli/ballast.h"
#include "cli/scenario.h"
#include "server/outer.h"
#include "server/ui_loop.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace lunette::cli {

// Does what a scenario says, and checks what it expects. The clock is virtual unless the scenario says "real
// time": then only `advance` moves it, and `wait`, a little at a time, for as long as it waits. UI thread.
class ScenarioPlayer {
public:
    explicit ScenarioPlayer(server::ConfigSource config) : config_{std::move(config)} {}

    // Nothing when the step was done and what it expects holds; else what is wrong.
    std::optional<std::string> play(const Step& step);
    bool has_quit() const noexcept { return quit_; }
    // What is shown; empty before the first frame.
    std::string screen() const { return outer_ ? outer_->screen() : std::string{}; }
    // Null before `start`.
    server::UiLoop* loop() noexcept { return loop_.get(); }
    const std::vector<std::string>& log() const noexcept { return log_; }

private:
    using Problem = std::optional<std::string>;
    using Verb = Problem (ScenarioPlayer::*)(const Step& step);
    struct Entry {
        std::string_view name;
        Verb verb;
        bool before_start = false;
    };
    static const Entry verbs[];
    static constexpr std::int64_t wait_bound_us = 60'000'000; // only guards against hanging

    // scenario_player.cpp: time and the session
    Problem real_time(const Step& step);
    Problem start(const Step& step);
    Problem advance(const Step& step);
    Problem settle_step(const Step& step);
    Problem hogs(const Step& step);
    Problem ballast(const Step& step);
    Problem quit(const Step& step);

    // scenario_actions.cpp: what is done
    Problem type(const Step& step);
    Problem key(const Step& step);
    Problem mouse(const Step& step);
    Problem click(const Step& step);
    Problem drag(const Step& step);
    Problem wheel(const Step& step);
    Problem sweep(const Step& step);
    Problem spawn(const Step& step);
    Problem split(const Step& step);
    Problem close(const Step& step);
    Problem rename(const Step& step);
    Problem activate(const Step& step);
    Problem output(const Step& step);
    Problem flood(const Step& step);
    Problem resize(const Step& step);
    Problem focus(const Step& step);
    Problem emit(const Step& step);
    Problem invalidate(const Step& step);
    Problem reload(const Step& step);

    // scenario_expect.cpp: what must hold
    Problem mark(const Step& step);
    Problem wait(const Step& step);
    Problem expect(const Step& step);
    Problem expect_text(const Step& step, std::string_view where);
    Problem expect_number(const Step& step, std::string_view what);
    Problem expect_only_bars(const Step& step);
    Problem expect_echo();
    std::optional<std::string> text_of(std::string_view where, const Step& step);
    std::optional<std::int64_t> number_of(std::string_view what);
    std::optional<std::int64_t> callback_number(std::string_view name);

    bool turn_until(std::int64_t bound_us, bool time_flows, const std::function<bool()>& done);
    void settle();
    void turn(std::int64_t wait_ns);
    void step_clock(std::int64_t us);
    Id tab(std::int64_t number) const; // from 1; 0 when there is none
    Id pane_of(const Step& step) const;
    std::optional<std::string> apply(const model::Command& command);

    server::ConfigSource config_;
    bool virtual_ = true;
    bool quit_ = false;
    ManualClock clock_;
    std::unique_ptr<server::HeadlessOuter> outer_;
    std::unique_ptr<server::UiLoop> loop_;
    std::vector<std::string> log_;
    std::vector<std::string> bars_;  // the first row of each frame since `mark`; equal ones in a row are one
    std::vector<std::jthread> hogs_; // compute without end
    Ballast ballast_;
    std::map<std::string, std::int64_t> marks_; // what counters were at `mark`
    std::uint64_t frames_at_input_ = 0;
    std::string typed_; // since the last line end
};

} // namespace lunette::cli
