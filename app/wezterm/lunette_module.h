#pragma once

#include <lunette/bind.h>

#include <memory>

namespace lunette::wezterm {

class SetupStore;

// `require 'lunette'`: what goes beyond WezTerm. What setup() is given goes into `setups`.
Module lunette_module(std::shared_ptr<SetupStore> setups);

} // namespace lunette::wezterm
