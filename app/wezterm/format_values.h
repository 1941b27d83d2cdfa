#pragma once

#include "wezterm/format_items.h"

#include <lunette/bind.h>

#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace lunette::wezterm {

// FormatItems from Lua's form. A table without the key 1 is an empty sequence, as in WezTerm. The error names
// the item by its place.
tl::expected<std::vector<FormatItem>, std::string> format_items_from(const Value& value);

// What a format-tab-title handler returned: a list of items, or text with escape sequences. Nil, and with it
// the default title, when it returned nil or false. The error says why it is no title.
tl::expected<std::optional<model::StyledText>, std::string> title_from(const Value& returned);

} // namespace lunette::wezterm
