#include "model/key_assignment.h"

#include <algorithm>
#include <utility>

namespace lunette::model {

namespace {

constexpr int max_depth = 16; // of Multiple in Multiple

using Parsed = tl::expected<KeyAssignment, std::string>;

const KnownAssignment* find_in(std::span<const KnownAssignment> all, std::string_view name) noexcept {
    const auto found =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const KnownAssignment& a, std::string_view n) { return a.name < n; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

bool fits(Kind wanted, const Value& value) noexcept {
    switch (wanted) {
    case Kind::nil: return true;
    case Kind::integer: // 3.0 is 3; anything else that is no integer gives two different defaults
        return value.integer_or(0) == value.integer_or(1);
    case Kind::number: return value.kind() == Kind::number || value.kind() == Kind::integer;
    case Kind::list:
    case Kind::map: {
        // Lua's {} is either.
        const bool table = value.kind() == Kind::list || value.kind() == Kind::map;
        return value.kind() == wanted || (table && value.size() == 0);
    }
    default: return value.kind() == wanted;
    }
}

std::string_view lua_name(Kind kind) noexcept {
    switch (kind) {
    case Kind::list: return "array";
    case Kind::map: return "table";
    default: return kind_name(kind);
    }
}

tl::unexpected<std::string> error(std::string text) { return tl::unexpected<std::string>{std::move(text)}; }

// Splits "Name" and {Name=argument}; empty name when it is neither.
std::pair<std::string_view, Value> split(const Value& value) {
    if (value.kind() == Kind::string) return {value.text(), Value{}};
    if (value.kind() == Kind::map && value.size() == 1 && value.entries().front().key.kind() == Kind::string)
        return {value.entries().front().key.text(), value.entries().front().value};
    return {};
}

// Checks what is not a matter of kind alone.
tl::expected<void, std::string> check_inner(const KeyAssignment& assignment, int depth);

Parsed parse_at(std::span<const KnownAssignment> known, std::string_view what, const Value& value,
                int depth) {
    auto [name, argument] = split(value);
    if (name.empty())
        return error(std::string{what} + ": a name or a table of one name expected, got " +
                     describe(value, 60));
    const KnownAssignment* rule = find_in(known, name);
    if (!rule) return error(std::string{what} + ": \"" + std::string{name} + "\" does not exist");
    if (argument.is_nil() ? rule->rule == ArgumentRule::required : !fits(rule->argument, argument))
        return error(std::string{name} + ": " + std::string{lua_name(rule->argument)} + " expected, got " +
                     describe(argument, 60));
    if (!argument.is_nil() && rule->rule == ArgumentRule::none)
        return error(std::string{name} + ": takes no argument, got " + describe(argument, 60));
    KeyAssignment assignment{std::string{name}, std::move(argument)};
    if (auto checked = check_inner(assignment, depth); !checked) return error(std::move(checked.error()));
    return assignment;
}

tl::expected<void, std::string> check_inner(const KeyAssignment& assignment, int depth) {
    if (assignment.name == "Multiple") {
        if (depth >= max_depth) return error("Multiple: nested too deeply");
        for (const Value& item : assignment.argument.items())
            if (auto parsed = parse_at(known_assignments(), "action", item, depth + 1); !parsed)
                return error("Multiple: " + parsed.error());
    } else if (assignment.name == "CopyMode") {
        if (auto parsed = parse_at(known_copy_mode_assignments(), "CopyMode", assignment.argument, depth + 1);
            !parsed)
            return error(std::move(parsed.error()));
    }
    return {};
}

} // namespace

Parsed KeyAssignment::parse(const Value& value) { return parse_at(known_assignments(), "action", value, 0); }

Value KeyAssignment::to_value() const {
    if (argument.is_nil()) return name;
    return Value::map({{name, argument}});
}

std::string_view to_string(Effect effect) noexcept {
    switch (effect) {
    case Effect::applied: return "applied";
    case Effect::adapted: return "adapted";
    case Effect::accepted: return "accepted";
    }
    return {};
}

const KnownAssignment* find_assignment(std::string_view name) noexcept {
    return find_in(known_assignments(), name);
}

const KnownAssignment* find_copy_mode_assignment(std::string_view name) noexcept {
    return find_in(known_copy_mode_assignments(), name);
}

} // namespace lunette::model
