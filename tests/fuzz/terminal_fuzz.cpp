// libFuzzer target: arbitrary bytes and resizes into two terminals, one fed in pieces; both must
// show the same. Input: pairs of (control byte, piece). The control byte says how long the piece
// is and whether a resize comes first.

#include "terminal/terminal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

namespace {

using lunette::terminal::Cell;
using lunette::terminal::Terminal;

void require(bool condition) {
    if (!condition) std::abort();
}

Terminal make() {
    Terminal::Options options;
    options.columns = 20;
    options.rows = 6;
    options.scrollback_lines = 50;
    return Terminal{options};
}

void compare(const Terminal& a, const Terminal& b) {
    require(a.columns() == b.columns() && a.rows() == b.rows());
    // At most 50 rows of at most 37 columns are kept, and the 16 of a screen that a resize moved up; a narrow
    // screen shows each as many.
    require(a.scrollback_size() == b.scrollback_size() && a.scrollback_size() <= (50 + 16) * 37);
    require(a.cursor().x == b.cursor().x && a.cursor().y == b.cursor().y);
    require(a.cursor().x >= 0 && a.cursor().x < a.columns() && a.cursor().y >= 0 && a.cursor().y < a.rows());
    require(a.title() == b.title());
    std::vector<Cell> cells_a;
    std::vector<Cell> cells_b;
    Terminal::TextBuffer text_a;
    Terminal::TextBuffer text_b;
    for (std::int64_t y = -static_cast<std::int64_t>(a.scrollback_size()); y < a.rows(); ++y) {
        const std::span<const Cell> row_a = a.row(y, cells_a);
        const std::span<const Cell> row_b = b.row(y, cells_b);
        require(row_a.size() == row_b.size() && a.row_wrapped(y) == b.row_wrapped(y));
        for (std::size_t x = 0; x < row_a.size(); ++x) {
            require(row_a[x].shape() == row_b[x].shape());
            require(a.text(row_a[x], text_a) == b.text(row_b[x], text_b));
            lunette::terminal::Style style_a = a.style(row_a[x]);
            lunette::terminal::Style style_b = b.style(row_b[x]);
            require(a.link_uri(style_a.link) == b.link_uri(style_b.link));
            style_a.link = style_b.link = 0;
            require(style_a == style_b);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Terminal whole = make();
    Terminal split = make();
    std::span<const char> rest{reinterpret_cast<const char*>(data), size};
    while (rest.size() > 1) {
        const auto control = static_cast<std::uint8_t>(rest[0]);
        rest = rest.subspan(1);
        if (control >= 0xE0) {
            const int columns = 1 + (control & 3) * 7 + static_cast<std::uint8_t>(rest[0]) % 16;
            const int rows = 1 + static_cast<std::uint8_t>(rest[0]) / 16;
            whole.resize(columns, rows);
            split.resize(columns, rows);
            rest = rest.subspan(1);
            continue;
        }
        const std::size_t length = std::min<std::size_t>(rest.size(), 1 + control % 64);
        const std::size_t cut = control / 64 * length / 4;
        whole.feed(rest.first(length));
        split.feed(rest.first(cut));
        split.feed(rest.subspan(cut, length - cut));
        rest = rest.subspan(length);
    }
    compare(whole, split);
    require(whole.take_replies() == split.take_replies());
    require(whole.take_events().size() == split.take_events().size());
    require(whole.memory_bytes() < (16U << 20));
    (void)whole.last_lines(1000, lunette::terminal::LineJoin::logical);
    return 0;
}
