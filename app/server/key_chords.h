#pragma once

#include "model/key.h"
#include "model/key_name.h"

#include <lunette/record.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Between key presses and the chords of bindings. Pure functions.
namespace lunette::server {

// "CTRL+x", "CTRL|SHIFT+Enter", "+": as people write a chord in one word.
std::optional<model::KeyChord> parse_typed_chord(std::string_view text);
// As if it had been typed.
model::KeyEvent to_event(const model::KeyChord& chord) noexcept;
// What a key press may be bound as, the most specific first; at most four.
std::vector<model::KeyChord> chords_of(const model::KeyEvent& event, bool leader);

// Whether a binding {key=…, mods=…} is the one asked for: by its chord, or by its key alone.
bool names_key(std::string_view wanted, const Value& binding);
// The events that an action in Lua's form emits, also inside Multiple.
std::vector<std::string> events_of(const Value& action);

} // namespace lunette::server
