#include "server/modes/pane_modes.h"

#include "copy/quick_patterns.h"
#include "server/modes/copy_mode.h"
#include "server/modes/quick_select_mode.h"
#include "server/ui_actions.h"
#include "server/ui_loop.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::string_view usual_alphabet = "asdfqwerzxcvjklmiuopghtybn"; // WezTerm's
constexpr std::int64_t usual_scope = 1000;
constexpr std::int64_t most_scope = 1'000'000;

tl::unexpected<std::string> gone() {
    return tl::unexpected{std::string{"this pane does not exist any more"}};
}

std::optional<copy::SearchPattern> parse_pattern(const Value& argument) {
    using Kind = copy::SearchPattern::Kind;
    static constexpr std::pair<std::string_view, Kind> kinds[] = {
        {"CaseSensitiveString", Kind::case_sensitive},
        {"CaseInSensitiveString", Kind::ignore_case},
        {"CaseSmartString", Kind::smart_case},
        {"Regex", Kind::regex},
    };
    for (const auto& [name, kind] : kinds)
        if (const Value& text = argument[name]; text.kind() == lunette::Kind::string)
            return copy::SearchPattern{kind, std::string{text.text()}};
    return std::nullopt;
}

std::vector<std::string> texts(const Value& list) {
    std::vector<std::string> all;
    for (const Value& text : list.items()) all.emplace_back(text.text());
    return all;
}

} // namespace

std::optional<mux::Reply> PaneModes::perform(Id window, Id pane, const model::KeyAssignment& action) {
    if (action.name == "ActivateCopyMode") return copy_mode(pane, {}, false);
    if (action.name == "Search") return search(pane, action.argument);
    if (action.name == "QuickSelect") return quick_select(window, pane, {});
    if (action.name == "QuickSelectArgs") return quick_select(window, pane, action.argument);
    if (action.name != "CopyMode") return std::nullopt;
    const auto found = entered_.find(pane);
    mux::Pane* const shown = loop_.mux_.pane(pane);
    if (found == entered_.end() || !shown) return mux::Reply{Value{}}; // as in WezTerm: nothing
    model::KeyAssignment entry{std::string{action.argument.text()}, {}};
    if (action.argument.kind() == lunette::Kind::map && action.argument.size() == 1)
        entry = {std::string{action.argument.entries().front().key.text()},
                 action.argument.entries().front().value};
    const auto done = found->second.mode->perform(*shown, entry);
    settle(pane);
    if (!done) return mux::Reply{tl::unexpected{done.error()}};
    return mux::Reply{Value{}};
}

// ---- entering and leaving

mux::Reply PaneModes::copy_mode(Id pane, const copy::SearchPattern& pattern, bool edits) {
    mux::Pane* const shown = loop_.mux_.pane(pane);
    if (!shown) return gone();
    if (const auto found = entered_.find(pane); found != entered_.end() && found->second.is_copy_mode) {
        static_cast<CopyMode&>(*found->second.mode).edit_pattern(*shown, edits, pattern);
        settle(pane);
        return Value{};
    }
    Entered entered;
    enter(*shown, entered);
    CopyMode::Options options{pattern, edits, std::string{loop_.option("selection_word_boundary").text()}};
    const auto earlier = earlier_.find(pane);
    if (edits && pattern.text.empty() && earlier != earlier_.end()) options.pattern = earlier->second;
    auto mode = std::make_unique<CopyMode>(*shown, std::move(options));
    if (earlier != earlier_.end()) mode->set_earlier_pattern(earlier->second);
    entered.mode = std::move(mode);
    entered.is_copy_mode = true;
    entered_.insert_or_assign(pane, std::move(entered));
    settle(pane);
    return Value{};
}

mux::Reply PaneModes::search(Id pane, const Value& argument) {
    if (argument.text() != "CurrentSelectionOrEmptyString") {
        const auto pattern = parse_pattern(argument);
        if (!pattern) return tl::unexpected{std::string{"Search: a pattern expected"}};
        return copy_mode(pane, *pattern, true);
    }
    const mux::Reply text = loop_.mux_.answer(model::SelectionText{pane, false});
    std::string_view line = text ? text->text() : std::string_view{};
    line = line.substr(0, line.find('\n'));
    return copy_mode(pane, {copy::SearchPattern::Kind::case_sensitive, std::string{line}}, true);
}

mux::Reply PaneModes::quick_select(Id window, Id pane, const Value& argument) {
    mux::Pane* const shown = loop_.mux_.pane(pane);
    if (!shown) return gone();
    const model::ConfigView config{loop_.config_};
    QuickSelectMode::Options options;
    options.patterns = texts(argument["patterns"]);
    if (options.patterns.empty()) {
        options.patterns = config.texts("quick_select_patterns");
        if (!config.flag("disable_default_quick_select_patterns", false))
            for (const std::string_view pattern : copy::default_quick_patterns())
                options.patterns.emplace_back(pattern);
    }
    options.alphabet = argument["alphabet"].text();
    if (options.alphabet.empty()) options.alphabet = config.text("quick_select_alphabet", usual_alphabet);
    options.label = argument["label"].text();
    options.scope_lines =
        std::clamp<std::int64_t>(argument["scope_lines"].integer_or(usual_scope), 0, most_scope);
    options.plain = config.flag("quick_select_remove_styling", false);
    leave(pane);
    Entered entered;
    enter(*shown, entered);
    std::vector<std::string> problems;
    entered.mode = std::make_unique<QuickSelectMode>(
        *shown, std::move(options),
        [this, window, pane, argument](const model::CellRange& range, bool pastes) {
            choose(window, pane, argument, range, pastes);
        },
        problems);
    for (std::string& problem : problems)
        loop_.log_.push_back({LogLevel::warning, 0, "QuickSelect: " + std::move(problem)});
    entered_.insert_or_assign(pane, std::move(entered));
    settle(pane);
    return Value{};
}

void PaneModes::choose(Id window, Id pane, const Value& argument, const model::CellRange& range,
                       bool pastes) {
    mux::Pane* const shown = loop_.mux_.pane(pane);
    if (!shown) return;
    shown->set_selection(model::Selection{range.first, range.last, false});
    const mux::Reply text = loop_.mux_.answer(model::SelectionText{pane, false});
    if (!text || text->text().empty()) return;
    if (pastes) loop_.mux_.paste(pane, text->text(), true, true);
    if (const Value& action = argument["action"]; action.is_nil()) {
        loop_.mux_.apply(model::CopyToClipboard{window, std::string{text->text()}, model::Clipboard::both});
    } else if (!pastes || !argument["skip_action_on_paste"].boolean_or(false)) {
        const auto parsed = model::KeyAssignment::parse(action);
        if (parsed)
            loop_.report(*parsed, UiActions{loop_}.perform(window, pane, *parsed, true));
        else
            loop_.notify(parsed.error());
    }
}

void PaneModes::enter(mux::Pane& pane, Entered& entered) {
    leave(pane.record());
    entered.followed = !pane.viewport_top();
    pane.freeze(true);
    entered.top = top_of_view(pane);
}

void PaneModes::leave(Id id) {
    const auto found = entered_.find(id);
    if (found == entered_.end()) return;
    const Entered entered = std::move(found->second);
    entered_.erase(found);
    if (entered.is_copy_mode)
        if (auto pattern = static_cast<CopyMode&>(*entered.mode).pattern(); !pattern.text.empty())
            earlier_.insert_or_assign(id, std::move(pattern));
    mux::Pane* const pane = loop_.mux_.pane(id);
    if (!pane) return;
    // What was never scrolled goes on with the newest rows.
    const bool stayed = entered.followed && top_of_view(*pane) == entered.top;
    pane->freeze(false);
    if (stayed) pane->scroll_to({});
    pane->set_mark({});
    pane->set_title_prefix({});
    // From now on it is as good as one that the mouse made.
    if (pane->selection()) pane->set_selection(pane->selection());
    if (!entered.is_copy_mode) static_cast<QuickSelectMode&>(*entered.mode).finish();
}

void PaneModes::settle(Id id) {
    loop_.pacer_.damage(monotonic_ns());
    const auto found = entered_.find(id);
    if (found != entered_.end() && found->second.mode->is_closed()) {
        leave(id);
    } else if (mux::Pane* const pane = loop_.mux_.pane(id); pane && found != entered_.end()) {
        pane->set_title_prefix(found->second.mode->title());
        busy_ = true; // it has its first turn soon
    }
    loop_.mux_.touch(id);
    loop_.follow_mode();
}

// ---- input

PaneModes::Entered* PaneModes::active() {
    if (entered_.empty()) return nullptr;
    const auto found = entered_.find(loop_.mux_.active_pane(loop_.mux_.active_window()));
    return found == entered_.end() || !loop_.mux_.pane(found->first) ? nullptr : &found->second;
}

std::string_view PaneModes::key_table() const {
    const auto found = entered_.find(loop_.mux_.active_pane(loop_.mux_.active_window()));
    return found == entered_.end() ? std::string_view{} : found->second.mode->key_table();
}

bool PaneModes::takes_first(const model::KeyEvent& key) {
    Entered* const entered = active();
    if (!entered || !entered->mode->wants_next_key() || key.action == model::KeyAction::release) return false;
    if (model::is_modifier(key.key) || key.key == model::Key::none) return true;
    return takes(key);
}

bool PaneModes::takes(const model::KeyEvent& key) {
    Entered* const entered = active();
    if (!entered) return false;
    if (key.action == model::KeyAction::release || model::is_modifier(key.key)) return true;
    const Id id = loop_.mux_.active_pane(loop_.mux_.active_window());
    loop_.router_.keep(key);
    entered->mode->type(*loop_.mux_.pane(id), key);
    settle(id);
    return true;
}

bool PaneModes::takes_paste(std::string_view bytes, bool first, bool last) {
    if (first) {
        pasting_ = active() != nullptr;
        pasted_.clear();
    }
    if (!pasting_) return false;
    pasted_ +=
        bytes.substr(0, ui::LineEditor::most_bytes - std::min(pasted_.size(), ui::LineEditor::most_bytes));
    if (!last) return true; // characters may be cut between pieces
    pasting_ = false;
    paste(loop_.mux_.active_pane(loop_.mux_.active_window()), std::exchange(pasted_, {}));
    return true;
}

bool PaneModes::paste(Id id, std::string_view text) {
    const auto found = entered_.find(id);
    mux::Pane* const pane = loop_.mux_.pane(id);
    if (found == entered_.end() || !pane) return false;
    found->second.mode->paste(*pane, text);
    settle(id);
    return true;
}

// ---- each turn

void PaneModes::work() {
    busy_ = false;
    std::vector<Id> closed;
    for (auto& [id, entered] : entered_) {
        mux::Pane* const pane = loop_.mux_.pane(id);
        if (!pane) {
            closed.push_back(id);
            continue;
        }
        const PaneMode::Work done = entered.mode->work(*pane);
        busy_ |= done == PaneMode::Work::unfinished;
        if (done != PaneMode::Work::none) loop_.pacer_.damage(monotonic_ns());
        if (entered.mode->is_closed()) closed.push_back(id);
    }
    for (const Id id : closed) settle(id);
    std::erase_if(entered_, [this](const auto& each) { return !loop_.mux_.pane(each.first); });
    std::erase_if(earlier_, [this](const auto& each) { return !loop_.mux_.pane(each.first); });
}

void PaneModes::dress(Id pane, TerminalCells& cells) {
    const auto found = entered_.find(pane);
    const mux::Pane* const shown = loop_.mux_.pane(pane);
    if (found != entered_.end() && shown) {
        PaneMode::Look look = found->second.mode->look(*shown);
        cells.set_highlights(std::move(look.highlights));
        cells.set_cursor(look.cursor);
        cells.set_plain(look.plain);
        dressed_.insert(pane);
    } else if (dressed_.erase(pane) > 0) {
        cells.set_highlights({});
        cells.set_cursor({});
        cells.set_plain(false);
    }
}

} // namespace lunette::server
