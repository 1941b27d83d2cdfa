#include "server/key_router.h"

#include "server/key_chords.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::size_t most_tables = 64; // a binding that activates its own table for ever

bool is_lock(model::Key key) noexcept {
    return key == model::Key::caps_lock || key == model::Key::scroll_lock || key == model::Key::num_lock ||
           key == model::Key::none;
}

} // namespace

void KeyRouter::set_config(model::ConfigView config) {
    config_ = std::move(config);
    stack_.clear();
    leader_until_.reset();
}

const model::KeyBinding* KeyRouter::find(const std::vector<model::KeyBinding>& bindings,
                                         const std::vector<model::KeyChord>& chords) const {
    for (const model::KeyChord& chord : chords) {
        const auto found = std::find_if(bindings.begin(), bindings.end(),
                                        [&](const model::KeyBinding& b) { return b.chord == chord; });
        if (found != bindings.end()) return &*found;
    }
    return nullptr;
}

const model::KeyBinding* KeyRouter::find_in_stack(const std::vector<model::KeyChord>& chords,
                                                  std::int64_t now_ms, bool& swallowed) {
    std::size_t unknown = 0; // tables at the top that end because they do not know the key
    const model::KeyBinding* found = nullptr;
    for (std::size_t i = stack_.size(); i-- > 0 && !found && !swallowed;) {
        Active& active = stack_[i];
        if (const auto* table = config_.key_table(active.name)) found = find(*table, chords);
        if (found) {
            if (active.timeout_ms) active.until_ms = now_ms + *active.timeout_ms;
        } else {
            if (active.until_unknown && unknown == stack_.size() - 1 - i) ++unknown;
            swallowed = active.prevent_fallback;
        }
    }
    stack_.resize(stack_.size() - unknown);
    if (!stack_.empty() && unknown == 0 && stack_.back().one_shot) stack_.pop_back();
    return found;
}

KeyRouter::Meaning KeyRouter::press(const model::KeyEvent& key, std::int64_t now_ms) {
    if (key.action == model::KeyAction::release) return {Meaning::Kind::to_pane};
    tick(now_ms);
    if (is_lock(key.key)) return {Meaning::Kind::to_pane};
    const bool leader = leader_until_.has_value();
    const std::vector<model::KeyChord> chords = chords_of(key, leader);

    if (!leader && config_.leader() &&
        std::find(chords.begin(), chords.end(), config_.leader()->chord) != chords.end()) {
        leader_until_ = now_ms + config_.leader()->timeout_ms;
        return {Meaning::Kind::swallowed};
    }
    bool swallowed = false;
    const model::KeyBinding* binding = find_in_stack(chords, now_ms, swallowed);
    if (!binding && !swallowed) binding = find(config_.keys(), chords);
    leader_until_.reset();
    if (!binding) return {swallowed || leader ? Meaning::Kind::swallowed : Meaning::Kind::to_pane};
    if (binding->action.name == "DisableDefaultAssignment") return {Meaning::Kind::to_pane};
    return {Meaning::Kind::action, binding->action};
}

bool KeyRouter::activate(const Value& argument, std::int64_t now_ms) {
    Active active;
    active.name = argument["name"].text();
    if (!config_.key_table(active.name)) return false;
    if (const Value& timeout = argument["timeout_milliseconds"]; !timeout.is_nil()) {
        active.timeout_ms = timeout.integer_or(0);
        active.until_ms = now_ms + *active.timeout_ms;
    }
    active.one_shot = argument["one_shot"].boolean_or(true);
    active.until_unknown = argument["until_unknown"].boolean_or(false);
    active.prevent_fallback = argument["prevent_fallback"].boolean_or(false);
    if (argument["replace_current"].boolean_or(false)) pop();
    if (stack_.size() >= most_tables) stack_.erase(stack_.begin());
    stack_.push_back(std::move(active));
    return true;
}

void KeyRouter::pop() noexcept {
    if (!stack_.empty()) stack_.pop_back();
}

bool KeyRouter::tick(std::int64_t now_ms) noexcept {
    bool ended = false;
    if (leader_until_ && *leader_until_ <= now_ms) {
        leader_until_.reset();
        ended = true;
    }
    while (!stack_.empty() && stack_.back().until_ms && *stack_.back().until_ms <= now_ms) {
        stack_.pop_back();
        ended = true;
    }
    return ended;
}

std::optional<std::int64_t> KeyRouter::next_deadline_ms() const noexcept {
    std::optional<std::int64_t> next = leader_until_;
    if (!stack_.empty() && stack_.back().until_ms)
        next = next ? std::min(*next, *stack_.back().until_ms) : stack_.back().until_ms;
    return next;
}

std::optional<std::string> KeyRouter::active_table() const {
    if (stack_.empty()) return std::nullopt;
    return stack_.back().name;
}

} // namespace lunette::server
