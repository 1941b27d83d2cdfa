#include "terminal/logical_lines.h"

#include "model/utf8.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace lunette::terminal {

LogicalLines::LogicalLines(const Terminal& terminal, std::int64_t row, Direction direction, Begin begin)
    : terminal_(terminal),
      direction_(direction),
      above_(static_cast<std::int64_t>(terminal.scrolled_rows())),
      top_(above_ - static_cast<std::int64_t>(terminal.scrollback_size())),
      bottom_(above_ + terminal.rows() - 1) {
    constexpr auto most = static_cast<std::int64_t>(max_rows);
    if (begin == Begin::exactly) {
        row = std::clamp(row, top_ - 1, bottom_ + 1);
    } else {
        // So that next() finds the whole line of `row`.
        row = std::clamp(row, top_, bottom_);
        const std::int64_t asked = row;
        if (direction == Direction::up)
            while (row < bottom_ && wrapped(row) && row - asked < most - 1) ++row;
        else
            while (row > top_ && wrapped(row - 1) && asked - row < most - 1) --row;
    }
    first_ = direction == Direction::up ? row + 1 : row;
    last_ = first_ - 1;
}

bool LogicalLines::next() {
    constexpr auto most = static_cast<std::int64_t>(max_rows);
    if (direction_ == Direction::up) {
        if (first_ <= top_) return false;
        last_ = --first_;
        while (first_ > top_ && last_ - first_ + 1 < most && wrapped(first_ - 1)) --first_;
    } else {
        if (last_ >= bottom_) return false;
        first_ = ++last_;
        while (last_ < bottom_ && last_ - first_ + 1 < most && wrapped(last_)) ++last_;
    }
    read();
    return true;
}

void LogicalLines::read() {
    text_.clear();
    marks_.clear();
    std::size_t end = 0;
    Terminal::TextBuffer bytes;
    for (std::int64_t row = first_; row <= last_; ++row) {
        const std::span<const Cell> cells = terminal_.row(row - above_, buffer_);
        std::int32_t expected = -1; // cell of the next byte if it needs no mark
        for (std::int32_t x = 0; x < static_cast<std::int32_t>(cells.size()); ++x) {
            const Cell cell = cells[static_cast<std::size_t>(x)];
            if (cell.is_tail()) continue;
            const bool plain = !cell.is_cluster() && cell.code_point() < 0x80;
            if (!plain || x != expected)
                marks_.push_back({text_.size(), x, static_cast<std::int32_t>(row - first_)});
            expected = plain ? x + 1 : -1;
            if (plain)
                text_ += cell.is_blank() ? ' ' : static_cast<char>(cell.code_point());
            else
                text_ += terminal_.text(cell, bytes);
            if (text_.back() != ' ') end = text_.size();
        }
    }
    text_.resize(end);
}

LogicalLines::Position LogicalLines::position(std::size_t byte) const noexcept {
    const auto after =
        std::upper_bound(marks_.begin(), marks_.end(), byte,
                         [](std::size_t wanted, const Mark& mark) { return wanted < mark.byte; });
    const Mark& mark = *std::prev(after);
    const std::size_t next = after == marks_.end() ? text_.size() : after->byte;
    const bool one_cell = static_cast<unsigned char>(text_[mark.byte]) >= 0x80 ||
                          (mark.byte + 1 < next && static_cast<unsigned char>(text_[mark.byte + 1]) >= 0x80);
    const auto cells = one_cell ? 0 : static_cast<std::int64_t>(byte - mark.byte);
    return {mark.x + cells, first_ + mark.row};
}

std::optional<std::size_t> LogicalLines::byte_at(Position position) const {
    if (position.y < first_ || position.y > last_ || position.x < 0) return std::nullopt;
    std::vector<Cell> buffer;
    const std::span<const Cell> cells = terminal_.row(position.y - above_, buffer);
    if (position.x >= static_cast<std::int64_t>(cells.size())) return std::nullopt;
    if (cells[static_cast<std::size_t>(position.x)].is_tail()) --position.x;
    const auto after = std::upper_bound(marks_.begin(), marks_.end(), position,
                                        [this](const Position& wanted, const Mark& mark) {
                                            const std::int64_t row = first_ + mark.row;
                                            return wanted.y < row || (wanted.y == row && wanted.x < mark.x);
                                        });
    if (after == marks_.begin()) return std::nullopt;
    const Mark& mark = *std::prev(after);
    // A cell of several bytes has a mark of its own.
    const std::size_t byte = mark.byte + static_cast<std::size_t>(position.x - mark.x);
    if (first_ + mark.row != position.y || byte >= text_.size()) return std::nullopt;
    return byte;
}

void find_in_line(const LogicalLines& line, std::string_view wanted, LetterCase letter_case,
                  std::size_t limit, std::vector<TextMatch>& matches) {
    if (wanted.empty()) return;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const std::string& text = line.text();
    for (auto at = text.begin(); limit > 0; --limit) {
        at = letter_case == LetterCase::sensitive
                 ? std::search(at, text.end(), wanted.begin(), wanted.end())
                 : std::search(at, text.end(), wanted.begin(), wanted.end(),
                               [lower](char a, char b) { return lower(a) == lower(b); });
        if (at == text.end()) return;
        const auto byte = static_cast<std::size_t>(at - text.begin());
        matches.push_back({line.position(byte), line.position(byte + wanted.size() - 1)});
        at += static_cast<std::ptrdiff_t>(wanted.size());
    }
}

void find_in_line(const LogicalLines& line, model::Regex& wanted, std::size_t limit,
                  std::vector<TextMatch>& matches) {
    const std::string& text = line.text();
    for (std::size_t from = 0; limit > 0; --limit) {
        const auto found = wanted.find(text, from);
        if (!found) return;
        matches.push_back({line.position(found->part.begin), line.position(found->part.end - 1)});
        from = found->whole.end;
    }
}

} // namespace lunette::terminal
