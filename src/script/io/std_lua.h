#pragma once

#include <string_view>

namespace lunette::script {

// The Lua halves of the standard replacements. Each is a module's chunk: it takes the natives out of the
// module's table, so that nobody else gets them, and puts its functions into the global tables.

// io, and os.execute/remove/rename/tmpname: three parts of one chunk.
extern const std::string_view files_reading;
extern const std::string_view files_methods;
extern const std::string_view files_opening;

extern const std::string_view clock_chunk; ///< the rest of os, and math.random
extern const std::string_view lunette_io_chunk;

} // namespace lunette::script
