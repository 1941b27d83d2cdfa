#include "wezterm/ssh_config.h"

#include <algorithm>
#include <glob.h>
#include <memory>
#include <utility>

namespace lunette::wezterm {

namespace {

constexpr int max_include_depth = 16; // as OpenSSH

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// The next word; removes it from `text`.
std::string_view take_word(std::string_view& text, char separator = ' ') noexcept {
    const auto ends = [separator](char c) { return c == separator || (separator == ' ' && is_blank(c)); };
    while (!text.empty() && (ends(text.front()) || is_blank(text.front()))) text.remove_prefix(1);
    std::size_t end = 0;
    while (end < text.size() && !ends(text[end])) ++end;
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return trimmed(word);
}

std::vector<std::string> expand_glob(const std::string& pattern) {
    glob_t found{};
    std::vector<std::string> paths;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
        paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    return paths;
}

bool expands_tokens(std::string_view key) noexcept {
    static constexpr std::string_view keys[] = {
        "certificatefile", "controlpath",        "hostname",       "identityagent", "identityfile",
        "localforward",    "knownhostscommand",  "localcommand",   "proxycommand",  "remotecommand",
        "remoteforward",   "userknownhostsfile", "revokedhostkeys"};
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

} // namespace

bool wildcard_match(std::string_view pattern, std::string_view text) noexcept {
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

SshConfig::SshConfig(Place place, ReadFile read_file)
    : place_{std::move(place)}, read_file_{std::move(read_file)} {}

void SshConfig::add_file(const std::string& path) {
    const auto text = read_file_(path);
    if (!text) return;
    files_.push_back(path);
    blocks_.emplace_back(); // a file begins outside of every Host
    const std::size_t slash = path.rfind('/');
    parse(*text, slash == std::string::npos ? "." : path.substr(0, slash), 0);
}

void SshConfig::add_default_files() {
    add_file(place_.home + "/.ssh/config");
    add_file("/etc/ssh/ssh_config");
}

void SshConfig::parse(std::string_view text, const std::string& directory, int depth) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#') continue;
        const auto separator =
            std::find_if(line.begin(), line.end(), [](char c) { return c == '=' || is_blank(c); });
        if (separator == line.end()) continue;
        const auto key_size = static_cast<std::size_t>(separator - line.begin());
        std::string_view value = trimmed(line.substr(key_size));
        if (!value.empty() && value.front() == '=') value = trimmed(value.substr(1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        parse_line(lower(line.substr(0, key_size)), value, directory, depth);
    }
}

void SshConfig::parse_line(std::string_view key, std::string_view value, const std::string& directory,
                           int depth) {
    if (key == "include") {
        include(value, directory, depth);
    } else if (key == "host") {
        Block& block = blocks_.emplace_back();
        block.from_host_line = true;
        block.criteria.push_back({Criterion::Of::host, patterns(value, ' ')});
    } else if (key == "match") {
        Block& block = blocks_.emplace_back();
        for (std::string word = lower(take_word(value)); !word.empty(); word = lower(take_word(value))) {
            if (word == "all") continue;
            if (word == "host" || word == "originalhost")
                block.criteria.push_back({Criterion::Of::host, patterns(take_word(value), ',')});
            else if (word == "user")
                block.criteria.push_back({Criterion::Of::user, patterns(take_word(value), ',')});
            else if (word == "localuser")
                block.criteria.push_back({Criterion::Of::local_user, patterns(take_word(value), ',')});
            else
                block.criteria.push_back({Criterion::Of::never, {}});
        }
    } else {
        blocks_.back().options.emplace_back(key, value);
    }
}

void SshConfig::include(std::string_view patterns, const std::string& directory, int depth) {
    if (depth >= max_include_depth) return;
    for (std::string_view word = take_word(patterns); !word.empty(); word = take_word(patterns)) {
        std::string pattern{word};
        if (pattern.starts_with("~/"))
            pattern = place_.home + pattern.substr(1);
        else if (pattern.front() != '/')
            pattern = directory + '/' + pattern;
        for (const std::string& path : expand_glob(pattern)) {
            if (const auto text = read_file_(path)) {
                files_.push_back(path);
                parse(*text, directory, depth + 1);
            }
        }
    }
}

std::vector<SshConfig::Pattern> SshConfig::patterns(std::string_view list, char separator) {
    std::vector<Pattern> result;
    for (std::string_view word = take_word(list, separator); !word.empty();
         word = take_word(list, separator)) {
        const bool negated = word.front() == '!';
        if (negated) word.remove_prefix(1);
        result.push_back({std::string{word}, negated});
    }
    return result;
}

bool SshConfig::matches(const std::vector<Pattern>& patterns, std::string_view text) {
    bool matched = false;
    for (const Pattern& pattern : patterns) {
        if (!wildcard_match(pattern.text, text)) continue;
        if (pattern.negated) return false; // one negated match is enough
        matched = true;
    }
    return matched;
}

std::vector<std::string> SshConfig::hosts() const {
    std::vector<std::string> result;
    for (const Block& block : blocks_) {
        if (!block.from_host_line) continue;
        for (const Pattern& pattern : block.criteria.front().patterns)
            if (!pattern.negated && pattern.text.find_first_of("*?") == std::string::npos &&
                std::find(result.begin(), result.end(), pattern.text) == result.end())
                result.push_back(pattern.text);
    }
    return result;
}

SshConfig::Options SshConfig::options_for(std::string_view host) const {
    Options options;
    for (const Block& block : blocks_) {
        const bool applies =
            std::all_of(block.criteria.begin(), block.criteria.end(), [&](const Criterion& criterion) {
                switch (criterion.of) {
                case Criterion::Of::host: return matches(criterion.patterns, host);
                case Criterion::Of::user:
                case Criterion::Of::local_user: return matches(criterion.patterns, place_.user);
                case Criterion::Of::never: break;
                }
                return false;
            });
        if (!applies) continue;
        // The first value of an option wins, except that identity files add up.
        Options own;
        for (const auto& [key, value] : block.options) {
            const auto [at, added] = own.emplace(key, value);
            if (!added && key == "identityfile") at->second += ' ' + value;
        }
        options.merge(own);
    }

    Options tokens{{"%%", "%"},
                   {"%d", place_.home},
                   {"%h", std::string{host}},
                   {"%n", std::string{host}},
                   {"%l", place_.host_name},
                   {"%u", place_.user}};
    tokens["%L"] = place_.host_name.substr(0, place_.host_name.find('.'));
    auto& name = options.emplace("hostname", host).first->second;
    name = expand("hostname", name, tokens);
    tokens["%h"] = name;
    tokens["%p"] = options.emplace("port", "22").first->second;
    tokens["%r"] = options.emplace("user", place_.user).first->second;
    for (auto& [key, value] : options)
        if (key != "hostname") value = expand(key, value, tokens);

    const std::string ssh = place_.home + "/.ssh/";
    options.emplace("userknownhostsfile", ssh + "known_hosts " + ssh + "known_hosts2");
    options.emplace("identityfile",
                    ssh + "id_dsa " + ssh + "id_ecdsa " + ssh + "id_ed25519 " + ssh + "id_rsa");
    if (const auto agent = place_.environment.find("SSH_AUTH_SOCK"); agent != place_.environment.end())
        options.emplace("identityagent", agent->second);
    return options;
}

std::string SshConfig::expand(std::string_view key, std::string_view value, const Options& tokens) const {
    if (!expands_tokens(key)) return std::string{value};
    std::string result;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string_view rest = value.substr(i);
        if (rest.size() >= 2 && rest[0] == '%') {
            if (const auto token = tokens.find(std::string{rest.substr(0, 2)}); token != tokens.end()) {
                result += token->second;
                ++i;
                continue;
            }
        } else if (rest.substr(0, 2) == "${") {
            const std::size_t end = rest.find('}');
            const auto variable = end == std::string_view::npos
                                      ? place_.environment.end()
                                      : place_.environment.find(std::string{rest.substr(2, end - 2)});
            if (variable != place_.environment.end()) {
                result += variable->second;
                i += end;
                continue;
            }
        } else if (rest.substr(0, 2) == "~/" && (i == 0 || is_blank(value[i - 1]))) {
            result += place_.home;
            continue;
        }
        result += rest[0];
    }
    return result;
}

} // namespace lunette::wezterm
