#include "mux/spawner.h"

#include "mux/environment.h"

#include "terminal/shell.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

namespace lunette::mux {

namespace {

bool is_ourselves(const std::string& program, const std::vector<std::string>& environment) {
    const auto found = terminal::find_program(program, environment);
    std::error_code error;
    return found && std::filesystem::equivalent(*found, "/proc/self/exe", error) && !error;
}

std::string directory_of(const Spawner::Request& request, const Settings& settings) {
    if (request.options->cwd) return *request.options->cwd;
    return !request.cwd.empty() ? request.cwd : settings.default_cwd.value_or("");
}

} // namespace

tl::expected<Spawner::Spawned, std::string> Spawner::spawn(const Request& request, const Settings& settings) {
    auto started = start(request, settings);
    if (!started) return tl::unexpected{std::move(started.error())};
    return Spawned{make_pane(request, settings, std::move(started->pty)), std::move(started->notice)};
}

tl::expected<Spawner::Started, std::string> Spawner::start(const Request& request, const Settings& settings) {
    const model::SpawnOptions& options = *request.options;
    terminal::PtyOptions pty;
    pty.environment =
        pane_environment(environment_, settings, options.environment, request.pane_id, version_);
    pty.cwd = directory_of(request, settings);
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
        Started result{std::move(*started), {}};
        if (!first_error.empty()) result.notice = first_error + "; started " + result.pty.program();
        return result;
    }
    return tl::unexpected{first_error};
}

std::unique_ptr<Pane> Spawner::waiting_pane(const Request& request, const Settings& settings) {
    return make_pane(request, settings, {});
}

std::unique_ptr<Pane> Spawner::make_pane(const Request& request, const Settings& settings,
                                         terminal::Pty pty) {
    terminal::Terminal::Options screen;
    screen.columns = std::max(request.rect.columns, 1);
    screen.rows = std::max(request.rect.rows, 1);
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
    return std::make_unique<Pane>(next_id(), request.pane_id, std::move(terminal), std::move(pty));
}

model::SpawnOptions Spawner::complete(const Request& request, const Settings& settings) const {
    model::SpawnOptions options;
    options.args = request.options->args.empty() ? settings.default_prog : request.options->args;
    if (std::string directory = directory_of(request, settings); !directory.empty())
        options.cwd = std::move(directory);
    const std::set<std::string> before{environment_.begin(), environment_.end()};
    for (const std::string& entry :
         pane_environment(environment_, settings, request.options->environment, request.pane_id, version_)) {
        if (before.count(entry)) continue;
        const std::size_t equals = entry.find('=');
        options.environment.insert_or_assign(entry.substr(0, equals), entry.substr(equals + 1));
    }
    return options;
}

} // namespace lunette::mux
