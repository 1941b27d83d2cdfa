#include "script/memo/dependency_index.h"

#include <algorithm>

namespace lunette::script {

/// Immutable; lives while somebody reads it.
struct DependencySet {
    std::vector<Dependency> items;
    std::size_t hash = 0;
    std::vector<Reader*> readers{};
};

namespace {

std::size_t hash_of(const std::vector<Dependency>& dependencies) noexcept {
    std::size_t hash = dependencies.size();
    for (const Dependency& d : dependencies) hash = (hash ^ d.hash()) * 0x9E3779B97F4A7C15ULL + (hash >> 13);
    return hash;
}

Id id_of(const Schema* schema) noexcept { return reinterpret_cast<std::uintptr_t>(schema); }

} // namespace

const std::vector<Dependency>& Reader::dependencies() const noexcept {
    static const std::vector<Dependency> none;
    return set_ ? set_->items : none;
}

DependencyIndex::DependencyIndex(const std::vector<PacedField>& paced) {
    for (const PacedField& field : paced)
        if (const int index = field.schema->find(field.field); index >= 0)
            paces_.push_back({field.schema, index, field.pace.count()});
}

DependencyIndex::~DependencyIndex() = default;

std::size_t DependencyIndex::Hash::operator()(const Key& key) const noexcept {
    std::uint64_t h = key.record * 0x9E3779B97F4A7C15ULL;
    h ^=
        (std::uint64_t{key.sub} << 24) ^ (std::uint64_t{key.field} << 8) ^ static_cast<std::uint64_t>(key.on);
    h *= 0xD6E8FEB86659FD93ULL;
    return h ^ (h >> 32);
}

DependencyIndex::Key DependencyIndex::key_of(const Dependency& d) noexcept {
    using On = Dependency::On;
    switch (d.on) {
    case On::any_field: return {id_of(d.schema), 0, d.field, d.on};
    // Readers of any key of one field share a bucket: a change of the field compares each key's value.
    case On::key: return {d.record, 0, d.field, d.on};
    default: return {d.record, d.sub, d.field, d.on};
    }
}

void DependencyIndex::set(Reader& reader, std::vector<Dependency> dependencies) {
    if (dependencies.empty()) return leave(reader);
    const std::size_t hash = hash_of(dependencies);
    const auto [first, last] = interned_.equal_range(hash);
    const auto found =
        std::find_if(first, last, [&](const auto& entry) { return entry.second->items == dependencies; });
    DependencySet* set = nullptr;
    if (found != last) {
        set = found->second.get();
        if (reader.set_ == set) return;
    } else {
        auto made = std::make_unique<DependencySet>();
        made->items = std::move(dependencies);
        made->hash = hash;
        set = interned_.emplace(hash, std::move(made))->second.get();
        ++count_;
        for (const Dependency& d : set->items) {
            auto& bucket = sets_[key_of(d)];
            if (bucket.empty() || bucket.back() != set) bucket.push_back(set);
        }
    }
    leave(reader);
    set->readers.push_back(&reader);
    reader.set_ = set;
}

void DependencyIndex::remove(Reader& reader) { leave(reader); }

void DependencyIndex::leave(Reader& reader) {
    DependencySet* set = std::exchange(reader.set_, nullptr);
    if (!set) return;
    std::erase(set->readers, &reader);
    if (!set->readers.empty()) return;
    for (const Dependency& d : set->items) {
        const auto bucket = sets_.find(key_of(d));
        if (bucket == sets_.end()) continue;
        std::erase(bucket->second, set);
        if (bucket->second.empty()) sets_.erase(bucket);
    }
    const auto [first, last] = interned_.equal_range(set->hash);
    interned_.erase(
        std::find_if(first, last, [set](const auto& entry) { return entry.second.get() == set; }));
    --count_;
}

std::int64_t DependencyIndex::pace_of(const Change& change) const noexcept {
    if (change.what != Change::What::field || !change.now) return 0;
    for (const Pace& pace : paces_)
        if (pace.field == change.field && pace.schema == &change.now->schema()) return pace.us;
    return 0;
}

void DependencyIndex::notify(const Key& key, const std::string& cause, std::int64_t pace_us) {
    const auto found = sets_.find(key);
    if (found == sets_.end()) return;
    std::vector<Reader*> readers; // an invalidation changes no set, but it may reach far
    for (const DependencySet* set : found->second)
        readers.insert(readers.end(), set->readers.begin(), set->readers.end());
    for (Reader* reader : readers) reader->invalidate(cause, pace_us);
}

void DependencyIndex::notify_keys(const Change& change) {
    const auto found = sets_.find({change.record, 0, change.field, Dependency::On::key});
    if (found == sets_.end()) return;
    const std::vector<DependencySet*> sets = found->second;
    for (const DependencySet* set : sets) {
        const auto touched = std::find_if(set->items.begin(), set->items.end(),
                                          [&](const Dependency& d) { return touches(change, d); });
        if (touched == set->items.end()) continue;
        const std::string cause = describe(change) + (touched->key.empty() ? "" : " (" + touched->key + ")");
        const std::vector<Reader*> readers = set->readers;
        for (Reader* reader : readers) reader->invalidate(cause, 0);
    }
}

void DependencyIndex::apply(const std::vector<Change>& changes) {
    using On = Dependency::On;
    using What = Change::What;
    bool existence = false;
    for (const Change& change : changes) {
        if (sets_.empty()) return;
        const auto tell = [&](Id record, std::uint32_t sub, std::uint16_t field, On on) {
            const Key key{record, sub, field, on};
            if (sets_.contains(key)) notify(key, describe(change), pace_of(change));
        };
        switch (change.what) {
        case What::field:
            tell(change.record, 0, change.field, On::field);
            notify_keys(change);
            break;
        case What::length: tell(change.record, 0, change.field, On::length); break;
        case What::item: tell(change.record, change.index, change.field, On::item); break;
        case What::appeared:
        case What::gone:
            tell(change.record, 0, 0, On::lookup);
            existence = true;
            continue;
        }
        if (change.now) tell(id_of(&change.now->schema()), 0, change.field, On::any_field);
    }
    if (existence) notify({0, 0, 0, On::any_record}, "a record came or went", 0);
}

void DependencyIndex::state_changed(std::string_view name) {
    const std::string cause = "state " + std::string{name};
    notify({0, name_hash(name), 0, Dependency::On::state}, cause, 0);
    notify({0, 0, 0, Dependency::On::any_state}, cause, 0);
}

} // namespace lunette::script
