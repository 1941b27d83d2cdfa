#include "server/ui_loop.h"

#include "wezterm/requests.h"

#include <chrono>
#include <utility>

// What the loop shows: the part of UiLoop that makes frames.
namespace lunette::server {

void UiLoop::draw() {
    const std::int64_t now = monotonic_ns();
    if (!pacer_.is_due(now)) return;
    if (options_.sync) {
        wait_for_titles();
    } else if (const model::WindowInfo* shown = window();
               shown && shown->tab_bar_visible && pacer_.may_defer(now) &&
               views_.is_incomplete(*shown, root_->active_window.id())) {
        pacer_.defer(now);
        if (!pacer_.is_due(now)) return;
    }
    compose(monotonic_ns());
}

// How scripted terminals do it today: the frame stands still until Lua has said what the tabs are called.
void UiLoop::wait_for_titles() {
    if (!bar_is_out_of_date() || !engine_.load().ok) return;
    const Instruments::Span span{instruments_, "waiting for Lua (sync mode)"};
    const auto left = std::chrono::nanoseconds{end_ - monotonic_ns()};
    const auto apply_now = [this](const Command& command) { return apply(command); };
    for (const View& view :
         {views_.tab_bar(root_->active_window.id()), views_.title(root_->active_window.id())})
        if (view && left.count() > 0)
            engine_.call_and_wait(view, apply_now,
                                  std::chrono::duration_cast<std::chrono::microseconds>(left));
}

// WezTerm rebuilds the bar on all that may show in it (semantics: window.update_title and what calls it).
bool UiLoop::bar_is_out_of_date() {
    const model::WindowInfo* shown = window();
    if (!shown) return false;
    std::string inputs =
        shown->left_status + '\x1f' + shown->right_status + '\x1f' + std::to_string(shown->columns) + '\x1f' +
        std::to_string(shown->hovered_tab.value_or(-1)) + '\x1f' + std::to_string(root_->config->generation);
    for (std::size_t i = 0; i < shown->tabs.size(); ++i) {
        const model::TabInfo& tab = shown->tabs.at(i);
        inputs += '\x1e' + std::to_string(tab.tab_id) + (tab.is_active ? "*" : "") + tab.tab_title;
        if (!tab.active_pane) continue;
        inputs += '\x1f' + tab.active_pane->title + '\x1f' + describe(tab.active_pane->user_vars) +
                  describe(tab.active_pane->progress) + (tab.active_pane->has_unseen_output ? "!" : "");
    }
    return std::exchange(bar_inputs_, std::move(inputs)) != bar_inputs_;
}

ui::PaneCells* UiLoop::cells(Id id) {
    mux::Pane* pane = mux_.pane(id);
    if (!pane) return nullptr;
    return &cells_.try_emplace(id, *pane).first->second;
}

void UiLoop::compose(std::int64_t now) {
    const FramePacer::Started started = pacer_.start(now);
    instruments_.frame_started(started.due, started.slots, started.late);
    const model::WindowInfo* shown = window();
    ui::Scene scene;
    scene.window = shown;
    scene.cells = [this](Id pane) { return cells(pane); };
    if (shown) {
        const Ref<model::ConfigInfo>& config = shown->config ? shown->config : root_->config;
        if (config && !(config->options == presented_options_)) {
            presented_options_ = config->options;
            tab_bar_.set_config(presented_options_);
        }
        WindowViews::Reading reading;
        {
            const Instruments::Span span{instruments_, "reading views"};
            reading = views_.read(root_->active_window.id());
        }
        if (reading.is_new) instruments_.rebuilt();
        if (title_ != reading.title) title_ = reading.title;
        if (shown->tab_bar_visible) scene.tab_bar = &tab_bar_.lay_out(reading.tab_bar, *shown);
        scene.tab_bar_at_bottom = presented_options_["tab_bar_at_bottom"].boolean_or(false);
    }
    composer_.compose(scene);
    options_.outer->present(composer_.frame(), title_);
    const std::int64_t end = monotonic_ns();
    instruments_.frame_ended(end - now);
    if (on_frame_) on_frame_(end);
}

} // namespace lunette::server
