#include "cli/scenario_player.h"

#include "cli/shells.h"
#include "model/utf8.h"
#include "server/key_chords.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

namespace lunette::cli {

using server::monotonic_ns;

namespace {

constexpr std::int64_t wait_bound_us = 20'000'000;
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
    settle();
    for (std::int64_t left = *us; left > 0; left -= clock_step_us) {
        step_clock(std::min(left, clock_step_us));
        settle();
    }
    return {};
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
    options.environment = quiet_environment();
    if (const auto slow = step.number_after("info"))
        options.process_reader = [ms = *slow](pid_t group) {
            std::this_thread::sleep_for(std::chrono::milliseconds{ms});
            return mux::read_process_report(group);
        };
    loop_ = std::make_unique<server::UiLoop>(std::move(options));
    if (!turn_until(wait_bound_us, true, [this] { return loop_->engine().load().generation != 0; }))
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

// ---- input

ScenarioPlayer::Problem ScenarioPlayer::type(const Step& step) {
    const std::string* text = step.quoted();
    if (!text) return failed("a text is expected");
    frames_at_input_ = outer_->frames();
    for (std::string_view rest = *text; !rest.empty();) {
        const model::Decoded decoded = model::decode_utf8(rest);
        const std::size_t length = std::max<std::size_t>(decoded.length, 1);
        switch (decoded.code_point) {
        case U'\n':
        case U'\r': loop_->key(model::named_key(model::Key::enter)); break;
        case U'\t': loop_->key(model::named_key(model::Key::tab)); break;
        case 0x1b: loop_->key(model::named_key(model::Key::escape)); break;
        default: loop_->key(model::character_key(decoded.code_point));
        }
        typed_ = decoded.code_point == U'\n' ? std::string{} : typed_ + std::string{rest.substr(0, length)};
        rest.remove_prefix(std::min(length, rest.size()));
    }
    turn(0);
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::key(const Step& step) {
    frames_at_input_ = outer_->frames();
    for (std::size_t i = 1; i < step.tokens.size(); ++i) {
        const auto chord = server::parse_typed_chord(step.tokens[i].text);
        if (!chord) return failed("unknown key " + step.tokens[i].text);
        loop_->key(server::to_event(*chord));
    }
    turn(0);
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::mouse(const Step& step) {
    if (step.word(1) == "leave") {
        loop_->mouse({server::Mouse::Kind::leave, -1, -1});
        settle();
        return {};
    }
    const auto x = step.number(1);
    const auto y = step.number(2);
    if (!x || !y) return failed("column and row are expected");
    // `move times N`: back and forth by a column, as a hand that does not know where to go.
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) {
        loop_->mouse({server::Mouse::Kind::move, static_cast<int>(*x + i % 2), static_cast<int>(*y)});
        turn(0);
    }
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::click(const Step& step) {
    const auto x = step.number(1);
    const auto y = step.number(2);
    if (!x || !y) return failed("column and row are expected");
    for (const auto kind :
         {server::Mouse::Kind::move, server::Mouse::Kind::press, server::Mouse::Kind::release})
        loop_->mouse({kind, static_cast<int>(*x), static_cast<int>(*y)});
    settle();
    return {};
}

// Over all of the tab bar, a column at a time, and off it at the end.
ScenarioPlayer::Problem ScenarioPlayer::sweep(const Step&) {
    const int columns = outer_->size().columns;
    for (int x = 0; x < columns; ++x) {
        loop_->mouse({server::Mouse::Kind::move, x, 0});
        turn(0);
    }
    loop_->mouse({server::Mouse::Kind::leave, -1, -1});
    settle();
    return {};
}

// ---- changes from outside

ScenarioPlayer::Problem ScenarioPlayer::spawn(const Step& step) {
    model::SpawnOptions options = quiet_shell();
    if (const std::string* command = step.quoted()) options.args = {"/bin/sh", "-c", *command};
    auto problem = apply(model::SpawnTab{loop_->mux().active_window(), options});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::split(const Step& step) {
    const auto direction = model::parse_direction(step.word(1) == "down" ? "Down" : "Right");
    auto problem = apply(model::SplitPane{pane_of(step), *direction, {}, false, 0, quiet_shell()});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::close(const Step& step) {
    const Id which = tab(step.number_after("tab").value_or(0));
    if (!which) return failed("there is no such tab");
    auto problem = apply(model::CloseTab{which});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::rename(const Step& step) {
    const Id which = tab(step.number_after("tab").value_or(0));
    const std::string* title = step.quoted();
    if (!which || !title) return failed("`rename tab N \"title\"` is expected, of a tab that there is");
    auto problem = apply(model::SetTabTitle{which, *title});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::activate(const Step& step) {
    if (step.number_after("pane")) {
        auto problem = apply(model::ActivatePane{pane_of(step)});
        settle();
        return problem;
    }
    const Id which = tab(step.number_after("tab").value_or(0));
    if (!which) return failed("there is no such tab");
    auto problem = apply(model::ActivateTab{which});
    settle();
    return problem;
}

// As if the pane's program had written it; `times N` as often, a turn of the loop between.
ScenarioPlayer::Problem ScenarioPlayer::output(const Step& step) {
    const std::string* text = step.quoted();
    const Id pane = pane_of(step);
    if (!text || !pane) return failed("`output [tab N] \"text\"` is expected, of a tab that there is");
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) {
        if (auto problem = apply(model::InjectOutput{pane, *text})) return problem;
        turn(0);
    }
    settle();
    return {};
}

// A program that writes without end; `stop` ends it.
ScenarioPlayer::Problem ScenarioPlayer::flood(const Step& step) {
    const Id pane = pane_of(step);
    if (!pane) return failed("there is no such tab");
    loop_->mux().send_bytes(pane, step.word(1) == "stop" ? "\x03" : "yes 'lunette is never in the way'\r");
    const std::uint64_t seen = loop_->mux().pane(pane)->terminal().scrolled_rows();
    if (step.word(1) == "stop") return {};
    const bool flows = turn_until(wait_bound_us, false, [&] {
        return loop_->mux().pane(pane)->terminal().scrolled_rows() > seen + 100;
    });
    return flows ? Problem{} : failed("the flood did not begin");
}

ScenarioPlayer::Problem ScenarioPlayer::resize(const Step& step) {
    const auto columns = step.number(1);
    const auto rows = step.number(2);
    if (!columns || !rows) return failed("columns and rows are expected");
    outer_->resize(static_cast<int>(*columns), static_cast<int>(*rows));
    loop_->resized();
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::focus(const Step& step) {
    loop_->focus(step.word(1) != "off");
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::emit(const Step& step) {
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i)
        if (!loop_->emit(step.word(1))) return failed("there is no window to emit for");
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::invalidate(const Step& step) {
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) loop_->invalidate(step.word(1));
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::reload(const Step&) {
    const std::uint64_t before = loop_->engine().load().generation;
    loop_->engine().reload();
    const bool done =
        turn_until(wait_bound_us, true, [&] { return loop_->engine().load().generation != before; });
    settle();
    return done ? Problem{} : failed("the configuration was not loaded again");
}

} // namespace lunette::cli
