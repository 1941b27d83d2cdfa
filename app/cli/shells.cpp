#include "cli/shells.h"

#include <string_view>

extern char** environ;

namespace lunette::cli {

std::vector<std::string> quiet_environment() {
    std::vector<std::string> block;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view variable{*entry};
        const std::string_view name = variable.substr(0, variable.find('='));
        if (name == "ENV" || name == "BASH_ENV" || name == "PROMPT_COMMAND" || name == "PS1") continue;
        block.emplace_back(variable);
    }
    block.emplace_back("PS1=$ ");
    return block;
}

model::SpawnOptions quiet_shell() {
    model::SpawnOptions options;
    options.args = {"/bin/sh", "-i"};
    return options;
}

model::SpawnOptions echo_program() {
    model::SpawnOptions options;
    options.args = {"/bin/sh", "-c", "stty raw -echo; printf ready; exec cat"};
    return options;
}

} // namespace lunette::cli
