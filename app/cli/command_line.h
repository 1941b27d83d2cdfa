#pragma once

#include <nlohmann/json.hpp>

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
    std::vector<std::string> overrides; // "name=expression"
};

// A new session.
struct StartOptions {
    ConfigOptions config;
    std::optional<std::string> session;
    std::optional<std::string> cwd;
    std::vector<std::string> program;
    bool nested = false;
};

struct AttachOptions {
    std::optional<std::string> session;
    bool nested = false;
};

struct ListOptions {
    bool json = false;
};

struct DetachOptions {
    std::optional<std::string> session;
};

struct KillOptions {
    std::optional<std::string> session;
};

// The process behind a session; started by its first client.
struct ServerOptions {
    ConfigOptions config;
    std::string session;
};

// `lunette cli`: a request to a running session.
struct RemoteOptions {
    std::optional<std::string> session;
    bool json = false;       // lists
    bool from_input = false; // the text to send is standard input
    nlohmann::json request;
};

// What became of a view in a running session.
struct WhyOptions {
    std::optional<std::string> session;
    std::string view;
    bool json = false;
};

struct CheckOptions {
    ConfigOptions config;
    bool json = false;
    std::vector<std::string> run;
};

struct ShowKeysOptions {
    ConfigOptions config;
    bool lua = false;
    std::optional<std::string> table;
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

enum class CacheAction : std::uint8_t { path, list, clear };

struct CacheOptions {
    CacheAction action = CacheAction::path;
};

using Invocation = std::variant<StartOptions, AttachOptions, ListOptions, DetachOptions, KillOptions,
                                ServerOptions, RemoteOptions, WhyOptions, CheckOptions, ShowKeysOptions,
                                ProfileOptions, ReplayOptions, CacheOptions>;

// Nothing is to be done but to say this.
struct Answer {
    int status = exit_good;
    std::string text;
};

// REQUIRES: arguments without the program's name.
tl::expected<Invocation, Answer> parse_command_line(const std::vector<std::string>& arguments);

} // namespace lunette::cli
