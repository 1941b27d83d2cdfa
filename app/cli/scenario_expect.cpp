#include "cli/scenario_player.h"

#include "cli/report_json.h"

#include <algorithm>
#include <utility>

// What scenarios wait for and expect.
namespace lunette::cli {

namespace {

constexpr std::int64_t expect_bound_us = 5'000'000;
constexpr std::chrono::milliseconds report_bound{3000};
constexpr std::int64_t shortest_wait_ns = 100'000'000;

bool is_operator(std::string_view word) noexcept {
    return word == "=" || word == "<" || word == "<=" || word == ">" || word == ">=" || word == "!=";
}

bool compare(std::int64_t a, std::string_view op, std::int64_t b) noexcept {
    if (op == "<") return a < b;
    if (op == "<=") return a <= b;
    if (op == ">") return a > b;
    if (op == ">=") return a >= b;
    if (op == "!=") return a != b;
    return a == b;
}

// The same sum over all rows of an event.
std::optional<std::int64_t> field_of(const EngineReport& report, std::string_view event,
                                     std::string_view field) {
    std::optional<std::int64_t> sum;
    for (const Json& row : callbacks_json(report)) {
        if (row["event"].get<std::string>() != event) continue;
        const auto found = row.find(std::string{field});
        if (found == row.end() || !found->is_number_integer()) return std::nullopt;
        sum = sum.value_or(0) + found->get<std::int64_t>();
    }
    return sum;
}

} // namespace

std::optional<std::string> ScenarioPlayer::text_of(std::string_view where, const Step& step) {
    const model::WindowInfo* window = loop_->window();
    if (where == "screen") return outer_->screen();
    if (where == "title") return outer_->title();
    if (where == "bar") return outer_->last() ? ui::frame_text(*outer_->last(), 0) : std::string{};
    if (where == "log") {
        std::string all;
        for (const std::string& line : log_) all += line + "\n";
        return all;
    }
    if (!window) return std::string{};
    if (where == "status") return window->right_status;
    if (where == "left-status") return window->left_status;
    if (where == "tab") {
        const Id id = tab(step.number_after("tab").value_or(0));
        for (std::size_t i = 0; id && i < window->tabs.size(); ++i)
            if (window->tabs[i].id() == id) return window->tabs.at(i).tab_title;
        return std::string{};
    }
    if (where == "pane") {
        const Id pane = pane_of(step);
        if (const auto text = loop_->mux().answer(model::PaneText{pane, {}, false, false}))
            return std::string{text->text()};
        return std::string{};
    }
    return std::nullopt;
}

std::optional<std::int64_t> ScenarioPlayer::callback_number(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto report = loop_->engine().report(report_bound);
    if (!report) return std::nullopt;
    const std::string_view event = name.substr(0, dot);
    if (const auto sum = field_of(*report, event, name.substr(dot + 1))) return sum;
    const bool known = std::any_of(report->handlers.begin(), report->handlers.end(),
                                   [&](const HandlerReport& h) { return h.event == event; });
    return known ? std::nullopt : std::optional<std::int64_t>{0};
}

std::optional<std::int64_t> ScenarioPlayer::number_of(std::string_view what) {
    const server::Instruments& i = loop_->instruments();
    const auto count = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    if (what == "frames") return count(outer_->frames());
    if (what == "late") return count(i.late());
    // A scenario says what must not depend on Lua, on any machine: waiting for a handler is long, what a busy
    // system does to a thread is short. `profile` counts every millisecond.
    const bool waited = std::any_of(i.stalls().begin(), i.stalls().end(),
                                    [](const auto& stall) { return stall.second.max >= shortest_wait_ns; });
    if (what == "late_by_script") return waited ? count(i.late_by_script()) : 0;
    if (what == "log") return count(log_.size());
    if (what == "tabs") return loop_->window() ? count(loop_->window()->tabs.size()) : 0;
    if (what == "windows") return count(loop_->root()->windows.size());
    if (what == "ballast_faults") return ballast_.faults();
    if (what == "wakeups") return count(loop_->engine().wakeups());
    if (what == "failovers") return loop_->engine().scripting().failovers;
    if (what == "stuck") return loop_->engine().scripting().stuck;
    if (what == "stalls") {
        std::uint64_t all = 0;
        for (const auto& [cause, stall] : i.stalls()) all += stall.count;
        return waited ? count(all) : 0;
    }
    if (what == "children") {
        const auto report = loop_->engine().report(report_bound);
        return report ? std::optional{count(report->live_children)} : std::nullopt;
    }
    if (what == "heap") {
        const auto report = loop_->engine().report(report_bound);
        return report ? std::optional{count(report->gc.heap_bytes)} : std::nullopt;
    }
    return std::nullopt;
}

// Counters are compared with what they were here. The tabs that there are, and the heap, stay as they are.
ScenarioPlayer::Problem ScenarioPlayer::mark(const Step&) {
    settle();
    marks_.clear();
    for (const char* name : {"frames", "late", "late_by_script", "stalls", "wakeups"})
        marks_[name] = number_of(name).value_or(0);
    const auto report = loop_->engine().report(report_bound);
    if (!report) return "the script thread did not answer";
    for (const Json& row : callbacks_json(*report))
        for (const auto& [field, value] : row.items())
            if (value.is_number_integer())
                marks_[row["event"].get<std::string>() + "." + field] += value.get<std::int64_t>();
    log_.clear();
    bars_.clear();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::wait(const Step& step) {
    if (step.word(1) != "for") return "`wait for WHERE \"text\"` is expected";
    const std::string* text = step.quoted();
    if (!text || !text_of(step.word(2), step)) return "`wait for screen|status|title|bar|log|tab N \"text\"`";
    const bool found = turn_until(
        wait_bound_us, true, [&] { return text_of(step.word(2), step)->find(*text) != std::string::npos; });
    settle();
    if (found) return {};
    return "waited for a minute; it is \"" + *text_of(step.word(2), step) + "\"";
}

ScenarioPlayer::Problem ScenarioPlayer::expect(const Step& step) {
    if (step.word(1) == "echo") return expect_echo();
    if (step.word(1) == "only") return expect_only_bars(step);
    if (step.quoted()) return expect_text(step, step.word(step.word(1) == "no" ? 2 : 1));
    return expect_number(step, step.word(1));
}

ScenarioPlayer::Problem ScenarioPlayer::expect_text(const Step& step, std::string_view where) {
    if (!text_of(where, step)) return "nobody knows what " + std::string{where} + " is";
    const std::string& wanted = *step.quoted();
    const auto holds = [&] { return text_of(where, step)->find(wanted) != std::string::npos; };
    if (step.word(1) == "no") {
        settle();
        if (!holds()) return {};
        return "it is there";
    }
    if (!turn_until(expect_bound_us, false, holds)) return "it is \"" + *text_of(where, step) + "\"";
    const auto frames = step.number_after("within");
    const auto used = static_cast<std::int64_t>(outer_->frames() - frames_at_input_);
    if (frames && used > *frames) return "it took " + std::to_string(used) + " frames";
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::expect_number(const Step& step, std::string_view what) {
    const bool callbacks = what == "callbacks";
    const std::string name{callbacks ? step.word(2) : what};
    // `stalls 0` is `stalls = 0`.
    const std::size_t at = callbacks ? 3 : 2;
    const bool has_operator = is_operator(step.word(at));
    const std::string_view op = has_operator ? step.word(at) : std::string_view{"="};
    const auto wanted = step.number(at + (has_operator ? 1 : 0));
    if (!wanted) return "`expect " + name + " OPERATOR NUMBER` is expected";
    settle();
    const auto current = [&]() -> std::optional<std::int64_t> {
        const auto value = callbacks ? callback_number(name) : number_of(name);
        const auto mark = marks_.find(name);
        return value && mark != marks_.end() ? std::optional{*value - mark->second} : value;
    };
    std::optional<std::int64_t> value = current();
    if (!value) return "nobody counts " + name;
    // What is to become more may take a moment; what is to be none has had its time.
    if (op == ">" || op == ">=" || (op == "=" && *value < *wanted))
        turn_until(expect_bound_us, false, [&] {
            value = current();
            return value && compare(*value, op, *wanted);
        });
    if (value && compare(*value, op, *wanted)) return {};
    return "it is " + (value ? std::to_string(*value) : std::string{"unknown"});
}

// Every frame since `mark` had one of these tab bars.
ScenarioPlayer::Problem ScenarioPlayer::expect_only_bars(const Step& step) {
    if (step.word(2) != "bars" || !step.quoted()) return "`expect only bars \"text\"…` is expected";
    settle();
    if (bars_.empty()) return "there was no frame";
    for (const std::string& bar : bars_) {
        const auto is_bar = [&](const Token& token) { return token.quoted && token.text == bar; };
        if (std::none_of(step.tokens.begin(), step.tokens.end(), is_bar))
            return "a frame showed \"" + bar + "\"";
    }
    return {};
}

// What was typed since the last line end is on the screen.
ScenarioPlayer::Problem ScenarioPlayer::expect_echo() {
    const bool shown = turn_until(expect_bound_us, false,
                                  [this] { return outer_->screen().find(typed_) != std::string::npos; });
    if (shown) return {};
    return "\"" + typed_ + "\" is not shown";
}

} // namespace lunette::cli
