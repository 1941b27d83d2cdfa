#pragma once

#include "terminal/terminal.h"
#include "tty/look.h"
#include "ui/frame.h"

#include <string>
#include <string_view>

namespace lunette::tty {

// A terminal of our own as the outer one: what the bytes really show.
class ScreenOracle {
public:
    ScreenOracle(int columns, int rows) : terminal_{options(columns, rows)} {}

    void feed(std::string_view bytes) { terminal_.feed({bytes.data(), bytes.size()}); }
    void resize(int columns, int rows) { terminal_.resize(columns, rows); }
    terminal::Terminal& terminal() noexcept { return terminal_; }

    // Empty when the screen shows the frame, else the first difference.
    std::string difference(const ui::Frame& frame, const Capabilities& can) const {
        for (int y = 0; y < frame.rows(); ++y) {
            for (int x = 0; x < frame.columns(); ++x) {
                const ui::FrameCell wanted = frame.row(y)[static_cast<std::size_t>(x)];
                const terminal::Cell shown = terminal_.cell(x, y);
                ui::Frame::TextBuffer wanted_buffer;
                terminal::Terminal::TextBuffer shown_buffer;
                std::string_view wanted_text = frame.text(wanted, wanted_buffer);
                std::string_view shown_text = terminal_.text(shown, shown_buffer);
                const bool wanted_tail = wanted.shape() == ui::FrameCell::Shape::wide_tail;
                if (shown_text.empty() && !shown.is_tail()) shown_text = " ";
                const std::string place = "at " + std::to_string(x) + "," + std::to_string(y) + ": wanted '" +
                                          std::string{wanted_text} + "', shown '" + std::string{shown_text} +
                                          "'";
                if (wanted_tail != shown.is_tail() || wanted_text != shown_text) return place;
                if (wanted_tail) continue;
                if (!same_style(look_of(frame.style_at(wanted.style), can), shown, wanted_text == " ", frame))
                    return "style " + place;
            }
        }
        const terminal::CursorView cursor = terminal_.cursor();
        if (cursor.visible != frame.cursor().visible) return "visibility of the cursor";
        if (cursor.visible && (cursor.x != frame.cursor().x || cursor.y != frame.cursor().y))
            return "cursor at " + std::to_string(cursor.x) + "," + std::to_string(cursor.y) + " not " +
                   std::to_string(frame.cursor().x) + "," + std::to_string(frame.cursor().y);
        if (cursor.visible && can.cursor_shape) {
            const auto shape = frame.cursor().shape;
            if (static_cast<int>(cursor.shape) != static_cast<int>(shape)) return "shape of the cursor";
            if (shape != ui::FrameCursor::Shape::standard && cursor.blinking != frame.cursor().blinking)
                return "blinking of the cursor";
        }
        return {};
    }

private:
    static terminal::Terminal::Options options(int columns, int rows) {
        terminal::Terminal::Options options;
        options.columns = columns;
        options.rows = rows;
        return options;
    }

    static bool same_color(model::TextColor wanted, terminal::Color shown) {
        using Kind = model::TextColor::Kind;
        switch (wanted.kind()) {
        case Kind::inherited:
        case Kind::transparent: return shown.is_default();
        case Kind::indexed:
            return shown.kind() == terminal::Color::Kind::indexed && shown.index() == wanted.index();
        case Kind::direct:
            return shown == terminal::Color::direct({wanted.red(), wanted.green(), wanted.blue()});
        }
        return false;
    }

    bool same_style(const ui::FrameStyle& wanted, terminal::Cell cell, bool blank,
                    const ui::Frame& frame) const {
        const terminal::Style& shown = terminal_.style(cell);
        // Of an erased blank nothing but the background is seen.
        if (blank && is_erased(wanted) && shown.background.is_default() && shown.link == 0 &&
            shown.underline == terminal::Underline::none &&
            (shown.attributes & (terminal::attribute::inverse | terminal::attribute::strike |
                                 terminal::attribute::overline)) == 0)
            return true;
        const std::string_view uri = wanted.link ? std::string_view{frame.link_at(wanted.link).uri} : "";
        return same_color(wanted.foreground, shown.foreground) &&
               same_color(wanted.background, shown.background) &&
               same_color(wanted.underline_color, shown.underline_color) &&
               wanted.attributes == shown.attributes &&
               static_cast<int>(wanted.underline) == static_cast<int>(shown.underline) &&
               terminal_.link_uri(shown.link) == uri;
    }

    terminal::Terminal terminal_;
};

} // namespace lunette::tty
