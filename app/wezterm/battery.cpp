#include "wezterm/battery.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

// The files of one power supply, as the kernel's power_supply class documents them: µWh or µAh, µW or µA.
class Supply {
public:
    Supply(std::string folder, const std::function<void(std::string_view)>& reads)
        : folder_{std::move(folder)}, reads_{reads} {}

    std::optional<std::string> text(const char* name) const {
        const std::string path = folder_ + '/' + name;
        std::ifstream file{path};
        std::string line;
        if (!file || !std::getline(file, line)) return std::nullopt;
        reads_(path);
        while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
        return line;
    }
    std::optional<double> number(const char* name) const {
        const auto line = text(name);
        return line && !line->empty() ? std::optional{std::strtod(line->c_str(), nullptr)} : std::nullopt;
    }
    std::optional<double> number(const char* name, const char* otherwise) const {
        const auto value = number(name);
        return value ? value : number(otherwise);
    }

private:
    std::string folder_;
    const std::function<void(std::string_view)>& reads_;
};

std::string state_of(const std::string& status) {
    if (status == "Charging" || status == "Discharging" || status == "Full") return status;
    return "Unknown";
}

Value battery(const Supply& supply) {
    const auto full = supply.number("energy_full", "charge_full");
    const auto now = supply.number("energy_now", "charge_now");
    const double rate = std::abs(supply.number("power_now", "current_now").value_or(0));
    double charge = 0;
    if (const auto percent = supply.number("capacity"))
        charge = *percent / 100;
    else if (full && now && *full > 0)
        charge = *now / *full;
    charge = std::clamp(charge, 0.0, 1.0);
    std::string state = state_of(supply.text("status").value_or(""));
    if (state == "Discharging" && charge <= 0) state = "Empty";
    std::vector<MapEntry> entries{{"state_of_charge", charge},
                                  {"vendor", supply.text("manufacturer").value_or("unknown")},
                                  {"model", supply.text("model_name").value_or("unknown")},
                                  {"serial", supply.text("serial_number").value_or("unknown")},
                                  {"state", state}};
    if (full && now && rate > 0) {
        if (state == "Charging") entries.push_back({"time_to_full", (*full - *now) / rate * 3600});
        if (state == "Discharging") entries.push_back({"time_to_empty", *now / rate * 3600});
    }
    return Value::map(std::move(entries));
}

} // namespace

Value battery_info(const std::string& root, const std::function<void(std::string_view path)>& reads) {
    std::vector<std::string> folders;
    std::error_code error;
    for (std::filesystem::directory_iterator at{root, error}, end; !error && at != end; at.increment(error))
        folders.push_back(at->path().string());
    std::sort(folders.begin(), folders.end());
    std::vector<Value> batteries;
    for (const std::string& folder : folders) {
        const Supply supply{folder, reads};
        // A mouse's battery has the scope "Device".
        if (supply.text("type") == "Battery" && supply.text("scope") != "Device")
            batteries.push_back(battery(supply));
    }
    return Value::list(std::move(batteries));
}

} // namespace lunette::wezterm
