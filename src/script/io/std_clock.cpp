#include <cstdlib>

#include "script/io/clock_format.h"
#include "script/io/std_natives.h"

namespace lunette::script {

void add_clock_natives(Module& module) {
    module.function("wall_seconds", [](Script& script) { return script.wall_us() / 1'000'000; })
        .function("reads_clock",
                  [](Script& script, std::int64_t us) { script.reads_clock(std::chrono::microseconds{us}); })
        .function("reads_date",
                  [](Script& script, std::string_view format) {
                      const auto granularity = clock_granularity(format, script.wall_us());
                      if (granularity.count() > 0) script.reads_clock(granularity);
                  })
        .function("reads_random", [](Script& script) { script.reads_random(); })
        .function("getenv", [](Script& script, std::string name) -> Value {
            script.reads_environment(name);
            const char* value = std::getenv(name.c_str());
            return value ? Value{value} : Value{};
        });
}

} // namespace lunette::script
