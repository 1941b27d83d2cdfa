#include <algorithm>
#include <cassert>
#include <limits>

#include <lunette/record.h>

namespace lunette {

namespace {

std::uint64_t hash_name(std::string_view name, std::uint64_t seed) noexcept {
    std::uint64_t hash = seed * 0x9E3779B97F4A7C15U + name.size();
    const auto mix = [&](std::uint64_t word) {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93U;
        hash ^= hash >> 32;
    };
    while (name.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, name.data(), 8);
        mix(word);
        name.remove_prefix(8);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, name.data(), name.size());
    mix(word);
    return hash;
}

} // namespace

int Schema::find(std::string_view name) const noexcept {
    if (buckets_.empty()) return -1;
    const int index = buckets_[hash_name(name, seed_) & (buckets_.size() - 1)];
    return index >= 0 && fields_[index].name == name ? index : -1;
}

void Schema::add(Field field) {
    assert(fields_.size() < static_cast<std::size_t>(std::numeric_limits<std::int16_t>::max()));
    if (const int known = find(field.name); known >= 0) {
        fields_[known] = std::move(field);
        return;
    }
    const auto index = static_cast<std::int16_t>(fields_.size());
    fields_.push_back(std::move(field));
    if (buckets_.size() >= 4 * fields_.size()) {
        std::int16_t& bucket = buckets_[hash_name(fields_.back().name, seed_) & (buckets_.size() - 1)];
        if (bucket < 0) {
            bucket = index;
            return;
        }
    }
    rehash();
}

void Schema::rehash() {
    constexpr int attempts = 32;
    std::size_t size = std::max<std::size_t>(buckets_.size(), 8);
    while (size < 4 * fields_.size()) size *= 2;
    for (;; size *= 2) {
        for (int attempt = 0; attempt < attempts; ++attempt, ++seed_) {
            buckets_.assign(size, -1);
            bool collided = false;
            for (std::size_t i = 0; i < fields_.size() && !collided; ++i) {
                std::int16_t& bucket = buckets_[hash_name(fields_[i].name, seed_) & (size - 1)];
                collided = bucket >= 0;
                bucket = static_cast<std::int16_t>(i);
            }
            if (!collided) return;
        }
    }
}

} // namespace lunette
