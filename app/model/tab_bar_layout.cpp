#include "model/tab_bar_layout.h"

#include "model/ansi_text.h"

#include <algorithm>
#include <numeric>
#include <string>

// The retro bar and the widths follow WezTerm (wezterm-gui/src/tabbar.rs: TabBarState::new). The fancy bar is
// drawn with pixels there; here it is one row of cells.
namespace lunette::model {

namespace {

constexpr std::string_view ellipsis = "…";
constexpr std::string_view tab_edge = "▕";
constexpr std::string_view close_sign = "×";

TextStyle style_of(TextColor background, TextColor foreground) noexcept {
    TextStyle style;
    style.background = background;
    style.foreground = foreground;
    return style;
}

// Appends to a row that ends at `columns`, and remembers where things are.
class RowWriter {
public:
    explicit RowWriter(int columns) noexcept : columns_{columns} {}

    int x() const noexcept { return x_; }
    int left() const noexcept { return columns_ - x_; }
    TabBarLayout& layout() noexcept { return layout_; }

    // Returns how many cells fitted.
    int put(const StyledText& text, const TextStyle& base) {
        const StyledText fitting = text.width() > left() ? text.truncated_right(left()) : text;
        for (const StyledRun& run : fitting.runs()) layout_.row.append(run.text, run.style.over(base));
        const int width = fitting.width();
        x_ += width;
        return width;
    }
    void put_area(TabBarArea::Kind kind, int tab, const StyledText& text, const TextStyle& base) {
        const int start = x_;
        if (const int width = put(text, base); width > 0) layout_.areas.push_back({kind, tab, start, width});
    }
    void fill_to(int column, const TextStyle& base) {
        if (column <= x_) return;
        layout_.row.append(std::string(static_cast<std::size_t>(column - x_), ' '), base);
        x_ = column;
    }

private:
    int columns_;
    int x_ = 0;
    TabBarLayout layout_;
};

// The largest cap with which all widths together fit.
int equal_cap(std::vector<int> widths, int available) {
    std::sort(widths.begin(), widths.end());
    int left = std::max(available, 0);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const int share = left / static_cast<int>(widths.size() - i);
        if (widths[i] > share) return share;
        left -= widths[i];
    }
    return widths.empty() ? 0 : widths.back();
}

StyledText shortened(const StyledText& text, int cells) {
    if (text.width() <= cells) return text;
    if (cells < 1) return {};
    StyledText result = text.truncated_right(cells - 1);
    result.append(ellipsis, result.empty() ? TextStyle{} : result.runs().back().style);
    return result;
}

const TextStyle& base_of(const TabBarTab& tab, const TabBarColors& colors) noexcept {
    return tab.active ? colors.active_tab : tab.hover ? colors.inactive_tab_hover : colors.inactive_tab;
}

void put_retro_tabs(RowWriter& row, const TabBarInput& input, const TabBarColors& colors) {
    for (std::size_t i = 0; i < input.tabs.size(); ++i) {
        const TabBarTab& tab = input.tabs[i];
        row.put_area(TabBarArea::Kind::tab, static_cast<int>(i), tab.title.truncated_right(input.width_cap),
                     base_of(tab, colors));
    }
}

void put_fancy_tabs(RowWriter& row, const TabBarInput& input, int available, const TabBarOptions& options,
                    const TabBarColors& colors) {
    const auto count = static_cast<int>(input.tabs.size());
    const int padding = options.show_close_tab_button ? 4 : 2; // " title " or " title × "
    std::vector<int> widths;
    for (const TabBarTab& tab : input.tabs) widths.push_back(tab.title.width());
    const int cap = equal_cap(widths, available - count * padding - (count - 1));
    for (int i = 0; i < count; ++i) {
        const TabBarTab& tab = input.tabs[static_cast<std::size_t>(i)];
        TextStyle base = base_of(tab, colors);
        if (tab.active && !(base.set & TextStyle::sets_intensity)) {
            base.set |= TextStyle::sets_intensity;
            base.intensity = TextIntensity::bold;
        }
        // The whole tab takes the colours that its title begins with.
        if (!tab.title.empty()) {
            const TextStyle& first = tab.title.runs().front().style;
            if (!first.foreground.is_inherited()) base.foreground = first.foreground;
            if (!first.background.is_inherited()) base.background = first.background;
        }
        StyledText text{" "};
        text.append(shortened(tab.title, cap));
        text.append(" ", {});
        row.put_area(TabBarArea::Kind::tab, i, text, base);
        if (options.show_close_tab_button) {
            StyledText close;
            close.append(close_sign, {});
            close.append(" ", {});
            row.put_area(TabBarArea::Kind::close_tab, i, close, base);
        }
        if (i + 1 < count) {
            TextStyle edge = colors.background;
            edge.foreground = colors.edge;
            StyledText line;
            line.append(tab_edge, {});
            row.put(line, edge);
        }
    }
}

} // namespace

TabBarOptions TabBarOptions::from_options(const Value& options) {
    TabBarOptions result;
    result.fancy = options["use_fancy_tab_bar"].boolean_or(result.fancy);
    result.tab_max_width = static_cast<int>(
        std::clamp<std::int64_t>(options["tab_max_width"].integer_or(result.tab_max_width), 0, 4096));
    result.show_tabs = options["show_tabs_in_tab_bar"].boolean_or(result.show_tabs);
    result.show_new_tab_button =
        options["show_new_tab_button_in_tab_bar"].boolean_or(result.show_new_tab_button);
    result.show_close_tab_button =
        options["show_close_tab_button_in_tabs"].boolean_or(result.show_close_tab_button);
    result.show_index = options["show_tab_index_in_tab_bar"].boolean_or(result.show_index);
    // The fancy bar's button is a shape in WezTerm, whatever the text.
    const Value& style = options["tab_bar_style"];
    if (!result.fancy && style["new_tab"].kind() == Kind::string)
        result.new_tab = parse_ansi_text(style["new_tab"].text());
    if (!result.fancy && style["new_tab_hover"].kind() == Kind::string)
        result.new_tab_hover = parse_ansi_text(style["new_tab_hover"].text());
    result.zero_based = options["tab_and_split_indices_are_zero_based"].boolean_or(result.zero_based);
    return result;
}

TabBarColors TabBarColors::standard() noexcept {
    // config/src/color.rs: defaults of TabBarColors.
    TabBarColors colors;
    colors.background.background = TextColor::direct(0x33, 0x33, 0x33);
    colors.active_tab = style_of(TextColor::direct(0, 0, 0), TextColor::direct(0xc0, 0xc0, 0xc0));
    colors.inactive_tab = style_of(TextColor::direct(0x33, 0x33, 0x33), TextColor::direct(0x80, 0x80, 0x80));
    colors.inactive_tab_hover =
        style_of(TextColor::direct(0x1f, 0x1f, 0x1f), TextColor::direct(0x90, 0x90, 0x90));
    colors.inactive_tab_hover.set = TextStyle::sets_italic;
    colors.inactive_tab_hover.italic = true;
    colors.new_tab = colors.inactive_tab;
    colors.new_tab_hover = colors.inactive_tab_hover;
    colors.edge = TextColor::direct(0x57, 0x57, 0x57);
    return colors;
}

int pass_one_max_width(const TabBarOptions& options) noexcept { return options.tab_max_width; }

int tab_width_cap(std::span<const int> pass_one_widths, int columns, const TabBarOptions& options) noexcept {
    const auto count = static_cast<int>(pass_one_widths.size());
    if (count == 0 || options.fancy) return options.tab_max_width;
    const int button = options.show_new_tab_button ? options.new_tab.width() : 0;
    const int available = std::max(columns - (count - 1) - button, 0);
    const int wanted = std::accumulate(pass_one_widths.begin(), pass_one_widths.end(), 0);
    return wanted <= available ? options.tab_max_width : std::min(available / count, options.tab_max_width);
}

std::vector<int> pass_two_max_widths(std::span<const int> pass_one_widths, int columns,
                                     const TabBarOptions& options) {
    const int cap = tab_width_cap(pass_one_widths, columns, options);
    std::vector<int> widths;
    widths.reserve(pass_one_widths.size());
    for (const int width : pass_one_widths) widths.push_back(std::min(width, cap));
    return widths;
}

const TabBarArea* TabBarLayout::at(int column) const noexcept {
    for (const TabBarArea& area : areas)
        if (column >= area.left && column < area.left + area.width) return &area;
    return nullptr;
}

TabBarLayout layout_tab_bar(const TabBarInput& input, int columns, const TabBarOptions& options,
                            const TabBarColors& colors) {
    using Kind = TabBarArea::Kind;
    RowWriter row{std::max(columns, 0)};
    const StyledText& button = input.new_tab_hover ? options.new_tab_hover : options.new_tab;
    const int button_width = options.show_new_tab_button ? button.width() : 0;
    row.put_area(Kind::left_status, -1, input.left_status, colors.background);
    if (options.show_tabs) {
        if (options.fancy)
            put_fancy_tabs(row, input, row.left() - button_width, options, colors);
        else
            put_retro_tabs(row, input, colors);
    }
    if (options.show_new_tab_button)
        row.put_area(Kind::new_tab, -1, button, input.new_tab_hover ? colors.new_tab_hover : colors.new_tab);
    const StyledText right = input.right_status.truncated_left(row.left());
    row.fill_to(columns - right.width(), colors.background);
    row.put_area(Kind::right_status, -1, right, colors.background);
    return std::move(row.layout());
}

} // namespace lunette::model
