#pragma once

#include "model/styled_text.h"

#include <span>
#include <string>
#include <string_view>
#include <variant>

// wezterm.format: items to text with escape sequences, or straight to styled text.
// Pure; any thread.
namespace lunette::wezterm {

// {Foreground=...} or {Background=...}. Text that is no colour becomes white, as in WezTerm.
struct ForegroundItem {
    model::TextColor color;
};
struct BackgroundItem {
    model::TextColor color;
};
// {Text=...}; may hold escape sequences of its own.
struct TextItem {
    std::string text;
};
struct ResetItem {};

struct ItalicItem {
    bool on = false;
};
struct ReverseItem {
    bool on = false;
};
struct InvisibleItem {
    bool on = false;
};
struct StrikeThroughItem {
    bool on = false;
};

// What a table of Lua is read into. {Attribute={Hyperlink=...}} is accepted and shows nothing: the
// reader leaves it out.
using FormatItem = std::variant<TextItem, ResetItem, ForegroundItem, BackgroundItem, model::TextIntensity,
                                model::TextUnderline, model::TextBlink, ItalicItem, ReverseItem,
                                InvisibleItem, StrikeThroughItem>;

// {Color=text}: white when it is no colour; alpha is dropped.
model::TextColor format_color(std::string_view text);

// What wezterm.format returns. Ends with a reset whenever a style is in force, and always by
// WezTerm's habit: "\x1b[0m".
std::string format_items(std::span<const FormatItem> items);

// Equal to model::parse_ansi_text(format_items(items)), without the detour over text for plain items.
model::StyledText style_items(std::span<const FormatItem> items);

} // namespace lunette::wezterm
