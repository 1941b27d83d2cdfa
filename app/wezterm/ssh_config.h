#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The hosts of OpenSSH's client configuration (ssh_config(5)): Host, Match host/originalhost/user/localuser/
// all, Include. `Match exec`, canonicalisation and final passes are not evaluated. Script thread or any; a
// value.
namespace lunette::wezterm {

class SshConfig {
public:
    using Options = std::map<std::string, std::string>; // keys in lower case
    // A file's text, or nothing when it cannot be read.
    using ReadFile = std::function<std::optional<std::string>(const std::string& path)>;

    struct Place {
        std::string home;
        std::string user;      // local
        std::string host_name; // local
        std::map<std::string, std::string> environment;
    };

    SshConfig(Place place, ReadFile read_file);

    // Earlier files win, as earlier lines do. A file that cannot be read adds nothing.
    void add_file(const std::string& path);
    // ~/.ssh/config and /etc/ssh/ssh_config.
    void add_default_files();

    // The names that Host lines give without wildcards, in order of appearance.
    std::vector<std::string> hosts() const;
    // What `ssh HOST` would use, defaults included, tokens and variables expanded.
    Options options_for(std::string_view host) const;
    const std::vector<std::string>& files() const noexcept { return files_; }

private:
    struct Pattern {
        std::string text;
        bool negated = false;
    };
    struct Criterion {
        enum class Of { host, user, local_user, never } of = Of::host;
        std::vector<Pattern> patterns;
    };
    struct Block {
        std::vector<Criterion> criteria; // all must hold; none: always
        bool from_host_line = false;
        std::vector<std::pair<std::string, std::string>> options;
    };

    void parse(std::string_view text, const std::string& directory, int depth);
    void parse_line(std::string_view key, std::string_view value, const std::string& directory, int depth);
    void include(std::string_view patterns, const std::string& directory, int depth);
    static std::vector<Pattern> patterns(std::string_view list, char separator);
    static bool matches(const std::vector<Pattern>& patterns, std::string_view text);
    std::string expand(std::string_view key, std::string_view value, const Options& tokens) const;

    Place place_;
    ReadFile read_file_;
    std::vector<Block> blocks_;
    std::vector<std::string> files_;
};

// ssh_config(5) PATTERNS: '*' and '?'.
bool wildcard_match(std::string_view pattern, std::string_view text) noexcept;

} // namespace lunette::wezterm
