#pragma once

#include <lunette/record.h>

namespace lunette::state {

enum class RecordsBy : std::uint8_t {
    content, ///< the same id and, deeply, equal fields
    id,      ///< the same id: versions of one record are one
};

/// Deep equality as Value's operator== describes it. Any depth; parts met again and again are compared once.
bool equal(const Value& a, const Value& b, RecordsBy records) noexcept;

/// Equal values have equal hashes, with either RecordsBy. Looks at a bounded part of the value.
std::size_t hash(const Value& value) noexcept;

} // namespace lunette::state
