#include "mux/environment.h"

#include "terminal/shell.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <unistd.h>

namespace lunette::mux {

namespace {

constexpr std::string_view fallback_term = "xterm-256color";

// What another terminal told its programs: inside a real WezTerm our pane ids must not steer the outer one.
constexpr std::array<std::string_view, 16> foreign{"WEZTERM_UNIX_SOCKET",
                                                   "WEZTERM_EXECUTABLE",
                                                   "WEZTERM_EXECUTABLE_DIR",
                                                   "WEZTERM_CONFIG_FILE",
                                                   "WEZTERM_CONFIG_DIR",
                                                   "TMUX",
                                                   "TMUX_PANE",
                                                   "STY",
                                                   "WINDOW",
                                                   "KITTY_WINDOW_ID",
                                                   "KITTY_PID",
                                                   "VTE_VERSION",
                                                   "TERMINFO",
                                                   "COLUMNS",
                                                   "LINES",
                                                   "TERM_SESSION_ID"};

bool entry_exists(const std::string& folder, std::string_view term) {
    // ncurses names the folder after the first letter, or its code where file systems know no case.
    char code[3];
    std::snprintf(code, sizeof code, "%02x", static_cast<unsigned char>(term.front()));
    for (const std::string& letter : {std::string{term.front()}, std::string{code}})
        if (::access((folder + "/" + letter + "/" + std::string{term}).c_str(), R_OK) == 0) return true;
    return false;
}

} // namespace

Environment::Environment(std::span<const std::string> block) {
    for (const std::string& item : block)
        if (const std::size_t equals = item.find('='); equals != std::string::npos && equals > 0)
            variables_.try_emplace(item.substr(0, equals), item.substr(equals + 1));
}

void Environment::set(std::string_view name, std::string_view value) {
    variables_.insert_or_assign(std::string{name}, std::string{value});
}

void Environment::unset(std::string_view name) {
    if (const auto found = variables_.find(name); found != variables_.end()) variables_.erase(found);
}

std::vector<std::string> Environment::block() const {
    std::vector<std::string> block;
    block.reserve(variables_.size());
    for (const auto& [name, value] : variables_) block.push_back(name + "=" + value);
    return block;
}

bool terminfo_has(std::string_view term, std::span<const std::string> environment) {
    if (term.empty() || term.find('/') != std::string_view::npos) return false;
    std::vector<std::string> folders{"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo",
                                     "/usr/local/share/terminfo"};
    if (const auto home = terminal::environment_value(environment, "HOME"))
        folders.push_back(std::string{*home} + "/.terminfo");
    if (const auto more = terminal::environment_value(environment, "TERMINFO_DIRS")) {
        std::string_view rest = *more;
        while (!rest.empty()) {
            const std::size_t colon = std::min(rest.find(':'), rest.size());
            if (colon > 0) folders.emplace_back(rest.substr(0, colon));
            rest.remove_prefix(std::min(colon + 1, rest.size()));
        }
    }
    for (const std::string& folder : folders)
        if (entry_exists(folder, term)) return true;
    return false;
}

std::vector<std::string> pane_environment(std::span<const std::string> base, const Settings& settings,
                                          const std::map<std::string, std::string>& extra,
                                          std::int64_t pane_id, std::string_view version) {
    Environment environment{base};
    for (const std::string_view name : foreign) environment.unset(name);
    for (const std::string& name : settings.removed_environment) environment.unset(name);
    environment.set("TERM",
                    terminfo_has(settings.term, base) ? std::string_view{settings.term} : fallback_term);
    environment.set("COLORTERM", "truecolor");
    environment.set("TERM_PROGRAM", "lunette");
    environment.set("TERM_PROGRAM_VERSION", version);
    environment.set("LUNETTE_PANE", std::to_string(pane_id));
    environment.set("WEZTERM_PANE", std::to_string(pane_id)); // scripts written for WezTerm look here
    for (const auto& [name, value] : settings.environment) environment.set(name, value);
    for (const auto& [name, value] : extra) environment.set(name, value);
    return environment.block();
}

} // namespace lunette::mux
