#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Text that programs in panes give us is hostile: it ends up in titles, logs and other terminals.
namespace lunette::terminal {

// Valid UTF-8 without C0, DEL and C1 controls, cut to at most `max_bytes` at a code point.
std::string clean_text(std::string_view text, std::size_t max_bytes);

// RFC 4648 base64, padding optional; nothing for anything else.
std::optional<std::string> decode_base64(std::string_view text);

} // namespace lunette::terminal
