#include "wezterm/lunette_module.h"

#include <string>

namespace lunette::wezterm {

Module lunette_module() {
    Module lunette{"lunette"};
    lunette.constant("version", "0.1.0");
    return lunette;
}

} // namespace lunette::wezterm
