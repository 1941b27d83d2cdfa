#include "copy/words.h"

#include "copy/movements.h"

#include "model/utf8.h"

#include <optional>
#include <string_view>

namespace lunette::copy {

namespace {

using model::CellPoint;

enum class Class : std::uint8_t { blank, word, other };

// Beyond ASCII only what is plainly no letter counts as a mark of its own.
bool is_letter(char32_t c) noexcept {
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9') || c == U'_';
    if (c >= 0x2000 && c <= 0x2BFF) return false; // punctuation, arrows, box drawing, symbols
    if (c >= 0x3000 && c <= 0x303F) return c == 0x3005 || c == 0x3007;
    if (c >= 0xE000 && c <= 0xF8FF) return false; // private use: icons of prompts
    return c >= 0xC0 || c == 0xAA || c == 0xB5 || c == 0xBA;
}

bool is_digit(char32_t c) noexcept { return c >= U'0' && c <= U'9'; }

// Walks over the cells of a line, wrapped rows included, one character at a time.
class Walker {
public:
    Walker(TextRows& rows, CellPoint at) : rows_{rows}, at_{rows.clamped(at)} {}

    CellPoint at() const noexcept { return at_; }
    // Behind the last character of its line.
    bool beyond() { return at_.x >= end(at_.y) && !rows_.goes_on(at_.y); }

    std::optional<CellPoint> after(CellPoint point) {
        std::int64_t x = point.x + 1;
        const auto cells = rows_.row(point.y);
        while (x < size(cells) && cells[static_cast<std::size_t>(x)].is_tail()) ++x;
        if (x < end(point.y)) return CellPoint{x, point.y};
        if (!rows_.goes_on(point.y)) return std::nullopt;
        return CellPoint{0, point.y + 1};
    }
    std::optional<CellPoint> before(CellPoint point) {
        if (point.x > 0) return rows_.clamped({point.x - 1, point.y});
        if (point.y == rows_.top() || !rows_.goes_on(point.y - 1)) return std::nullopt;
        return rows_.clamped({end(point.y - 1) - 1, point.y - 1});
    }
    void go(CellPoint point) noexcept { at_ = point; }

    Class class_at(CellPoint point) {
        const char32_t c = code_point(point);
        if (c == U' ' || c == 0xA0 || c == 0x3000) return Class::blank;
        if (is_letter(c)) return Class::word;
        const auto left = before(point);
        const auto right = after(point);
        if (left && right && joins(code_point(*left), c, code_point(*right))) return Class::word;
        return Class::other;
    }

private:
    static std::int64_t size(std::span<const terminal::Cell> cells) noexcept {
        return static_cast<std::int64_t>(cells.size());
    }
    // A row that goes on is full, but for a cell that a wide character did not fit in.
    std::int64_t end(std::int64_t y) { return rows_.length(y); }
    char32_t code_point(CellPoint point) {
        const auto cells = rows_.row(point.y);
        if (point.x >= size(cells)) return U' ';
        return model::decode_utf8(rows_.text(cells[static_cast<std::size_t>(point.x)])).code_point;
    }
    // Unicode's word boundaries (UAX 29: MidLetter, MidNum, MidNumLet), as far as they are ASCII.
    static bool joins(char32_t left, char32_t c, char32_t right) noexcept {
        if (!is_letter(left) || !is_letter(right)) return false;
        const bool digits = is_digit(left) && is_digit(right);
        const bool letters = !is_digit(left) && !is_digit(right);
        if (c == U'.' || c == U'\'') return digits || letters;
        if (c == U':') return letters;
        return (c == U',' || c == U';') && digits;
    }

    TextRows& rows_;
    CellPoint at_;
};

// The row behind the line of a row.
std::int64_t next_line(const TextRows& rows, std::int64_t y) {
    while (rows.goes_on(y)) ++y;
    return y + 1;
}

} // namespace

CellPoint next_word(TextRows& rows, CellPoint from) {
    Walker walker{rows, from};
    const auto line_end = [&]() -> CellPoint {
        const std::int64_t next = next_line(rows, walker.at().y);
        return next <= rows.bottom() ? start_of_content(rows, next) : walker.at();
    };
    if (walker.beyond()) return line_end();
    const Class begun = walker.class_at(walker.at());
    auto next = walker.after(walker.at());
    while (next && begun == Class::word && walker.class_at(*next) == Class::word) {
        walker.go(*next);
        next = walker.after(*next);
    }
    while (next && walker.class_at(*next) == Class::blank) {
        walker.go(*next);
        next = walker.after(*next);
    }
    return next ? *next : line_end();
}

CellPoint previous_word(TextRows& rows, CellPoint from) {
    Walker walker{rows, from};
    auto previous = walker.before(walker.at());
    // Blanks, and beginnings of lines.
    while (!previous || walker.class_at(*previous) == Class::blank) {
        if (previous) {
            walker.go(*previous);
        } else {
            const std::int64_t above = walker.at().y - 1;
            if (above < rows.top()) return {0, rows.top()};
            const std::int64_t length = rows.length(above);
            if (length == 0) return {0, above};
            walker.go(rows.clamped({length - 1, above}));
            previous = walker.at();
            continue;
        }
        previous = walker.before(walker.at());
    }
    walker.go(*previous);
    if (walker.class_at(walker.at()) != Class::word) return walker.at();
    for (auto more = walker.before(walker.at()); more && walker.class_at(*more) == Class::word;
         more = walker.before(walker.at()))
        walker.go(*more);
    return walker.at();
}

CellPoint end_of_word(TextRows& rows, CellPoint from) {
    Walker walker{rows, from};
    std::optional<CellPoint> next = walker.after(walker.at());
    while (!next || walker.class_at(*next) == Class::blank) {
        if (next) {
            next = walker.after(*next);
            continue;
        }
        const std::int64_t line = next_line(rows, walker.at().y);
        if (line > rows.bottom()) return rows.clamped(from); // no more words
        walker.go({0, line});
        if (rows.length(line) > 0) next = walker.at();
    }
    walker.go(*next);
    for (auto more = walker.after(walker.at()); more && walker.class_at(*more) != Class::blank;
         more = walker.after(walker.at()))
        walker.go(*more);
    return walker.at();
}

} // namespace lunette::copy
