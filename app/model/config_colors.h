#pragma once

#include "model/styled_text.h"
#include "model/tab_bar_layout.h"

#include <lunette/record.h>

#include <array>
#include <string_view>

// Colours of a converted configuration. Pure values; any thread.
namespace lunette::model {

// A colour in the forms that a converted configuration has: "#rrggbb", "rgba(r% g% b% a%)". A fully
// transparent one is transparent, one that is so in part is mixed with what is `behind` where that is direct;
// any other text is inherited.
TextColor parse_config_color(std::string_view text, TextColor behind = {}) noexcept;

// `share` of `a` and the rest of `b`; `a` unless both are direct colours.
TextColor mixed(TextColor a, TextColor b, double share) noexcept;

// What `color_scheme` and `colors` resolve to. What is not said is inherited.
struct ConfigPalette {
    bool is_set = false; // the configuration chose some; else the outer terminal's own colours are right
    TextColor foreground, background;
    TextColor cursor_fg, cursor_bg, cursor_border;
    TextColor selection_fg, selection_bg; // transparent parts of the latter mixed with the background
    TextColor copy_mode_active_highlight_fg, copy_mode_active_highlight_bg;
    TextColor copy_mode_inactive_highlight_fg, copy_mode_inactive_highlight_bg;
    TextColor quick_select_label_fg, quick_select_label_bg;
    TextColor quick_select_match_fg, quick_select_match_bg;
    TextColor split, scrollbar_thumb, visual_bell;
    std::array<TextColor, 256> indexed;

    static ConfigPalette from_options(const Value& options);
};

// The retro bar's colours are the palette's, those of a scheme included. The fancy bar's are those of
// `colors.tab_bar` alone, as in WezTerm; tabs without any are blended from a palette that is set.
TabBarColors tab_bar_colors(const Value& options, const ConfigPalette& palette);

} // namespace lunette::model
