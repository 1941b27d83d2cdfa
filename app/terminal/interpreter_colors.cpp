#include "terminal/interpreter.h"
#include "terminal/osc_fields.h"

#include <fmt/format.h>

namespace lunette::terminal {

namespace {

constexpr int palette_size = 256;

} // namespace

bool Interpreter::color_command(int command, std::string_view content) {
    switch (command) {
    case 4:
    case 5: set_palette_colors(command, content); return true;
    case 104:
    case 105: reset_palette_colors(command - 100, content); return true;
    default: break;
    }
    if (command >= 10 && command <= 19)
        set_dynamic_colors(command, content);
    else if (command >= 110 && command <= 119)
        reset_dynamic_color(command - 100);
    else
        return false;
    return true;
}

// OSC 4 numbers the palette and then the special colours, OSC 5 those only.
Rgb* Interpreter::palette_color(int command, int index) noexcept {
    if (command == 4 && index < palette_size) return &palette_.colors[static_cast<std::size_t>(index)];
    if (command == 4) index -= palette_size;
    const auto special = static_cast<std::size_t>(index);
    return special < special_colors_.size() ? &special_colors_[special] : nullptr;
}

void Interpreter::set_palette_colors(int command, std::string_view content) {
    bool changed = false;
    while (!content.empty()) {
        const std::optional<int> index = number_field(next_field(content));
        const std::string_view value = next_field(content);
        Rgb* const color = index ? palette_color(command, *index) : nullptr;
        if (color == nullptr) continue;
        if (value == "?") {
            reply(fmt::format("\x1B]{};{};{}\x1B\\", command, *index, format_color(*color)));
        } else if (const std::optional<Rgb> parsed = parse_color(value)) {
            *color = *parsed;
            changed = true;
        }
    }
    if (changed) events_.push(PaletteChanged{});
}

void Interpreter::reset_palette_colors(int command, std::string_view content) {
    if (content.empty() && command == 4) palette_.colors = configured_palette_.colors;
    if (content.empty()) special_colors_.fill(configured_palette_.foreground);
    while (!content.empty()) {
        const std::optional<int> index = number_field(next_field(content));
        Rgb* const color = index ? palette_color(command, *index) : nullptr;
        if (color == nullptr) continue;
        *color = command == 4 && *index < palette_size
                     ? configured_palette_.colors[static_cast<std::size_t>(*index)]
                     : configured_palette_.foreground;
    }
    events_.push(PaletteChanged{});
}

// 13 to 16 and 18 colour things that no pane has.
Rgb* Interpreter::dynamic_color(int command, Palette& palette) noexcept {
    switch (command) {
    case 10: return &palette.foreground;
    case 11: return &palette.background;
    case 12: return &palette.cursor;
    case 17: return &palette.selection_background;
    case 19: return &palette.selection_foreground;
    default: return nullptr;
    }
}

// Several values go on with the next commands.
void Interpreter::set_dynamic_colors(int first, std::string_view content) {
    for (int command = first; command <= 19 && !content.empty(); ++command) {
        const std::string_view value = next_field(content);
        Rgb* const color = dynamic_color(command, palette_);
        if (color == nullptr) continue;
        if (value == "?") {
            reply(fmt::format("\x1B]{};{}\x1B\\", command, format_color(*color)));
        } else if (const std::optional<Rgb> parsed = parse_color(value)) {
            *color = *parsed;
            events_.push(PaletteChanged{});
        }
    }
}

void Interpreter::reset_dynamic_color(int command) {
    Rgb* const color = dynamic_color(command, palette_);
    if (color == nullptr) return;
    *color = *dynamic_color(command, configured_palette_);
    events_.push(PaletteChanged{});
}

} // namespace lunette::terminal
