#include "cli/lua_text.h"

#include "model/key_assignment.h"

#include <fmt/format.h>

#include <string_view>

namespace lunette::cli {

namespace {

std::string quoted(std::string_view text) {
    std::string result{"'"};
    for (const char c : text) {
        if (c == '\'' || c == '\\')
            result += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        else
            result += c;
    }
    return result + "'";
}

std::string braced(const std::string& inside) { return inside.empty() ? "{}" : "{ " + inside + " }"; }

std::string action_text(std::string_view name, const Value& argument) {
    std::string text = "act." + std::string{name};
    // act.Name and act.Name{} are the same assignment.
    if (argument.is_nil() ||
        ((argument.kind() == Kind::map || argument.kind() == Kind::list) && argument.size() == 0))
        return text;
    if (name == "Multiple") {
        std::string inside;
        for (const Value& item : argument.items()) {
            const auto inner = model::KeyAssignment::parse(item);
            inside += (inside.empty() ? "" : ", ") + (inner ? lua_text(*inner) : lua_text(item));
        }
        return text + braced(inside);
    }
    const std::string literal = lua_text(argument);
    if (literal.front() == '{') return text + literal;
    return literal.front() == '\'' ? text + " " + literal : text + "(" + literal + ")";
}

} // namespace

std::string lua_text(const Value& value) {
    switch (value.kind()) {
    case Kind::boolean: return value.boolean_or(false) ? "true" : "false";
    case Kind::integer: return std::to_string(value.integer_or(0));
    case Kind::number: return fmt::format("{}", value.number_or(0));
    case Kind::string: return quoted(value.text());
    case Kind::list:
    case Kind::map: break;
    default: return "nil";
    }
    std::string inside;
    for (const Value& item : value.items()) inside += (inside.empty() ? "" : ", ") + lua_text(item);
    for (const MapEntry& entry : value.entries())
        inside += (inside.empty() ? "[" : ", [") + lua_text(entry.key) + "] = " + lua_text(entry.value);
    return braced(inside);
}

std::string lua_text(const model::KeyAssignment& action) { return action_text(action.name, action.argument); }

} // namespace lunette::cli
