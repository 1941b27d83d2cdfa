#include "copy/labels.h"

#include "copy/letter_case.h"
#include "model/utf8.h"

#include <algorithm>

namespace lunette::copy {

std::vector<std::string> make_labels(std::string_view alphabet, std::size_t count) {
    std::vector<std::string> letters;
    while (!alphabet.empty()) {
        const model::Decoded letter = model::decode_utf8(alphabet);
        const std::size_t length = std::max<std::size_t>(letter.length, 1);
        std::string text = lower_case(alphabet.substr(0, length));
        if (std::find(letters.begin(), letters.end(), text) == letters.end())
            letters.push_back(std::move(text));
        alphabet.remove_prefix(std::min(length, alphabet.size()));
    }
    const std::size_t all = letters.size();
    std::size_t prefixes = 0; // letters, from the last on, that begin longer labels
    while (prefixes < all && (all - prefixes) + prefixes * all < count) ++prefixes;
    const std::size_t singles = std::min(count, all - prefixes);
    std::vector<std::string> labels(letters.begin(), letters.begin() + static_cast<std::ptrdiff_t>(singles));
    if (prefixes == 0) return labels;
    // The first prefix has what the others do not need.
    std::size_t left = std::min(count, singles + prefixes * all) - singles;
    for (std::size_t p = all - prefixes; p < all; ++p) {
        const std::size_t behind = (all - p - 1) * all;
        const std::size_t own = std::min(all, left - std::min(left, behind));
        for (std::size_t i = 0; i < own; ++i) labels.push_back(letters[p] + letters[i]);
        left -= own;
    }
    return labels;
}

} // namespace lunette::copy
