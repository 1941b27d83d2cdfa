#pragma once

#include "model/spawn_options.h"
#include "mux/domains.h"
#include "mux/pane.h"
#include "mux/settings.h"

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace lunette::mux {

// Starts programs in panes. UI thread only.
class Spawner {
public:
    Spawner(std::vector<std::string> environment, std::string version)
        : environment_{std::move(environment)}, version_{std::move(version)} {}

    struct Request {
        const model::SpawnOptions* options = nullptr;
        std::int64_t pane_id = 0;
        Rect rect;
        CellSize cell;
        std::string cwd; // where it starts when neither options nor configuration say so; may be empty
        const Domain* domain = nullptr; // null: this machine
    };
    struct Spawned {
        std::unique_ptr<Pane> pane;
        std::string notice; // for the user, when something else was started than asked for
    };

    // A program that the caller named must start, or it is an error. One that only the configuration names
    // gives way to the user's shell, and that to /bin/sh.
    // Nor is our own program started because the configuration says so: a nest without end.
    tl::expected<Spawned, std::string> spawn(const Request& request, const Settings& settings);
    // The two halves of it: a pane that waits, and what it is started with. The size is the request's.
    std::unique_ptr<Pane> waiting_pane(const Request& request, const Settings& settings);
    struct Started {
        terminal::Pty pty;
        std::string notice;
    };
    tl::expected<Started, std::string> start(const Request& request, const Settings& settings);
    // All that is known of a program before it starts, as WezTerm hands it to the function of an exec domain:
    // arguments unless it is the shell, where it starts, and what is added to the environment.
    model::SpawnOptions complete(const Request& request, const Settings& settings) const;

    // What an attached terminal's user has, for programs started from now on.
    void set_environment(std::vector<std::string> environment) { environment_ = std::move(environment); }
    void set_palette(const terminal::Palette& palette) { palette_ = palette; }
    void set_key_releases(bool told) noexcept { key_releases_ = told; }

private:
    std::unique_ptr<Pane> make_pane(const Request& request, const Settings& settings, terminal::Pty pty);

    std::vector<std::string> environment_;
    std::string version_;
    std::optional<terminal::Palette> palette_;
    bool key_releases_ = true;
    bool told_of_nest_ = false;
};

} // namespace lunette::mux
