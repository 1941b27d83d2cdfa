#pragma once

#include "terminal/terminal.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::terminal::testing {

// A terminal without scrollback surprises: small, fed with string literals.
inline Terminal make_terminal(int columns, int rows, std::size_t scrollback = 100) {
    Terminal::Options options;
    options.columns = columns;
    options.rows = rows;
    options.scrollback_lines = scrollback;
    options.version = "Lunette test";
    return Terminal{options};
}

inline void feed(Terminal& terminal, std::string_view bytes) { terminal.feed({bytes.data(), bytes.size()}); }

// The rows of the screen as text, joined by '|', without blank ones at the end.
inline std::string screen_text(const Terminal& terminal) {
    std::string text;
    std::size_t end = 0;
    for (int y = 0; y < terminal.rows(); ++y) {
        if (y > 0) text += '|';
        const std::string row = terminal.row_text(y);
        text += row;
        if (!row.empty()) end = text.size();
    }
    text.resize(end);
    return text;
}

inline std::pair<int, int> cursor_at(const Terminal& terminal) {
    return {terminal.cursor().x, terminal.cursor().y};
}

// Feeds a new terminal and returns its screen.
inline std::string shown(std::string_view bytes, int columns = 10, int rows = 4) {
    Terminal terminal = make_terminal(columns, rows);
    feed(terminal, bytes);
    return screen_text(terminal);
}

inline Style style_at(const Terminal& terminal, int x, int y) { return terminal.style(terminal.cell(x, y)); }

template<typename T>
std::vector<T> events_of(Terminal& terminal) {
    std::vector<T> found;
    for (Event& event : terminal.take_events()) {
        if (T* const wanted = std::get_if<T>(&event)) found.push_back(std::move(*wanted));
    }
    return found;
}

} // namespace lunette::terminal::testing
