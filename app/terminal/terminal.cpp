#include "terminal/terminal.h"

#include "model/utf8.h"
#include "terminal/interpreter.h"
#include "terminal/keys_out.h"

#include <algorithm>

namespace lunette::terminal {

namespace {

Terminal::Options clamped(Terminal::Options options) {
    options.columns = std::clamp(options.columns, 1, Terminal::max_columns);
    options.rows = std::clamp(options.rows, 1, Terminal::max_rows);
    return options;
}

} // namespace

Terminal::Terminal() : Terminal(Options{}) {}
Terminal::Terminal(const Options& options) : impl_(std::make_unique<Interpreter>(clamped(options))) {}
Terminal::Terminal(Terminal&&) noexcept = default;
Terminal& Terminal::operator=(Terminal&&) noexcept = default;
Terminal::~Terminal() = default;

void Terminal::feed(std::span<const char> bytes) { impl_->feed({bytes.data(), bytes.size()}); }

void Terminal::resize(int columns, int rows) {
    columns = std::clamp(columns, 1, max_columns);
    rows = std::clamp(rows, 1, max_rows);
    if (columns == this->columns() && rows == this->rows()) return;
    impl_->resize(columns, rows);
}

void Terminal::set_cell_size(CellPixels size) noexcept { impl_->set_cell_size(size); }

void Terminal::set_key_releases(bool told) noexcept { impl_->set_key_releases(told); }
void Terminal::set_preferences(const Preferences& preferences) noexcept {
    impl_->set_preferences(preferences);
}
void Terminal::set_palette(const Palette& palette) { impl_->set_palette(palette); }
void Terminal::set_scrollback_lines(std::size_t lines) { impl_->screen().scrollback().set_limit(lines); }
void Terminal::clear_scrollback() { impl_->screen().scrollback().clear(); }
void Terminal::reset() { impl_->reset(); }

std::vector<Event> Terminal::take_events() { return impl_->events().take(); }
std::string Terminal::take_replies() { return impl_->take_replies(); }

std::string Terminal::encode_key(const model::KeyEvent& event) const {
    return terminal::encode_key(event, modes());
}
std::string Terminal::encode_paste(std::string_view text) const {
    return terminal::encode_paste(text, modes(), impl_->preferences().pasted_newlines);
}
std::string Terminal::encode_focus(bool focused) const { return terminal::encode_focus(focused, modes()); }

std::string Terminal::encode_mouse(const MouseInput& input) const {
    return terminal::encode_mouse(input, modes(), alternate_screen());
}

int Terminal::columns() const noexcept { return impl_->screen().columns(); }
int Terminal::rows() const noexcept { return impl_->screen().rows(); }
std::size_t Terminal::scrollback_size() const { return impl_->screen().scrollback().size(); }
std::uint64_t Terminal::scrolled_rows() const { return impl_->screen().scrolled_rows(); }
Terminal::Place Terminal::place(std::int64_t y) const {
    const Scrollback& scrollback = impl_->screen().scrollback();
    const auto [row, cell] = scrollback.place(scrollback.size() - static_cast<std::uint64_t>(-y));
    return {row, cell};
}

std::int64_t Terminal::row_at(Place place) const {
    const Scrollback& scrollback = impl_->screen().scrollback();
    return static_cast<std::int64_t>(scrollback.row_at({place.row, place.cell})) -
           static_cast<std::int64_t>(scrollback.size());
}

std::uint64_t Terminal::rows_touched() const noexcept { return impl_->screen().rows_touched(); }
bool Terminal::alternate_screen() const noexcept { return impl_->screen().alternate(); }
const Modes& Terminal::modes() const noexcept { return impl_->screen().modes(); }

CursorView Terminal::cursor() const noexcept {
    const Cursor& cursor = impl_->screen().cursor();
    const Preferences& preferences = impl_->preferences();
    CursorView view{cursor.x, cursor.y, modes().cursor_visible, modes().cursor_blink, impl_->cursor_shape()};
    if (view.shape == CursorShape::default_ && preferences.cursor_shape != CursorShape::default_) {
        view.shape = preferences.cursor_shape;
        view.blinking = preferences.cursor_blinks;
    }
    if (preferences.cursor_is_steady) view.blinking = false;
    return view;
}

std::span<const Cell> Terminal::row(std::int64_t y, std::vector<Cell>& buffer) const {
    const Screen& screen = impl_->screen();
    if (y >= screen.rows()) return {};
    if (y >= 0) return screen.grid().row(static_cast<int>(y)).content();
    const auto back = static_cast<std::uint64_t>(-y);
    if (back > screen.scrollback().size()) return {};
    screen.scrollback().unpack(screen.scrollback().size() - back, buffer);
    return buffer;
}

Cell Terminal::cell(int x, int y) const noexcept {
    const Screen& screen = impl_->screen();
    if (x < 0 || y < 0 || y >= screen.rows()) return {};
    const std::span<const Cell> cells = screen.grid().row(y).content();
    return static_cast<std::size_t>(x) < cells.size() ? cells[static_cast<std::size_t>(x)] : Cell{};
}

bool Terminal::row_wrapped(std::int64_t y) const {
    const Screen& screen = impl_->screen();
    if (y >= 0) return y < screen.rows() && screen.grid().wrapped(static_cast<int>(y));
    const Scrollback& scrollback = screen.scrollback();
    const auto back = static_cast<std::uint64_t>(-y);
    // The alternate screen continues nothing.
    if (y == -1 && (screen.alternate() || !screen.grid().row(0).continues)) return false;
    return back <= scrollback.size() && scrollback.wrapped(scrollback.size() - back);
}

bool Terminal::prompt_begins(std::int64_t y) const {
    const Screen& screen = impl_->screen();
    if (y >= 0) return y < screen.rows() && screen.grid().row(static_cast<int>(y)).mark != 0;
    const auto back = static_cast<std::uint64_t>(-y);
    return back <= screen.scrollback().size() &&
           screen.scrollback().mark(screen.scrollback().size() - back) != 0;
}

LinkId Terminal::link_at(int x, std::int64_t y) const {
    std::vector<Cell> buffer;
    const std::span<const Cell> cells = row(y, buffer);
    if (x < 0 || static_cast<std::size_t>(x) >= cells.size()) return 0;
    return style(cells[static_cast<std::size_t>(x)]).link;
}

const Style& Terminal::style(Cell cell) const noexcept { return impl_->screen().styles()[cell.style()]; }

std::string_view Terminal::text(Cell cell, TextBuffer& buffer) const noexcept {
    if (cell.is_cluster()) return impl_->screen().clusters()[cell.cluster_id()];
    if (cell.code_point() == 0) return {};
    return {buffer.bytes, model::encode_utf8(cell.code_point(), buffer.bytes)};
}

std::string_view Terminal::link_uri(LinkId link) const noexcept { return impl_->screen().links().uri(link); }
std::string_view Terminal::link_parameter(LinkId link) const noexcept {
    return impl_->screen().links().parameter(link);
}

void Terminal::append_row_text(std::string& out, std::int64_t y, bool trim) const {
    std::vector<Cell> buffer;
    TextBuffer bytes;
    std::size_t end = out.size();
    for (const Cell cell : row(y, buffer)) {
        if (cell.is_tail()) continue;
        if (cell.is_blank()) {
            out += ' ';
            continue;
        }
        out += text(cell, bytes);
        if (cell.is_cluster() || cell.code_point() != ' ') end = out.size();
    }
    if (trim) out.resize(end);
}

std::string Terminal::row_text(std::int64_t y) const {
    std::string line;
    append_row_text(line, y, true);
    return line;
}

std::string Terminal::last_lines(std::size_t lines, LineJoin join) const {
    const std::int64_t oldest = -static_cast<std::int64_t>(scrollback_size());
    std::int64_t last = rows() - 1;
    while (last >= oldest && row_text(last).empty()) --last;
    const auto continues = [this, join](std::int64_t y) {
        return join == LineJoin::logical && row_wrapped(y);
    };
    std::int64_t first = last + 1;
    for (std::size_t taken = 0; first > oldest && taken < lines; ++taken) {
        --first;
        while (first > oldest && continues(first - 1)) --first;
    }
    std::string text;
    for (std::int64_t y = first; y <= last; ++y) {
        const bool joined = y < last && continues(y);
        append_row_text(text, y, !joined);
        if (y < last && !joined) text += '\n';
    }
    return text;
}

std::vector<DamagedRow> Terminal::take_damage() { return impl_->take_damage(); }
std::optional<Terminal::TimePoint> Terminal::held_until() { return impl_->held_until(); }
std::uint64_t Terminal::content_sequence() const noexcept { return impl_->content_sequence(); }

const std::string& Terminal::title() const noexcept { return impl_->title(); }
const std::string& Terminal::icon_title() const noexcept { return impl_->icon_title(); }
const std::string& Terminal::cwd() const noexcept { return impl_->cwd(); }
Progress Terminal::progress() const noexcept { return impl_->progress(); }
const Palette& Terminal::palette() const noexcept { return impl_->palette(); }

namespace {

Rgb resolve(Color color, Rgb fallback, const Palette& palette) noexcept {
    switch (color.kind()) {
    case Color::Kind::indexed: return palette.colors[color.index()];
    case Color::Kind::direct: return color.rgb();
    case Color::Kind::default_: break;
    }
    return fallback;
}

} // namespace

Rgb Terminal::foreground(const Style& style) const noexcept {
    return resolve(style.foreground, palette().foreground, palette());
}

Rgb Terminal::background(const Style& style) const noexcept {
    return resolve(style.background, palette().background, palette());
}

std::size_t Terminal::memory_bytes() const noexcept {
    return sizeof(Interpreter) + impl_->screen().memory_bytes();
}

} // namespace lunette::terminal
