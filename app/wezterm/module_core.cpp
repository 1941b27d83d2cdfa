#include "wezterm/handles.h"
#include "wezterm/lua_chunks.h"
#include "wezterm/modules.h"
#include "wezterm/places.h"
#include "wezterm/plain_value.h"
#include "wezterm/requests.h"

#include "model/key_assignment.h"

#include <array>
#include <climits>
#include <filesystem>
#include <string>
#include <tuple>
#include <unistd.h>
#include <utility>

namespace lunette::wezterm {

namespace {

// The release whose scripting API this is, in WezTerm's form: plugins compare the date.
constexpr std::string_view api_version = "20250223-062404-lunette";

#if defined(__x86_64__)
constexpr std::string_view target_triple = "x86_64-unknown-linux-gnu";
#elif defined(__aarch64__)
constexpr std::string_view target_triple = "aarch64-unknown-linux-gnu";
#elif defined(__riscv)
constexpr std::string_view target_triple = "riscv64gc-unknown-linux-gnu";
#else
constexpr std::string_view target_triple = "unknown-unknown-linux-gnu";
#endif

std::filesystem::path executable() {
    std::array<char, PATH_MAX> path;
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) return "/";
    return std::string_view{path.data(), static_cast<std::size_t>(size)};
}

std::string executable_directory() { return executable().parent_path().string(); }

std::string config_directory_of(const std::string& file) {
    if (file.empty()) return "/";
    std::error_code error;
    const auto absolute = std::filesystem::absolute(file, error);
    return (error ? std::filesystem::path{file} : absolute).parent_path().string();
}

bool is_wsl() {
    // The kernel of WSL says so; the variable is set inside of its distributions.
    return !environment("WSL_DISTRO_NAME").empty() ||
           std::filesystem::exists("/proc/sys/fs/binfmt_misc/WSLInterop");
}

// Where WezTerm lets `require` look, front to back, and the folders of this program.
std::string search_path(const std::string& config_file) {
    std::string path;
    const auto add = [&path](const std::string& folder) {
        for (const char* pattern : {"/?.lua;", "/?/init.lua;"}) path += folder + pattern;
    };
    for (const std::string& folder : system_config_directories("wezterm")) add(folder);
    add(config_directory("wezterm"));
    add(config_directory("lunette"));
    if (!config_file.empty()) add(config_directory_of(config_file));
    add(home_directory() + "/.wezterm");
    path.pop_back();
    return path;
}

Value text_or_nil(std::string text) { return text.empty() ? Value{} : Value{std::move(text)}; }

// What WezTerm puts into its own environment.
Value own_place(Script& script, Value variable) {
    const std::string_view name = variable.text();
    if (!name.starts_with("WEZTERM_")) return {};
    if (name == "WEZTERM_EXECUTABLE") return executable().string();
    if (name == "WEZTERM_EXECUTABLE_DIR") return executable_directory();
    if (script.config_file().empty()) return {};
    if (name == "WEZTERM_CONFIG_FILE") return script.config_file();
    return name == "WEZTERM_CONFIG_DIR" ? Value{config_directory_of(script.config_file())} : Value{};
}

void add_constants(Module& wezterm) {
    wezterm.constant("version", api_version)
        .constant("target_triple", target_triple)
        .value("home_dir", [](Script&) { return Value{home_directory()}; })
        .value("executable_dir", [](Script&) { return Value{executable_directory()}; })
        .value("config_file", [](Script& script) { return Value{script.config_file()}; })
        .value("config_dir", [](Script& script) { return Value{config_directory_of(script.config_file())}; });
}

void add_events(Module& wezterm) {
    wezterm
        .function("on", [](Script& script, std::string event,
                           Function handler) { script.on(event, std::move(handler)); })
        .doc("wezterm.on(event: string, handler: function)", "Adds a handler; there is no way to remove one.")
        .function("action_callback",
                  [](Script& script, Function handler) {
                      return Value::map({{"EmitEvent", script.callback(std::move(handler))}});
                  })
        .doc("wezterm.action_callback(handler: function): KeyAssignment",
             "An action that calls the handler with the window and the pane.");
}

// What was asked for, or what is wrong: returned rather than raised, so that the error is that of the
// caller's line.
using Checked = std::tuple<Value, Value>;

void add_actions(Module& wezterm) {
    wezterm.function("has_action", [](std::string name) { return model::find_assignment(name) != nullptr; })
        .hidden("action_kind",
                [](Script& script, std::string name) -> Checked {
                    const model::KnownAssignment* known = model::find_assignment(name);
                    if (!known) {
                        const std::string what = "wezterm.action." + name + " does not exist";
                        script.problem(false, what); // an error unless it is caught
                        return {Value{}, Value{what}};
                    }
                    if (known->effect == model::Effect::accepted)
                        script.problem(false, name + ": " + std::string{known->note});
                    return {Value{known->rule == model::ArgumentRule::none ? "plain" : "callable"}, Value{}};
                })
        .hidden("action_check",
                [](Script& script, Value action) -> Checked {
                    auto parsed = model::KeyAssignment::parse(plain_value(script, action));
                    if (!parsed) return {Value{}, Value{parsed.error()}};
                    return {parsed->to_value(), Value{}};
                })
        .chunk("wezterm.action", action_chunk);
}

} // namespace

void add_core(Module& wezterm) {
    add_constants(wezterm);
    add_events(wezterm);
    add_actions(wezterm);
    wezterm.function("hostname", [] { return local_host_name(); })
        .function("running_under_wsl", [] { return is_wsl(); })
        .function("reload_configuration",
                  [](Script& script) {
                      if (script.loading()) throw BindError{"the configuration is being loaded"};
                      script.request_reload();
                  })
        .function("add_to_config_reload_watch_list",
                  [](Script& script, Rest paths) {
                      for (const std::string& path : require_texts(Value::list(std::move(paths.values))))
                          script.watch(path);
                  })
        .hidden("add_search_path",
                [](Script& script) { script.add_search_path(search_path(script.config_file()), true); })
        .hidden("account",
                [](std::string_view name) {
                    if (name == "USER" || name == "LOGNAME") return text_or_nil(local_user_name());
                    if (name == "HOME") return text_or_nil(home_directory());
                    return name == "SHELL" ? text_or_nil(local_shell()) : Value{};
                })
        .hidden("own_place", own_place)
        .hidden("unknown_name",
                [](Script& script, std::string name) {
                    script.problem(false, "wezterm." + name + " does not exist; it reads as nil");
                })
        .chunk("wezterm", core_chunk);
}

} // namespace lunette::wezterm
