#pragma once

#include "terminal/terminal.h"

#include <nlohmann/json.hpp>

#include <string>

// What a terminal shows, as JSON on one line.
namespace vt {

using lunette::terminal::Cell;
using lunette::terminal::Color;
using lunette::terminal::Terminal;

inline nlohmann::json color_json(Color color) {
    switch (color.kind()) {
    case Color::Kind::default_: break;
    case Color::Kind::indexed: return color.index();
    case Color::Kind::direct: return {color.rgb().red, color.rgb().green, color.rgb().blue};
    }
    return nullptr;
}

// Cells as [text, style number] up to the last one that is not blank and of default style; the tail
// of a wide character has the text null, a blank cell "".
inline nlohmann::json rows_json(const Terminal& terminal, std::int64_t first, std::int64_t last) {
    nlohmann::json rows = nlohmann::json::array();
    nlohmann::json wrapped = nlohmann::json::array();
    nlohmann::json styles = nlohmann::json::array();
    std::vector<std::pair<lunette::terminal::StyleId, std::size_t>> known;
    std::vector<Cell> buffer;
    Terminal::TextBuffer bytes;
    for (std::int64_t y = first; y <= last; ++y) {
        nlohmann::json row = nlohmann::json::array();
        for (const Cell cell : terminal.row(y, buffer)) {
            std::size_t number = known.size();
            for (const auto& [id, at] : known) {
                if (id == cell.style()) number = at;
            }
            if (number == known.size()) {
                const lunette::terminal::Style& style = terminal.style(cell);
                known.emplace_back(cell.style(), number);
                styles.push_back({{"foreground", color_json(style.foreground)},
                                  {"background", color_json(style.background)},
                                  {"underline_color", color_json(style.underline_color)},
                                  {"attributes", style.attributes},
                                  {"underline", static_cast<int>(style.underline)},
                                  {"link", std::string{terminal.link_uri(style.link)}}});
            }
            if (cell.is_tail())
                row.push_back({nullptr, number});
            else
                row.push_back({std::string{terminal.text(cell, bytes)}, number});
        }
        rows.push_back(std::move(row));
        wrapped.push_back(terminal.row_wrapped(y));
    }
    return {{"rows", rows}, {"wrapped", wrapped}, {"styles", styles}};
}

inline std::string screen_json(Terminal& terminal) {
    nlohmann::json screen = rows_json(terminal, 0, terminal.rows() - 1);
    const lunette::terminal::CursorView cursor = terminal.cursor();
    screen["columns"] = terminal.columns();
    screen["cursor"] = {{"x", cursor.x},
                        {"y", cursor.y},
                        {"visible", cursor.visible},
                        {"blinking", cursor.blinking},
                        {"shape", static_cast<int>(cursor.shape)}};
    screen["title"] = terminal.title();
    screen["icon_title"] = terminal.icon_title();
    screen["alternate"] = terminal.alternate_screen();
    screen["reverse"] = terminal.modes().reverse_screen;
    screen["mouse"] = static_cast<int>(terminal.modes().mouse_tracking);
    screen["focus"] = terminal.modes().focus_events;
    return screen.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

inline std::string history_json(const Terminal& terminal) {
    return rows_json(terminal, -static_cast<std::int64_t>(terminal.scrollback_size()), -1).dump();
}

} // namespace vt
