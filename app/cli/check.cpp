#include "cli/check.h"

#include "cli/checked_event.h"
#include "cli/fixed_model.h"
#include "cli/key_suggestions.h"
#include "server/config_records.h"
#include "server/key_chords.h"
#include "wezterm/api.h"
#include "wezterm/evaluation.h"
#include "wezterm/exec_domains.h"
#include "wezterm/options_report.h"
#include "wezterm/requests.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <utility>

namespace lunette::cli {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto load_bound = 30s;
constexpr auto event_bound = 10s; // handlers that sleep or wait for children
constexpr std::string_view key_prefix = "key:";

// What the function of an exec domain may be given.
Value sample_command() {
    return Value::map({{"args", Value::list({"/bin/sh"})},
                       {"cwd", "/"},
                       {"set_environment_variables", Value::map({{"TERM", "xterm-256color"},
                                                                 {"WEZTERM_PANE", "0"},
                                                                 {"WEZTERM_UNIX_SOCKET", "lunette-1"}})},
                       {"domain", "DefaultDomain"}});
}

// What a terminal emits by itself, in the order in which it would.
constexpr const char* terminal_events[] = {
    "mux-startup",         "gui-startup",   "gui-attached",         "window-config-reloaded",
    "update-right-status", "update-status", "window-focus-changed", "window-resized",
    "user-var-changed",    "bell",          "new-tab-button-click", "open-uri"};

// The script thread says that there is something to take.
class Bell {
public:
    void ring() {
        {
            const std::scoped_lock lock{mutex_};
            rung_ = true;
        }
        changed_.notify_one();
    }
    void wait(std::chrono::milliseconds at_most) {
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, at_most, [this] { return rung_; });
        rung_ = false;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool rung_ = false;
};

class Session {
public:
    explicit Session(const CheckRequest& request) : request_{request}, engine_{options(request)} {
        wezterm::declare_events(engine_);
        result_.config = request.name;
    }

    CheckResult run() {
        if (load()) {
            ask_views();
            for (const char* name : terminal_events)
                if (engine_.has_handler(name)) fire(name, arguments_of(name));
            for (const std::string& name : request_.run) run_named(name);
        }
        collect();
        return std::move(result_);
    }

private:
    EngineOptions options(const CheckRequest& request) {
        EngineOptions options = server::engine_options(request.config, false, FixedModel::batteries());
        options.waker = [this] { bell_.ring(); };
        return options;
    }

    // Serves the engine until `done` holds while nothing is left to apply.
    template<class F>
    bool pump(SteadyClock::duration bound, F done) {
        const auto until = SteadyClock::now() + bound;
        for (;;) {
            engine_.publish(model_.root());
            const std::size_t applied = engine_.take_commands([this](const Command& c) { return apply(c); });
            for (LogRecord& record : engine_.take_log()) result_.log.push_back(std::move(record));
            if (applied == 0 && done()) return true;
            if (SteadyClock::now() > until) return false;
            if (applied == 0) bell_.wait(10ms);
        }
    }

    Expected<Value> apply(const Command& command) {
        if (const auto query = wezterm::model_query(command)) return model_.answer(*query);
        if (const auto change = wezterm::model_command(command)) return model_.apply(*change);
        if (const auto* fixed = command.get_if<wezterm::FixedUp>()) {
            if (!fixed->command) result_.errors.push_back(located({{}, fixed->command.error()}));
            return Value{};
        }
        return failure(std::string{"nobody knows what "} + command.name() + " means");
    }

    bool load() {
        if (!pump(load_bound, [this] { return engine_.load().generation != 0; })) {
            result_.errors.push_back({result_.config, "the configuration did not finish loading in 30 s"});
            return false;
        }
        const LoadResult& load = engine_.load();
        result_.loaded = load.ok;
        result_.load_us = load.duration_us;
        result_.modules = load.modules;
        if (!load.ok) {
            result_.errors = load.errors;
            result_.warnings = load.warnings;
            std::erase_if(result_.warnings, [&load](const Problem& warning) {
                return contains(load.error.message, warning.what); // said once is enough
            });
            result_.errors.insert(result_.errors.begin(), located({load.error.where, load.error.message}));
            return false;
        }
        model_.set_config(server::loaded_config(load));
        for (wezterm::OptionReport& option : wezterm::option_report(model_.config()))
            result_.options.push_back(
                {std::move(option.name), std::string{option.effect}, std::move(option.note)});
        result_.suggestions =
            key_suggestions(model::ConfigView{model::config_schema().make(server::loaded_config(load))});
        const Value& options = model_.config().options;
        result_.keys = options["keys"].size();
        for (const MapEntry& table : options["key_tables"].entries())
            result_.key_tables[std::string{table.key.text()}] = table.value.size();
        return true;
    }

    // Lua puts the place before its messages: "wezterm.lua:3: what". Without one it is the main file.
    Problem located(Problem problem) const {
        if (!problem.where.empty()) return problem;
        const std::string& what = problem.what;
        const std::size_t end = std::min(what.find(": "), what.size());
        const std::size_t colon = what.substr(0, end).rfind(':');
        if (colon == std::string::npos || colon + 1 >= end ||
            what.substr(0, end).find_first_not_of("0123456789", colon + 1) != std::string::npos)
            return {result_.config, what};
        return {what.substr(0, end), what.substr(std::min(end + 2, what.size()))};
    }

    // Nothing runs, waits for a child or is about to be published any more.
    bool quiet() {
        if (!engine_.settle(1s)) return false;
        auto report = engine_.report(1s);
        if (!report || report->live_children > 0) return false;
        return std::all_of(report->handlers.begin(), report->handlers.end(),
                           [](const HandlerReport& h) { return h.cpu.count() >= h.runs; });
    }

    void ask_views() {
        const Ref<model::WindowInfo> window = model_.window();
        tab_bar_ = engine_.view("tab-bar", {window});
        window_title_ = engine_.view("window-title", {window});
        if (engine_.has_handler("augment-command-palette"))
            palette_ = engine_.view("augment-command-palette",
                                    server::window_and_pane(window.record(), model_.pane().record()));
        if (engine_.has_handler("mux-is-process-stateful"))
            stateful_ = engine_.view("mux-is-process-stateful", {model_.pane()->foreground_process_info});
        pump(event_bound, [this] { return tab_bar_.latest().serial > 0 && quiet(); });
        // Titles under the mouse are else found out when nothing is to be done, and some of them not before
        // the mouse is there.
        for (std::size_t i = 0; i < window->tabs.size(); ++i) {
            model_.hover(window->tabs.at(i).tab_id);
            pump(event_bound, [this] { return quiet(); });
        }
        model_.hover({});
        pump(event_bound, [this] { return quiet(); });
    }

    Args arguments_of(std::string_view event) {
        if (event == "mux-startup") return {};
        if (event == "gui-startup") return {Value{}};
        if (event == "gui-attached") return {Value{model_.root()->domains[0]}};
        if (event.starts_with("exec-domain-") && event.ends_with("-label")) return {Value{"domain"}};
        if (event.starts_with("exec-domain-")) return {sample_command(), Value{0}};
        Args args = server::window_and_pane(model_.window().record(), model_.pane().record());
        if (event == "user-var-changed") args.insert(args.end(), {Value{"PROG"}, Value{"nvim"}});
        if (event == "open-uri") args.emplace_back("https://example.com/");
        if (event == "new-tab-button-click")
            args.insert(args.end(), {Value{"Left"}, Value::map({{"SpawnTab", "CurrentPaneDomain"}})});
        return args;
    }

    void fire(const std::string& event, Args args) {
        const std::uint64_t ticket = engine_.emit(event, std::move(args));
        if (!pump(event_bound, [&] { return engine_.settled(ticket) && quiet(); }))
            result_.warnings.push_back({"", event + " was not over after 10 s"});
    }

    void run_named(const std::string& name) {
        if (name.rfind(key_prefix, 0) == 0) {
            run_key(name);
        } else if (!engine_.has_handler(name)) {
            result_.errors.push_back({"--run " + name, "no handler is registered for this event"});
        } else {
            shown_.insert(name);
            fire(name, arguments_of(name));
        }
    }

    void run_key(const std::string& name) {
        const Value& all = model_.config().options;
        std::string wanted = name.substr(key_prefix.size());
        std::string table = wanted.substr(0, wanted.find(':'));
        const bool main = table == "keys" || table == "default";
        // Keys have colons in their names too: phys:0.
        const bool named = table.size() < wanted.size() && (main || !all["key_tables"][table].is_nil());
        if (named)
            wanted.erase(0, table.size() + 1);
        else
            table = "keys";
        const Value& bindings = !named || main ? all["keys"] : all["key_tables"][table];
        for (const Value& binding : bindings.items()) {
            if (!server::names_key(wanted, binding)) continue;
            const std::vector<std::string> events = server::events_of(binding["action"]);
            if (events.empty()) {
                result_.warnings.push_back({"--run " + name, "this key runs no Lua"});
                return;
            }
            for (const std::string& event : events) {
                shown_.insert(event);
                names_[event] = name;
                fire(event, arguments_of(event));
            }
            return;
        }
        result_.errors.push_back({"--run " + name, "no such key is bound in " + table});
    }

    // A key callback's name means nothing to people; a custom event's does.
    bool is_shown(const HandlerReport& row) const {
        return row.pure || shown_.contains(row.event) || is_terminal_event(row.event);
    }
    static bool is_terminal_event(std::string_view name) {
        return std::find(std::begin(terminal_events), std::end(terminal_events), name) !=
               std::end(terminal_events);
    }

    void collect() {
        if (result_.loaded) read_views();
        for (std::string& problem : model_.take_problems())
            result_.warnings.push_back({"", std::move(problem)});
        const auto report = engine_.report(5s);
        if (!report) {
            result_.errors.push_back({result_.config, "the script thread did not answer"});
            return;
        }
        result_.errors.insert(result_.errors.end(), report->errors.begin(), report->errors.end());
        for (const Problem& warning : report->warnings)
            (uncaught(warning, report->handlers) ? result_.errors : result_.warnings).push_back(warning);
        for (const HandlerReport& row : report->handlers) {
            if (is_shown(row)) {
                merge(result_.events, row, names_);
            } else if (row.event.rfind("user-defined-", 0) != 0 && row.event != wezterm::evaluate_event &&
                       std::find(result_.not_run.begin(), result_.not_run.end(), row.event) ==
                           result_.not_run.end()) {
                result_.not_run.push_back(row.event);
            }
        }
        for (CheckedEvent& event : result_.events) {
            if (event.name == "format-tab-title") event.values = tab_values_;
            if (event.name == "format-window-title") event.values = shown_text(window_title_.latest().value);
            if (event.name == "augment-command-palette")
                event.values = palette_values(palette_.latest().value);
        }
    }

    static bool contains(std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
    }
    // Asking for what does not exist raises an error: for who catches it a warning is enough. Errors of
    // timers are only in the log.
    bool uncaught(const Problem& warning, const std::vector<HandlerReport>& handlers) const {
        const auto ended = [&warning](const HandlerReport& row) {
            return contains(row.last_error, warning.what);
        };
        const auto logged = [&warning](const LogRecord& record) {
            return record.about_handler && record.level == LogLevel::error &&
                   contains(record.message, warning.what);
        };
        return std::any_of(handlers.begin(), handlers.end(), ended) ||
               std::any_of(result_.log.begin(), result_.log.end(), logged);
    }

    void read_views() {
        engine_.publish(model_.root());
        tab_values_ = tab_values(tab_bar_.latest().value, *model_.window());
    }

    const CheckRequest& request_;
    Bell bell_;
    FixedModel model_;
    Engine engine_;
    CheckResult result_;
    View tab_bar_, window_title_, palette_, stateful_;
    std::vector<CheckedEvent::Shown> tab_values_;
    std::set<std::string> shown_;              // events that were asked for by name
    std::map<std::string, std::string> names_; // event of a key callback -> what it was asked for as
};

} // namespace

bool CheckResult::ok() const noexcept {
    return loaded && errors.empty() &&
           std::none_of(events.begin(), events.end(), [](const CheckedEvent& event) {
               return event.result == RunResult::error || event.result == RunResult::killed;
           });
}

CheckResult check(const CheckRequest& request) { return Session{request}.run(); }

} // namespace lunette::cli
