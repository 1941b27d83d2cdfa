#include <algorithm>
#include <bit>

#include <lunette/report.h>

namespace lunette {

namespace {

constexpr int sub_bits = 5;

// Values below 32 have a bucket each; above, each power of two is divided into 32.
std::size_t bucket_of(std::uint64_t value) noexcept {
    if (value < (1U << sub_bits)) return static_cast<std::size_t>(value);
    const int shift = std::bit_width(value) - 1 - sub_bits;
    return (static_cast<std::size_t>(shift + 1) << sub_bits) + ((value >> shift) & ((1U << sub_bits) - 1));
}

std::int64_t upper_bound_of(std::size_t bucket) noexcept {
    if (bucket < (1U << sub_bits)) return static_cast<std::int64_t>(bucket);
    const std::size_t shift = (bucket >> sub_bits) - 1;
    const std::uint64_t base = (std::uint64_t{1} << sub_bits) + (bucket & ((1U << sub_bits) - 1));
    return static_cast<std::int64_t>(((base + 1) << shift) - 1);
}

} // namespace

void Histogram::record(std::int64_t nanoseconds) noexcept {
    const std::int64_t value = std::max<std::int64_t>(nanoseconds, 0);
    ++buckets_[std::min(bucket_of(static_cast<std::uint64_t>(value)), buckets_.size() - 1)];
    ++count_;
    sum_ += value;
    max_ = std::max(max_, value);
}

void Histogram::merge(const Histogram& other) noexcept {
    for (std::size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    sum_ += other.sum_;
    max_ = std::max(max_, other.max_);
}

std::int64_t Histogram::quantile(double quantile) const noexcept {
    if (count_ == 0) return 0;
    const double exact = std::clamp(quantile, 0.0, 1.0) * static_cast<double>(count_);
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(exact + 0.999999));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
        seen += buckets_[i];
        if (seen >= rank) return std::min(upper_bound_of(i), max_);
    }
    return max_;
}

} // namespace lunette
