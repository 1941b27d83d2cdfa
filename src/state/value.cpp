#include <algorithm>

#include "state/value_key.h"
#include "state/value_nodes.h"

namespace lunette {

static_assert(sizeof(Value) == 16);

ValueListNode::ValueListNode(std::vector<Value> items) noexcept : items_{std::move(items)} {
    for (const Value& item : items_) holds_records_ = holds_records_ || item.holds_records();
}

ValueMapNode::ValueMapNode(std::vector<MapEntry> entries) noexcept : entries_{std::move(entries)} {
    for (const MapEntry& entry : entries_) holds_records_ = holds_records_ || entry.value.holds_records();
}

Value::Value(std::string_view value) : kind_{Kind::string}, string_{new StringNode{std::string{value}}} {}

Value::Value(std::string&& value) : kind_{Kind::string}, string_{new StringNode{std::move(value)}} {}

Value::Value(RecordRef record, ObjectType as) noexcept : Value{} {
    if (!record) return;
    kind_ = Kind::record;
    object_type_ = as;
    record_ = record.get();
    record_->ref();
}

Value::Value(const Value& other) noexcept
    : kind_{other.kind_}, object_type_{other.object_type_}, integer_{other.integer_} {
    if (const Node* node = shared()) node->ref();
}

Value::Value(Value&& other) noexcept
    : kind_{std::exchange(other.kind_, Kind::nil)},
      object_type_{std::exchange(other.object_type_, 0)},
      integer_{std::exchange(other.integer_, 0)} {}

Value& Value::operator=(Value other) noexcept {
    std::swap(kind_, other.kind_);
    std::swap(object_type_, other.object_type_);
    std::swap(integer_, other.integer_);
    return *this;
}

Value::~Value() {
    if (const Node* node = shared()) node->unref();
}

Value Value::list(std::vector<Value> items) {
    Value list;
    list.list_ = new ValueListNode{std::move(items)};
    list.kind_ = Kind::list;
    return list;
}

Value Value::map(std::vector<MapEntry> entries) {
    for (MapEntry& entry : entries) entry.key = state::normal_key(entry.key);
    const auto before = [](const MapEntry& a, const MapEntry& b) {
        return state::compare_keys(a.key, b.key) < 0;
    };
    const auto no_key = [](const MapEntry& entry) { return entry.key.is_nil(); };
    entries.erase(std::remove_if(entries.begin(), entries.end(), no_key), entries.end());
    std::stable_sort(entries.begin(), entries.end(), before);

    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const bool last_of_key = i + 1 == entries.size() || before(entries[i], entries[i + 1]);
        if (!last_of_key || entries[i].value.is_nil()) continue;
        if (kept != i) entries[kept] = std::move(entries[i]);
        ++kept;
    }
    entries.resize(kept);

    Value map;
    map.map_ = new ValueMapNode{std::move(entries)};
    map.kind_ = Kind::map;
    return map;
}

bool Value::boolean_or(bool otherwise) const noexcept {
    return kind_ == Kind::boolean ? boolean_ : otherwise;
}

std::int64_t Value::integer_or(std::int64_t otherwise) const noexcept {
    if (kind_ == Kind::integer) return integer_;
    std::int64_t integer = 0;
    return kind_ == Kind::number && state::to_integer(number_, integer) ? integer : otherwise;
}

double Value::number_or(double otherwise) const noexcept {
    if (kind_ == Kind::number) return number_;
    if (kind_ != Kind::integer) return otherwise;
    const double number = static_cast<double>(integer_);
    std::int64_t back = 0;
    return state::to_integer(number, back) && back == integer_ ? number : otherwise;
}

std::string_view Value::string_or(std::string_view otherwise) const noexcept {
    return kind_ == Kind::string ? std::string_view{string_->text()} : otherwise;
}

const RecordNode* Value::record() const noexcept { return kind_ == Kind::record ? record_ : nullptr; }

const std::vector<Value>& Value::items() const noexcept {
    static const std::vector<Value> none;
    return kind_ == Kind::list ? list_->items() : none;
}

const std::vector<MapEntry>& Value::entries() const noexcept {
    static const std::vector<MapEntry> none;
    return kind_ == Kind::map ? map_->entries() : none;
}

std::size_t Value::size() const noexcept { return kind_ == Kind::list ? items().size() : entries().size(); }

bool Value::holds_records() const noexcept {
    switch (kind_) {
    case Kind::record: return true;
    case Kind::list: return list_->holds_records();
    case Kind::map: return map_->holds_records();
    default: return false;
    }
}

const Value& Value::operator[](const Value& key) const noexcept {
    static const Value nil;
    if (kind_ == Kind::list) {
        const std::int64_t index = key.integer_or(0);
        return index >= 1 && static_cast<std::uint64_t>(index) <= size() ? items()[index - 1] : nil;
    }
    const Value normal = state::normal_key(key);
    if (normal.is_nil()) return nil;
    const auto& all = entries();
    const auto found =
        std::lower_bound(all.begin(), all.end(), normal, [](const MapEntry& entry, const Value& wanted) {
            return state::compare_keys(entry.key, wanted) < 0;
        });
    return found != all.end() && state::compare_keys(found->key, normal) == 0 ? found->value : nil;
}

const Value& Value::operator[](std::string_view key) const noexcept {
    static const Value nil;
    const auto& all = entries();
    // Strings stand last.
    const auto found =
        std::lower_bound(all.begin(), all.end(), key, [](const MapEntry& entry, std::string_view wanted) {
            return entry.key.kind() != Kind::string || entry.key.text() < wanted;
        });
    return found != all.end() && found->key.text() == key ? found->value : nil;
}

const Node* Value::shared() const noexcept {
    switch (kind_) {
    case Kind::string: return string_;
    case Kind::record: return record_;
    case Kind::list: return list_;
    case Kind::map: return map_;
    default: return nullptr;
    }
}

} // namespace lunette
