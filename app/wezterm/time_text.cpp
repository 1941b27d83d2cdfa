#include "wezterm/time_text.h"

#include "wezterm/strftime.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

struct Fields {
    std::optional<std::int64_t> year;
    std::optional<int> month, day, day_of_year, hour, hour12, minute, offset;
    std::optional<bool> afternoon;
    std::optional<std::int64_t> timestamp;
    int second = 0;
    std::uint32_t nanoseconds = 0;
};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_leap(std::int64_t year) noexcept { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(std::int64_t year, int month) noexcept {
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

// Consumes text by specifiers. False as soon as something does not fit.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : text_{text} {}

    bool format(std::string_view format, Fields& fields) {
        for (std::size_t i = 0; i < format.size(); ++i) {
            if (is_space(format[i])) {
                skip_spaces();
            } else if (format[i] != '%') {
                if (!literal(format[i])) return false;
            } else {
                if (++i < format.size() && (format[i] == '-' || format[i] == '_' || format[i] == '0')) ++i;
                std::string_view name = format.substr(i);
                if (name.starts_with(".f") || name.starts_with(":z")) {
                    ++i;
                } else if (name.size() >= 3 && name[0] == '.' && is_digit(name[1]) && name[2] == 'f') {
                    i += 2;
                    name = ".f";
                }
                if (name.empty() || !specifier(name, fields)) return false;
            }
        }
        return text_.empty();
    }

private:
    bool specifier(std::string_view name, Fields& f) {
        switch (name[0]) {
        case 'Y': return year(f.year);
        case 'm': return number(f.month, 2, 1, 12);
        case 'd':
        case 'e': return number(f.day, 2, 1, 31);
        case 'j': return number(f.day_of_year, 3, 1, 366);
        case 'H':
        case 'k': return number(f.hour, 2, 0, 23);
        case 'I':
        case 'l': return number(f.hour12, 2, 1, 12);
        case 'M': return number(f.minute, 2, 0, 59);
        case 'S': {
            std::optional<int> second;
            if (!number(second, 2, 0, 60)) return false;
            f.second = *second;
            return true;
        }
        case 'f': return fraction(f.nanoseconds);
        case '.':
            return name.starts_with(".f") &&
                   (text_.empty() || text_[0] != '.' || (literal('.') && fraction(f.nanoseconds)));
        case 'b':
        case 'B':
        case 'h': return names(months, f.month, 1);
        case 'a':
        case 'A': {
            std::optional<int> ignored;
            return names(weekdays, ignored, 0);
        }
        case 'y': {
            std::optional<int> two;
            if (!number(two, 2, 0, 99)) return false;
            f.year = *two < 70 ? 2000 + *two : 1900 + *two;
            return true;
        }
        case 'p':
        case 'P': return am_pm(f.afternoon);
        case 'z':
        case ':': return offset(f.offset);
        case 's': return timestamp(f.timestamp);
        case 'F': return format_part("%Y-%m-%d", f);
        case 'D':
        case 'x': return format_part("%m/%d/%y", f);
        case 'T':
        case 'X': return format_part("%H:%M:%S", f);
        case 'R': return format_part("%H:%M", f);
        case 'r': return format_part("%I:%M:%S %p", f);
        case '+': return format_part("%Y-%m-%dT%H:%M:%S%.f%:z", f);
        case 'n':
        case 't': skip_spaces(); return true;
        case '%': return literal('%');
        default: return false;
        }
    }

    // A format inside the format: what follows it is not its concern.
    bool format_part(std::string_view part, Fields& fields) {
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (part[i] == '%') {
                ++i;
                if (!specifier(part.substr(i), fields)) return false;
                if (part[i] == '.' || part[i] == ':') ++i;
            } else if (is_space(part[i])) {
                skip_spaces();
            } else if (!literal(part[i])) {
                return false;
            }
        }
        return true;
    }

    void skip_spaces() noexcept {
        while (!text_.empty() && is_space(text_[0])) text_.remove_prefix(1);
    }
    bool literal(char c) noexcept {
        if (text_.empty() || text_[0] != c) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::size_t digits(std::int64_t& value, std::size_t most) noexcept {
        std::size_t count = 0;
        for (value = 0; count < most && count < text_.size() && is_digit(text_[count]); ++count)
            value = value * 10 + (text_[count] - '0');
        text_.remove_prefix(count);
        return count;
    }
    bool number(std::optional<int>& field, std::size_t most, int low, int high) noexcept {
        skip_spaces();
        std::int64_t value = 0;
        if (!digits(value, most) || value < low || value > high) return false;
        field = static_cast<int>(value);
        return true;
    }
    bool year(std::optional<std::int64_t>& field) noexcept {
        skip_spaces();
        const bool negative = literal('-');
        if (!negative) literal('+');
        std::int64_t value = 0;
        if (!digits(value, 6)) return false;
        field = negative ? -value : value;
        return true;
    }
    bool timestamp(std::optional<std::int64_t>& field) noexcept {
        skip_spaces();
        const bool negative = literal('-');
        std::int64_t value = 0;
        if (!digits(value, 15)) return false;
        field = negative ? -value : value;
        return true;
    }
    bool fraction(std::uint32_t& nanoseconds) noexcept {
        std::int64_t value = 0;
        std::size_t count = digits(value, 9);
        if (count == 0) return false;
        for (; count < 9; ++count) value *= 10;
        nanoseconds = static_cast<std::uint32_t>(value);
        while (!text_.empty() && is_digit(text_[0])) text_.remove_prefix(1);
        return true;
    }
    template<std::size_t n>
    bool names(const std::array<std::string_view, n>& all, std::optional<int>& field, int first) noexcept {
        for (std::size_t i = 0; i < n; ++i) {
            for (const std::size_t size : {all[i].size(), std::size_t{3}}) {
                if (text_.size() < size) continue;
                if (!std::equal(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(size),
                                all[i].begin(), [](char a, char b) { return lower(a) == b; }))
                    continue;
                text_.remove_prefix(size);
                field = static_cast<int>(i) + first;
                return true;
            }
        }
        return false;
    }
    bool am_pm(std::optional<bool>& afternoon) noexcept {
        if (text_.size() < 2 || lower(text_[1]) != 'm') return false;
        const char c = lower(text_[0]);
        if (c != 'a' && c != 'p') return false;
        afternoon = c == 'p';
        text_.remove_prefix(2);
        return true;
    }
    bool offset(std::optional<int>& seconds) noexcept {
        skip_spaces();
        if (literal('Z') || literal('z')) {
            seconds = 0;
            return true;
        }
        const bool west = literal('-');
        if (!west && !literal('+')) return false;
        std::int64_t hours = 0, minutes = 0;
        if (digits(hours, 2) != 2) return false;
        literal(':');
        if (digits(minutes, 2) != 2 || minutes > 59) return false;
        seconds = static_cast<int>((hours * 60 + minutes) * 60) * (west ? -1 : 1);
        return true;
    }

    std::string_view text_;
};

tl::unexpected<std::string> incomplete() {
    return tl::unexpected<std::string>{"input is not enough for unique date and time"};
}

tl::expected<Instant, std::string> instant_of(const Fields& f) {
    if (f.timestamp) return Instant{*f.timestamp, f.nanoseconds};
    if (!f.year || !f.offset || !f.minute) return incomplete();
    std::int64_t days = 0;
    if (f.month && f.day) {
        if (*f.day > days_in(*f.year, *f.month)) return tl::unexpected<std::string>{"input is out of range"};
        days = days_from_civil(*f.year, *f.month, *f.day);
    } else if (f.day_of_year) {
        if (*f.day_of_year > (is_leap(*f.year) ? 366 : 365))
            return tl::unexpected<std::string>{"input is out of range"};
        days = days_from_civil(*f.year, 1, 1) + *f.day_of_year - 1;
    } else {
        return incomplete();
    }
    int hour = 0;
    if (f.hour)
        hour = *f.hour;
    else if (f.hour12 && f.afternoon)
        hour = *f.hour12 % 12 + (*f.afternoon ? 12 : 0);
    else
        return incomplete();
    return Instant{days * 86400 + hour * 3600 + *f.minute * 60 + f.second - *f.offset, f.nanoseconds};
}

} // namespace

std::int64_t days_from_civil(std::int64_t year, int month, int day) noexcept {
    // Years that begin in March put the leap day last; 400 of them have 146 097 days.
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

tl::expected<Instant, std::string> parse_rfc3339(std::string_view text) {
    std::string normal{text};
    if (normal.size() > 10 && (normal[10] == 't' || normal[10] == ' ')) normal[10] = 'T';
    Fields fields;
    if (!Reader{normal}.format("%Y-%m-%dT%H:%M:%S%.f%:z", fields))
        return tl::unexpected<std::string>{"input contains invalid characters"};
    return instant_of(fields);
}

tl::expected<Instant, std::string> parse_time(std::string_view text, std::string_view format) {
    Fields fields;
    if (!Reader{text}.format(format, fields))
        return tl::unexpected<std::string>{"input does not match the format"};
    return instant_of(fields);
}

std::string to_rfc3339(const Instant& instant) {
    std::string text = *strftime("%Y-%m-%dT%H:%M:%S", utc_time(instant.seconds, 0));
    const std::uint32_t n = instant.nanoseconds;
    if (n % 1'000'000 == 0) {
        if (n) text += fmt::format(".{:03}", n / 1'000'000);
    } else if (n % 1000 == 0) {
        text += fmt::format(".{:06}", n / 1000);
    } else {
        text += fmt::format(".{:09}", n);
    }
    return text + "+00:00";
}

} // namespace lunette::wezterm
