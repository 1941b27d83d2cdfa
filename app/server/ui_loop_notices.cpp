#include "server/info_page.h"
#include "server/prefix_keys.h"
#include "server/ui_loop.h"

#include <algorithm>
#include <utility>

// What the loop tells its user without being asked: toasts, bells, one line at the lower right, and the log.
namespace lunette::server {

namespace {

constexpr std::size_t most_log = 1000;
constexpr std::int64_t bell_interval_ms = 100;
constexpr std::int64_t shortest_flash_ms = 60;
constexpr std::int64_t longest_flash_ms = 300;
constexpr std::size_t program_toasts = 5; // of all programs, in
constexpr std::int64_t program_toasts_within_ms = 10'000;
constexpr std::string_view config_topic = "configuration";
constexpr std::string_view scripting_topic = "scripting";

// "~/.config/wezterm/wezterm.lua:37: what", the first line of it.
std::string located(const Error& error) {
    std::string text = error.message.substr(0, error.message.find('\n'));
    if (!error.where.empty() && !text.starts_with(error.where)) text = error.where + ": " + text;
    return home_relative(text);
}

} // namespace

// ---- toasts

void UiLoop::toast(Toasts::Toast toast) {
    toasts_.add(std::move(toast), now_ms());
    pacer_.damage(monotonic_ns());
}

void UiLoop::toast_from(const mux::Notification& notice) {
    const std::string text = notice.title + (notice.title.empty() ? "" : ": ") + notice.message;
    if (notice.pane && !may_notify(notice.pane)) return;
    if (notice.pane) {
        // Whatever a program prints: no more than a few.
        const std::int64_t now = now_ms();
        while (!program_toasts_ms_.empty() && program_toasts_ms_.front() + program_toasts_within_ms <= now)
            program_toasts_ms_.pop_front();
        if (program_toasts_ms_.size() >= program_toasts) return;
        program_toasts_ms_.push_back(now);
    }
    log_.push_back({LogLevel::info, 0, text});
    // Somebody who looks elsewhere is told there.
    if (options_.outer && !focused_) options_.outer->notify(notice.title, notice.message);
    toast({Toasts::Kind::info, notice.title,
           notice.url.empty() ? notice.message : notice.message + " (" + notice.url + ")",
           notice.timeout_ms > 0 ? notice.timeout_ms : Toasts::usual_ms});
}

// As notification_handling says.
bool UiLoop::may_notify(Id pane) const {
    const std::string_view rule = option("notification_handling").text();
    if (rule == "NeverShow") return false;
    const model::WindowInfo* shown = window();
    if (!rule.starts_with("SuppressFromFocused") || !focused_ || !shown || !shown->active_tab) return true;
    if (rule == "SuppressFromFocusedPane") return shown->active_pane.id() != pane;
    if (rule == "SuppressFromFocusedTab") return !model::has_pane(*shown->active_tab, pane);
    for (std::size_t i = 0; i < shown->tabs.size(); ++i)
        if (model::has_pane(shown->tabs.at(i), pane)) return false;
    return true;
}

// Each error of a handler once: the engine says each distinct one once.
void UiLoop::collect_log() {
    for (LogRecord& record : engine_.take_log()) {
        if (record.about_handler && record.level >= LogLevel::warning) {
            const bool is_error = record.level == LogLevel::error;
            // That it was stopped takes the place of that it was late.
            const std::size_t took = record.message.find(" took ");
            toast({is_error ? Toasts::Kind::error : Toasts::Kind::warning,
                   {},
                   home_relative(record.message.substr(0, record.message.find('\n'))),
                   is_error ? Toasts::error_ms : Toasts::usual_ms,
                   took == std::string::npos ? std::string{} : record.message.substr(0, took)});
        }
        log_.push_back(std::move(record));
    }
}

std::vector<LogRecord> UiLoop::take_log() {
    collect_log();
    std::vector<LogRecord> records{std::make_move_iterator(log_.begin()),
                                   std::make_move_iterator(log_.end())};
    log_.clear();
    if (records.size() > most_log) records.resize(most_log);
    for (const LogRecord& record : records) debug_panel_.note(record);
    return records;
}

void UiLoop::say_what_failed(const LoadResult& load) {
    load_failed_ = true;
    const char* instead = config_                       ? "; the one before stays in force"
                          : load.configuration.is_nil() ? "; WezTerm's defaults are in force"
                                                        : "; the bundled configuration is in force";
    toast({Toasts::Kind::error,
           {},
           located(load.error) + instead,
           Toasts::longest_ms,
           std::string{config_topic}});
}

// Off: there is a mark in the tab bar, and a toast says why. Titles and status are those of no configuration.
void UiLoop::observe_scripting() {
    const ScriptingState& state = engine_.scripting();
    if (std::exchange(scripting_is_on_, state.on) == state.on) return;
    tab_bar_.set_notice(state.on ? "" : "Lua is off");
    if (state.on)
        toast({Toasts::Kind::good, {}, "Lua is on", Toasts::usual_ms, std::string{scripting_topic}});
    else
        toast({Toasts::Kind::error,
               {},
               "Lua is off: " + home_relative(state.why_off) + " · lunette cli scripting on",
               Toasts::longest_ms,
               std::string{scripting_topic}});
    pacer_.damage(monotonic_ns());
}

// What was found, when it was loaded for the first time, or mended.
void UiLoop::greet(bool is_first) {
    const bool mended = std::exchange(load_failed_, false);
    if (!options_.greets && !mended) return;
    const std::string& path = options_.config.path;
    const bool has_prefix = router_.prefix_is_on();
    const std::string prefix = prefix_text(router_.config());
    if (path.empty()) {
        if (is_first && has_prefix)
            toast({Toasts::Kind::info,
                   {},
                   prefix + " ? help · " + prefix + " : palette · " + prefix + " d detach",
                   Toasts::usual_ms,
                   std::string{config_topic}});
        return;
    }
    const std::string summary = load_summary(*config_, path);
    if (options_.greets) log_.push_back({LogLevel::info, 0, "loaded " + summary});
    toast({mended ? Toasts::Kind::good : Toasts::Kind::info,
           {},
           summary + (has_prefix ? " · " + prefix + " i" : ""),
           Toasts::usual_ms,
           std::string{config_topic}});
    const std::vector<Problem>& warnings = engine_.load().warnings;
    if (!warnings.empty())
        toast({Toasts::Kind::warning,
               {},
               located({warnings.front().what, warnings.front().where}) +
                   (warnings.size() > 1
                        ? " (and " + std::to_string(warnings.size() - 1) + " more: " + prefix + " i)"
                        : ""),
               Toasts::usual_ms * 2});
}

void UiLoop::notify(std::string text) {
    notice_.show(std::move(text), now_ms() + NoticeLine::usual_ms);
    pacer_.damage(monotonic_ns());
}

void UiLoop::draw_notices(bool bar_is_last) {
    ui::Frame& frame = composer_.frame();
    const int last = frame.rows() - (bar_is_last ? 2 : 1);
    const model::WindowInfo* shown = window();
    const bool bar_is_first = shown && shown->tab_bar_visible && !bar_is_last;
    toasts_.draw(frame, bar_is_first ? 1 : 0, last);
    notice_.draw(frame, last);
    if (flash_until_ms_) flash_bar();
}

// ---- bells

void UiLoop::ring() {
    const std::int64_t now = now_ms();
    if (!options_.outer || (last_bell_ms_ && now < last_bell_ms_ + bell_interval_ms)) return;
    last_bell_ms_ = now;
    if (option("audible_bell").text() != "Disabled") options_.outer->bell();
    const Value& visual = option("visual_bell");
    const std::int64_t duration =
        visual["fade_in_duration_ms"].integer_or(0) + visual["fade_out_duration_ms"].integer_or(0);
    if (duration <= 0) return;
    flash_until_ms_ = now + std::clamp(duration, shortest_flash_ms, longest_flash_ms);
    pacer_.damage(monotonic_ns());
}

// The tab bar, else the first row, inverted.
void UiLoop::flash_bar() {
    ui::Frame& frame = composer_.frame();
    if (frame.rows() == 0) return;
    const model::WindowInfo* shown = window();
    const bool at_bottom = shown && shown->tab_bar_visible && bar_is_at_bottom_;
    const int y = at_bottom ? frame.rows() - 1 : 0;
    std::vector<ui::FrameCell> cells{frame.row(y).begin(), frame.row(y).end()};
    for (ui::FrameCell& cell : cells) {
        ui::FrameStyle style = frame.style_at(cell.style);
        style.attributes = static_cast<std::uint16_t>(style.attributes ^ ui::FrameStyle::inverse);
        cell.style = frame.style(style) & 0x3FFFFFFF;
    }
    frame.put(0, y, cells);
    composer_.invalidate({0, y, frame.columns(), 1});
}

} // namespace lunette::server
