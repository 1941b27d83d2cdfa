#include "server/ui_loop.h"

#include "model/titles.h"
#include "wezterm/requests.h"

#include <chrono>
#include <utility>

// What the loop shows: the part of UiLoop that makes frames.
namespace lunette::server {

void UiLoop::draw() {
    const std::int64_t now = monotonic_ns();
    const bool blank = now < blank_until_;
    if (!pacer_.is_due(now) || !may_draw() || (!window() && blank)) return;
    if (options_.sync) {
        wait_for_titles();
    } else if (const model::WindowInfo* shown = window();
               shown && shown->tab_bar_visible && (blank || pacer_.may_defer(now)) &&
               views_.is_incomplete(*shown, root_->active_window.id())) {
        if (blank) return; // the first frame waits for its titles as long as for a configuration
        pacer_.defer(now);
        if (!pacer_.is_due(now)) return;
    }
    blank_until_ = 0;
    compose(monotonic_ns());
}

bool UiLoop::may_draw() const { return options_.outer && options_.outer->can_present(); }

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

TerminalCells* UiLoop::cells(Id id) {
    mux::Pane* pane = mux_.pane(id);
    if (!pane) return nullptr;
    TerminalCells& cells = cells_.try_emplace(id, *pane, highlight_styles_).first->second;
    cells.set_look(pane_colors_, window() && window()->active_pane.id() == id);
    return &cells;
}

void UiLoop::set_pane_colors(PaneColors colors) {
    if (colors == pane_colors_) return;
    // Also what queries are answered from.
    if (colors.palette() != pane_colors_.palette())
        mux_.set_palette(colors.palette().value_or(terminal::Palette::standard()));
    pane_colors_ = std::move(colors);
    composer_.invalidate();
}

void UiLoop::compose(std::int64_t now) {
    const FramePacer::Started started = pacer_.start(now);
    instruments_.frame_started(started.due, started.slots, started.late);
    const model::WindowInfo* shown = window();
    ui::Scene scene;
    scene.window = shown;
    scene.cells = [this](Id pane) {
        TerminalCells* const shown = cells(pane);
        if (shown) modes_.dress(pane, *shown);
        return shown;
    };
    if (shown) {
        const Ref<model::ConfigInfo>& config = shown->config ? shown->config : root_->config;
        if (config && !(config->options == presented_options_)) {
            presented_options_ = config->options;
            tab_bar_.set_config(presented_options_);
            highlight_styles_ = ui::HighlightStyles{model::ConfigPalette::from_options(presented_options_)};
            composer_.invalidate();
            bar_is_at_bottom_ = presented_options_["tab_bar_at_bottom"].boolean_or(false);
            set_pane_colors(PaneColors{model::ConfigView{config}, config->set_options});
        }
        WindowViews::Reading reading;
        {
            const Instruments::Span span{instruments_, "reading views"};
            reading = views_.read(root_->active_window.id());
        }
        if (reading.is_new) instruments_.rebuilt();
        if (!scripting_is_on_)
            title_ = model::default_window_title(*shown);
        else if (title_ != reading.title)
            title_ = reading.title;
        if (shown->tab_bar_visible) scene.tab_bar = &tab_bar_.lay_out(reading.tab_bar, *shown);
        scene.tab_bar_at_bottom = bar_is_at_bottom_;
    }
    options_.outer->want_all_motion(mouse_.wants_all_motion());
    if (!shown) {
        const OuterSize size = options_.outer->size();
        composer_.frame().resize(size.columns, size.rows);
    }
    scene.blank_style = pane_colors_.blank();
    scene.split_style = pane_colors_.split();
    scene.overlay = overlays_.shown();
    scene.overlay_colors = overlays_.colors();
    for (const ui::Area& covered : {notice_.area(), toasts_.area()}) composer_.invalidate(covered);
    composer_.compose(scene);
    overlays_.was_drawn_at(composer_.overlay_area());
    draw_notices(scene.tab_bar && scene.tab_bar_at_bottom);
    held_until_ = INT64_MAX;
    for (const auto& [id, cells] : cells_) {
        // Panes that are not shown may have one that is long past.
        const std::int64_t at =
            cells.held_until() ? std::chrono::nanoseconds{cells.held_until()->time_since_epoch()}.count() : 0;
        if (at > now) held_until_ = std::min(held_until_, at);
    }
    options_.outer->present(composer_.frame(), title_);
    const std::int64_t end = monotonic_ns();
    instruments_.frame_ended(end - now);
    if (on_frame_) on_frame_(end);
}

} // namespace lunette::server
