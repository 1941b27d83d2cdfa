#include "wezterm/config_convert_schemes.h"

#include "wezterm/palette_value.h"
#include "wezterm/places.h"
#include "wezterm/scheme_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

namespace lunette::wezterm {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 2048;          // of one folder
constexpr std::uintmax_t most_bytes = 256 * 1024; // of one file

std::vector<fs::path> scheme_files(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error)) {
        if (files.size() >= most_files) break;
        std::error_code ignored;
        if (entry->path().extension() == ".toml" && entry->is_regular_file(ignored))
            files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> folders(const Value& color_scheme_dirs, const fs::path& config_folder) {
    std::vector<fs::path> all;
    const auto add = [&all](fs::path folder) {
        if (std::find(all.begin(), all.end(), folder) == all.end()) all.push_back(std::move(folder));
    };
    for (const Value& folder : color_scheme_dirs.items())
        add(config_folder / fs::path{std::string{folder.text()}}); // an absolute path stays one
    if (!config_folder.empty()) add(config_folder / "colors");
    add(fs::path{config_directory("lunette")} / "colors");
    add(fs::path{config_directory("wezterm")} / "colors");
    for (const std::string& folder : system_config_directories("wezterm")) add(fs::path{folder} / "colors");
    return all;
}

tl::expected<SchemeFile, std::string> read_scheme(const fs::path& path) {
    std::error_code error;
    if (fs::file_size(path, error) > most_bytes && !error)
        return tl::unexpected<std::string>{"longer than 256 KiB"};
    std::ifstream file{path, std::ios::binary};
    if (!file) return tl::unexpected<std::string>{"cannot be read"};
    return parse_scheme(std::string{std::istreambuf_iterator<char>{file}, {}});
}

} // namespace

Value with_scheme_files(Script& script, const Value& color_schemes, const Value& color_scheme_dirs,
                        const std::string& config_folder, std::vector<std::string>& warnings) {
    std::map<std::string, Value> found;
    for (const fs::path& folder : folders(color_scheme_dirs, config_folder)) {
        script.watch((folder / "*.toml").string()); // new ones
        for (const fs::path& path : scheme_files(folder)) {
            script.watch(path.string());
            auto scheme = read_scheme(path);
            if (!scheme) {
                warnings.push_back(path.string() + ": no color scheme: " + scheme.error());
                continue;
            }
            const std::string_view name = scheme->metadata["name"].text();
            found.emplace(name.empty() ? path.stem().string() : std::string{name},
                          palette_to_value(scheme->colors));
        }
    }
    if (found.empty()) return color_schemes;
    for (const MapEntry& entry : color_schemes.entries())
        found.insert_or_assign(std::string{entry.key.text()}, entry.value);
    std::vector<MapEntry> all;
    for (auto& [name, palette] : found) all.push_back({name, std::move(palette)});
    return Value::map(std::move(all));
}

} // namespace lunette::wezterm
