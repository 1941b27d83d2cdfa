#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <lunette/record.h>

#include "state/record_compare.h"
#include "state/snapshot.h"
#include "state/thread_check.h"

namespace lunette::state {

/// Finds the newest version of a record by its id, among those that the current root reaches. Follows from
/// root to root in time proportional to what changed: it counts the references to each record, so that one
/// which two parents share stays while one of them remains.
///
/// Thread: the script thread. Keeps the root, and so all it returns, until the next adopt().
///
/// REQUIRES: within one root a record stands in one version only.
class RecordIndex {
public:
    /// Makes a root current; empty for none. Returns what changed, in no particular order, as diff() would;
    /// valid until the next call.
    const std::vector<Change>& adopt(RecordRef root);
    /// The same, and takes the snapshot's revision. REQUIRES: not empty.
    const std::vector<Change>& adopt(const SnapshotRef& snapshot);

    /// Null when there is no such record now.
    const RecordNode* find(Id id) const noexcept;

    const RecordRef& root() const noexcept { return root_; }
    /// Of the newest snapshot; roots without one count on from there.
    std::uint64_t revision() const noexcept { return revision_; }
    std::size_t size() const noexcept { return records_.size(); }

private:
    struct Entry {
        RecordRef record;
        std::int64_t references = 0;
    };
    struct Versions {
        RecordRef was;
        RecordRef is;
    };

    void follow(RecordRef root);
    void apply_edges();
    void add_reference(const RecordNode* record);
    void remove_reference(Id id);
    void renew(Entry& entry, const RecordNode* newest);
    void drop_unreferenced();

    ThreadCheck thread_;
    RecordRef root_;
    std::uint64_t revision_ = 0;
    /// The references counted are those of exactly the versions that stand here, once `outdated_` is empty.
    std::unordered_map<Id, Entry> records_;
    std::vector<Change> changes_;

    // Work of one adopt(); kept for their memory.
    std::vector<Versions> outdated_;          ///< first in, first out
    std::vector<const RecordNode*> appeared_; ///< whose own references are not counted yet
    std::vector<Id> unreferenced_;            ///< perhaps
    RecordEdges edges_;
};

} // namespace lunette::state
