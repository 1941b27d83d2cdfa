#include "cli/key_suggestions.h"

#include "server/action_text.h"
#include "server/key_arrival.h"
#include "server/prefix_keys.h"

#include <algorithm>

#include <fmt/format.h>

namespace lunette::cli {

namespace {

bool needs_super(const model::KeyChord& chord) noexcept {
    return model::contains(chord.modifiers.set, model::Modifiers::super);
}

// Bindings of the user that need SUPER, and those of them that have no other key.
struct SuperKeys {
    std::size_t all = 0;
    std::string first;
};

SuperKeys super_keys(const std::vector<model::KeyBinding>& keys) {
    SuperKeys found;
    for (const model::KeyBinding& binding : keys) {
        if (!binding.by_user || !needs_super(binding.chord) ||
            binding.action.name == "DisableDefaultAssignment")
            continue;
        const bool has_other =
            std::any_of(keys.begin(), keys.end(), [&binding](const model::KeyBinding& other) {
                return other.action == binding.action && !needs_super(other.chord);
            });
        if (has_other) continue;
        if (found.all++ == 0) found.first = server::chord_text(binding.chord, std::nullopt);
    }
    return found;
}

} // namespace

std::vector<std::string> key_suggestions(const model::ConfigView& config) {
    std::vector<std::string> suggestions;
    if (const SuperKeys keys = super_keys(config.keys()); keys.all > 0)
        suggestions.push_back(
            fmt::format("{} of your keys {} SUPER ({}{}), which most desktops and terminals keep: "
                        "require('lunette').setup {{ super = 'ALT' }} binds ALT as well",
                        keys.all, keys.all == 1 ? "needs" : "need", keys.first, keys.all == 1 ? "" : ", …"));
    if (const auto& leader = config.leader();
        leader && !server::arrival_of(leader->chord).possible(false) && server::wants_prefix(config, false))
        suggestions.push_back(
            fmt::format("your leader {} does not arrive from all terminals; {} stays the prefix there, and "
                        "require('lunette').setup {{ prefix = 'CTRL+a' }} makes another key it",
                        server::chord_text(leader->chord, std::nullopt), server::prefix_text(config)));
    return suggestions;
}

} // namespace lunette::cli
