#include "script/io/clock_format.h"

#include <algorithm>
#include <ctime>

namespace lunette::script {
namespace {

using std::chrono::seconds;

constexpr seconds constant{0};
constexpr seconds day{86'400};

/// By the conversion specifiers of strftime(3).
seconds of_specifier(char specifier) {
    constexpr std::string_view by_second = "csSTXr+";
    constexpr std::string_view by_minute = "MR";
    constexpr std::string_view by_hour = "HIkKlpPZz"; // the zone changes on the hour
    constexpr std::string_view literal = "%nt";
    if (literal.find(specifier) != std::string_view::npos) return constant;
    if (by_second.find(specifier) != std::string_view::npos) return seconds{1};
    if (by_minute.find(specifier) != std::string_view::npos) return seconds{60};
    if (by_hour.find(specifier) != std::string_view::npos) return seconds{3600};
    return day;
}

bool whole_hours_off(std::int64_t wall_us) {
    const auto now = static_cast<std::time_t>(wall_us / 1'000'000);
    std::tm local{};
    return !::localtime_r(&now, &local) || local.tm_gmtoff % 3600 == 0;
}

} // namespace

std::chrono::microseconds clock_granularity(std::string_view format, std::int64_t wall_us) {
    const bool utc = !format.empty() && format.front() == '!';
    if (utc) format.remove_prefix(1);
    if (format.substr(0, 2) == "*t") return seconds{1};
    seconds finest = constant;
    for (std::size_t i = 0; i + 1 < format.size(); ++i) {
        if (format[i] != '%') continue;
        ++i;
        while (i + 1 < format.size() && (format[i] == 'E' || format[i] == 'O')) ++i;
        const seconds this_one = of_specifier(format[i]);
        if (this_one != constant) finest = finest == constant ? this_one : std::min(finest, this_one);
    }
    // A local day begins on a full hour of UTC, or a quarter of one.
    if (!utc && finest >= seconds{3600}) finest = whole_hours_off(wall_us) ? seconds{3600} : seconds{900};
    return finest;
}

} // namespace lunette::script
