#include "server/ui_actions.h"

#include "server/key_chords.h"
#include "server/prefix_keys.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

constexpr int deepest = 16; // of Multiple in Multiple

} // namespace

mux::Reply UiActions::perform(Id window, Id pane, const model::KeyAssignment& action, bool from_key) {
    if (!window) window = loop_.mux_.active_window();
    if (!pane) pane = loop_.mux_.active_pane(window);
    const std::string& name = action.name;
    if (name == "EmitEvent") {
        const std::string event{action.argument.text()};
        // The handler gets what the keys before this one made. (Within a batch from Lua nothing is
        // published.)
        if (from_key) loop_.publish();
        if (!loop_.engine_.scripting().on)
            return tl::unexpected{std::string{"Lua is off (lunette cli scripting on)"}};
        const std::uint64_t ticket = loop_.events_.emit(event, {}, pane, {.urgent = true});
        if (from_key) loop_.mouse_.called(ticket);
        if (from_key) loop_.fence_.raise(event, ticket, monotonic_ns());
        return Value{};
    }
    if (name == "Multiple") return multiple(window, pane, action.argument, from_key);
    if (name == "SendKey") return send_key(pane, action.argument);
    if (name == "ActivateKeyTable") {
        if (!loop_.router_.activate(action.argument, loop_.now_ms()))
            return tl::unexpected{"there is no key table \"" + std::string{action.argument["name"].text()} +
                                  "\""};
        loop_.update_ui_state();
        return Value{};
    }
    if (name == "PopKeyTable" || name == "ClearKeyTableStack") {
        if (name == "PopKeyTable")
            loop_.router_.pop();
        else
            loop_.router_.clear();
        loop_.update_ui_state();
        return Value{};
    }
    if (name == "ReloadConfiguration") {
        loop_.engine_.reload();
        return Value{};
    }
    if (name == "DetachDomain") {
        loop_.requests_.push_back(UiLoop::Request::detach);
        return Value{};
    }
    if (auto reply = loop_.modes_.perform(window, pane, action)) return std::move(*reply);
    if (auto reply = loop_.mouse_.perform(window, pane, action)) return std::move(*reply);
    if (auto reply = loop_.overlays_.perform(window, pane, action)) return std::move(*reply);
    if (auto reply = loop_.own_overlays_.perform(window, pane, action)) return std::move(*reply);
    if (name == "QuitApplication") return quit(from_key);
    if (name == "PasteFrom") return loop_.paste_from(pane, action.argument.text());
    if (name == prefix_action::move_pane_to_new_tab)
        return loop_.mux_.apply(model::MovePaneToNewTab{pane, {}});
    if (loop_.own_overlays_.asks_to_close(pane, action)) return Value{};
    if (auto reply = loop_.mux_.perform(window, pane, action)) {
        loop_.pacer_.damage(monotonic_ns()); // scrolling is in no snapshot
        return std::move(*reply);
    }
    const model::KnownAssignment* known = model::find_assignment(name);
    if (known && known->effect == model::Effect::accepted) return Value{}; // nothing to do here
    return tl::unexpected{name + " is not available yet"};
}

mux::Reply UiActions::quit(bool from_key) {
    if (!from_key || !loop_.own_overlays_.asks_to_quit()) loop_.requests_.push_back(UiLoop::Request::quit);
    return Value{};
}

mux::Reply UiActions::multiple(Id window, Id pane, const Value& actions, bool from_key) {
    if (++depth_ > deepest) return tl::unexpected{std::string{"Multiple is nested too deeply"}};
    mux::Reply last = Value{};
    for (const Value& item : actions.items()) {
        const auto action = model::KeyAssignment::parse(item);
        last = action ? perform(window, pane, *action, from_key) : mux::Reply{tl::unexpected{action.error()}};
        if (!last) break;
    }
    --depth_;
    return last;
}

mux::Reply UiActions::send_key(Id pane, const Value& argument) {
    const auto key = model::parse_key_name(argument["key"].text());
    const auto modifiers = model::parse_modifiers(argument["mods"].text());
    if (!key || !modifiers) return tl::unexpected{std::string{"SendKey: key and mods expected"}};
    loop_.mux_.send_key(pane, to_event(model::normalized({*key, *modifiers})));
    return Value{};
}

} // namespace lunette::server
