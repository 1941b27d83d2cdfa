#include "server/overlays.h"

#include "server/engine_setup.h"
#include "server/ui_actions.h"
#include "server/ui_loop.h"

#include "ui/confirm_overlay.h"
#include "ui/prompt_overlay.h"

#include "model/ansi_text.h"

#include <algorithm>
#include <ctime>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::string_view usual_alphabet = "1234567890abcdefghilmnopqrstuvwxyz"; // WezTerm's: no j, no k
constexpr int usual_palette_rows = 14;

std::string text_or(const Value& value, std::string_view otherwise) {
    return std::string{value.kind() == Kind::string ? value.text() : otherwise};
}

std::string plain(std::string_view text) { return model::parse_ansi_text(text).plain(); }

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_callback(const Value& action) { return action["EmitEvent"].kind() == Kind::string; }

tl::unexpected<std::string> no_callback(const char* name, const char* field) {
    return tl::unexpected{std::string{name} + ": `" + field + "` must be a wezterm.action_callback"};
}

std::vector<ui::ListItem> items_of(const std::vector<OverlayEntry>& entries) {
    std::vector<ui::ListItem> items;
    items.reserve(entries.size());
    for (const OverlayEntry& entry : entries) items.push_back(entry.item);
    return items;
}

} // namespace

Overlays::Overlays(UiLoop& loop, const std::string& data_directory)
    : loop_{loop}, used_{data_directory.empty() ? std::string{} : data_directory + "/palette"} {}

void Overlays::set_config(const model::ConfigView& config) {
    config_ = config;
    colors_ = ui::OverlayColors::from(config_);
}

std::optional<mux::Reply> Overlays::perform(Id window, Id pane, const model::KeyAssignment& action) {
    const std::string& name = action.name;
    if (name == "InputSelector") return select_input(pane, action.argument);
    if (name == "PromptInputLine") return prompt(pane, action.argument);
    if (name == "Confirmation") return confirm(pane, action.argument);
    if (name == "ActivateCommandPalette") return show_palette(window, pane);
    if (name == "ShowLauncherArgs")
        return launch(window, pane, action.argument, action.argument["flags"].text(),
                      text_or(action.argument["title"], "Launcher"));
    if (name == "ShowLauncher")
        return launch(window, pane, {}, "LAUNCH_MENU_ITEMS|WORKSPACES|DOMAINS|KEY_ASSIGNMENTS", "Launcher");
    if (name == "ShowTabNavigator") return launch(window, pane, {}, "TABS", "Tab Navigator");
    return std::nullopt;
}

// ---- what can be opened

mux::Reply Overlays::select_input(Id pane, const Value& argument) {
    const Value action = argument["action"];
    if (!is_callback(action)) return no_callback("InputSelector", "action");
    ui::ListOverlay::Options options;
    options.title = plain(argument["title"].text());
    options.description = plain(text_or(
        argument["description"], "Select an item and press Enter = accept,  Esc = cancel,  / = filter"));
    options.fuzzy_description = plain(text_or(argument["fuzzy_description"], "Fuzzy matching: "));
    options.alphabet = alphabet(argument);
    options.fuzzy = argument["fuzzy"].boolean_or(false);
    const Value choices = argument["choices"];
    std::vector<ui::ListItem> items;
    items.reserve(choices.size());
    for (const Value& choice : choices.items())
        items.push_back({model::parse_ansi_text(choice["label"].text()), {}, {}, 0});
    auto list = std::make_unique<ui::ListOverlay>(std::move(options), std::move(items));
    const ui::ListOverlay* chosen = list.get();
    open(pane, std::move(list), [this, action, choices, chosen, pane](bool accepted) {
        Args more{Value{}, Value{}};
        if (accepted) {
            const Value& choice = choices.items()[*chosen->choice()];
            // A choice without an id is known by its label alone.
            more = {choice["id"], choice["label"]};
        }
        call(action, pane, more);
    });
    return Value{};
}

mux::Reply Overlays::prompt(Id pane, const Value& argument) {
    const Value action = argument["action"];
    if (!is_callback(action)) return no_callback("PromptInputLine", "action");
    ui::PromptOverlay::Options options;
    for (const std::string_view line : lines_of(argument["description"].text()))
        options.description.push_back(model::parse_ansi_text(line));
    options.prompt = model::parse_ansi_text(text_or(argument["prompt"], "> "));
    options.initial_value = argument["initial_value"].text();
    auto overlay = std::make_unique<ui::PromptOverlay>(std::move(options));
    const ui::PromptOverlay* typed = overlay.get();
    open(pane, std::move(overlay), [this, action, typed, pane](bool accepted) {
        call(action, pane, {accepted ? Value{typed->line()} : Value{}});
    });
    return Value{};
}

mux::Reply Overlays::confirm(Id pane, const Value& argument) {
    const Value action = argument["action"];
    const Value cancel = argument["cancel"];
    if (!is_callback(action)) return no_callback("Confirmation", "action");
    if (!cancel.is_nil() && !is_callback(cancel)) return no_callback("Confirmation", "cancel");
    std::vector<std::string> lines;
    const std::string message = text_or(argument["message"], "Really continue?");
    for (const std::string_view line : lines_of(message)) lines.push_back(plain(line));
    open(pane, std::make_unique<ui::ConfirmOverlay>(std::move(lines)),
         [this, action, cancel, pane](bool accepted) {
             if (accepted)
                 call(action, pane, {});
             else if (!cancel.is_nil())
                 call(cancel, pane, {});
         });
    return Value{};
}

mux::Reply Overlays::launch(Id window, Id pane, const Value& argument, std::string_view flag_text,
                            std::string title) {
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    const model::WindowInfo* shown = nullptr;
    for (std::size_t i = 0; i < root->windows.size(); ++i)
        if (root->windows[i].id() == window) shown = &root->windows.at(i);
    if (!shown) return tl::unexpected{std::string{"there is no window"}};
    const LauncherFlags flags = LauncherFlags::parse(flag_text);
    const std::vector<OverlayEntry> entries = launcher_entries(flags, *root, *shown, config_);
    ui::ListOverlay::Options options;
    options.title = std::move(title);
    options.description = plain(text_or(
        argument["help_text"], "Select an item and press Enter = launch,  Esc = cancel,  / = filter"));
    options.fuzzy_description = plain(text_or(argument["fuzzy_help_text"], "Fuzzy matching: "));
    options.alphabet = alphabet(argument);
    options.fuzzy = flags.fuzzy;
    auto list = std::make_unique<ui::ListOverlay>(std::move(options), items_of(entries));
    const ui::ListOverlay* chosen = list.get();
    open(pane, std::move(list), [this, entries, chosen, window, pane](bool accepted) {
        if (accepted) run(window, pane, entries[*chosen->choice()].action);
    });
    return Value{};
}

mux::Reply Overlays::show_palette(Id window, Id pane) {
    ui::ListOverlay::Options options;
    options.title = std::string{"Commands"};
    options.fuzzy_description = std::string{"> "};
    options.fuzzy = true;
    options.popup_rows = static_cast<int>(config_.number("command_palette_rows", usual_palette_rows, 1, 200));
    Palette palette;
    auto list = std::make_shared<ui::ListOverlay>(std::move(options), std::vector<ui::ListItem>{});
    palette.list = list;
    open(pane, list, [this, window, pane, chosen = list.get()](bool accepted) {
        const Palette ended = std::exchange(palette_, {});
        if (ended.added) loop_.engine_.release(ended.added);
        if (!accepted) return;
        const OverlayEntry& entry = ended.entries[*chosen->choice()];
        used_.note(entry.item.label.plain(), std::time(nullptr));
        run(window, pane, entry.action);
    });
    loop_.engine_.request_report(); // where the callbacks are
    if (loop_.engine_.has_handler("augment-command-palette")) {
        loop_.publish(); // the handler is asked about what is there now
        for (std::size_t i = 0; i < loop_.root_->windows.size(); ++i)
            if (const Ref<model::WindowInfo>& shown = loop_.root_->windows[i]; shown.id() == window)
                palette.added = loop_.engine_.view(
                    "augment-command-palette", window_and_pane(shown.record(), shown->active_pane.record()));
    }
    palette_ = std::move(palette);
    fill_palette();
    return Value{};
}

void Overlays::fill_palette() {
    const std::shared_ptr<ui::ListOverlay> list = palette_.list.lock();
    if (!list) return;
    const ViewValue* added = palette_.added ? &palette_.added.latest() : nullptr;
    if (added) palette_.serial = added->serial;
    const std::int64_t now = std::time(nullptr);
    PaletteFacts facts;
    facts.weight = [this, now](const std::string& label) { return used_.weight(label, now); };
    facts.callbacks = loop_.own_overlays_.callbacks();
    facts.prefix_is_on = loop_.router_.prefix_is_on();
    facts.modern_keys = loop_.options_.outer && loop_.options_.outer->has_modern_keys();
    palette_.entries = palette_entries(config_, added ? added->value : Value{}, facts);
    list->set_items(items_of(palette_.entries));
}

void Overlays::callbacks_known() { fill_palette(); }

std::string Overlays::alphabet(const Value& argument) const {
    if (const Value& own = argument["alphabet"]; own.kind() == Kind::string) return std::string{own.text()};
    return std::string{config_.text("launcher_alphabet", usual_alphabet)};
}

// ---- open and closed

void Overlays::open(Id pane, std::shared_ptr<ui::Overlay> overlay, std::function<void(bool accepted)> done,
                    std::optional<ui::OverlayColors> colors) {
    Open opened{std::move(overlay), pane, std::move(done), std::move(colors)};
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    for (std::size_t w = 0; w < root->windows.size(); ++w)
        for (std::size_t t = 0; t < root->windows.at(w).tabs.size(); ++t) {
            const model::TabInfo& tab = root->windows.at(w).tabs.at(t);
            if (!model::has_pane(tab, opened.pane)) continue;
            const auto before = std::find_if(open_.begin(), open_.end(), [&](const Open& other) {
                return model::has_pane(tab, other.pane);
            });
            if (before == open_.end()) continue;
            const Open ended = std::move(*before);
            open_.erase(before);
            if (ended.done) ended.done(false);
        }
    open_.push_back(std::move(opened));
    table_ = loop_.router_.active_table();
    loop_.pacer_.damage(monotonic_ns());
}

Overlays::Open* Overlays::find_shown() {
    if (open_.empty()) return nullptr;
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    if (!root->active_window || !root->active_window->active_tab) return nullptr;
    const model::TabInfo& tab = *root->active_window->active_tab;
    const auto found = std::find_if(open_.begin(), open_.end(),
                                    [&](const Open& open) { return model::has_pane(tab, open.pane); });
    return found == open_.end() ? nullptr : &*found;
}

ui::Overlay* Overlays::shown() {
    const Open* open = find_shown();
    return open ? open->overlay.get() : nullptr;
}

const ui::OverlayColors& Overlays::colors() {
    const Open* open = find_shown();
    return open && open->colors ? *open->colors : colors_;
}

void Overlays::settle() {
    Open* open = find_shown();
    loop_.pacer_.damage(monotonic_ns());
    if (!open || open->overlay->state() == ui::Overlay::State::open) return;
    // What follows may open the next one.
    const Open ended = std::move(*open);
    open_.erase(open_.begin() + (open - open_.data()));
    if (ended.done) ended.done(ended.overlay->state() == ui::Overlay::State::accepted);
}

void Overlays::ask(Id pane, std::vector<std::string> lines, std::function<void()> yes) {
    open(pane, std::make_unique<ui::ConfirmOverlay>(std::move(lines)), [yes = std::move(yes)](bool accepted) {
        if (accepted) yes();
    });
}

// Like the callback of a key: what is typed next waits for it.
void Overlays::call(const Value& action, Id pane, const Args& more) {
    const std::string event{action["EmitEvent"].text()};
    loop_.publish();
    const std::uint64_t ticket =
        loop_.events_.emit(event, more, loop_.mux_.pane(pane) ? pane : 0, {.urgent = true});
    if (ticket) loop_.fence_.raise(event, ticket, monotonic_ns());
}

void Overlays::run(Id window, Id pane, const model::KeyAssignment& action) {
    loop_.report(action, UiActions{loop_}.perform(window, pane, action, true));
}

bool Overlays::observe() {
    bool changed = std::erase_if(open_, [this](const Open& open) { return !loop_.mux_.pane(open.pane); }) > 0;
    if (palette_.list.expired()) {
        if (palette_.added) loop_.engine_.release(palette_.added);
        palette_ = {};
        return changed;
    }
    if (!palette_.added) return changed;
    if (palette_.serial == palette_.added.latest().serial) return changed;
    fill_palette();
    return true;
}

// ---- input

bool Overlays::takes(const model::KeyEvent& key) {
    // The router knows of which presses the release is nobody's any more.
    if (key.action == model::KeyAction::release) return find_shown() != nullptr;
    const Open* open = find_shown();
    if (!open) return false;
    KeyRouter& router = loop_.router_;
    router.keep(key); // its release is nobody's
    // A leader, a prefix or a table that was begun over the overlay goes on; a table from before does not
    // take its text.
    const bool begun = router.leader_is_active() || router.prefix_is_active() ||
                       (router.active_table() && router.active_table() != table_);
    if (!begun && open->overlay->key(key)) {
        settle();
        return true;
    }
    const std::optional<std::string> table = router.active_table();
    const bool leader = router.leader_is_active();
    const KeyRouter::Meaning meaning = router.press(key, loop_.now_ms());
    if (router.active_table() != table || router.leader_is_active() != leader) loop_.update_ui_state();
    router.keep(key); // press() may have let it go
    if (meaning.kind == KeyRouter::Meaning::Kind::action) run(0, 0, meaning.action);
    return true; // never to the pane
}

bool Overlays::takes_paste(std::string_view bytes, bool first, bool last) {
    ui::Overlay* overlay = shown();
    if (first) {
        pasting_ = overlay != nullptr;
        pasted_.clear();
    }
    if (!pasting_) return false;
    pasted_ +=
        bytes.substr(0, ui::LineEditor::most_bytes - std::min(pasted_.size(), ui::LineEditor::most_bytes));
    if (last) {
        pasting_ = false;
        // Characters may have been cut between pieces.
        if (overlay) overlay->text(std::exchange(pasted_, {}));
        settle();
    }
    return true;
}

bool Overlays::takes(const Mouse& mouse) {
    ui::Overlay* overlay = shown();
    if (!overlay) return false;
    using Pointer = ui::Overlay::Pointer;
    const bool inside = mouse.x >= area_.left && mouse.x < area_.left + area_.columns &&
                        mouse.y >= area_.top && mouse.y < area_.top + area_.rows;
    std::optional<Pointer> kind;
    if (mouse.kind == Mouse::Kind::wheel_up) kind = Pointer::wheel_up;
    if (mouse.kind == Mouse::Kind::wheel_down) kind = Pointer::wheel_down;
    if (mouse.kind == Mouse::Kind::press && mouse.button == Mouse::Button::left) kind = Pointer::click;
    if (!kind || !inside) return true;
    overlay->pointer(*kind, mouse.x - area_.left, mouse.y - area_.top);
    settle();
    return true;
}

} // namespace lunette::server
