#pragma once

#include <cstdint>

namespace lunette::mux {

// Raises the process's soft limits of open files and processes to at least these, as far as the hard limits
// allow; never lowers one. What programs are started with is inherited from here.
void raise_limits(std::uint64_t open_files, std::uint64_t processes) noexcept;

} // namespace lunette::mux
