#include "cli/profile.h"

#include "cli/shells.h"
#include "cli/workload_driver.h"
#include "server/outer.h"
#include "server/ui_loop.h"

#include <algorithm>
#include <utility>

namespace lunette::cli {

namespace {

using server::monotonic_ns;

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t load_bound = 20 * second;
constexpr std::int64_t warm_up_bound = 3 * second;
constexpr std::size_t samples = 600;

class ProfileSession {
public:
    explicit ProfileSession(const ProfileRequest& request)
        : request_{request}, outer_{{200, 50, {8, 16}}}, loop_{options()} {}

    tl::expected<ProfileRun, std::string> run() {
        if (auto opened = open_tabs(); !opened) return tl::unexpected{std::move(opened.error())};
        warm_up();
        measure();
        return result();
    }

private:
    server::UiLoop::Options options() {
        server::UiLoop::Options options;
        options.config = request_.config;
        options.outer = &outer_;
        options.fps = request_.fps;
        options.sync = request_.sync;
        options.trace = request_.trace;
        options.environment = quiet_environment();
        return options;
    }

    tl::expected<void, std::string> open_tabs() {
        mux::Reply first = loop_.mux().apply(model::SpawnWindow{echo_program(), {}, {}, {}});
        if (!first) return tl::unexpected{std::move(first.error())};
        const model::Spawned window = model::Spawned::from_value(*first);
        window_ = window.window;
        tabs_.push_back(window.tab);
        panes_.push_back(window.pane);
        for (int i = 1; i < request_.tabs; ++i) {
            mux::Reply next = loop_.mux().apply(model::SpawnTab{window_, quiet_shell()});
            if (!next) return tl::unexpected{std::move(next.error())};
            const model::Spawned spawned = model::Spawned::from_value(*next);
            tabs_.push_back(spawned.tab);
            panes_.push_back(spawned.pane);
        }
        loop_.mux().apply(model::ActivateTab{tabs_.front()});
        return {};
    }

    template<class F>
    void turn_until(std::int64_t bound, F done) {
        const std::int64_t end = monotonic_ns() + bound;
        loop_.set_end(end);
        while (!done() && monotonic_ns() < end) loop_.turn(5'000'000);
    }

    bool prompts_shown() {
        return std::all_of(panes_.begin(), panes_.end(), [this](Id id) {
            const mux::Pane* pane = loop_.mux().pane(id);
            return !pane || pane->terminal().cursor().x > 0;
        });
    }

    // What is not measured: loading, shells that start, the first titles.
    void warm_up() {
        turn_until(load_bound, [this] { return loop_.engine().load().generation != 0; });
        turn_until(load_bound, [this] { return prompts_shown(); });
        const std::int64_t quiet_at = monotonic_ns() + second / 2;
        turn_until(warm_up_bound, [&] { return monotonic_ns() > quiet_at && loop_.idle(); });
    }

    void measure() {
        loop_.instruments() = server::Instruments{};
        WorkloadDriver driver{loop_, request_.workload, window_, tabs_, panes_};
        const auto duration = static_cast<std::int64_t>(request_.duration_s * 1e9);
        const std::int64_t start = monotonic_ns();
        const std::int64_t end = start + duration;
        const std::int64_t slice = std::max<std::int64_t>(duration / static_cast<std::int64_t>(samples), 1);
        loop_.on_frame([&](std::int64_t now) {
            driver.echo().frame_shown(now, [&](std::int64_t latency) { loop_.instruments().echo(latency); });
            add_sample(now - start, slice);
        });
        loop_.set_end(end);
        driver.begin(start);
        for (std::int64_t now = start; now < end; now = monotonic_ns()) {
            driver.run_due(now);
            loop_.turn(std::max<std::int64_t>(std::min(end, driver.next()) - monotonic_ns(), 0));
        }
        loop_.on_frame({});
        measured_s_ = static_cast<double>(monotonic_ns() - start) / 1e9;
    }

    void add_sample(std::int64_t since, std::int64_t slice) {
        const double time_s = static_cast<double>(since - since % slice) / 1e9;
        if (timeline_.empty() || timeline_.back().time_s < time_s) timeline_.push_back({time_s, 0, 0});
        ProfileRun::Sample& sample = timeline_.back();
        sample.ui = std::max(sample.ui, loop_.instruments().last_ui());
        sample.script = std::max(sample.script, loop_.instruments().last_script());
    }

    ProfileRun result() {
        ProfileRun run;
        run.sync = request_.sync;
        run.tabs = request_.tabs;
        run.fps = request_.fps;
        run.duration_s = measured_s_;
        run.workload = request_.workload;
        run.instruments = loop_.instruments();
        if (auto report = loop_.engine().report(std::chrono::seconds{5}))
            run.engine = std::move(*report);
        else
            run.engine_answered = false;
        run.load = loop_.engine().load();
        run.timeline = std::move(timeline_);
        run.log = loop_.take_log();
        return run;
    }

    const ProfileRequest& request_;
    server::HeadlessOuter outer_;
    server::UiLoop loop_;
    Id window_ = 0;
    std::vector<Id> tabs_, panes_;
    std::vector<ProfileRun::Sample> timeline_;
    double measured_s_ = 0;
};

} // namespace

tl::expected<ProfileRun, std::string> profile(const ProfileRequest& request) {
    return ProfileSession{request}.run();
}

} // namespace lunette::cli
