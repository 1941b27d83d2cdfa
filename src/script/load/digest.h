#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::script {

/// A 128-bit hash of content (XXH3). Tells contents apart; no protection against somebody who wants two to be
/// equal.
struct Digest {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    friend bool operator==(const Digest&, const Digest&) = default;
    std::string hex() const; ///< 32 digits
};

Digest digest_of(std::string_view bytes) noexcept;

} // namespace lunette::script
