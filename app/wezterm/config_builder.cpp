#include "wezterm/config_api.h"

#include "wezterm/default_keys.h"
#include "wezterm/options.h"
#include "wezterm/plain_value.h"

#include <string>
#include <utility>

namespace lunette::wezterm {

namespace {

// A plain table, as in WezTerm: pairs() and what returns it see only what was stored. Only the first
// assignment of a name is checked here; the conversion checks all of it at the end. Strict on request, as its
// documentation says; its source is strict unless told otherwise, so that a name of another release fails
// all.
constexpr std::string_view builder_chunk = R"lua(
local wezterm, _, hidden = ...

local check_option = hidden.check_option
local error, rawset, setmetatable, type = error, rawset, setmetatable, type

function wezterm.config_builder()
    local strict = false
    local methods = {}
    function methods.set_strict_mode(_, value) strict = not not value end
    return setmetatable({}, {
        __index = methods,
        __newindex = function(config, name, value)
            if type(name) ~= "string" then
                error("options have names; this one is of type " .. type(name), 2)
            end
            local known, what = check_option(name, value, strict)
            if what then error(what, 2) end
            if known then rawset(config, name, value) end
        end,
    })
end
)lua";

// Whether the option exists, and what is wrong: returned rather than raised, so that the error is that of the
// line that assigns.
std::tuple<bool, Value> check_option(Script& script, const std::string& name, const Value& value,
                                     bool strict) {
    const Option* option = find_option(name);
    if (!option) {
        if (strict) return {false, Value{unknown_option(name)}};
        script.problem(false, unknown_option(name));
        return {false, Value{}};
    }
    if (value.is_nil()) return {true, Value{}};
    // What is wrong is left out by the conversion, which does not know the line.
    Warnings warnings;
    const auto checked =
        check_value(option->type, plain_value(script, value), name, warnings, BadParts::leave_out);
    if (!checked) warnings.push_back(checked.error() + left_out);
    for (const std::string& warning : warnings) script.problem(false, warning);
    return {true, Value{}};
}

void check_option_call(Call& call, std::string name) {
    Value value;
    try {
        if (call.is_function(1)) throw BindError{"function cannot be converted"};
        value = call.value(1);
    } catch (const BindError& error) {
        call.push(true);
        call.push_text(name + ": " + error.message());
        return;
    }
    detail::push_result(call, check_option(call.script(), name, value, static_cast<bool>(call.value(2))));
}

} // namespace

void add_config_functions(Module& wezterm) {
    wezterm.hidden("check_option", check_option_call).chunk("wezterm.config_builder", builder_chunk);
}

void add_default_key_functions(Module& gui) {
    gui.function("default_keys", [] { return default_keys(); })
        .doc("wezterm.gui.default_keys(): table[]", "WezTerm's default key bindings.")
        .function("default_key_tables", [] { return default_key_tables(); })
        .doc("wezterm.gui.default_key_tables(): table<string, table[]>",
             "WezTerm's default key tables: copy_mode and search_mode.");
}

} // namespace lunette::wezterm
