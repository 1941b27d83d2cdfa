#include "terminal/links.h"

#include "model/utf8.h"
#include "terminal/hyperlink_table.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace lunette::terminal {

namespace {

using Groups = std::span<const model::Regex::Group>;
using Position = LogicalLines::Position;

// What is looked at before and after the cell.
constexpr std::size_t reach_bytes = model::Regex::stretch_bytes / 2;

// $0 to $n, with as many digits as make a group: "$11" is $1 and a 1 where there are fewer.
std::string expand(std::string_view format, std::string_view text, Groups groups) {
    std::string out;
    while (!format.empty()) {
        const std::size_t dollar = std::min(format.find('$'), format.size());
        out += format.substr(0, dollar);
        format.remove_prefix(dollar);
        if (format.empty()) break;
        std::size_t digits = 0;
        std::size_t group = 0;
        while (digits + 1 < format.size() && format[digits + 1] >= '0' && format[digits + 1] <= '9') {
            const std::size_t next = group * 10 + static_cast<std::size_t>(format[digits + 1] - '0');
            if (next >= groups.size()) break;
            group = next;
            ++digits;
        }
        if (digits == 0)
            out += '$';
        else if (groups[group].matched())
            out += text.substr(groups[group].begin, groups[group].end - groups[group].begin);
        format.remove_prefix(digits + 1);
    }
    return out;
}

// Cells around one, over the edges of rows that belong to one line, that have the same link.
class Extent {
public:
    Extent(const Terminal& terminal, LinkId link) noexcept : terminal_{terminal}, link_{link} {}

    Position first(std::int64_t x, std::int64_t y) {
        for (std::int64_t rows = 0;; ++rows) {
            cells_ = terminal_.row(y, buffer_);
            while (x > 0 && has_link(x - 1)) --x;
            if (x > 0 || rows == most_link_rows || !terminal_.row_wrapped(y - 1)) return {x, y};
            cells_ = terminal_.row(y - 1, buffer_);
            const auto end = static_cast<std::int64_t>(cells_.size());
            if (!has_link(end - 1)) return {x, y};
            x = end - 1;
            --y;
        }
    }
    Position last(std::int64_t x, std::int64_t y) {
        for (std::int64_t rows = 0;; ++rows) {
            cells_ = terminal_.row(y, buffer_);
            while (has_link(x + 1)) ++x;
            const auto end = static_cast<std::int64_t>(cells_.size());
            if (x + 1 < end || rows == most_link_rows || !terminal_.row_wrapped(y)) return {x, y};
            cells_ = terminal_.row(y + 1, buffer_);
            if (!has_link(0)) return {x, y};
            x = 0;
            ++y;
        }
    }

private:
    bool has_link(std::int64_t x) const noexcept {
        return x >= 0 && x < static_cast<std::int64_t>(cells_.size()) &&
               terminal_.style(cells_[static_cast<std::size_t>(x)]).link == link_;
    }

    const Terminal& terminal_;
    LinkId link_;
    std::span<const Cell> cells_;
    std::vector<Cell> buffer_;
};

std::optional<FoundLink> find_made_link(const Terminal& terminal, std::int64_t x, std::int64_t row) {
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    const LinkId link = terminal.link_at(static_cast<int>(x), row - above);
    if (link == 0) return std::nullopt;
    FoundLink found;
    found.uri = terminal.link_uri(link);
    Extent extent{terminal, link};
    found.first = extent.first(x, row - above);
    found.last = extent.last(x, row - above);
    found.first.y += above;
    found.last.y += above;
    return found;
}

} // namespace

std::optional<FoundLink> find_link(const Terminal& terminal, std::span<LinkRule> rules, std::int64_t x,
                                   std::int64_t row) {
    if (std::optional<FoundLink> made = find_made_link(terminal, x, row)) return made;
    if (rules.empty()) return std::nullopt;
    LogicalLines lines{terminal, row, LogicalLines::Direction::down};
    do {
        if (!lines.next()) return std::nullopt;
    } while (lines.last_row() < row);
    const std::optional<std::size_t> byte = lines.byte_at({x, row});
    if (!byte) return std::nullopt;

    const std::string_view text =
        std::string_view{lines.text()}.substr(0, model::character_begin(lines.text(), *byte + reach_bytes));
    const std::size_t begin =
        *byte > reach_bytes ? model::character_begin(text, *byte - reach_bytes) : std::size_t{0};
    std::optional<FoundLink> found;
    std::size_t longest = 0;
    for (LinkRule& rule : rules.first(std::min(rules.size(), most_link_rules))) {
        for (std::size_t from = begin; from <= *byte;) {
            const Groups groups = rule.regex.search(text, from);
            if (groups.empty() || groups[0].begin > *byte) break;
            const model::Regex::Group shown =
                rule.highlight < groups.size() ? groups[rule.highlight] : model::Regex::Group{};
            const std::size_t size = groups[0].end - groups[0].begin;
            if (shown.matched() && shown.begin <= *byte && *byte < shown.end && size > longest) {
                longest = size;
                found.emplace();
                found->uri = expand(rule.format, text, groups);
                found->first = lines.position(shown.begin);
                found->last = lines.position(shown.end - 1);
                found->implicit = true;
            }
            if (groups[0].end == text.size()) break;
            from = groups[0].end;
            if (groups[0].begin == groups[0].end) from += model::decode_utf8(text.substr(from)).length;
        }
    }
    if (found && (found->uri.empty() || found->uri.size() > HyperlinkTable::max_uri_bytes))
        return std::nullopt;
    return found;
}

} // namespace lunette::terminal
