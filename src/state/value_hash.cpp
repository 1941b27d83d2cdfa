#include <cmath>
#include <cstring>

#include "state/value_equal.h"

namespace lunette::state {

namespace {

/// Enough to tell arguments apart; big values that begin alike share a hash.
constexpr int most_parts = 64;
constexpr int most_depth = 8;

std::size_t mix(std::size_t hash, std::size_t part) noexcept {
    // The constant is 2^64 divided by the golden ratio.
    return (hash ^ part) * 0x9E3779B97F4A7C15U + (hash >> 29);
}

std::size_t number_bits(double number) noexcept {
    if (std::isnan(number)) return 1;
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    return bits;
}

std::size_t hash_part(const Value& value, int depth, int& parts) noexcept {
    std::size_t result = mix(static_cast<std::size_t>(value.kind()), value.object_type());
    if (--parts <= 0 || depth > most_depth) return result;
    switch (value.kind()) {
    case Kind::nil: break;
    case Kind::boolean: return mix(result, value.boolean_or(false));
    case Kind::integer: return mix(result, static_cast<std::size_t>(value.integer_or(0)));
    case Kind::number: return mix(result, number_bits(value.number_or(0)));
    case Kind::string: return mix(result, std::hash<std::string_view>{}(value.text()));
    case Kind::record: return mix(result, value.record()->id());
    case Kind::list:
        result = mix(result, value.size());
        for (const Value& item : value.items()) {
            if (parts <= 0) break;
            result = mix(result, hash_part(item, depth + 1, parts));
        }
        break;
    case Kind::map:
        result = mix(result, value.size());
        for (const MapEntry& entry : value.entries()) {
            if (parts <= 0) break;
            result = mix(result, hash_part(entry.key, depth + 1, parts));
            result = mix(result, hash_part(entry.value, depth + 1, parts));
        }
        break;
    }
    return result;
}

} // namespace

std::size_t hash(const Value& value) noexcept {
    int parts = most_parts;
    return hash_part(value, 0, parts);
}

} // namespace lunette::state
