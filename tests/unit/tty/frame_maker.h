#pragma once

#include "ui/frame.h"

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::tty {

// Frames as they could come, at random but the same for the same seed.
class FrameMaker {
public:
    explicit FrameMaker(unsigned seed) : random_{seed} {}

    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    bool one_in(int n) { return below(n) == 0; }

    ui::FrameStyle style(ui::Frame& frame) {
        ui::FrameStyle style;
        if (one_in(3)) return style;
        style.foreground = color();
        if (one_in(2)) style.background = color();
        if (one_in(3)) style.attributes = static_cast<std::uint16_t>(below(512));
        if (one_in(4)) style.underline = static_cast<model::TextUnderline>(below(6));
        if (one_in(6)) style.underline_color = color();
        if (one_in(8))
            style.link =
                frame.link("https://example.org/" + std::to_string(below(3)), one_in(2) ? "" : "a;b");
        return style;
    }

    // One step of a session.
    void change(ui::Frame& frame) {
        switch (below(8)) {
        case 0: shift(frame, 1 + below(3)); break;
        case 1: shift(frame, -1 - below(3)); break;
        case 2:
            for (int y = 0; y < frame.rows(); ++y) line(frame, y);
            break;
        case 3:
            if (one_in(6)) frame.clear();
            break;
        default:
            for (int n = 1 + below(4); n > 0; --n) piece(frame);
            break;
        }
        ui::FrameCursor cursor;
        cursor.x = below(frame.columns());
        cursor.y = below(frame.rows());
        cursor.visible = !one_in(5);
        cursor.shape = static_cast<ui::FrameCursor::Shape>(below(4));
        cursor.blinking = one_in(2);
        frame.set_cursor(cursor);
    }

    void line(ui::Frame& frame, int y) {
        const std::vector<ui::FrameCell> blank(static_cast<std::size_t>(frame.columns()));
        frame.put(0, y, blank);
        for (int x = below(3); x < frame.columns() - below(frame.columns()); x += 1 + below(12))
            frame.put_text(x, y, text(1 + below(9)), style(frame), frame.columns() - x);
    }

    void piece(ui::Frame& frame) {
        const int x = below(frame.columns());
        frame.put_text(x, below(frame.rows()), text(1 + below(one_in(2) ? 2 : 10)), style(frame),
                       frame.columns() - x);
    }

    // Moves the rows of a region and writes the new ones.
    void shift(ui::Frame& frame, int by) {
        const int top = one_in(2) ? 0 : below(frame.rows());
        const int bottom = one_in(2) ? frame.rows() - 1 : top + below(frame.rows() - top);
        std::vector<std::vector<ui::FrameCell>> rows;
        for (int y = top; y <= bottom; ++y) {
            const auto row = frame.row(std::clamp(y + by, 0, frame.rows() - 1));
            rows.emplace_back(row.begin(), row.end());
        }
        for (int y = top; y <= bottom; ++y) {
            if (y + by >= top && y + by <= bottom)
                frame.put(0, y, rows[static_cast<std::size_t>(y - top)]);
            else
                line(frame, y);
        }
    }

private:
    model::TextColor color() {
        switch (below(5)) {
        case 0: return {};
        case 1: return model::TextColor::transparent();
        case 2: return model::TextColor::indexed(static_cast<std::uint8_t>(below(16)));
        case 3: return model::TextColor::indexed(static_cast<std::uint8_t>(below(256)));
        default: {
            const auto byte = [&] { return static_cast<std::uint8_t>(below(256)); };
            const std::uint8_t red = byte();
            const std::uint8_t green = byte();
            return model::TextColor::direct(red, green, byte());
        }
        }
    }

    std::string text(int clusters) {
        constexpr std::string_view odd[] = {"\u00E9",       "\u754C",
                                            "\u2500",       "\u00B1",
                                            "\U0001F600",   "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                            "\u26A0\uFE0F", "\U0001F1E9\U0001F1EA",
                                            "e\u0301",      "\U0001F44D\U0001F3FD"};
        const bool plain = !one_in(4);
        std::string out;
        for (; clusters > 0; --clusters) {
            if (!plain && one_in(2))
                out += odd[below(static_cast<int>(std::size(odd)))];
            else
                out += one_in(5) ? ' ' : static_cast<char>('!' + below(90));
        }
        return out;
    }

    std::mt19937 random_;
};

} // namespace lunette::tty
