#include "wezterm/strftime.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <optional>

namespace lunette::wezterm {

namespace {

constexpr std::size_t max_length = 65536;
constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

struct Calendar {
    std::int64_t year = 1970;
    int month = 1; // 1..12
    int day = 1;
    int weekday = 4;  // Sunday 0
    int year_day = 1; // 1..366
    int hour = 0;
    int minute = 0;
    int second = 0;
};

bool leap(std::int64_t year) noexcept { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years that begin in March.
Calendar civil(std::int64_t local_seconds) noexcept {
    const std::int64_t day_number = floor_div(local_seconds, 86400);
    const auto rest = static_cast<int>(local_seconds - day_number * 86400);
    const std::int64_t shifted = day_number + 719468;
    const std::int64_t era = floor_div(shifted, 146097);
    const std::int64_t of_era = shifted - era * 146097;
    const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const auto from_march =
        static_cast<int>(of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
    const int month = (5 * from_march + 2) / 153;

    Calendar result;
    result.day = from_march - (153 * month + 2) / 5 + 1;
    result.month = month < 10 ? month + 3 : month - 9;
    result.year = year_of_era + era * 400 + (result.month <= 2);
    result.weekday = static_cast<int>(((day_number + 4) % 7 + 7) % 7);
    const int leap_day = leap(result.year) ? 1 : 0;
    result.year_day = result.month > 2 ? from_march + 60 + leap_day : from_march - 305;
    result.hour = rest / 3600;
    result.minute = rest / 60 % 60;
    result.second = rest % 60;
    return result;
}

struct IsoWeek {
    std::int64_t year = 0;
    int week = 0;
};

int iso_weeks(std::int64_t year) noexcept {
    const auto december_31 = [](std::int64_t y) {
        return (y + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400)) % 7;
    };
    return (december_31(year) + 7) % 7 == 4 || (december_31(year - 1) + 7) % 7 == 3 ? 53 : 52;
}

IsoWeek iso_week(const Calendar& c) noexcept {
    const int weekday = c.weekday == 0 ? 7 : c.weekday;
    const int week = (c.year_day - weekday + 10) / 7;
    if (week < 1) return {c.year - 1, iso_weeks(c.year - 1)};
    if (week > iso_weeks(c.year)) return {c.year + 1, 1};
    return {c.year, week};
}

enum class Pad : std::uint8_t { by_specifier, none, space, zero };

// One specifier: '%', then padding, colons or digits of a fraction, then a letter.
struct Specifier {
    Pad pad = Pad::by_specifier;
    bool dot = false;  // %.f, %.3f
    int colons = 0;    // %:z, %::z, %:::z
    int precision = 0; // 3, 6, 9 before f; 0: not given
    char letter = 0;
};

// Cuts a specifier off a text that begins behind its '%'; nothing when it is not one of chrono's.
std::optional<Specifier> take_specifier(std::string_view& text) noexcept {
    Specifier result;
    const auto next = [&]() -> char {
        if (text.empty()) return 0;
        const char c = text.front();
        text.remove_prefix(1);
        return c;
    };
    char c = next();
    if (c == '-' || c == '_' || c == '0') {
        result.pad = c == '-' ? Pad::none : c == '_' ? Pad::space : Pad::zero;
        c = next();
        if (std::string_view{"YCyGgqmdeUWVjHkIlMSswu"}.find(c) == std::string_view::npos || c == 0)
            return std::nullopt;
        result.letter = c;
        return result;
    }
    if (c == '.') {
        result.dot = true;
        c = next();
    }
    for (; c == ':' && !result.dot; c = next()) ++result.colons;
    if ((c == '3' || c == '6' || c == '9') && result.colons == 0) {
        result.precision = c - '0';
        c = next();
        if (c != 'f') return std::nullopt;
    }
    if (result.dot && c != 'f') return std::nullopt;
    if (result.colons > 0 && (c != 'z' || result.colons > 3)) return std::nullopt;
    if (c == 0 ||
        std::string_view{"YCyGgqmbBhdeaAwuUWVjDxFvHkIlPpMSfRTXrZzcs+tn%"}.find(c) == std::string_view::npos) {
        return std::nullopt;
    }
    result.letter = c;
    return result;
}

class Formatter {
public:
    explicit Formatter(const ZonedTime& time)
        : time_{time}, calendar_{civil(time.seconds + time.utc_offset)}, nanoseconds_{time.nanoseconds} {
        if (nanoseconds_ >= 1'000'000'000U) { // chrono shows a leap second as :60
            nanoseconds_ -= 1'000'000'000U;
            leap_second_ = true;
        }
    }

    void literal(std::string_view text) { out_ += text; }
    std::size_t length() const noexcept { return out_.size(); }
    std::string take() { return std::move(out_); }

    void specifier(const Specifier& s) {
        const Calendar& c = calendar_;
        const int hour_12 = c.hour % 12 == 0 ? 12 : c.hour % 12;
        switch (s.letter) {
        case 'Y': year(c.year, s.pad); break;
        case 'C': number(floor_div(c.year, 100), 2, s.pad, Pad::zero); break;
        case 'y': number((c.year % 100 + 100) % 100, 2, s.pad, Pad::zero); break;
        case 'G': year(iso_week(c).year, s.pad); break;
        case 'g': number((iso_week(c).year % 100 + 100) % 100, 2, s.pad, Pad::zero); break;
        case 'q': number((c.month + 2) / 3, 1, s.pad, Pad::zero); break;
        case 'm': number(c.month, 2, s.pad, Pad::zero); break;
        case 'b':
        case 'h': out_ += month_name().substr(0, 3); break;
        case 'B': out_ += month_name(); break;
        case 'd': number(c.day, 2, s.pad, Pad::zero); break;
        case 'e': number(c.day, 2, s.pad, Pad::space); break;
        case 'a': out_ += day_name().substr(0, 3); break;
        case 'A': out_ += day_name(); break;
        case 'w': number(c.weekday, 1, s.pad, Pad::zero); break;
        case 'u': number(c.weekday == 0 ? 7 : c.weekday, 1, s.pad, Pad::zero); break;
        case 'U': number((c.year_day + 6 - c.weekday) / 7, 2, s.pad, Pad::zero); break;
        case 'W': number((c.year_day + 6 - (c.weekday + 6) % 7) / 7, 2, s.pad, Pad::zero); break;
        case 'V': number(iso_week(c).week, 2, s.pad, Pad::zero); break;
        case 'j': number(c.year_day, 3, s.pad, Pad::zero); break;
        case 'D':
        case 'x': format("%m/%d/%y"); break;
        case 'F': format("%Y-%m-%d"); break;
        case 'v': format("%e-%b-%Y"); break;
        case 'H': number(c.hour, 2, s.pad, Pad::zero); break;
        case 'k': number(c.hour, 2, s.pad, Pad::space); break;
        case 'I': number(hour_12, 2, s.pad, Pad::zero); break;
        case 'l': number(hour_12, 2, s.pad, Pad::space); break;
        case 'P': out_ += c.hour < 12 ? "am" : "pm"; break;
        case 'p': out_ += c.hour < 12 ? "AM" : "PM"; break;
        case 'M': number(c.minute, 2, s.pad, Pad::zero); break;
        case 'S': number(c.second + (leap_second_ ? 1 : 0), 2, s.pad, Pad::zero); break;
        case 'f': fraction(s); break;
        case 'R': format("%H:%M"); break;
        case 'T':
        case 'X': format("%H:%M:%S"); break;
        case 'r': format("%I:%M:%S %p"); break;
        case 'Z':
            if (time_.zone_name.empty())
                offset(1);
            else
                out_ += time_.zone_name;
            break;
        case 'z': offset(s.colons); break;
        case 'c': format("%a %b %e %H:%M:%S %Y"); break;
        case 's': number(time_.seconds, 1, s.pad, Pad::zero); break;
        case '+': iso_8601(); break;
        case 't': out_ += '\t'; break;
        case 'n': out_ += '\n'; break;
        case '%': out_ += '%'; break;
        default: break; // take_specifier() lets no other letter pass
        }
    }

private:
    // REQUIRES: a valid format.
    void format(std::string_view text) {
        while (!text.empty()) {
            const char c = text.front();
            text.remove_prefix(1);
            if (c != '%')
                out_ += c;
            else
                specifier(*take_specifier(text));
        }
    }

    void number(std::int64_t value, std::size_t width, Pad asked, Pad usual) {
        const Pad pad = asked == Pad::by_specifier ? usual : asked;
        std::string digits = std::to_string(value);
        const bool negative = value < 0;
        if (negative) digits.erase(0, 1);
        const std::size_t room = width - std::min(width, digits.size() + (negative ? 1 : 0));
        if (pad == Pad::space) out_.append(room, ' ');
        if (negative) out_ += '-';
        if (pad == Pad::zero) out_.append(room, '0');
        out_ += digits;
    }

    void year(std::int64_t value, Pad pad) {
        if (value > 9999) out_ += '+'; // ISO 8601: more than four digits need a sign
        number(value, value < 0 ? 5 : 4, pad, Pad::zero);
    }

    void digits(std::uint32_t value, int width) {
        std::string text = std::to_string(value);
        out_.append(static_cast<std::size_t>(width) - text.size(), '0');
        out_ += text;
    }

    void fraction(const Specifier& s) {
        if (s.precision == 0 && !s.dot) return digits(nanoseconds_, 9);
        int precision = s.precision;
        if (precision == 0) { // as many groups of three as are needed
            if (nanoseconds_ == 0) return;
            precision = nanoseconds_ % 1'000'000 == 0 ? 3 : nanoseconds_ % 1000 == 0 ? 6 : 9;
        }
        if (s.dot) out_ += '.';
        digits(precision == 3   ? nanoseconds_ / 1'000'000
               : precision == 6 ? nanoseconds_ / 1000
                                : nanoseconds_,
               precision);
    }

    // 0 colons "+0930", 1 "+09:30", 2 "+09:30:00", 3 "+09".
    void offset(int colons) {
        const std::int32_t east = time_.utc_offset;
        out_ += east < 0 ? '-' : '+';
        std::int32_t seconds = east < 0 ? -east : east;
        if (colons < 2) seconds += 30; // chrono rounds to the minute
        number(seconds / 3600, 2, Pad::zero, Pad::zero);
        if (colons == 3) return;
        if (colons > 0) out_ += ':';
        number(seconds / 60 % 60, 2, Pad::zero, Pad::zero);
        if (colons < 2) return;
        out_ += ':';
        number(seconds % 60, 2, Pad::zero, Pad::zero);
    }

    void iso_8601() {
        format("%Y-%m-%dT%H:%M:%S%.f");
        offset(1);
    }

    std::string_view month_name() const noexcept {
        return months[static_cast<std::size_t>(calendar_.month - 1)];
    }
    std::string_view day_name() const noexcept { return days[static_cast<std::size_t>(calendar_.weekday)]; }

    const ZonedTime& time_;
    Calendar calendar_;
    std::uint32_t nanoseconds_;
    bool leap_second_ = false;
    std::string out_;
};

Granularity granularity_of(char letter) noexcept {
    switch (letter) {
    case 'f':
    case '+': return Granularity::subsecond;
    case 'S':
    case 's':
    case 'T':
    case 'X':
    case 'r':
    case 'c': return Granularity::second;
    case 'M':
    case 'R': return Granularity::minute;
    case 'H':
    case 'k':
    case 'I':
    case 'l':
    case 'P':
    case 'p':
    case 'Z': // the offset changes on the hour or half hour
    case 'z': return Granularity::hour;
    case 't':
    case 'n':
    case '%': return Granularity::none;
    default: return Granularity::day;
    }
}

} // namespace

ZonedTime local_time(std::int64_t seconds, std::uint32_t nanoseconds) {
    ZonedTime result{seconds, nanoseconds, 0, {}};
    const auto time = static_cast<std::time_t>(seconds);
    std::tm broken_down{};
    // chrono's Local prints the offset for %Z as well, so the name stays empty.
    if (localtime_r(&time, &broken_down))
        result.utc_offset = static_cast<std::int32_t>(broken_down.tm_gmtoff);
    return result;
}

ZonedTime utc_time(std::int64_t seconds, std::uint32_t nanoseconds) {
    return {seconds, nanoseconds, 0, "UTC"};
}

tl::expected<std::string, std::string> strftime(std::string_view format, const ZonedTime& time) {
    constexpr std::int64_t furthest = 8'000'000'000'000; // chrono's years end near ±262 000
    if (time.seconds > furthest || time.seconds < -furthest)
        return tl::make_unexpected(std::string{"time out of range"});
    Formatter formatter{time};
    std::string_view rest = format;
    while (!rest.empty()) {
        const std::size_t percent = std::min(rest.find('%'), rest.size());
        formatter.literal(rest.substr(0, percent));
        rest.remove_prefix(percent);
        if (formatter.length() > max_length)
            return tl::make_unexpected(std::string{"the formatted time is too long"});
        if (rest.empty()) break;
        const std::size_t at = format.size() - rest.size();
        rest.remove_prefix(1);
        const std::optional<Specifier> specifier = take_specifier(rest);
        if (!specifier) {
            return tl::make_unexpected("invalid specifier '" +
                                       std::string{format.substr(at, format.size() - rest.size() - at)} +
                                       "' at byte " + std::to_string(at + 1) + " of the time format '" +
                                       std::string{format.substr(0, 100)} + "'");
        }
        formatter.specifier(*specifier);
    }
    if (formatter.length() > max_length)
        return tl::make_unexpected(std::string{"the formatted time is too long"});
    return formatter.take();
}

Granularity finest_granularity(std::string_view format) noexcept {
    Granularity finest = Granularity::none;
    while (true) {
        const std::size_t percent = format.find('%');
        if (percent == std::string_view::npos) return finest;
        format.remove_prefix(percent + 1);
        const std::optional<Specifier> specifier = take_specifier(format);
        if (!specifier) return Granularity::none;
        finest = std::max(finest, granularity_of(specifier->letter));
    }
}

} // namespace lunette::wezterm
