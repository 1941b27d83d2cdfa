#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <lunette/record.h>

namespace lunette::wezterm {

// wezterm.battery_info(): a list of maps, empty without batteries. `root` is /sys/class/power_supply; `reads`
// is told each file that was read. Script thread.
Value battery_info(const std::string& root, const std::function<void(std::string_view path)>& reads);

} // namespace lunette::wezterm
