#include "server/debug_panel.h"

#include "server/info_page.h"
#include "server/key_explanation.h"
#include "server/ui_loop.h"

#include "wezterm/evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace lunette::server {

namespace {

std::vector<ui::PageView::Line> lines_of(std::string_view text, std::string_view before) {
    std::vector<ui::PageView::Line> lines;
    const std::string indent(before.size(), ' ');
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string line{lines.empty() ? before : std::string_view{indent}};
        for (const char c : text.substr(0, end)) line += c == '\t' ? std::string(4, ' ') : std::string(1, c);
        lines.push_back({model::StyledText{line}, false});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

} // namespace

mux::Reply DebugPanel::open(Id pane) {
    ui::DebugOverlay::Hooks hooks;
    hooks.evaluate = [this, pane](const std::string& source) { evaluate(pane, source); };
    hooks.explain = [this](const model::KeyEvent& key) {
        const Outer* outer = loop_.options_.outer;
        return explain_key(key, outer ? outer->last_input() : std::string_view{},
                           model::ConfigView{loop_.config_}, loop_.router_.prefix_is_on(),
                           loop_.own_overlays_.callbacks());
    };
    auto overlay = std::make_shared<ui::DebugOverlay>(std::move(hooks));
    overlay_ = overlay;
    overlay->add_log({lines_.begin(), lines_.end()});
    loop_.overlays_.open(pane, std::move(overlay), {});
    loop_.engine_.request_report();
    return Value{};
}

void DebugPanel::note(const LogRecord& record) {
    std::vector<ui::PageView::Line> lines =
        lines_of(record.message, fmt::format("{:<7}  ", to_string(record.level)));
    if (const auto overlay = overlay_.lock()) overlay->add_log(lines);
    for (ui::PageView::Line& line : lines) lines_.push_back(std::move(line));
    while (lines_.size() > most_records) lines_.pop_front();
}

void DebugPanel::evaluate(Id pane, const std::string& source) {
    loop_.publish();
    const Id shown = loop_.mux_.pane(pane) ? pane : 0;
    if (loop_.events_.emit(wezterm::evaluate_event, {Value{source}}, shown, {.urgent = true})) return;
    if (const auto overlay = overlay_.lock()) overlay->add_log(lines_of("there is no window", "! "));
}

void DebugPanel::take(const wezterm::Evaluated& result) {
    const auto overlay = overlay_.lock();
    if (!overlay) return;
    overlay->add_log(lines_of(result.text.empty() ? "done" : result.text, result.failed ? "! " : "= "));
    loop_.pacer_.damage(monotonic_ns());
}

void DebugPanel::take(const EngineReport& report) {
    if (const auto overlay = overlay_.lock()) overlay->set_callbacks(callback_lines(report));
}

bool DebugPanel::shows_statistics() const noexcept {
    const auto overlay = overlay_.lock();
    return overlay && overlay->page() == ui::DebugOverlay::Page::callbacks && loop_.is_attached();
}

void DebugPanel::observe(std::int64_t now_ms) {
    if (!shows_statistics() || now_ms < refresh_at_ms_) return;
    refresh_at_ms_ = now_ms + refresh_ms;
    loop_.engine_.request_report();
}

std::optional<std::int64_t> DebugPanel::deadline_ms() const noexcept {
    if (!shows_statistics()) return std::nullopt;
    return refresh_at_ms_;
}

} // namespace lunette::server
