#include "state/record_compare.h"

#include <algorithm>

#include "state/value_equal.h"

namespace lunette::state {

namespace {

using Records = std::vector<const RecordNode*>;

Id id_of(const RecordNode* record) noexcept { return record ? record->id() : 0; }

void append(Records& records, const RecordNode* record) {
    if (record) records.push_back(record);
}

/// Appends the records that a Value's field holds.
void append_held(const FieldView& view, Records& records) {
    if (view.kind == Kind::record) append(records, view.record);
    if (view.kind != Kind::list && view.kind != Kind::map) return;
    std::vector<const Value*> waiting;
    const auto visit = [&](const Value& value) {
        if (value.kind() == Kind::record)
            append(records, value.record());
        else if (value.holds_records())
            waiting.push_back(&value);
    };
    visit(*view.value);
    while (!waiting.empty()) {
        const Value& value = *waiting.back();
        waiting.pop_back();
        for (const Value& item : value.items()) visit(item);
        for (const MapEntry& entry : value.entries()) visit(entry.value);
    }
}

/// Whether a Value's field says the same in both versions. As with other references, a new version of a
/// record in it is no difference.
bool same(const Field& field, const RecordNode& before, const RecordNode& after, const FieldView& from,
          const FieldView& to) {
    if (from.kind != to.kind || from.object_type != to.object_type) return false;
    if (from.kind == Kind::record) return id_of(from.record) == id_of(to.record);
    if (from.kind == Kind::list || from.kind == Kind::map)
        return equal(*from.value, *to.value, RecordsBy::id);
    return field.equal(field, before.payload(), after.payload());
}

/// Whether both versions of a Value's field hold the same versions of records, or none.
bool same_records(const FieldView& from, const FieldView& to) noexcept {
    if (from.kind != to.kind) return false;
    if (from.kind == Kind::record) return from.record == to.record;
    if (from.kind == Kind::list) return &from.value->items() == &to.value->items();
    return from.kind != Kind::map || &from.value->entries() == &to.value->entries();
}

class Comparison {
public:
    Comparison(const RecordNode& before, const RecordNode& after, std::vector<Change>& changes,
               RecordEdges& edges)
        : before_{before}, after_{after}, changes_{changes}, edges_{edges} {}

    void run() {
        const Schema& schema = after_.schema();
        for (index_ = 0; index_ < schema.fields().size(); ++index_) {
            const Field& field = schema.field(index_);
            if (field.kind == Kind::record)
                compare_reference(field);
            else if (field.kind == Kind::list)
                compare_lists(field);
            else if (field.kind == Kind::nil)
                compare_values(field);
            else if (!field.equal(field, before_.payload(), after_.payload()))
                report(Change::What::field);
        }
    }

private:
    FieldView was(const Field& field) const { return field.get(field, before_.payload()); }
    FieldView is(const Field& field) const { return field.get(field, after_.payload()); }

    void report(Change::What what, std::size_t index = 0) {
        changes_.push_back({after_.id(), what, static_cast<std::uint16_t>(index_),
                            static_cast<std::uint32_t>(index), &after_});
    }

    void compare_reference(const Field& field) {
        const FieldView from = was(field);
        const FieldView to = is(field);
        if (!relink(from.kind == Kind::record ? from.record : nullptr,
                    to.kind == Kind::record ? to.record : nullptr)) {
            report(Change::What::field);
        }
    }

    /// False when it is another record.
    bool relink(const RecordNode* from, const RecordNode* to) {
        if (from == to) return true;
        if (id_of(from) == id_of(to)) {
            edges_.matched.emplace_back(from, to);
            return true;
        }
        append(edges_.removed, from);
        append(edges_.added, to);
        return false;
    }

    void compare_lists(const Field& field) {
        static const std::vector<RecordRef> none;
        const ListNode* from_node = was(field).list;
        const ListNode* to_node = is(field).list;
        if (from_node == to_node) return;
        const auto& from = from_node ? from_node->items() : none;
        const auto& to = to_node ? to_node->items() : none;
        if (from.size() != to.size()) report(Change::What::length);
        for (std::size_t i = 0; i < std::max(from.size(), to.size()); ++i) {
            const bool same =
                relink(i < from.size() ? from[i].get() : nullptr, i < to.size() ? to[i].get() : nullptr);
            if (!same) report(Change::What::item, i);
        }
    }

    void compare_values(const Field& field) {
        const FieldView from = was(field);
        const FieldView to = is(field);
        if (!same(field, before_, after_, from, to)) report(Change::What::field);
        if (same_records(from, to)) return;
        append_held(from, edges_.removed);
        append_held(to, edges_.added);
    }

    const RecordNode& before_;
    const RecordNode& after_;
    std::vector<Change>& changes_;
    RecordEdges& edges_;
    std::size_t index_ = 0;
};

} // namespace

void compare_records(const RecordNode& before, const RecordNode& after, std::vector<Change>& changes,
                     RecordEdges& edges) {
    if (&before.schema() == &after.schema()) {
        Comparison{before, after, changes, edges}.run();
        return;
    }
    for (std::size_t i = 0; i < after.schema().fields().size(); ++i) {
        changes.push_back({after.id(), Change::What::field, static_cast<std::uint16_t>(i), 0, &after});
    }
    append_children(before, edges.removed);
    append_children(after, edges.added);
}

void append_children(const RecordNode& record, std::vector<const RecordNode*>& children) {
    for (const Field& field : record.schema().fields()) {
        if (field.kind != Kind::record && field.kind != Kind::list && field.kind != Kind::nil) continue;
        const FieldView view = field.get(field, record.payload());
        if (field.kind != Kind::list) {
            append_held(view, children);
        } else if (view.list) {
            for (const RecordRef& item : view.list->items()) append(children, item.get());
        }
    }
}

} // namespace lunette::state
