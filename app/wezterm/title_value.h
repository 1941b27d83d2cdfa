#pragma once

#include "model/styled_text.h"

#include <lunette/record.h>

#include <string>

namespace lunette::wezterm {

// A handler's title, converted once when the handler has run.
struct TitleValue {
    model::StyledText title;
    std::string text;      // without styles
    std::string signature; // text and styles: what the schema compares
};

const TypedSchema<TitleValue>& title_schema();

// Equal titles give equal values.
Value title_value(model::StyledText title);

// Null when the value holds none.
const model::StyledText* title_of(const Value& value);

} // namespace lunette::wezterm
