#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace lunette::ui {

struct FuzzyMatch {
    int score = 0;                      // the better match has the higher one
    std::vector<std::size_t> positions; // bytes of the text where a matched character begins; sorted
};

// The best way to find the characters of each word of `pattern`, in order, in `text`; case does not matter.
// Runs of characters and starts of words count more. Nothing when a word is not there. An empty pattern
// matches everything with 0. Cost: the lengths multiplied. Pure; any thread.
std::optional<FuzzyMatch> fuzzy_match(std::string_view pattern, std::string_view text);

} // namespace lunette::ui
