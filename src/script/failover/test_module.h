#pragma once

#include <lunette/bind.h>

namespace lunette::script {

/// `require 'lunette.test'`: what cannot happen by itself, so that it can be tested. See
/// EngineOptions::test_module.
const Module& test_module();

} // namespace lunette::script
