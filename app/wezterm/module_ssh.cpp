#include "wezterm/exec_domains.h"
#include "wezterm/handles.h"
#include "wezterm/modules.h"
#include "wezterm/places.h"
#include "wezterm/ssh_config.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

constexpr std::size_t max_config_bytes = 4U << 20;

std::optional<std::string> read_config(Script& script, const std::string& path) {
    script.reads_file(path);
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (text.size() > max_config_bytes) return std::nullopt;
    return text;
}

SshConfig::Place place() {
    SshConfig::Place place{home_directory(), local_user_name(), local_host_name(), {}};
    for (const char* name : {"SSH_AUTH_SOCK", "HOME", "USER", "XDG_RUNTIME_DIR"})
        if (std::string value = environment(name); !value.empty())
            place.environment.emplace(name, std::move(value));
    return place;
}

SshConfig load(Script& script, const std::vector<std::string>& files) {
    SshConfig config{place(), [&script](const std::string& path) { return read_config(script, path); }};
    for (const std::string& file : files) config.add_file(file);
    config.add_default_files();
    for (const std::string& file : config.files()) script.watch(file);
    return config;
}

Value enumerate_hosts(Script& script, Rest files) {
    const SshConfig config = load(script, require_texts(Value::list(std::move(files.values))));
    std::vector<MapEntry> hosts;
    for (const std::string& host : config.hosts()) {
        std::vector<MapEntry> options;
        for (const auto& [name, value] : config.options_for(host)) options.push_back({name, value});
        hosts.push_back({host, Value::map(std::move(options))});
    }
    return Value::map(std::move(hosts));
}

Value default_domains(Script& script) {
    std::vector<Value> domains;
    const std::vector<std::string> hosts = load(script, {}).hosts();
    for (const auto& [prefix, multiplexing] : {std::pair{"SSH:", "None"}, std::pair{"SSHMUX:", "WezTerm"}})
        for (const std::string& host : hosts)
            domains.push_back(Value::map(
                {{"name", prefix + host}, {"remote_address", host}, {"multiplexing", multiplexing}}));
    return Value::list(std::move(domains));
}

} // namespace

void add_ssh(Module& wezterm) {
    wezterm.function("enumerate_ssh_hosts", enumerate_hosts)
        .function("default_ssh_domains", default_domains)
        // Only Windows has any.
        .function("default_wsl_domains", [] { return Value::list({}); });
    add_exec_domains(wezterm);
}

} // namespace lunette::wezterm
