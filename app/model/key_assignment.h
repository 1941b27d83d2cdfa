#pragma once

#include <lunette/record.h>

#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace lunette::model {

// What a key, a mouse button or a palette entry does: WezTerm's KeyAssignment. A value.
struct KeyAssignment {
    std::string name; // "ActivateTab"
    Value argument;   // nil for those without one

    // From Lua's form: a string, or a map of one key. Names that nobody knows and arguments of
    // the wrong kind are errors; the message names the assignment.
    static tl::expected<KeyAssignment, std::string> parse(const Value& value);
    // Lua's form again.
    Value to_value() const;

    friend bool operator==(const KeyAssignment&, const KeyAssignment&) = default;
};

// What becomes of an option or an assignment here.
enum class Effect : std::uint8_t {
    applied,
    adapted,  // with a changed meaning
    accepted, // known, without meaning in a terminal multiplexer
};
std::string_view to_string(Effect effect) noexcept;

enum class ArgumentRule : std::uint8_t { none, optional, required };

struct KnownAssignment {
    std::string_view name;
    Kind argument; // nil: any kind
    ArgumentRule rule;
    Effect effect;
    std::string_view note; // for people, where the effect is not `applied`
};

// Sorted by name.
std::span<const KnownAssignment> known_assignments() noexcept;
const KnownAssignment* find_assignment(std::string_view name) noexcept;

// The names under CopyMode, with the same rules. Sorted by name.
std::span<const KnownAssignment> known_copy_mode_assignments() noexcept;
const KnownAssignment* find_copy_mode_assignment(std::string_view name) noexcept;

} // namespace lunette::model
