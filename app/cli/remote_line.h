#pragma once

#include "cli/command_line.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace lunette::cli {

// The command line of `lunette cli`: subcommands and flags as of `wezterm cli` (wezterm/src/cli/), and
// Lunette's own. Lives as long as the parser that it was added to.
class RemoteLine {
public:
    explicit RemoteLine(CLI::App& parent);
    ~RemoteLine();
    RemoteLine(const RemoteLine&) = delete;
    RemoteLine& operator=(const RemoteLine&) = delete;

    CLI::App& app() noexcept { return *app_; }
    // `tail`: what followed `--`. Throws CLI::ParseError when it is not wanted.
    RemoteOptions chosen(const std::vector<std::string>& tail) const;

private:
    struct Fields;
    CLI::App* app_;
    std::unique_ptr<Fields> fields_;
};

} // namespace lunette::cli
