#include "cli/scenario_player.h"

#include "cli/shells.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace lunette::cli {

using server::monotonic_ns;

namespace {

constexpr std::int64_t clock_step_us = 10'000;

std::optional<std::string> failed(std::string what) { return what; }

} // namespace

const ScenarioPlayer::Entry ScenarioPlayer::verbs[] = {
    {"real", &ScenarioPlayer::real_time, true},
    {"start", &ScenarioPlayer::start, true},
    {"wait", &ScenarioPlayer::wait},
    {"type", &ScenarioPlayer::type},
    {"key", &ScenarioPlayer::key},
    {"mouse", &ScenarioPlayer::mouse},
    {"click", &ScenarioPlayer::click},
    {"drag", &ScenarioPlayer::drag},
    {"wheel", &ScenarioPlayer::wheel},
    {"sweep", &ScenarioPlayer::sweep},
    {"advance", &ScenarioPlayer::advance},
    {"spawn", &ScenarioPlayer::spawn},
    {"split", &ScenarioPlayer::split},
    {"close", &ScenarioPlayer::close},
    {"rename", &ScenarioPlayer::rename},
    {"activate", &ScenarioPlayer::activate},
    {"output", &ScenarioPlayer::output},
    {"flood", &ScenarioPlayer::flood},
    {"resize", &ScenarioPlayer::resize},
    {"focus", &ScenarioPlayer::focus},
    {"emit", &ScenarioPlayer::emit},
    {"invalidate", &ScenarioPlayer::invalidate},
    {"reload", &ScenarioPlayer::reload},
    {"hogs", &ScenarioPlayer::hogs},
    {"ballast", &ScenarioPlayer::ballast, true},
    {"mark", &ScenarioPlayer::mark},
    {"settle", &ScenarioPlayer::settle_step},
    {"expect", &ScenarioPlayer::expect},
    {"quit", &ScenarioPlayer::quit, true},
};

std::optional<std::string> ScenarioPlayer::play(const Step& step) {
    for (const Entry& entry : verbs) {
        if (entry.name != step.word(0)) continue;
        if (!loop_ && !entry.before_start) return failed("`start` comes first");
        return (this->*entry.verb)(step);
    }
    return failed("unknown command `" + std::string{step.word(0)} + "`");
}

// ---- time

void ScenarioPlayer::turn(std::int64_t wait_ns) {
    loop_->turn(wait_ns);
    for (LogRecord& record : loop_->take_log()) log_.push_back(std::move(record.message));
}

void ScenarioPlayer::step_clock(std::int64_t us) {
    clock_.advance(std::chrono::microseconds{us});
    loop_->clock_changed();
}

bool ScenarioPlayer::turn_until(std::int64_t bound_us, bool time_flows, const std::function<bool()>& done) {
    const std::int64_t end = monotonic_ns() + bound_us * 1000;
    while (!done()) {
        if (monotonic_ns() > end) return false;
        turn(5'000'000);
        // A view that waits for its throttle needs time to pass.
        if (virtual_ && time_flows && !done()) step_clock(clock_step_us);
    }
    return true;
}

// Until nobody has anything to do at this point of the virtual time. In real time: for a moment.
void ScenarioPlayer::settle() {
    if (!virtual_) {
        const std::int64_t end = monotonic_ns() + 30'000'000;
        while (monotonic_ns() < end) turn(5'000'000);
        return;
    }
    int quiet = 0;
    for (int i = 0; i < 2000 && quiet < 2; ++i) {
        const std::uint64_t sequence = loop_->engine().applied_seq();
        const std::uint64_t revision = loop_->engine().revision();
        turn(2'000'000);
        // A handler that spins is left alone: it is not what is waited for.
        if (!loop_->engine().settle(std::chrono::milliseconds{1500})) return;
        turn(0);
        const bool same = sequence == loop_->engine().applied_seq() && revision == loop_->engine().revision();
        quiet = same && loop_->idle() ? quiet + 1 : 0;
    }
}

ScenarioPlayer::Problem ScenarioPlayer::advance(const Step& step) {
    const auto us = step.tokens.size() > 1 ? parse_duration_us(step.word(1)) : std::nullopt;
    if (!us) return failed("a duration is expected, as 600ms");
    if (!virtual_) {
        turn_until(*us, false, [] { return false; });
        return {};
    }
    // `without waiting`: the script thread may be busy all the time.
    const bool waits = step.word(2) != "without";
    if (waits) settle();
    // `at once`: as after a sleep of the machine.
    if (step.word(2) == "at" && step.word(3) == "once") {
        step_clock(*us);
        settle();
        return {};
    }
    for (std::int64_t left = *us; left > 0; left -= clock_step_us) {
        step_clock(std::min(left, clock_step_us));
        if (waits)
            settle();
        else
            turn(1'000'000);
    }
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::hogs(const Step& step) {
    const auto count = step.number(1);
    if (!count) return failed("`hogs N` is expected");
    hogs_.clear();
    for (std::int64_t i = 0; i < *count; ++i)
        hogs_.emplace_back([](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
            }
        });
    return {};
}

// So many MiB more are resident.
ScenarioPlayer::Problem ScenarioPlayer::ballast(const Step& step) {
    const auto mebibytes = step.number(1);
    if (!mebibytes) return failed("`ballast MIB` is expected");
    return ballast_.load(static_cast<std::size_t>(*mebibytes) << 20) ? Problem{}
                                                                     : failed("there is no memory");
}

ScenarioPlayer::Problem ScenarioPlayer::real_time(const Step&) {
    if (loop_) return failed("`real time` comes before `start`");
    virtual_ = false;
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::settle_step(const Step&) {
    settle();
    return {};
}

// ---- the session

ScenarioPlayer::Problem ScenarioPlayer::start(const Step& step) {
    if (loop_) return failed("it has been started already");
    const auto columns = static_cast<int>(step.number_after("columns").value_or(80));
    const auto rows = static_cast<int>(step.number_after("rows").value_or(24));
    outer_ = std::make_unique<server::HeadlessOuter>(server::OuterSize{columns, rows, {8, 16}});
    server::UiLoop::Options options;
    options.config = config_;
    options.outer = outer_.get();
    options.fps = static_cast<int>(step.number_after("fps").value_or(60));
    options.clock = virtual_ ? &clock_ : nullptr;
    options.trace = true;
    options.test_module = true;
    // `failover 500`: milliseconds, on the CPU or in the kernel, after which a thread counts as stuck.
    if (const auto limit = step.number_after("failover"))
        options.failover.cpu = options.failover.blocked = std::chrono::milliseconds{*limit};
    options.environment = quiet_environment();
    if (const auto slow = step.number_after("info"))
        options.process_reader = [ms = *slow](pid_t group) {
            std::this_thread::sleep_for(std::chrono::milliseconds{ms});
            return mux::read_process_report(group);
        };
    loop_ = std::make_unique<server::UiLoop>(std::move(options));
    loop_->on_frame([this](std::int64_t) {
        const std::string bar = ui::frame_text(*outer_->last(), 0);
        if (bars_.empty() || bars_.back() != bar) bars_.push_back(bar);
    });
    // `start loading`: the session does not wait for the configuration, as in life.
    const bool waits = step.word(1) != "loading";
    if (waits && !turn_until(wait_bound_us, true, [this] { return loop_->engine().load().generation != 0; }))
        return failed("the configuration did not finish loading");
    const auto tabs = step.number_after("tabs").value_or(1);
    if (auto problem = apply(model::SpawnWindow{quiet_shell(), {}, {}, {}})) return problem;
    const Id window = loop_->mux().active_window();
    for (std::int64_t i = 1; i < tabs; ++i)
        if (auto problem = apply(model::SpawnTab{window, quiet_shell()})) return problem;
    turn(0);
    if (const Id first = tab(1)) apply(model::ActivateTab{first});
    // Every shell shows its prompt.
    const bool ready = turn_until(wait_bound_us, false, [this] {
        const std::vector<Id> panes = loop_->mux().panes();
        return std::all_of(panes.begin(), panes.end(),
                           [this](Id id) { return loop_->mux().pane(id)->terminal().cursor().x > 0; });
    });
    if (!ready) return failed("the shells did not start");
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::quit(const Step&) {
    quit_ = true;
    return {};
}

std::optional<std::string> ScenarioPlayer::apply(const model::Command& command) {
    const mux::Reply reply = loop_->mux().apply(command);
    if (!reply) return reply.error();
    return std::nullopt;
}

Id ScenarioPlayer::tab(std::int64_t number) const {
    const model::WindowInfo* window = loop_->window();
    if (!window || number < 1 || number > static_cast<std::int64_t>(window->tabs.size())) return 0;
    return window->tabs[static_cast<std::size_t>(number - 1)].id();
}

// `tab 2` names its active pane, `pane 3` a pane by its pane_id; else the active one.
Id ScenarioPlayer::pane_of(const Step& step) const {
    if (const auto number = step.number_after("pane")) return loop_->mux().pane_by_number(*number);
    if (const auto number = step.number_after("tab")) {
        const model::WindowInfo* window = loop_->window();
        if (!tab(*number)) return 0;
        return window->tabs.at(static_cast<std::size_t>(*number - 1)).active_pane.id();
    }
    return loop_->mux().active_pane(loop_->mux().active_window());
}

} // namespace lunette::cli
