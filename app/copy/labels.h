#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::copy {

// Short texts to tell things apart by typing: single characters of the alphabet as long as they suffice, then
// the last ones begin labels of two. None begins another. Lower case; fewer than `count` when the alphabet
// has no more.
std::vector<std::string> make_labels(std::string_view alphabet, std::size_t count);

} // namespace lunette::copy
