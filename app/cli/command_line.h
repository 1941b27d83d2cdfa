#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

// What was asked for on the command line. Values; parsing touches nothing else.
namespace lunette::cli {

inline constexpr int exit_good = 0;
inline constexpr int exit_failed = 1;      // the configuration or a handler
inline constexpr int exit_usage = 2;       // the command line
inline constexpr int exit_environment = 3; // no terminal, no pty, …

struct ConfigOptions {
    std::optional<std::string> file;
    bool skip = false;
};

struct StartOptions {};

struct CheckOptions {
    ConfigOptions config;
    bool json = false;
    std::vector<std::string> run;
};

enum class Workload : std::uint8_t { idle, typing, hover, output, churn, all };
std::string_view workload_name(Workload workload) noexcept;
enum class Mode : std::uint8_t { async, sync, both };

struct ProfileOptions {
    ConfigOptions config;
    int tabs = 20;
    double duration_s = 10;
    int fps = 60;
    Workload workload = Workload::all;
    Mode mode = Mode::async;
    std::optional<std::string> json; // "-": standard output
    std::optional<std::string> html;
    std::optional<std::string> trace;
};

struct ReplayOptions {
    ConfigOptions config;
    std::string script;
    bool json = false;
};

using Invocation = std::variant<StartOptions, CheckOptions, ProfileOptions, ReplayOptions>;

// Nothing is to be done but to say this.
struct Answer {
    int status = exit_good;
    std::string text;
};

// REQUIRES: arguments without the program's name.
tl::expected<Invocation, Answer> parse_command_line(const std::vector<std::string>& arguments);

} // namespace lunette::cli
