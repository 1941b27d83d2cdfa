#pragma once

#include "wezterm/format_items.h"

#include <lunette/bind.h>

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace lunette::wezterm {

// FormatItems from Lua's form. A table without the key 1 is an empty sequence, as in WezTerm. The error names
// the item by its place. WezTerm refuses all because of one item that says nothing, as {Text = nil}; here it
// is left out, with a warning.
tl::expected<std::vector<FormatItem>, std::string>
format_items_from(const Value& value, std::vector<std::string>* warnings = nullptr);

// What a format-tab-title handler returned: a list of items, or text with escape sequences. Nothing, and with
// it the default title, when it returned nil. The error says why it is no title.
tl::expected<std::optional<model::StyledText>, std::string>
title_from(const Value& returned, std::vector<std::string>* warnings = nullptr);

} // namespace lunette::wezterm
