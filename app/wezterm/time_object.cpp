#include "wezterm/time_object.h"
#include "wezterm/clock_reads.h"
#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/sun_times.h"

#include <string>

namespace lunette::wezterm {

namespace {

std::string format(Script& script, const TimeValue& time, const std::string& text, bool local) {
    if (time.from_clock) reads_clock_for(script, text);
    const Instant& at = time.instant;
    return show_time(text,
                     local ? local_time(at.seconds, at.nanoseconds) : utc_time(at.seconds, at.nanoseconds));
}

Value sun(Script& script, RecordRef self, double latitude, double longitude) {
    const auto& time = payload<TimeValue>(self);
    if (time.from_clock) script.reads_clock(std::chrono::minutes{1});
    if (!(latitude >= -90 && latitude <= 90) || !(longitude >= -180 && longitude <= 180))
        throw BindError{"latitude -90…90 and longitude -180…180 expected"};
    const SunTimes times = sun_times(time.instant, latitude, longitude);
    const auto part = [&](const std::optional<Instant>& at) {
        return at ? time_value(*at, time.from_clock) : Value{};
    };
    return Value::map({{"rise", part(times.rise)},
                       {"set", part(times.set)},
                       {"up", times.up},
                       {"progression", times.progression}});
}

} // namespace

const TypedSchema<TimeValue>& time_schema() {
    static const TypedSchema<TimeValue> schema = lunette::schema<TimeValue>("Time");
    return schema;
}

Value time_value(const Instant& instant, bool from_clock) {
    return Value{time_schema().make(TimeValue{instant, from_clock})};
}

std::string time_text(const TimeValue& time) { return "Time(utc: " + to_rfc3339(time.instant) + ")"; }

Object time_object() {
    Object object{"Time", time_schema(), Binding::pinned};
    object
        .method("format",
                [](Script& script, RecordRef self, std::string text) {
                    return format(script, payload<TimeValue>(self), text, true);
                })
        .method("format_utc",
                [](Script& script, RecordRef self, std::string text) {
                    return format(script, payload<TimeValue>(self), text, false);
                })
        .method("sun_times", sun)
        .metamethod("__tostring", [](Script& script, RecordRef self) {
            const auto& time = payload<TimeValue>(self);
            if (time.from_clock) script.reads_clock(std::chrono::milliseconds{100});
            return time_text(time);
        });
    return object;
}

} // namespace lunette::wezterm
