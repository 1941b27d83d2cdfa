#pragma once

namespace lunette::model {

// True when U+FE0F after this code point asks for emoji presentation, which is two cells wide.
bool is_emoji_variation_base(char32_t code_point) noexcept;

} // namespace lunette::model
