#include "copy/letter_case.h"

#include "model/utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace lunette::copy {

std::string lower_case(std::string_view text) {
    std::string lower;
    while (!text.empty()) {
        const model::Decoded c = model::decode_utf8(text);
        model::append_utf8(
            lower, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c.code_point))));
        text.remove_prefix(std::clamp<std::size_t>(c.length, 1, text.size()));
    }
    return lower;
}

} // namespace lunette::copy
