#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <lunette/engine.h>

#include "script/failover/offender.h"

namespace lunette::script {

/// What a script thread starts with: of the host, and of the thread before it.
struct Beginning {
    struct Declaration {
        std::string event;
        bool pure;
        EventPolicy policy;
    };
    std::vector<Declaration> events{};

    // Names and numbers are never used twice.
    std::uint64_t generations = 0;
    std::uint64_t callbacks = 0;
    std::uint64_t last_sequence = 0; ///< of commands

    Value kept = Value::map({});
    std::vector<Offender> disabled{}; ///< not registered by the first load
    /// Not empty: nothing is loaded, for this reason, until a reload is asked for or one of `watched`
    /// changes.
    std::string why_not_loaded{};
    std::vector<std::string> watched{};
};

} // namespace lunette::script
