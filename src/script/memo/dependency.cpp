#include "script/memo/dependency.h"

#include <algorithm>
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

std::string Dependency::describe() const {
    if (on == On::state) return "state." + key;
    if (!schema) return fmt::format("record {}", record);
    if (on == On::lookup) return schema->name();
    std::string text = schema->name() + "." + schema->field(field).name;
    if (on == On::length) text += ".#";
    if (on == On::item) text += "[]";
    if (on == On::key) text += "." + key;
    return text;
}

std::string describe(const Change& change, const Schema* schema) {
    if (change.now) schema = &change.now->schema();
    if (!schema) return fmt::format("record {} is gone", change.record);
    if (change.what == Change::What::appeared)
        return fmt::format("{} {} appeared", schema->name(), change.record);
    if (change.what == Change::What::gone) return fmt::format("{} {} is gone", schema->name(), change.record);
    return fmt::format("{}.{} of {}", schema->name(), schema->field(change.field).name, change.record);
}

std::size_t DependencyIndex::Hash::operator()(const Key& key) const noexcept {
    std::uint64_t h = key.record * 0x9E3779B97F4A7C15ULL;
    h ^=
        (std::uint64_t{key.sub} << 24) ^ (std::uint64_t{key.field} << 8) ^ static_cast<std::uint64_t>(key.on);
    h *= 0xD6E8FEB86659FD93ULL;
    return h ^ (h >> 32);
}

DependencyIndex::Key DependencyIndex::key_of(const Dependency& d) noexcept {
    // Readers of any key of one field share a bucket: a change of the field compares each key's value.
    return {d.record, d.on == Dependency::On::key ? 0 : d.sub, d.field, d.on};
}

void DependencyIndex::link(Reader& reader) {
    for (const Dependency& d : reader.dependencies_) {
        auto& bucket = readers_[key_of(d)];
        if (bucket.empty() || bucket.back() != &reader) bucket.push_back(&reader);
    }
}

void DependencyIndex::unlink(Reader& reader) {
    for (const Dependency& d : reader.dependencies_) {
        const auto found = readers_.find(key_of(d));
        if (found == readers_.end()) continue;
        std::erase(found->second, &reader);
        if (found->second.empty()) readers_.erase(found);
    }
}

void DependencyIndex::set(Reader& reader, std::vector<Dependency> dependencies) {
    auto& held = reader.dependencies_;
    if (held.size() == dependencies.size() &&
        std::equal(held.begin(), held.end(), dependencies.begin(),
                   [](const Dependency& a, const Dependency& b) { return a.same(b); })) {
        held = std::move(dependencies); // the values seen may be newer
        return;
    }
    unlink(reader);
    held = std::move(dependencies);
    link(reader);
}

void DependencyIndex::remove(Reader& reader) {
    unlink(reader);
    reader.dependencies_.clear();
}

void DependencyIndex::notify(const Key& key, const Change& change) {
    const auto found = readers_.find(key);
    if (found == readers_.end()) return;
    const std::string cause = describe(change, nullptr);
    const std::vector<Reader*> readers = found->second; // invalidation may relink
    for (Reader* reader : readers) reader->invalidate(cause);
}

void DependencyIndex::notify_keys(const Change& change) {
    const auto found = readers_.find({change.record, 0, change.field, Dependency::On::key});
    if (found == readers_.end()) return;
    const std::vector<Reader*> readers = found->second;
    for (Reader* reader : readers) {
        const auto& held = reader->dependencies_;
        const auto touched =
            std::find_if(held.begin(), held.end(), [&](const Dependency& d) { return touches(change, d); });
        if (touched != held.end())
            reader->invalidate(describe(change, nullptr) +
                               (touched->key.empty() ? "" : " (" + touched->key + ")"));
    }
}

void DependencyIndex::apply(const std::vector<Change>& changes) {
    using On = Dependency::On;
    for (const Change& change : changes) {
        switch (change.what) {
        case Change::What::field:
            notify({change.record, 0, change.field, On::field}, change);
            notify_keys(change);
            break;
        case Change::What::length: notify({change.record, 0, change.field, On::length}, change); break;
        case Change::What::item: notify({change.record, change.index, change.field, On::item}, change); break;
        case Change::What::appeared:
        case Change::What::gone: notify({change.record, 0, 0, On::lookup}, change); break;
        }
    }
}

void DependencyIndex::state_changed(std::string_view name) {
    const auto found = readers_.find({0, name_hash(name), 0, Dependency::On::state});
    if (found == readers_.end()) return;
    const std::string cause = "state " + std::string{name};
    const std::vector<Reader*> readers = found->second;
    for (Reader* reader : readers) reader->invalidate(cause);
}

bool touches(const Change& change, const Dependency& d) {
    if (change.record != d.record) return false;
    using On = Dependency::On;
    switch (d.on) {
    case On::field: return change.what == Change::What::field && change.field == d.field;
    case On::length: return change.what == Change::What::length && change.field == d.field;
    case On::item:
        return change.what == Change::What::item && change.field == d.field && change.index == d.sub;
    case On::lookup: return change.what == Change::What::appeared || change.what == Change::What::gone;
    case On::key: {
        if (change.what != Change::What::field || change.field != d.field) return false;
        if (!change.now) return true;
        const Schema& schema = change.now->schema();
        const FieldView view = schema.field(d.field).get(schema.field(d.field), change.now->payload());
        return view.kind != Kind::map || !(value_at(*view.value, d.key) == d.seen);
    }
    case On::state: return false;
    }
    return true;
}

} // namespace lunette::script
