#include "mux/resource_limits.h"

#include <algorithm>

#include <sys/resource.h>

namespace lunette::mux {

namespace {

void raise_to(__rlimit_resource_t resource, std::uint64_t least) noexcept {
    rlimit limit{};
    if (least == 0 || ::getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
    const rlim_t wanted = limit.rlim_max == RLIM_INFINITY ? least : std::min<rlim_t>(least, limit.rlim_max);
    if (wanted <= limit.rlim_cur) return;
    limit.rlim_cur = wanted;
    ::setrlimit(resource, &limit);
}

} // namespace

void raise_limits(std::uint64_t open_files, std::uint64_t processes) noexcept {
    raise_to(RLIMIT_NOFILE, open_files);
    raise_to(RLIMIT_NPROC, processes);
}

} // namespace lunette::mux
