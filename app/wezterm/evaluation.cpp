#include "wezterm/evaluation.h"

#include <utility>

namespace lunette::wezterm {

namespace {

constexpr std::size_t most_bytes = 64U << 10;

// As an expression if it is one, else as statements. Globals are the configuration's.
constexpr std::string_view evaluation_chunk = R"lua(
local lunette, _, hidden = ...

local on_evaluate, evaluated = hidden.on_evaluate, hidden.evaluated

on_evaluate(function(window, pane, source)
    local wezterm = require("wezterm")
    local names = setmetatable({ window = window, pane = pane, wezterm = wezterm }, { __index = _G, __newindex = _G })
    local chunk = load("return " .. source, "=prompt", "t", names)
    local problem
    if not chunk then chunk, problem = load(source, "=prompt", "t", names) end
    if not chunk then return evaluated(problem, true) end
    local results = table.pack(pcall(chunk))
    if not results[1] then return evaluated(tostring(results[2]), true) end
    local parts = {}
    for i = 2, results.n do parts[#parts + 1] = wezterm.to_string(results[i]) end
    evaluated(table.concat(parts, "\n"), false)
end)
)lua";

} // namespace

void add_evaluation(Module& lunette) {
    lunette
        .hidden("on_evaluate",
                [](Script& script, Function handler) { script.on(evaluate_event, std::move(handler)); })
        .hidden("evaluated",
                [](Script& script, std::string_view text, bool failed) {
                    script.command(Evaluated{std::string{text.substr(0, most_bytes)}, failed});
                })
        .chunk("lunette.evaluation", evaluation_chunk);
}

} // namespace lunette::wezterm
