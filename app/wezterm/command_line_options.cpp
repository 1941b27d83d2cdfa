#include "wezterm/command_line_options.h"

#include "wezterm/plain_value.h"

#include <algorithm>
#include <string_view>

namespace lunette::wezterm {

namespace {

constexpr std::string_view options_chunk = R"lua(
local wezterm, _, hidden = ...

local given, set, failed = hidden.given_options, hidden.set_option, hidden.failed_option
local load, pcall, tostring = load, pcall, tostring

for _, option in ipairs(given()) do
    -- WezTerm's rule: a literal nil is no option, and what turns out to be nil is a mistake.
    if option.text ~= "nil" then
        local chunk, message = load("local wezterm = ... return " .. option.text, "=--config " .. option.name, "t")
        local ok, value = false, message
        if chunk then ok, value = pcall(chunk, wezterm) end
        if ok and value == nil then
            ok, value = false, option.text .. " is nil; are quotes missing?"
        end
        if ok then ok, value = pcall(set, option.name, value) end
        if not ok then failed(option.name .. "=" .. option.text .. ": " .. tostring(value)) end
    end
end
)lua";

} // namespace

void CommandLineOptions::add(Module& wezterm, std::shared_ptr<CommandLineOptions> options) {
    if (options->given_.empty()) return;
    wezterm
        .hidden("given_options",
                [options] {
                    {
                        const std::scoped_lock lock{options->mutex_};
                        options->values_.clear();
                        options->error_.clear();
                    }
                    std::vector<Value> rows;
                    for (const auto& [name, text] : options->given_)
                        rows.push_back(Value::map({{"name", name}, {"text", text}}));
                    return Value::list(std::move(rows));
                })
        .hidden("set_option",
                [options](Script& script, std::string name, Value value) {
                    MapEntry entry{name, plain_value(script, value)};
                    const std::scoped_lock lock{options->mutex_};
                    options->values_.push_back(std::move(entry));
                })
        .hidden("failed_option",
                [options](std::string what) {
                    const std::scoped_lock lock{options->mutex_};
                    if (options->error_.empty()) options->error_ = "--config " + what;
                })
        .chunk("wezterm.command_line", options_chunk);
}

Expected<Value> CommandLineOptions::applied_to(const Value& returned) const {
    const std::scoped_lock lock{mutex_};
    if (!error_.empty()) return failure(error_);
    if (values_.empty() || (returned.kind() != Kind::map && returned.size() > 0)) return returned;
    std::vector<MapEntry> entries;
    if (returned.kind() == Kind::map) entries = returned.entries();
    for (const MapEntry& value : values_) {
        std::erase_if(entries, [&](const MapEntry& entry) { return entry.key == value.key; });
        entries.push_back(value);
    }
    return Value::map(std::move(entries));
}

} // namespace lunette::wezterm
