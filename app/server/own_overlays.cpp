#include "server/own_overlays.h"

#include "server/character_choice.h"
#include "server/help_page.h"
#include "server/info_page.h"
#include "server/prefix_keys.h"
#include "server/ui_loop.h"

#include "ui/prompt_overlay.h"

#include <algorithm>
#include <ctime>
#include <memory>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::string_view usual_pane_letters = "asdfqwerzxcvjklmiuopghtybn"; // WezTerm's

const model::WindowInfo* window_of(const model::AppInfo& root, Id id) {
    for (std::size_t w = 0; w < root.windows.size(); ++w)
        if (root.windows[w].id() == id) return &root.windows.at(w);
    return nullptr;
}

std::vector<Id> panes_of(const model::TabInfo& tab) {
    std::vector<Id> ids;
    for (std::size_t p = 0; p < tab.all_panes.size(); ++p) ids.push_back(tab.all_panes[p].id());
    return ids;
}

std::unique_ptr<ui::PromptOverlay> prompt(std::string_view about, std::string value) {
    ui::PromptOverlay::Options options;
    options.description.emplace_back(about);
    options.prompt = model::StyledText{"> "};
    options.initial_value = std::move(value);
    return std::make_unique<ui::PromptOverlay>(std::move(options));
}

tl::unexpected<std::string> gone() {
    return tl::unexpected{std::string{"this pane does not exist any more"}};
}

} // namespace

OwnOverlays::OwnOverlays(UiLoop& loop, const std::string& data_directory)
    : loop_{loop},
      closing_{loop},
      characters_{data_directory.empty() ? std::string{} : data_directory + "/characters"} {}

std::optional<mux::Reply> OwnOverlays::perform(Id window, Id pane, const model::KeyAssignment& action) {
    namespace own = prefix_action;
    if (action.name == own::rename_tab) return rename_tab(pane);
    if (action.name == own::rename_workspace) return rename_workspace(window, pane);
    if (action.name == own::show_keys) return show_keys(pane);
    if (action.name == own::show_info) return show_info(pane);
    if (action.name == "PaneSelect") return select_pane(pane, action.argument);
    if (action.name == "ShowDebugOverlay") return loop_.debug_panel_.open(pane);
    if (action.name == "CharSelect") return select_character(window, pane, action.argument);
    return std::nullopt;
}

// ---- before something is closed

bool OwnOverlays::asks_to_close(Id pane, const model::KeyAssignment& action) {
    const bool whole_tab = action.name == "CloseCurrentTab";
    if (!whole_tab && action.name != "CloseCurrentPane") return false;
    if (!action.argument["confirm"].boolean_or(false)) return false;
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    const Ref<model::TabInfo> tab = model::place_of(*root, pane).tab;
    if (!tab) return false;
    // What is asked about is seen.
    const auto show = [this, tab_record = tab.id(), seen = tab->is_active] {
        if (!seen) loop_.mux_.apply(model::ActivateTab{tab_record});
    };
    return closing_.begin(
        {whole_tab ? "this tab" : "this pane", pane, whole_tab ? panes_of(*tab) : std::vector<Id>{pane}, show,
         [this, pane, name = action.name] {
             loop_.mux_.perform(loop_.mux_.active_window(), pane, {name, Value::map({{"confirm", false}})});
         }});
}

bool OwnOverlays::asks_to_quit() {
    if (loop_.option("window_close_confirmation").text() == "NeverPrompt") return false;
    const Id window = loop_.mux_.active_window();
    const Id pane = loop_.mux_.active_pane(window);
    if (!pane) return false;
    return closing_.begin({"all windows", pane, loop_.mux_.panes(), {}, [this] {
                               loop_.requests_.push_back(UiLoop::Request::quit);
                           }});
}

// ---- names

mux::Reply OwnOverlays::rename_tab(Id pane) {
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    const Ref<model::TabInfo> shown = model::place_of(*root, pane).tab;
    if (!shown) return gone();
    auto overlay = prompt("A name for this tab; none: as its program says", shown->tab_title);
    const ui::PromptOverlay* typed = overlay.get();
    loop_.overlays_.open(pane, std::move(overlay), [this, tab = shown.id(), typed](bool accepted) {
        if (accepted) loop_.mux_.apply(model::SetTabTitle{tab, typed->line()});
    });
    return Value{};
}

mux::Reply OwnOverlays::rename_workspace(Id window, Id pane) {
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    const model::WindowInfo* shown = window_of(*root, window);
    if (!shown) return gone();
    auto overlay = prompt("Another name for this workspace", shown->workspace);
    const ui::PromptOverlay* typed = overlay.get();
    loop_.overlays_.open(pane, std::move(overlay), [this, from = shown->workspace, typed](bool accepted) {
        if (!accepted || typed->line().empty()) return;
        const mux::Reply renamed = loop_.mux_.apply(model::RenameWorkspace{from, typed->line()});
        if (!renamed) loop_.notify(renamed.error());
    });
    return Value{};
}

// ---- pages

std::vector<ui::PageView::Line> OwnOverlays::help() const {
    const Ref<model::AppInfo>& root = loop_.root_;
    const bool modern = loop_.options_.outer && loop_.options_.outer->has_modern_keys();
    const model::ConfigView config{loop_.config_};
    return help_lines({config, loop_.router_.prefix_is_on(), modern,
                       root->outer ? std::string_view{root->outer->program} : std::string_view{},
                       callbacks_});
}

std::vector<ui::PageView::Line> OwnOverlays::information(const EngineReport* report) const {
    static const model::OuterInfo nowhere;
    const Outer* outer = loop_.options_.outer;
    const model::ConfigView config{loop_.config_};
    return info_lines({loop_.root_->outer ? *loop_.root_->outer : nowhere,
                       outer ? outer->capabilities() : std::vector<std::pair<std::string, std::string>>{},
                       config, loop_.engine_.load(), loop_.options_.config.path, loop_.router_.prefix_is_on(),
                       outer && outer->has_modern_keys(), loop_.options_.log_path, report});
}

mux::Reply OwnOverlays::show_keys(Id pane) {
    auto page = std::make_shared<ui::PageOverlay>("Keys", help());
    help_ = page;
    loop_.overlays_.open(pane, std::move(page), {});
    loop_.engine_.request_report(); // where the callbacks are
    return Value{};
}

mux::Reply OwnOverlays::show_info(Id pane) {
    auto page = std::make_shared<ui::PageOverlay>("Lunette", information(nullptr));
    info_ = page;
    loop_.overlays_.open(pane, std::move(page), {});
    loop_.engine_.request_report();
    return Value{};
}

void OwnOverlays::take_report(EngineReport report) {
    callbacks_.clear();
    for (const HandlerReport& row : report.handlers)
        if (!row.where.empty()) callbacks_.try_emplace(row.event, row.where);
    loop_.debug_panel_.take(report);
    if (const auto page = help_.lock()) page->set_lines(help());
    if (const auto page = info_.lock()) page->set_lines(information(&report));
}

bool OwnOverlays::observe() {
    closing_.observe();
    bool changed = false;
    if (auto report = loop_.engine_.take_report()) {
        for (const auto& take : std::exchange(loop_.report_wanted_, {})) take(*report);
        take_report(std::move(*report));
        loop_.overlays_.callbacks_known();
        changed = true;
    }
    if (const std::uint64_t generation = loop_.engine_.load().generation;
        std::exchange(seen_generation_, generation) != generation) {
        callbacks_.clear();
        if (!help_.expired() || !info_.expired()) loop_.engine_.request_report();
    }
    if (const auto panes = panes_.lock()) panes->place_panes(places());
    return changed;
}

// ---- choosing

std::vector<ui::PaneSelectOverlay::Pane> OwnOverlays::places() const {
    std::vector<ui::PaneSelectOverlay::Pane> places;
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    for (const Id id : pane_ids_) {
        ui::PaneSelectOverlay::Pane place;
        const auto& [window, tab, pane] = model::place_of(*root, id);
        // Unless another one is zoomed.
        if (pane && (!tab->is_zoomed || pane->is_zoomed))
            place.area = {static_cast<int>(pane->left) + window->padding.left,
                          static_cast<int>(pane->top) + window->padding.top, static_cast<int>(pane->width),
                          static_cast<int>(pane->height)};
        places.push_back(std::move(place));
    }
    return places;
}

// The configuration's colours where it sets them: WezTerm's own are for text of many pixels.
ui::FrameStyle OwnOverlays::label_style() const {
    ui::FrameStyle style;
    style.attributes = ui::FrameStyle::bold;
    const model::ConfigView config{loop_.config_};
    const Value set = loop_.config_ ? loop_.config_->set_options : Value{};
    for (const Value& name : set.items()) {
        if (name.text() == "pane_select_fg_color") style.foreground = config.color(name.text());
        if (name.text() == "pane_select_bg_color") style.background = config.color(name.text());
    }
    if (style.foreground.is_inherited() && style.background.is_inherited())
        style.attributes = static_cast<std::uint16_t>(style.attributes | ui::FrameStyle::inverse);
    return style;
}

mux::Reply OwnOverlays::select_pane(Id pane, const Value& argument) {
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    const Ref<model::TabInfo> tab = model::place_of(*root, pane).tab;
    if (!tab) return gone();
    const Id tab_record = tab.id();
    pane_ids_ = panes_of(*tab);
    const bool was_zoomed = tab->is_zoomed;
    if (was_zoomed) loop_.mux_.apply(model::SetZoomed{tab_record, false});
    const model::ConfigView config{loop_.config_};
    std::string_view letters = argument["alphabet"].text();
    if (letters.empty()) letters = config.text("quick_select_alphabet", usual_pane_letters);
    auto overlay = std::make_shared<ui::PaneSelectOverlay>(places(), letters, label_style());
    panes_ = overlay;
    const std::string mode{argument["mode"].text()};
    loop_.overlays_.open(
        pane, overlay,
        [this, pane, tab_record, was_zoomed, mode, ids = pane_ids_, chosen = overlay.get()](bool accepted) {
            if (!accepted) {
                if (was_zoomed) loop_.mux_.apply(model::SetZoomed{tab_record, true});
                return;
            }
            const mux::Reply reply = use_pane(loop_.mux_, mode, pane, ids[*chosen->choice()]);
            if (!reply) loop_.notify(reply.error());
        });
    return Value{};
}

mux::Reply OwnOverlays::select_character(Id window, Id pane, const Value& argument) {
    auto overlay = make_character_overlay(argument["group"].text(), characters_, std::time(nullptr));
    const ui::CharSelectOverlay* chosen = overlay.get();
    const bool copies = argument["copy_on_select"].boolean_or(true);
    const auto to = model::parse_clipboard(argument["copy_to"].text()).value_or(model::Clipboard::both);
    loop_.overlays_.open(
        pane, std::move(overlay),
        [this, window, pane, chosen, copies, to](bool accepted) {
            if (!accepted) return;
            const auto& [text, name] = *chosen->choice();
            characters_.note(text + ' ' + name, std::time(nullptr));
            if (copies) loop_.mux_.apply(model::CopyToClipboard{window, text, to});
            loop_.mux_.paste(pane, text, true, true);
        },
        ui::OverlayColors::from(model::ConfigView{loop_.config_}, "char_select_fg_color",
                                "char_select_bg_color"));
    return Value{};
}

} // namespace lunette::server
