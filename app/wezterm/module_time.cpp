#include "wezterm/clock_reads.h"
#include "wezterm/modules.h"
#include "wezterm/time_object.h"
#include "wezterm/url.h"

#include <chrono>
#include <cmath>
#include <string>
#include <utility>

namespace lunette::wezterm {

Module time_module() {
    Module time{"time"};
    time.function("now", [](Script& script) { return time_value(clock_now(script), true); })
        .function("parse_rfc3339",
                  [](std::string text) {
                      const auto parsed = parse_rfc3339(text);
                      if (!parsed)
                          throw BindError{parsed.error() + " while parsing " + text + " as an RFC3339 time"};
                      return time_value(*parsed, false);
                  })
        .function("parse",
                  [](std::string text, std::string format) {
                      const auto parsed = parse_time(text, format);
                      if (!parsed)
                          throw BindError{parsed.error() + " while parsing " + text + " using format " +
                                          format};
                      return time_value(*parsed, false);
                  })
        .function("call_after", [](Script& script, double seconds, Function function) {
            constexpr double most = 10.0 * 365 * 86400;
            if (!(seconds >= 0)) throw BindError{"a number of seconds from 0 expected"};
            script.call_after(std::chrono::microseconds{std::llround(std::fmin(seconds, most) * 1e6)},
                              std::move(function));
        });
    return time;
}

Module url_module() {
    Module url{"url"};
    url.function("parse", [](std::string text) {
        auto parsed = Url::parse(text);
        if (!parsed) throw BindError{parsed.error() + " while parsing " + text + " as URL"};
        return Value{url_schema().make(std::move(*parsed))};
    });
    return url;
}

} // namespace lunette::wezterm
