#pragma once

#include <cstdint>

#include <lunette/record.h>

namespace lunette::state {

/// One consistent set of records, as published. Immutable; any thread; made and freed by the UI thread.
struct Snapshot final : Node {
    Snapshot(RecordRef root_record, std::uint64_t root_revision, std::uint64_t last_command) noexcept
        : root{std::move(root_record)}, revision{root_revision}, applied_seq{last_command} {}

    const RecordRef root;
    const std::uint64_t revision;    ///< counts publications, from 1
    const std::uint64_t applied_seq; ///< the last command that `root` includes
};

using SnapshotRef = Counted<Snapshot>;

} // namespace lunette::state
