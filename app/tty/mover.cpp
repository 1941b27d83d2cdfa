#include "tty/mover.h"

#include <array>
#include <charconv>
#include <string_view>

namespace lunette::tty {

namespace {

// A sequence of bounded length.
class Text {
public:
    void repeat(char c, int times) noexcept {
        for (; times > 0; --times) bytes_[size_++] = c;
    }
    // CSI n final, the number left out where it is 1.
    void sequence(int n, char final) noexcept {
        bytes_[size_++] = '\x1B';
        bytes_[size_++] = '[';
        if (n != 1) number(n);
        bytes_[size_++] = final;
    }
    void place(int row, int column) noexcept {
        if (column == 1) return sequence(row, 'H');
        bytes_[size_++] = '\x1B';
        bytes_[size_++] = '[';
        if (row != 1) number(row);
        bytes_[size_++] = ';';
        number(column);
        bytes_[size_++] = 'H';
    }
    std::size_t size() const noexcept { return size_; }
    std::string_view view() const noexcept { return {bytes_.data(), size_}; }

private:
    void number(int n) noexcept {
        char* const begin = bytes_.data() + size_;
        size_ = static_cast<std::size_t>(std::to_chars(begin, begin + 11, n).ptr - bytes_.data());
    }

    std::array<char, 64> bytes_;
    std::size_t size_ = 0;
};

constexpr int most_repeated = 4; // single bytes instead of a sequence

Text column_part(int from, bool known, int to) noexcept {
    Text best;
    if (known && from == to) return best;
    if (to == 0) {
        best.repeat('\r', 1);
        return best;
    }
    best.sequence(to + 1, 'G');
    if (!known) return best;
    Text relative;
    if (to < from && from - to <= most_repeated)
        relative.repeat('\b', from - to);
    else
        relative.sequence(to < from ? from - to : to - from, to < from ? 'D' : 'C');
    return relative.size() < best.size() ? relative : best;
}

} // namespace

void Mover::append_best(std::string& out, int x, int y) const {
    const Text column = column_part(x_, column_known_, x);
    Text row;
    if (!row_known_)
        row.sequence(y + 1, 'd');
    else if (y > y_ && y - y_ <= most_repeated)
        row.repeat('\n', y - y_);
    else if (y != y_)
        row.sequence(y > y_ ? y - y_ : y_ - y, y > y_ ? 'B' : 'A');
    Text place;
    place.place(y + 1, x + 1);
    if (place.size() <= row.size() + column.size() && !(row.size() == 0 && column.size() == 0)) {
        out += place.view();
        return;
    }
    out += row.view();
    out += column.view();
}

void Mover::move(std::string& out, int x, int y) {
    if (is_at(x, y)) return;
    append_best(out, x, y);
    set(x, y);
}

int Mover::cost(int x, int y) const {
    std::string out;
    append_best(out, x, y);
    return static_cast<int>(out.size());
}

} // namespace lunette::tty
