#include "script/load/digest.h"

#include <fmt/format.h>
#if defined(__x86_64__)
#include <xxh_x86dispatch.h> // the same hashes by the widest instructions that this processor has
#else
#include <xxhash.h>
#endif

namespace lunette::script {

std::string Digest::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

Digest digest_of(std::string_view bytes) noexcept {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.high64, hash.low64};
}

} // namespace lunette::script
