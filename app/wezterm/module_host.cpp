#include "wezterm/battery.h"
#include "wezterm/handles.h"
#include "wezterm/lua_chunks.h"
#include "wezterm/modules.h"
#include "wezterm/requests.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lunette::wezterm {

namespace {

struct LinkRule {
    std::string_view regex;
    std::string_view format;
    int highlight;
};
// WezTerm's default rules (config.rs default_hyperlink_rules, termwiz/hyperlink.rs).
constexpr std::array<LinkRule, 6> link_rules{{
    {R"(\((\w+://\S+)\))", "$1", 1},
    {R"(\[(\w+://\S+)\])", "$1", 1},
    {R"(<(\w+://\S+)>)", "$1", 1},
    {R"(\b\w+://[^\s()]*\(\S*\)(?=\s|$|[^_/a-zA-Z0-9-]))", "$0", 0},
    {R"(\b\w+://\S+[_/a-zA-Z0-9-])", "$0", 0},
    {R"(\b\w+@[\w-]+(\.[\w-]+)+\b)", "mailto:$0", 0},
}};

Value hyperlink_rules() {
    std::vector<Value> rules;
    for (const LinkRule& rule : link_rules)
        rules.push_back(
            Value::map({{"regex", rule.regex}, {"format", rule.format}, {"highlight", rule.highlight}}));
    return Value::list(std::move(rules));
}

// True when a window is there to open it; a child process has to, otherwise.
bool open_in_window(Script& script, std::string target) {
    const model::AppInfo* app = app_info(script);
    if (!app || !app->active_window) return false;
    script.command(
        request(model::PerformAction{app->active_window.id(), 0, {"OpenUri", Value{std::move(target)}}}));
    return true;
}

} // namespace

void add_host(Module& wezterm, std::optional<Value> batteries) {
    wezterm.function("default_hyperlink_rules", hyperlink_rules)
        .function("battery_info",
                  [batteries = std::move(batteries)](Script& script) {
                      if (batteries) return *batteries;
                      return battery_info("/sys/class/power_supply",
                                          [&script](std::string_view path) { script.reads_file(path); });
                  })
        .hidden("open_in_window", open_in_window)
        .chunk("wezterm.host", host_chunk);
}

} // namespace lunette::wezterm
