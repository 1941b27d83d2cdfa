#include "script/memo/dependency.h"

#include <charconv>

#include <fmt/format.h>

namespace lunette::script {

std::uint32_t name_hash(std::string_view name) noexcept {
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
}

const Value& value_at(const Value& map, std::string_view key) {
    const Value& by_name = map[key];
    if (!by_name.is_nil()) return by_name;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error == std::errc{} && end == key.data() + key.size()) return map[Value{number}];
    if (key == "true" || key == "false") return map[Value{key == "true"}];
    return by_name;
}

Value value_of_key(const RecordNode& record, int field, std::string_view key) {
    const Field& f = record.schema().field(static_cast<std::size_t>(field));
    const FieldView view = f.get(f, record.payload());
    return view.kind == Kind::map ? value_at(*view.value, key) : Value{};
}

std::size_t Dependency::hash() const noexcept {
    std::uint64_t h = record * 0x9E3779B97F4A7C15ULL;
    h ^= (std::uint64_t{sub} << 20) + (std::uint64_t{field} << 4) + static_cast<std::uint64_t>(on);
    h *= 0xD6E8FEB86659FD93ULL;
    return h ^ (h >> 29);
}

std::string Dependency::describe() const {
    switch (on) {
    case On::state: return "state." + key;
    case On::any_state: return "any state";
    case On::any_record: return "which records there are";
    case On::any_field: return "any " + schema->name() + "." + schema->field(field).name;
    default: break;
    }
    if (!schema) return fmt::format("record {}", record);
    if (on == On::lookup) return schema->name();
    std::string text = schema->name() + "." + schema->field(field).name;
    if (on == On::length) text += ".#";
    if (on == On::item) text += "[]";
    if (on == On::key && !key.empty()) text += "." + key;
    return text;
}

Dependency Dependency::coarsened() const {
    switch (on) {
    case On::field:
    case On::length:
    case On::item:
    case On::key: return {0, 0, field, On::any_field, schema};
    case On::lookup: return {0, 0, 0, On::any_record};
    default: return *this;
    }
}

std::string describe(const Change& change) {
    if (!change.now) return fmt::format("record {} is gone", change.record);
    const Schema& schema = change.now->schema();
    if (change.what == Change::What::appeared)
        return fmt::format("{} {} appeared", schema.name(), change.record);
    if (change.what == Change::What::gone) return fmt::format("{} {} is gone", schema.name(), change.record);
    return fmt::format("{}.{} of {}", schema.name(), schema.field(change.field).name, change.record);
}

bool touches(const Change& change, const Dependency& d) {
    using On = Dependency::On;
    using What = Change::What;
    const bool existence = change.what == What::appeared || change.what == What::gone;
    if (d.on == On::any_record) return existence;
    if (d.on == On::any_field)
        return !existence && change.field == d.field && change.now && &change.now->schema() == d.schema;
    if (change.record != d.record) return false;
    switch (d.on) {
    case On::field: return change.what == What::field && change.field == d.field;
    case On::length: return change.what == What::length && change.field == d.field;
    case On::item: return change.what == What::item && change.field == d.field && change.index == d.sub;
    case On::lookup: return existence;
    case On::key: {
        if (change.what != What::field || change.field != d.field) return false;
        if (!change.now) return true;
        const Schema& schema = change.now->schema();
        const FieldView view = schema.field(d.field).get(schema.field(d.field), change.now->payload());
        return view.kind != Kind::map || !(value_at(*view.value, d.key) == d.seen);
    }
    default: return false;
    }
}

} // namespace lunette::script
