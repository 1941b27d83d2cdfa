#include "model/key_assignment.h"

#include "model/regex.h"

#include <algorithm>
#include <initializer_list>
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

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> names) noexcept {
    return std::find(names.begin(), names.end(), text) != names.end();
}

tl::expected<void, std::string> check_search(const Value& argument) {
    const auto [name, text] = split(argument);
    const bool known =
        argument.kind() == Kind::string
            ? name == "CurrentSelectionOrEmptyString"
            : is_one_of(name, {"CaseSensitiveString", "CaseInSensitiveString", "CaseSmartString", "Regex"}) &&
                  text.kind() == Kind::string;
    if (known) return {};
    return error("Search: CaseSensitiveString, CaseInSensitiveString, CaseSmartString or Regex with a string "
                 "expected, or CurrentSelectionOrEmptyString, got " +
                 describe(argument, 60));
}

// Of an entry of CopyMode.
tl::expected<void, std::string> check_copy_mode(const KeyAssignment& entry) {
    const std::string_view text = entry.argument.text();
    if (entry.name == "SetSelectionMode" && !entry.argument.is_nil() &&
        !is_one_of(text, {"Cell", "Word", "Line", "Block", "SemanticZone"}))
        return error("SetSelectionMode: Cell, Word, Line, Block or SemanticZone expected, got " +
                     describe(entry.argument, 60));
    if ((entry.name == "MoveForwardZoneOfType" || entry.name == "MoveBackwardZoneOfType") &&
        !is_one_of(text, {"Output", "Input", "Prompt"}))
        return error(entry.name + ": Output, Input or Prompt expected, got " + describe(entry.argument, 60));
    return {};
}

tl::expected<void, std::string> check_quick_select(const Value& argument, int depth) {
    if (const Value& action = argument["action"]; !action.is_nil())
        if (auto parsed = parse_at(known_assignments(), "action", action, depth + 1); !parsed)
            return error("QuickSelectArgs: " + parsed.error());
    const Value& patterns = argument["patterns"];
    if (!patterns.is_nil() && !fits(Kind::list, patterns))
        return error("QuickSelectArgs: patterns: an array of strings expected, got " +
                     describe(patterns, 60));
    for (const Value& pattern : patterns.items()) {
        if (pattern.kind() != Kind::string)
            return error("QuickSelectArgs: patterns: a string expected, got " + describe(pattern, 60));
        if (const auto regex = Regex::compile(pattern.text()); !regex)
            return error("QuickSelectArgs: the pattern " + describe(pattern, 60) + ": " + regex.error());
    }
    static constexpr std::pair<std::string_view, Kind> fields[] = {{"alphabet", Kind::string},
                                                                   {"label", Kind::string},
                                                                   {"scope_lines", Kind::integer},
                                                                   {"skip_action_on_paste", Kind::boolean}};
    for (const auto& [name, kind] : fields)
        if (const Value& value = argument[name]; !value.is_nil() && !fits(kind, value))
            return error("QuickSelectArgs: " + std::string{name} + ": " + std::string{lua_name(kind)} +
                         " expected, got " + describe(value, 60));
    return {};
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
        else
            return check_copy_mode(*parsed);
    } else if (assignment.name == "Search") {
        return check_search(assignment.argument);
    } else if (assignment.name == "QuickSelectArgs") {
        if (depth >= max_depth) return error("QuickSelectArgs: nested too deeply");
        return check_quick_select(assignment.argument, depth);
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
