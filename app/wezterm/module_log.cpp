#include "wezterm/lua_chunks.h"
#include "wezterm/modules.h"

#include <string_view>

namespace lunette::wezterm {

void add_log(Module& wezterm) {
    wezterm
        .hidden("log",
                [](Script& script, std::string_view level, std::string_view text) {
                    script.log(level == "error"   ? LogLevel::error
                               : level == "warn"  ? LogLevel::warning
                               : level == "debug" ? LogLevel::debug
                                                  : LogLevel::info,
                               text);
                })
        .chunk("wezterm.log", log_chunk);
}

} // namespace lunette::wezterm
