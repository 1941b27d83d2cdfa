#include "state/value_key.h"

#include <cmath>

namespace lunette::state {

namespace {

int rank(Kind kind) noexcept {
    switch (kind) {
    case Kind::integer: return 0;
    case Kind::number: return 1;
    case Kind::boolean: return 2;
    default: return 3;
    }
}

template<class T>
int three_way(const T& a, const T& b) noexcept {
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

bool to_integer(double number, std::int64_t& integer) noexcept {
    // 2^63 is a double, the largest integer is not.
    if (!(number >= -0x1p63 && number < 0x1p63) || std::floor(number) != number) return false;
    integer = static_cast<std::int64_t>(number);
    return true;
}

Value normal_key(const Value& key) noexcept {
    switch (key.kind()) {
    case Kind::number: {
        const double number = key.number_or(0);
        std::int64_t integer = 0;
        if (to_integer(number, integer)) return Value{integer};
        return std::isnan(number) ? Value{} : key;
    }
    case Kind::integer:
    case Kind::boolean:
    case Kind::string: return key;
    default: return {};
    }
}

int compare_keys(const Value& a, const Value& b) noexcept {
    if (a.kind() != b.kind()) return rank(a.kind()) - rank(b.kind());
    switch (a.kind()) {
    case Kind::integer: return three_way(a.integer_or(0), b.integer_or(0));
    case Kind::number: return three_way(a.number_or(0), b.number_or(0));
    case Kind::boolean: return three_way(a.boolean_or(false), b.boolean_or(false));
    default: return a.text().compare(b.text());
    }
}

} // namespace lunette::state
