#pragma once

#include "model/key_assignment.h"

#include <string_view>

namespace lunette::wezterm {

struct OptionEffect {
    model::Effect effect = model::Effect::accepted;
    std::string_view note;
};

// What becomes of an option in a terminal multiplexer. Pure; any thread.
OptionEffect option_effect(std::string_view name) noexcept;

} // namespace lunette::wezterm
