#include "wezterm/lunette_module.h"

#include <chrono>
#include <cmath>
#include <string>

namespace lunette::wezterm {

namespace {

std::string state_name(const std::string& name) { return "lunette." + name; }

} // namespace

Module lunette_module() {
    Module lunette{"lunette"};
    lunette.constant("version", "0.1.0")
        .function("depends_on",
                  [](Script& script, std::string name) { script.reads_state(state_name(name)); })
        .doc("lunette.depends_on(name: string)",
             "The running handler's result holds until somebody says lunette.changed(name).")
        .function("changed", [](Script& script, std::string name) { script.changed(state_name(name)); })
        .doc("lunette.changed(name: string)",
             "Runs again what called lunette.depends_on(name). Does nothing inside of title handlers.")
        .function("expires_after",
                  [](Script& script, double seconds) {
                      if (!(seconds > 0) || seconds > 1e9)
                          throw BindError{"a number of seconds above 0 expected"};
                      script.reads_clock(
                          std::chrono::microseconds{std::llround(std::fmax(seconds * 1e6, 1))});
                  })
        .doc("lunette.expires_after(seconds: number)",
             "The running handler's result holds at most this long (until the next multiple of it).");
    return lunette;
}

} // namespace lunette::wezterm
