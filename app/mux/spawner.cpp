#include "mux/spawner.h"

#include "mux/environment.h"

#include <algorithm>
#include <utility>

namespace lunette::mux {

tl::expected<Spawner::Spawned, std::string> Spawner::spawn(const Request& request,
                                                           const Settings& settings) const {
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
    if (!options.args.empty()) {
        attempts.push_back(options.args);
    } else {
        if (!settings.default_prog.empty()) attempts.push_back(settings.default_prog);
        attempts.emplace_back(); // the user's login shell
        attempts.push_back({"/bin/sh"});
    }

    std::string first_error;
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
        terminal::Terminal terminal{screen};
        if (palette_) terminal.set_palette(*palette_);
        Spawned spawned;
        if (!first_error.empty()) spawned.notice = first_error + "; started " + started->program();
        spawned.pane =
            std::make_unique<Pane>(next_id(), request.pane_id, std::move(terminal), std::move(*started));
        return spawned;
    }
    return tl::unexpected{first_error};
}

} // namespace lunette::mux
