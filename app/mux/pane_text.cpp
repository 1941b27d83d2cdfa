#include "mux/pane_text.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

namespace lunette::mux {

namespace {

using terminal::Cell;
using terminal::Color;
using terminal::Style;
using terminal::Terminal;

void append_color(std::string& out, const Color& color, int base) {
    if (color.kind() == Color::Kind::indexed) {
        out += ';' + std::to_string(base) + ";5;" + std::to_string(color.index());
    } else if (color.kind() == Color::Kind::direct) {
        const terminal::Rgb rgb = color.rgb();
        out += ';' + std::to_string(base) + ";2;" + std::to_string(rgb.red) + ';' +
               std::to_string(rgb.green) + ';' + std::to_string(rgb.blue);
    }
}

// From the default style: every sequence says all.
void append_sgr(std::string& out, const Style& style) {
    struct Attribute {
        std::uint16_t bit;
        const char* code;
    };
    static constexpr Attribute attributes[] = {
        {terminal::attribute::bold, ";1"},        {terminal::attribute::faint, ";2"},
        {terminal::attribute::italic, ";3"},      {terminal::attribute::blink, ";5"},
        {terminal::attribute::rapid_blink, ";6"}, {terminal::attribute::inverse, ";7"},
        {terminal::attribute::conceal, ";8"},     {terminal::attribute::strike, ";9"},
        {terminal::attribute::overline, ";53"},
    };
    out += "\x1b[0";
    for (const Attribute& attribute : attributes)
        if (style.has(attribute.bit)) out += attribute.code;
    if (style.underline == terminal::Underline::single)
        out += ";4";
    else if (style.underline != terminal::Underline::none)
        out += ";4:" + std::to_string(static_cast<int>(style.underline));
    append_color(out, style.foreground, 38);
    append_color(out, style.background, 48);
    append_color(out, style.underline_color, 58);
    out += 'm';
}

// Appends cells of rows and remembers the style between them.
class Writer {
public:
    Writer(const Terminal& terminal, TextForm form) noexcept : terminal_{terminal}, form_{form} {}

    // Columns first..last of a row; blanks at its end are left out unless the row goes on in the next one.
    void row(std::int64_t y, std::int64_t first, std::int64_t last, bool keep_blanks) {
        const std::span<const Cell> cells = terminal_.row(y, buffer_);
        std::int64_t end = std::min<std::int64_t>(last + 1, static_cast<std::int64_t>(cells.size()));
        if (!keep_blanks)
            while (end > first && is_empty(cells[static_cast<std::size_t>(end - 1)])) --end;
        for (std::int64_t x = std::max<std::int64_t>(first, 0); x < end; ++x) {
            const Cell cell = cells[static_cast<std::size_t>(x)];
            if (cell.is_tail()) continue;
            if (form_ == TextForm::escapes) style_to(visible(terminal_.style(cell)));
            Terminal::TextBuffer buffer;
            const std::string_view text = terminal_.text(cell, buffer);
            if (text.empty())
                out_ += ' ';
            else
                out_ += text;
        }
    }
    void newline() {
        if (form_ == TextForm::escapes) style_to({});
        out_ += '\n';
    }
    std::string finish() {
        if (form_ == TextForm::escapes) style_to({});
        return std::move(out_);
    }

private:
    static Style visible(Style style) noexcept {
        style.attributes &= terminal::attribute::visible;
        style.semantic = {};
        return style;
    }
    bool is_empty(Cell cell) const noexcept {
        if (cell.is_tail()) return false;
        Terminal::TextBuffer buffer;
        const std::string_view text = terminal_.text(cell, buffer);
        if (!text.empty() && text != " ") return false;
        // With escapes a coloured blank is something to see.
        return form_ == TextForm::plain || terminal_.style(cell).background.is_default();
    }
    void style_to(const Style& style) {
        if (style == style_) return;
        if (style.link != style_.link) {
            const std::string_view uri = terminal_.link_uri(style.link);
            const std::string_view id = terminal_.link_parameter(style.link);
            out_ += "\x1b]8;";
            if (!id.empty()) (out_ += "id=") += id;
            ((out_ += ';') += uri) += "\x1b\\";
        }
        append_sgr(out_, style);
        style_ = style;
    }

    const Terminal& terminal_;
    TextForm form_;
    Style style_;
    std::string out_;
    std::vector<Cell> buffer_;
};

void trim_end(std::string& text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
}

std::int64_t top_of(const Terminal& terminal) noexcept {
    return -static_cast<std::int64_t>(terminal.scrollback_size());
}

} // namespace

std::string rows_text(const Terminal& terminal, std::int64_t first, std::int64_t last, TextForm form,
                      bool join) {
    Writer writer{terminal, form};
    first = std::max(first, top_of(terminal));
    last = std::min<std::int64_t>(last, terminal.rows() - 1);
    for (std::int64_t y = first; y <= last; ++y) {
        const bool joined = join && terminal.row_wrapped(y);
        writer.row(y, 0, terminal.columns() - 1, joined);
        if (!joined && y != last) writer.newline();
    }
    std::string text = writer.finish();
    trim_end(text);
    return text;
}

std::int64_t first_of_logical_lines(const Terminal& terminal, std::int64_t count) {
    const std::int64_t top = top_of(terminal);
    std::int64_t y = terminal.rows();
    while (y > top && count > 0) {
        --y;
        if (y == top || !terminal.row_wrapped(y - 1)) --count;
    }
    return y;
}

std::string selection_text(const Terminal& terminal, const model::Selection& selection, TextForm form) {
    Writer writer{terminal, form};
    const auto offset = static_cast<std::int64_t>(terminal.scrolled_rows());
    const std::int64_t first = std::max(selection.first().y - offset, top_of(terminal));
    const std::int64_t last = std::min<std::int64_t>(selection.last().y - offset, terminal.rows() - 1);
    for (std::int64_t y = first; y <= last; ++y) {
        const bool joined = !selection.rectangular && y != last && terminal.row_wrapped(y);
        if (const auto columns = selection.columns_at(y + offset, terminal.columns()))
            writer.row(y, columns->first, columns->last, joined);
        if (!joined && y != last) writer.newline();
    }
    return writer.finish();
}

} // namespace lunette::mux
