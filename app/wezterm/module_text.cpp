#include "wezterm/clock_reads.h"
#include "wezterm/format_values.h"
#include "wezterm/modules.h"

#include "model/width.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace lunette::wezterm {

namespace {

// Wider than any text that Lua's heap could hold is as wide as that.
constexpr std::int64_t max_cells = 1 << 20;

// Whoever halves a width passes 4.5: WezTerm takes the whole part.
int cells(double width) noexcept {
    return width > 0 ? static_cast<int>(std::min(width, static_cast<double>(max_cells))) : 0;
}

} // namespace

void add_text(Module& wezterm) {
    wezterm
        .function("format",
                  [](Script& script, Value value) {
                      std::vector<std::string> warnings;
                      const auto items = format_items_from(value, &warnings);
                      for (const std::string& warning : warnings)
                          script.problem(false, "wezterm.format: " + warning);
                      if (!items) throw BindError{items.error()};
                      return format_items(*items);
                  })
        .doc("wezterm.format(items: FormatItem[]): string", "Text with escape sequences.")
        .function("strftime",
                  [](Script& script, std::string format) {
                      reads_clock_for(script, format);
                      const Instant now = clock_now(script);
                      return show_time(format, local_time(now.seconds, now.nanoseconds));
                  })
        .function("strftime_utc",
                  [](Script& script, std::string format) {
                      reads_clock_for(script, format);
                      const Instant now = clock_now(script);
                      return show_time(format, utc_time(now.seconds, now.nanoseconds));
                  })
        .function("column_width", [](std::string_view text) { return model::text_width(text); })
        .function("pad_left",
                  [](std::string_view text, double width) { return model::pad_left(text, cells(width)); })
        .function("pad_right",
                  [](std::string_view text, double width) { return model::pad_right(text, cells(width)); })
        .function("truncate_left",
                  [](std::string_view text, double width) {
                      return std::string{model::truncate_left(text, cells(width))};
                  })
        .function("truncate_right", [](std::string_view text, double width) {
            return std::string{model::truncate_right(text, cells(width))};
        });
}

} // namespace lunette::wezterm
