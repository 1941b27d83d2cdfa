#include "wezterm/exec_domains.h"

#include "wezterm/plain_value.h"

#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

constexpr std::string_view exec_domains_chunk = R"lua(
local wezterm, _, hidden = ...

local register, where = wezterm.exec_domain, hidden.exec_where
local start, refuse, labelled = hidden.exec_start, hidden.exec_refuse, hidden.exec_label
local pcall, type, tostring = pcall, type, tostring

-- What goes wrong is told to whom waits: the pane.
local function answering(fixup, place)
    return function(command, pane)
        local good, result = pcall(fixup, command)
        if not good then return refuse(pane, tostring(result)) end
        if type(result) ~= "table" then
            return refuse(pane, place .. ": a SpawnCommand expected from the function, got " .. type(result))
        end
        local sent, problem = pcall(start, pane, result)
        if not sent then refuse(pane, place .. ": " .. tostring(problem)) end
    end
end

local function labelling(label)
    return function(domain) labelled(domain, tostring(label(domain))) end
end

function wezterm.exec_domain(name, fixup, label)
    return register(name, type(fixup) == "function" and answering(fixup, where()) or fixup,
                    type(label) == "function" and labelling(label) or label)
end
)lua";

// The names of its handlers are events, as in WezTerm.
void exec_domain(Call& call, std::string name, Function fixup) {
    Script& script = call.script();
    const std::string event = exec_domain_event(name);
    script.on(event, std::move(fixup));
    std::vector<MapEntry> domain{{"name", name}, {"fixup_command", event}};
    if (call.is_function(2)) {
        script.on(exec_domain_label_event(name), call.function(2));
        domain.push_back({"label", Value::map({{"Func", exec_domain_label_event(name)}})});
    } else if (call.kind(2) == Kind::string) {
        domain.push_back({"label", Value::map({{"Value", call.value(2)}})});
    } else if (call.kind(2) != Kind::nil) {
        call.bad_argument(2, "string or function");
    }
    call.push(Value::map(std::move(domain)));
}

Id pane_of(std::int64_t number) noexcept { return static_cast<Id>(number); }

void start(Script& script, std::int64_t pane, Value command) {
    auto options = model::SpawnOptions::parse(plain_value(script, command));
    if (!options) throw BindError{options.error()};
    script.command(FixedUp{pane_of(pane), std::move(*options)});
}

} // namespace

std::string exec_domain_event(std::string_view domain) { return "exec-domain-" + std::string{domain}; }

std::string exec_domain_label_event(std::string_view domain) { return exec_domain_event(domain) + "-label"; }

void add_exec_domains(Module& wezterm) {
    wezterm.function("exec_domain", exec_domain)
        .hidden("exec_where", [](Script& script) { return script.where(); })
        .hidden("exec_start", start)
        .hidden("exec_refuse",
                [](Script& script, std::int64_t pane, std::string why) {
                    script.command(FixedUp{pane_of(pane), tl::unexpected{std::move(why)}});
                })
        .hidden("exec_label",
                [](Script& script, std::string domain, std::string label) {
                    script.command(DomainLabelled{std::move(domain), std::move(label)});
                })
        .chunk("wezterm.exec_domains", exec_domains_chunk);
}

} // namespace lunette::wezterm
