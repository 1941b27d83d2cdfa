#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "state/record_compare.h"

namespace lunette {

namespace {

using state::RecordEdges;
using Versions = std::pair<const RecordNode*, const RecordNode*>;
using ById = std::unordered_map<Id, const RecordNode*>;

struct VersionsHash {
    std::size_t operator()(const Versions& pair) const noexcept {
        return std::hash<const void*>{}(pair.first) * 31 + std::hash<const void*>{}(pair.second);
    }
};

/// Compares what both sides have, then settles what became of records whose references came or went. Only
/// when one was not met on both sides does it list everything.
class Difference {
public:
    Difference(const RecordNode* before, const RecordNode* after, std::vector<Change>& changes)
        : before_{before}, after_{after}, changes_{changes} {}

    void run() {
        if (before_ == after_) return;
        if (before_ && after_ && before_->id() == after_->id()) {
            match(before_, after_);
        } else {
            if (before_) edges_.removed.push_back(before_);
            if (after_) edges_.added.push_back(after_);
        }
        do {
            compare_matched();
            pair_moved();
            if (!waiting_.empty()) continue;
            settle_rest();
        } while (!waiting_.empty() || !edges_.added.empty() || !edges_.removed.empty());
    }

private:
    void match(const RecordNode* was, const RecordNode* is) {
        if (was == is || !seen_.insert({was, is}).second) return;
        settled_.insert(is->id());
        waiting_.emplace_back(was, is);
    }

    void compare_matched() {
        while (!waiting_.empty()) {
            const Versions next = waiting_.back();
            waiting_.pop_back();
            state::compare_records(*next.first, *next.second, changes_, edges_);
            for (const Versions& pair : edges_.matched) match(pair.first, pair.second);
            edges_.matched.clear();
        }
    }

    /// Records that one parent lost and another took.
    void pair_moved() {
        if (edges_.removed.empty() || edges_.added.empty()) return;
        ById removed;
        for (const RecordNode* record : edges_.removed) removed.emplace(record->id(), record);
        for (const RecordNode* record : edges_.added) {
            const auto found = removed.find(record->id());
            if (found == removed.end()) continue;
            settled_.insert(record->id());
            match(found->second, record);
        }
        const auto known = [&](const RecordNode* record) { return settled_.count(record->id()) != 0; };
        std::erase_if(edges_.removed, known);
        std::erase_if(edges_.added, known);
    }

    /// Clears the edges; what newly appeared or went leaves its own behind.
    void settle_rest() {
        RecordEdges edges;
        std::swap(edges, edges_);
        for (const RecordNode* record : edges.added) {
            if (settled_.count(record->id())) continue;
            if (!all_before_) all_before_ = list(before_);
            const auto found = all_before_->find(record->id());
            if (found != all_before_->end()) {
                settled_.insert(record->id());
                match(found->second, record);
            } else if (settled_.insert(record->id()).second) {
                changes_.push_back({record->id(), Change::What::appeared, 0, 0, record});
                state::append_children(*record, edges_.added);
            }
        }
        for (const RecordNode* record : edges.removed) {
            if (settled_.count(record->id())) continue;
            if (!all_after_) all_after_ = list(after_);
            const auto found = all_after_->find(record->id());
            settled_.insert(record->id());
            if (found != all_after_->end()) {
                match(record, found->second);
            } else {
                changes_.push_back({record->id(), Change::What::gone, 0, 0, nullptr});
                state::append_children(*record, edges_.removed);
            }
        }
    }

    static ById list(const RecordNode* root) {
        ById all;
        std::vector<const RecordNode*> waiting;
        if (root) waiting.push_back(root);
        while (!waiting.empty()) {
            const RecordNode* record = waiting.back();
            waiting.pop_back();
            if (all.emplace(record->id(), record).second) state::append_children(*record, waiting);
        }
        return all;
    }

    const RecordNode* before_;
    const RecordNode* after_;
    std::vector<Change>& changes_;
    std::vector<Versions> waiting_;
    std::unordered_set<Versions, VersionsHash> seen_;
    RecordEdges edges_;
    /// Records whose fate is known: in both, appeared or gone.
    std::unordered_set<Id> settled_;
    std::optional<ById> all_before_;
    std::optional<ById> all_after_;
};

} // namespace

void diff(const RecordRef& before, const RecordRef& after, std::vector<Change>& changes) {
    Difference{before.get(), after.get(), changes}.run();
}

} // namespace lunette
