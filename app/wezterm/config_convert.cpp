#include "wezterm/config_convert.h"

#include "wezterm/config_convert_palette.h"
#include "wezterm/config_convert_schemes.h"
#include "wezterm/default_keys.h"
#include "wezterm/options.h"
#include "wezterm/plain_value.h"

#include <algorithm>
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

// Checks the entries of `given` into `options`; lists the names in `set`.
Expected<void> take_options(const Value& given, Options& options, std::set<std::string>& set,
                            Warnings& warnings) {
    for (const MapEntry& entry : given.entries()) {
        if (entry.key.kind() != Kind::string)
            return failed("the configuration has the key " + describe(entry.key, 40) +
                          "; options have names");
        const std::string name{entry.key.text()};
        set.insert(name);
        const Option* option = find_option(name);
        if (!option) {
            warnings.push_back(unknown_option(name));
            continue;
        }
        if (option->deprecated) warnings.push_back(name + " is deprecated and does nothing");
        auto checked = check_value(option->type, entry.value, name, warnings);
        if (!checked) return failed(std::move(checked.error()));
        options[option->name] = std::move(*checked);
    }
    return {};
}

Expected<void> check_mouse_events(const Value& bindings) {
    for (std::size_t i = 0; i < bindings.items().size(); ++i)
        if (const Value& event = bindings.items()[i]["event"]; event.size() != 1)
            return failed("mouse_bindings[" + std::to_string(i + 1) +
                          "].event: one of Down, Up and Drag expected, got " + describe(event, 60));
    return {};
}

// WezTerm refuses two domains of one name.
Expected<void> check_domain_names(const Options& options) {
    std::map<std::string_view, std::string_view> seen;
    for (const std::string_view list :
         {"unix_domains", "ssh_domains", "wsl_domains", "exec_domains", "serial_ports", "tls_clients"}) {
        const auto found = options.find(list);
        if (found == options.end()) continue;
        for (const Value& domain : found->second.items()) {
            const std::string_view name = domain["name"].text();
            const auto [other, is_new] = seen.emplace(name, list);
            if (!is_new)
                return failed(std::string{list} + ": there is a domain '" + std::string{name} + "' in " +
                              std::string{other->second} + " already");
        }
    }
    return {};
}

// What an option alone cannot know. Doing it twice changes nothing.
Expected<void> complete(Options& options, Warnings& warnings) {
    if (Value& bold = options["bold_brightens_ansi_colors"]; bold.kind() == Kind::boolean)
        bold = bold ? "BrightAndBold" : "No";
    if (options["scrollback_lines"].integer_or(0) > most_scrollback_lines)
        warnings.push_back("scrollback_lines: panes keep at most " + std::to_string(most_scrollback_lines) +
                           " lines");
    if (auto checked = check_mouse_events(options["mouse_bindings"]); !checked) return checked;
    if (auto checked = check_domain_names(options); !checked) return checked;
    return {};
}

Expected<void> complete_palette(Options& options, Warnings& warnings) {
    auto palette = resolve_palette(options["color_scheme"], options["color_schemes"], options["colors"]);
    if (!palette) return failed(std::move(palette.error()));
    if (!palette->warning.empty()) warnings.push_back(std::move(palette->warning));
    options["resolved_palette"] = std::move(palette->palette);
    return {};
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
Expected<ConvertedConfig> finish(Options options, const std::set<std::string>& set, Warnings warnings,
                                 const Value& given = {}, const model::ConfigInfo* base = nullptr) {
    if (auto completed = complete(options, warnings); !completed)
        return tl::unexpected<Error>{completed.error()};
    if (!base || any_of(given, {"color_scheme", "color_schemes", "colors"})) {
        if (auto completed = complete_palette(options, warnings); !completed)
            return tl::unexpected<Error>{completed.error()};
    } else {
        options["resolved_palette"] = base->options["resolved_palette"];
    }
    ConvertedConfig result;
    result.config.options = to_value(options);
    const bool same_bindings =
        base && !any_of(given, {"keys", "key_tables", "leader", "mouse_bindings", "key_map_preference",
                                "disable_default_key_bindings", "disable_default_mouse_bindings"});
    result.config.bindings = same_bindings ? base->bindings : effective_bindings(result.config.options);
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

Expected<Value> convert_config(Script& script, const Value& returned) {
    const Value given = plain_value(script, returned);
    if (auto checked = check_returned(given); !checked) return tl::unexpected<Error>{checked.error()};
    Options options = default_map();
    std::set<std::string> set;
    Warnings warnings;
    if (auto taken = take_options(given, options, set, warnings); !taken)
        return tl::unexpected<Error>{taken.error()};
    const std::string folder = script.config_file().empty() ? "" : folder_of(script.config_file());
    if (!folder.empty()) resolve_paths(options, folder);
    options["color_schemes"] =
        with_scheme_files(script, options["color_schemes"], options["color_scheme_dirs"], folder, warnings);
    auto converted = finish(std::move(options), set, std::move(warnings));
    if (!converted) return tl::unexpected<Error>{converted.error()};
    for (const std::string& warning : converted->warnings) script.problem(false, warning);
    converted->config.generation = static_cast<std::int64_t>(script.generation());
    return Value{model::config_schema().make(std::move(converted->config))};
}

Expected<ConvertedConfig> convert_options(const Value& given) {
    if (auto checked = check_returned(given); !checked) return tl::unexpected<Error>{checked.error()};
    Options options = default_map();
    std::set<std::string> set;
    Warnings warnings;
    if (auto taken = take_options(given, options, set, warnings); !taken)
        return tl::unexpected<Error>{taken.error()};
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
    if (auto taken = take_options(overrides, options, set, warnings); !taken)
        return tl::unexpected<Error>{taken.error()};
    auto converted = finish(std::move(options), set, std::move(warnings), overrides, &base);
    if (converted) converted->config.generation = base.generation;
    return converted;
}

} // namespace lunette::wezterm
