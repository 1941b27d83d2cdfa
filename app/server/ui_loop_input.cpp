#include "server/key_explanation.h"
#include "server/prefix_keys.h"
#include "server/ui_actions.h"
#include "server/ui_loop.h"
#include "tty/outer.h"

#include <utility>

// Keys and pastes on their way to a pane or an action: the part of UiLoop that takes input.
namespace lunette::server {

namespace {

constexpr std::size_t most_waiting = std::size_t{48} << 20; // of a paste; the queue takes more (WriteQueue)

} // namespace

void UiLoop::key(const model::KeyEvent& key) {
    if (fence_.is_up() || awaited_clipboards_ > 0 || !keys_.empty())
        keys_.emplace_back(key);
    else
        route(key);
}

bool UiLoop::paste(std::string_view bytes, bool first, bool last) {
    if (fence_.is_up() || awaited_clipboards_ > 0 || !keys_.empty()) {
        keys_.emplace_back(Paste{std::string{bytes}, first, last});
        return false;
    }
    deliver_paste(bytes, first, last);
    return takes_paste();
}

void UiLoop::deliver_paste(std::string_view bytes, bool first, bool last) {
    if (overlays_.takes_paste(bytes, first, last) || modes_.takes_paste(bytes, first, last)) return;
    if (first) pasted_pane_ = mux_.active_pane(mux_.active_window());
    mux_.paste(pasted_pane_, bytes, first, last);
}

// A paste holds the terminal back, as a pipe would, but not for a program that reads nothing of it: the keys
// behind it may be the ones that end it. Mux refuses the rest.
bool UiLoop::takes_paste() {
    if (!keys_.empty() || awaited_clipboards_ > 0) return false;
    const mux::Pane* pane = mux_.pane(pasted_pane_);
    if (!pane || pane->waiting_input() < most_waiting) {
        paste_stands_since_ = 0;
        return true;
    }
    const std::int64_t now = monotonic_ns();
    if (paste_stands_since_ == 0 || pane->waiting_input() < paste_stands_at_) paste_stands_since_ = now;
    paste_stands_at_ = pane->waiting_input();
    return now - paste_stands_since_ >= paste_patience_ns;
}

void UiLoop::release_keys() {
    while (!keys_.empty() && !fence_.is_up() && awaited_clipboards_ == 0) {
        const auto input = std::move(keys_.front());
        keys_.pop_front();
        if (const auto* key = std::get_if<model::KeyEvent>(&input)) {
            route(*key);
        } else {
            const Paste& piece = std::get<Paste>(input);
            deliver_paste(piece.bytes, piece.first, piece.last);
        }
    }
}

// ---- the clipboard

void UiLoop::copy(std::string_view selections, const std::string& text) {
    copied_.take(selections, text);
    const bool by_tool = clipboard_.copy(selections, text);
    const bool by_terminal = !options_.outer || options_.outer->copy(selections, text);
    if (!by_tool && !by_terminal)
        notify("copied in this session only: the terminal does not take " +
               std::string{text.size() > tty::Outer::most_copied ? "so much" : "it"});
}

mux::Reply UiLoop::paste_from(Id pane, std::string_view source) {
    const auto paste = [this, pane](const std::string& text) {
        if (!overlays_.takes_paste(text, true, true) && !modes_.paste(pane, text))
            mux_.paste(pane, text, true, true);
    };
    const std::string own = copied_.find(source);
    const bool asked = clipboard_.paste(source == "PrimarySelection",
                                        [this, paste, own](const std::optional<std::string>& text) {
                                            --awaited_clipboards_;
                                            paste(text && !text->empty() ? *text : own);
                                        });
    awaited_clipboards_ += asked ? 1 : 0;
    if (asked) return Value{};
    if (own.empty())
        return tl::unexpected{
            std::string{"nothing was copied in this session: use your terminal's own key to paste"}};
    paste(own);
    return Value{};
}

void UiLoop::route(const model::KeyEvent& key) {
    if (explains_keys_ && key.action != model::KeyAction::release)
        for (const std::string& line :
             explain_key(key, options_.outer ? options_.outer->last_input() : std::string_view{},
                         model::ConfigView{config_}, router_.prefix_is_on(), own_overlays_.callbacks()))
            log_.push_back({LogLevel::info, 0, line});
    follow_mode();
    if (overlays_.takes(key) || modes_.takes_first(key)) return;
    const std::optional<std::string> table = router_.active_table();
    const bool leader = router_.leader_is_active();
    if (key.action != model::KeyAction::release && notice_.clear()) pacer_.damage(monotonic_ns());
    const KeyRouter::Meaning meaning = router_.press(key, now_ms());
    if (router_.active_table() != table || router_.leader_is_active() != leader) update_ui_state();
    switch (meaning.kind) {
    case KeyRouter::Meaning::Kind::to_pane:
        if (modes_.takes(key)) break;
        reader_.typed(mux_.active_pane(mux_.active_window()));
        mux_.send_key(mux_.active_pane(mux_.active_window()), key);
        break;
    case KeyRouter::Meaning::Kind::action:
        report(meaning.action, UiActions{*this}.perform(0, 0, meaning.action, true));
        break;
    case KeyRouter::Meaning::Kind::unknown_after_prefix: {
        const std::string prefix = prefix_text(router_.config());
        notify(prefix + ": no such key; " + prefix + " ? tells where they are listed");
        break;
    }
    case KeyRouter::Meaning::Kind::swallowed: break;
    }
}

// What a key could not do is said: to the user, and in the log.
void UiLoop::report(const model::KeyAssignment& action, const mux::Reply& reply) {
    if (!reply) {
        log_.push_back({LogLevel::warning, 0, action.name + ": " + reply.error()});
        notify(reply.error());
    } else if (const auto* known = model::find_assignment(action.name);
               known && known->effect == model::Effect::accepted) {
        notify(action.name + ": " + std::string{known->note});
    }
}

const Value& UiLoop::option(std::string_view name) const {
    static const Value unset;
    return config_ ? config_->options[name] : unset;
}

void UiLoop::follow_mode() {
    // What stands over the pane has its keys first, and the mode none.
    const std::string_view table = overlays_.shown() ? std::string_view{} : modes_.key_table();
    if (router_.set_pane_table(table)) update_ui_state();
}

void UiLoop::update_ui_state() {
    mux::Mux::UiState state;
    state.active_key_table = router_.active_table();
    state.leader_is_active = router_.leader_is_active();
    state.hovered_tab = mouse_.hovered_tab();
    state.current_event = mouse_.current_event();
    mux_.set_ui_state(mux_.active_window(), state);
}

} // namespace lunette::server
