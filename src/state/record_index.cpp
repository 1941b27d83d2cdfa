#include "state/record_index.h"

namespace lunette::state {

const std::vector<Change>& RecordIndex::adopt(RecordRef root) {
    thread_.check();
    if (!(root == root_)) ++revision_;
    follow(std::move(root));
    return changes_;
}

const std::vector<Change>& RecordIndex::adopt(const SnapshotRef& snapshot) {
    thread_.check();
    revision_ = snapshot->revision;
    follow(snapshot->root);
    return changes_;
}

const RecordNode* RecordIndex::find(Id id) const noexcept {
    thread_.check();
    const auto found = records_.find(id);
    return found == records_.end() ? nullptr : found->second.record.get();
}

void RecordIndex::follow(RecordRef root) {
    changes_.clear();
    if (root == root_) return;
    const RecordRef before = std::exchange(root_, std::move(root));
    edges_.clear();
    if (before && root_ && before->id() == root_->id()) {
        edges_.matched.emplace_back(before.get(), root_.get());
    } else {
        if (root_) edges_.added.push_back(root_.get());
        if (before) edges_.removed.push_back(before.get());
    }
    apply_edges();
    for (std::size_t i = 0; i < outdated_.size(); ++i) {
        const Versions next = outdated_[i];
        compare_records(*next.was, *next.is, changes_, edges_);
        apply_edges();
    }
    outdated_.clear();
    drop_unreferenced();
}

void RecordIndex::apply_edges() {
    for (const auto& [was, is] : edges_.matched) {
        const auto found = records_.find(is->id());
        if (found != records_.end()) renew(found->second, is);
    }
    for (const RecordNode* record : edges_.added) add_reference(record);
    while (!appeared_.empty()) {
        const RecordNode* record = appeared_.back();
        appeared_.pop_back();
        edges_.added.clear();
        append_children(*record, edges_.added);
        for (const RecordNode* child : edges_.added) add_reference(child);
    }
    for (const RecordNode* record : edges_.removed) remove_reference(record->id());
    edges_.clear();
}

void RecordIndex::add_reference(const RecordNode* record) {
    const auto [found, inserted] = records_.try_emplace(record->id());
    Entry& entry = found->second;
    ++entry.references;
    if (!inserted) {
        renew(entry, record);
        return;
    }
    entry.record = RecordRef::share(record);
    changes_.push_back({record->id(), Change::What::appeared, 0, 0, record});
    appeared_.push_back(record);
}

void RecordIndex::remove_reference(Id id) {
    const auto found = records_.find(id);
    if (found != records_.end() && --found->second.references == 0) unreferenced_.push_back(id);
}

void RecordIndex::renew(Entry& entry, const RecordNode* newest) {
    if (entry.record.get() == newest) return;
    RecordRef was = std::exchange(entry.record, RecordRef::share(newest));
    outdated_.push_back({std::move(was), entry.record});
}

void RecordIndex::drop_unreferenced() {
    while (!unreferenced_.empty()) {
        const Id id = unreferenced_.back();
        unreferenced_.pop_back();
        const auto found = records_.find(id);
        if (found == records_.end() || found->second.references != 0) continue;
        const RecordRef record = std::move(found->second.record);
        records_.erase(found);
        changes_.push_back({id, Change::What::gone, 0, 0, nullptr});
        append_children(*record, edges_.removed);
        for (const RecordNode* child : edges_.removed) remove_reference(child->id());
        edges_.removed.clear();
    }
}

} // namespace lunette::state
