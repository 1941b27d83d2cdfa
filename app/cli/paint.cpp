#include "cli/paint.h"

#include <cstdlib>

#include <unistd.h>

namespace lunette::cli {

Paint Paint::for_descriptor(int fd) {
    const char* no_color = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    const bool dumb = !term || std::string_view{term} == "dumb";
    return Paint{::isatty(fd) == 1 && !dumb && !(no_color && *no_color)};
}

} // namespace lunette::cli
