#include "mux/spawner.h"

#include "mux/environment.h"

#include "terminal/shell.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace lunette::mux {

namespace {

bool is_ourselves(const std::string& program, const std::vector<std::string>& environment) {
    const auto found = terminal::find_program(program, environment);
    std::error_code error;
    return found && std::filesystem::equivalent(*found, "/proc/self/exe", error) && !error;
}

} // namespace

tl::expected<Spawner::Spawned, std::string> Spawner::spawn(const Request& request, const Settings& settings) {
    const model::SpawnOptions& options = *request.options;
    terminal::PtyOptions pty;
    pty.environment =
        pane_environment(environment_, settings, options.environment, request.pane_id, version_);
    pty.cwd = options.cwd            ? *options.cwd
              : !request.cwd.empty() ? request.cwd
                                     : settings.default_cwd.value_or("");
    pty.size = {std::max(request.rect.columns, 1), std::max(request.rect.rows, 1),
                request.rect.columns * request.cell.width, request.rect.rows * request.cell.height};

    std::vector<std::vector<std::string>> attempts;
    std::string first_error;
    if (request.domain && !request.domain->is_local()) {
        attempts.push_back(request.domain->command(options.args));
        pty.cwd.clear(); // one of the other machine
    } else if (!options.args.empty()) {
        attempts.push_back(options.args);
    } else {
        if (!settings.default_prog.empty()) {
            if (!is_ourselves(settings.default_prog.front(), pty.environment))
                attempts.push_back(settings.default_prog);
            else if (!std::exchange(told_of_nest_, true))
                first_error = "default_prog is Lunette itself";
        }
        attempts.emplace_back(); // the user's login shell
        attempts.push_back({"/bin/sh"});
    }

    for (std::vector<std::string>& arguments : attempts) {
        pty.arguments = std::move(arguments);
        auto started = terminal::Pty::spawn(pty);
        if (!started) {
            if (first_error.empty()) first_error = started.error().message;
            continue;
        }
        terminal::Terminal::Options screen;
        screen.columns = pty.size.columns;
        screen.rows = pty.size.rows;
        screen.scrollback_lines = settings.scrollback_lines;
        screen.version = "Lunette " + version_;
        screen.name = settings.term;
        screen.answerback = settings.answerback;
        screen.kitty_keyboard = settings.enable_kitty_keyboard;
        terminal::Terminal terminal{screen};
        terminal.set_cell_size({request.cell.width, request.cell.height});
        terminal.set_key_releases(key_releases_);
        if (palette_) terminal.set_palette(*palette_);
        terminal.set_preferences(settings.terminal);
        Spawned spawned;
        if (!first_error.empty()) spawned.notice = first_error + "; started " + started->program();
        spawned.pane =
            std::make_unique<Pane>(next_id(), request.pane_id, std::move(terminal), std::move(*started));
        return spawned;
    }
    return tl::unexpected{first_error};
}

} // namespace lunette::mux
