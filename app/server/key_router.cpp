#include "server/key_router.h"

#include "server/key_chords.h"
#include "server/prefix_keys.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::size_t most_tables = 64; // a binding that activates its own table for ever
constexpr std::size_t most_held = 16;   // terminals that tell no releases fill it

char32_t to_lower(char32_t c) noexcept { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

std::pair<model::Key, char32_t> held_key(const model::KeyEvent& key) noexcept {
    return {key.key, key.unshifted ? key.unshifted : to_lower(key.code_point)};
}

} // namespace

void KeyRouter::set_config(model::ConfigView config) {
    config_ = std::move(config);
    stack_.clear();
    leader_until_.reset();
    hint_at_.reset();
    prefix_is_active_ = false;
    prefix_is_on_ = wants_prefix(config_, modern_keys_);
}

void KeyRouter::set_modern_keys(bool modern) {
    if (modern == modern_keys_) return;
    modern_keys_ = modern;
    prefix_is_on_ = wants_prefix(config_, modern_keys_);
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
    const bool was_kept = std::erase(kept_, held_key(key)) > 0;
    // A program hears of no release without its press.
    if (key.action == model::KeyAction::release)
        return {was_kept ? Meaning::Kind::swallowed : Meaning::Kind::to_pane};
    Meaning meaning = look_up(key, now_ms);
    if (meaning.kind != Meaning::Kind::to_pane) keep(key);
    return meaning;
}

void KeyRouter::keep(const model::KeyEvent& key) {
    std::erase(kept_, held_key(key));
    if (kept_.size() == most_held) kept_.erase(kept_.begin());
    kept_.push_back(held_key(key));
}

bool KeyRouter::set_pane_table(std::string_view name) {
    if (pane_table_ == name) return false;
    pane_table_ = name;
    return true;
}

KeyRouter::Meaning KeyRouter::look_up(const model::KeyEvent& key, std::int64_t now_ms) {
    tick(now_ms);
    if (model::is_modifier(key.key) || key.key == model::Key::none) return {Meaning::Kind::to_pane};
    const bool leader = leader_until_.has_value();
    const std::vector<model::KeyChord> chords = chords_of(key, leader);
    if (prefix_is_active_) return press_after_prefix(chords);

    if (!leader && config_.leader() &&
        std::find(chords.begin(), chords.end(), config_.leader()->chord) != chords.end()) {
        leader_until_ = now_ms + config_.leader()->timeout_ms;
        return {Meaning::Kind::swallowed};
    }
    bool swallowed = false;
    const model::KeyBinding* binding = nullptr;
    if (const auto* table = pane_table_.empty() ? nullptr : config_.key_table(pane_table_))
        binding = find(*table, chords);
    if (!binding) binding = find_in_stack(chords, now_ms, swallowed);
    if (!binding && !swallowed) binding = find(config_.keys(), chords);
    leader_until_.reset();
    if (!binding && !swallowed && prefix_is_on_ &&
        std::find(chords.begin(), chords.end(), config_.prefix().chord) != chords.end()) {
        prefix_is_active_ = true;
        hint_at_ = now_ms + hint_after_ms;
        return {Meaning::Kind::swallowed};
    }
    if (!binding) return {swallowed || leader ? Meaning::Kind::swallowed : Meaning::Kind::to_pane};
    if (binding->action.name == "DisableDefaultAssignment") return {Meaning::Kind::to_pane};
    return {Meaning::Kind::action, binding->action};
}

// The prefix twice is the key itself, and Escape nothing.
KeyRouter::Meaning KeyRouter::press_after_prefix(const std::vector<model::KeyChord>& chords) {
    prefix_is_active_ = false;
    hint_at_.reset();
    if (std::find(chords.begin(), chords.end(), config_.prefix().chord) != chords.end())
        return {Meaning::Kind::to_pane};
    if (const model::KeyBinding* binding = find_prefix_binding(chords))
        return {Meaning::Kind::action, binding->action};
    const bool escape = !chords.empty() && chords.front().key.key == model::Key::escape;
    return {escape ? Meaning::Kind::swallowed : Meaning::Kind::unknown_after_prefix};
}

bool KeyRouter::take_hint(std::int64_t now_ms) noexcept {
    if (!hint_at_ || *hint_at_ > now_ms) return false;
    hint_at_.reset();
    return true;
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
    if (hint_at_) next = next ? std::min(*next, *hint_at_) : hint_at_;
    if (!stack_.empty() && stack_.back().until_ms)
        next = next ? std::min(*next, *stack_.back().until_ms) : stack_.back().until_ms;
    return next;
}

std::optional<std::string> KeyRouter::active_table() const {
    if (!pane_table_.empty()) return pane_table_;
    if (stack_.empty()) return std::nullopt;
    return stack_.back().name;
}

} // namespace lunette::server
