#include "wezterm/config_convert.h"

#include "wezterm/config_convert_palette.h"
#include "wezterm/config_convert_schemes.h"
#include "wezterm/default_keys.h"
#include "wezterm/options.h"
#include "wezterm/plain_value.h"
#include "wezterm/setup.h"

#include "model/regex.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <set>
#include <utility>

namespace lunette::wezterm {

namespace {

using Options = std::map<std::string_view, Value>; // by the names of known_options()

constexpr std::int64_t most_scrollback_lines = 1'000'000;

tl::unexpected<Error> failed(std::string what) { return failure(std::move(what)); }

Value to_value(const Options& options) {
    std::vector<MapEntry> entries;
    entries.reserve(options.size());
    for (const auto& [name, value] : options) entries.push_back({name, value});
    return Value::map(std::move(entries));
}

// Checks the entries of `given` into `options`; lists the names in `set`. What is wrong is left out with a
// warning: WezTerm opens its window all the same, with nothing of the configuration.
void take_options(const Value& given, Options& options, std::set<std::string>& set, Warnings& warnings) {
    for (const MapEntry& entry : given.entries()) {
        if (entry.key.kind() != Kind::string) {
            warnings.push_back("the configuration has the key " + describe(entry.key, 40) +
                               "; options have names" + left_out);
            continue;
        }
        const std::string name{entry.key.text()};
        set.insert(name);
        const Option* option = find_option(name);
        if (!option) {
            warnings.push_back(unknown_option(name));
            continue;
        }
        if (option->deprecated) warnings.push_back(name + " is deprecated and does nothing");
        auto checked = check_value(option->type, entry.value, name, warnings, BadParts::leave_out);
        if (checked)
            options[option->name] = std::move(*checked);
        else
            warnings.push_back(checked.error() + left_out);
    }
}

void check_mouse_events(Value& bindings, Warnings& warnings) {
    std::vector<Value> good;
    for (std::size_t i = 0; i < bindings.items().size(); ++i) {
        const Value& binding = bindings.items()[i];
        if (binding["event"].size() == 1)
            good.push_back(binding);
        else
            warnings.push_back("mouse_bindings[" + std::to_string(i + 1) +
                               "].event: one of Down, Up and Drag expected, got " +
                               describe(binding["event"], 60) + left_out);
    }
    if (good.size() < bindings.size()) bindings = Value::list(std::move(good));
}

// WezTerm refuses two domains of one name.
void check_domain_names(Options& options, Warnings& warnings) {
    std::map<std::string, std::string_view> seen;
    for (const std::string_view list :
         {"unix_domains", "ssh_domains", "wsl_domains", "exec_domains", "serial_ports", "tls_clients"}) {
        const auto found = options.find(list);
        if (found == options.end()) continue;
        std::vector<Value> good;
        for (const Value& domain : found->second.items()) {
            const std::string name{domain["name"].text()};
            const auto [other, is_new] = seen.emplace(name, list);
            if (is_new)
                good.push_back(domain);
            else
                warnings.push_back(std::string{list} + ": there is a domain '" + name + "' in " +
                                   std::string{other->second} + " already" + left_out);
        }
        if (good.size() < found->second.size()) found->second = Value::list(std::move(good));
    }
}

void check_patterns(Options& options, Warnings& warnings) {
    std::vector<Value> good;
    std::size_t number = 0;
    for (const Value& pattern : options["quick_select_patterns"].items()) {
        ++number;
        if (const auto regex = model::Regex::compile(pattern.text()); regex)
            good.push_back(pattern);
        else
            warnings.push_back("quick_select_patterns[" + std::to_string(number) + "]: " + regex.error() +
                               "; this pattern is left out");
    }
    options["quick_select_patterns"] = Value::list(std::move(good));
}

// What an option alone cannot know. Doing it twice changes nothing.
void complete(Options& options, Warnings& warnings) {
    if (Value& bold = options["bold_brightens_ansi_colors"]; bold.kind() == Kind::boolean)
        bold = bold ? "BrightAndBold" : "No";
    if (Value& newlines = options["canonicalize_pasted_newlines"]; newlines.kind() == Kind::boolean)
        newlines = newlines ? "CarriageReturnAndLineFeed" : "None";
    if (options["scrollback_lines"].integer_or(0) > most_scrollback_lines)
        warnings.push_back("scrollback_lines: panes keep at most " + std::to_string(most_scrollback_lines) +
                           " lines");
    check_mouse_events(options["mouse_bindings"], warnings);
    check_domain_names(options, warnings);
    check_patterns(options, warnings);
}

void complete_palette(Options& options, Warnings& warnings) {
    ResolvedPalette palette =
        resolve_palette(options["color_scheme"], options["color_schemes"], options["colors"]);
    for (std::string& warning : palette.warnings) warnings.push_back(std::move(warning));
    options["resolved_palette"] = std::move(palette.palette);
}

bool any_of(const Value& given, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(),
                       [&given](std::string_view name) { return !given[name].is_nil(); });
}

Options default_map() {
    Options options;
    for (const Option& option : known_options()) options.emplace(option.name, option.default_value);
    return options;
}

// With `base`, to which `given` are overrides, what they do not touch is taken from it: resolving the palette
// and the bindings is most of the work, and overrides are applied while frames are drawn.
ConvertedConfig finish(Options options, const std::set<std::string>& set, Warnings warnings,
                       const Value& given = {}, const model::ConfigInfo* base = nullptr,
                       const Value& setup = {}) {
    complete(options, warnings);
    if (!base || any_of(given, {"color_scheme", "color_schemes", "colors"}))
        complete_palette(options, warnings);
    else
        options["resolved_palette"] = base->options["resolved_palette"];
    ConvertedConfig result;
    result.config.options = to_value(options);
    const bool same_bindings =
        base && !any_of(given, {"keys", "key_tables", "leader", "mouse_bindings", "key_map_preference",
                                "disable_default_key_bindings", "disable_default_mouse_bindings"});
    result.config.setup = base ? base->setup : setup;
    result.config.bindings = same_bindings ? base->bindings
                                           : with_super_also(effective_bindings(result.config.options),
                                                             result.config.setup["super"].string_or("SUPER"));
    std::vector<Value> names;
    for (const std::string& name : set) names.emplace_back(name);
    result.config.set_options = Value::list(std::move(names));
    result.warnings = std::move(warnings);
    return result;
}

std::string_view article(Kind kind) noexcept { return kind == Kind::integer ? "an " : "a "; }

Expected<void> check_returned(const Value& returned) {
    if (returned.kind() == Kind::map) return {};
    if (returned.is_nil())
        return failed("the configuration returned nothing; end the main file with `return config`");
    if (returned.kind() == Kind::list)
        return failed("the configuration returned an array; a table of options was expected");
    return failed("the configuration returned " + std::string{article(returned.kind())} +
                  std::string{kind_name(returned.kind())} + " (" + describe(returned, 60) +
                  "); a table of options was expected");
}

std::string folder_of(const std::string& file) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(file, error);
    return (error ? std::filesystem::path{file} : absolute).parent_path().string();
}

// As WezTerm's compute_extra_defaults().
void resolve_paths(Options& options, const std::string& folder) {
    const auto resolve = [&folder](const Value& path) {
        const std::filesystem::path given{std::string{path.text()}};
        return given.empty() || given.is_absolute() ? path : Value{(folder / given).string()};
    };
    std::vector<Value> fonts;
    for (const Value& path : options["font_dirs"].items()) fonts.push_back(resolve(path));
    options["font_dirs"] = Value::list(std::move(fonts));
    if (Value& image = options["window_background_image"]; image.kind() == Kind::string)
        image = resolve(image);
}

} // namespace

Expected<Value> convert_config(Script& script, const Value& returned, const Value& setup) {
    const Value given = plain_value(script, returned);
    if (auto checked = check_returned(given); !checked) return tl::unexpected<Error>{checked.error()};
    Options options = default_map();
    std::set<std::string> set;
    Warnings warnings;
    take_options(given, options, set, warnings);
    const std::string folder = script.config_file().empty() ? "" : folder_of(script.config_file());
    if (!folder.empty()) resolve_paths(options, folder);
    options["color_schemes"] =
        with_scheme_files(script, options["color_schemes"], options["color_scheme_dirs"], folder, warnings);
    ConvertedConfig converted = finish(std::move(options), set, std::move(warnings), {}, nullptr, setup);
    for (const std::string& warning : converted.warnings) script.problem(false, warning);
    script.reload_on_change(converted.config.options["automatically_reload_config"].boolean_or(true));
    if (const auto interval = converted.config.options["status_update_interval"].integer_or(0); interval > 0)
        script.child_results_hold(
            std::chrono::milliseconds{std::clamp<std::int64_t>(interval, 20, 3'600'000)});
    converted.config.generation = static_cast<std::int64_t>(script.generation());
    return Value{model::config_schema().make(std::move(converted.config))};
}

Expected<ConvertedConfig> convert_options(const Value& given) {
    if (auto checked = check_returned(given); !checked) return tl::unexpected<Error>{checked.error()};
    Options options = default_map();
    std::set<std::string> set;
    Warnings warnings;
    take_options(given, options, set, warnings);
    return finish(std::move(options), set, std::move(warnings));
}

Expected<ConvertedConfig> apply_overrides(const model::ConfigInfo& base, const Value& overrides) {
    if (overrides.kind() != Kind::map && overrides != Value::list({}))
        return failed("overrides: a table of options expected, got " + describe(overrides, 60));
    Options options = default_map();
    for (auto& [name, value] : options) value = base.options[name];
    std::set<std::string> set;
    for (const Value& name : base.set_options.items()) set.emplace(name.text());
    Warnings warnings;
    take_options(overrides, options, set, warnings);
    ConvertedConfig converted = finish(std::move(options), set, std::move(warnings), overrides, &base);
    converted.config.generation = base.generation;
    return converted;
}

} // namespace lunette::wezterm
