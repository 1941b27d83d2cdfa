#include "script/memo/recorder.h"

#include <algorithm>

namespace lunette::script {

namespace {

std::size_t mix(const Dependency& d) noexcept {
    std::uint64_t h = d.record * 0x9E3779B97F4A7C15ULL;
    h ^= (std::uint64_t{d.sub} << 20) + (std::uint64_t{d.field} << 4) + static_cast<std::uint64_t>(d.on);
    h *= 0xD6E8FEB86659FD93ULL;
    return h ^ (h >> 29);
}

} // namespace

bool Recorder::add(Dependency dependency) {
    if (coarse_) return false;
    if (table_.size() < (dependencies_.size() + 1) * 2) {
        table_.assign(std::max<std::size_t>(32, table_.size() * 2), 0);
        for (std::uint32_t i = 0; i < dependencies_.size(); ++i) {
            std::size_t slot = mix(dependencies_[i]) & (table_.size() - 1);
            while (table_[slot]) slot = (slot + 1) & (table_.size() - 1);
            table_[slot] = i + 1;
        }
    }
    std::size_t slot = mix(dependency) & (table_.size() - 1);
    while (table_[slot]) {
        if (dependencies_[table_[slot] - 1].same(dependency)) return false;
        slot = (slot + 1) & (table_.size() - 1);
    }
    if (dependencies_.size() == bound) {
        coarse_ = true;
        impure(Impurity::untracked);
        return false;
    }
    dependencies_.push_back(std::move(dependency));
    table_[slot] = static_cast<std::uint32_t>(dependencies_.size());
    return true;
}

void Recorder::field(const RecordNode& record, int field) {
    add({record.id(), 0, static_cast<std::uint16_t>(field), Dependency::On::field, &record.schema()});
}

void Recorder::length(const RecordNode& owner, int field) {
    add({owner.id(), 0, static_cast<std::uint16_t>(field), Dependency::On::length, &owner.schema()});
}

void Recorder::item(const RecordNode& owner, int field, std::uint32_t index) {
    add({owner.id(), index, static_cast<std::uint16_t>(field), Dependency::On::item, &owner.schema()});
}

void Recorder::key(const RecordNode& owner, int field, std::string_view key) {
    Dependency d{owner.id(), name_hash(key), static_cast<std::uint16_t>(field), Dependency::On::key,
                 &owner.schema()};
    d.key = key;
    d.seen = value_of_key(owner, field, key);
    add(std::move(d));
}

void Recorder::lookup(Id id, const Schema* schema) { add({id, 0, 0, Dependency::On::lookup, schema}); }

void Recorder::state(std::string_view name) {
    Dependency d{0, name_hash(name), 0, Dependency::On::state, nullptr};
    d.key = name;
    add(std::move(d));
}

bool Recorder::has_state(std::string_view name) const {
    return coarse_ || std::any_of(dependencies_.begin(), dependencies_.end(), [name](const Dependency& d) {
               return d.on == Dependency::On::state && d.key == name;
           });
}

bool Recorder::outdated_by(const std::vector<Change>& changes) const {
    if (coarse_) return !changes.empty();
    return std::any_of(changes.begin(), changes.end(), [this](const Change& change) {
        return std::any_of(dependencies_.begin(), dependencies_.end(),
                           [&](const Dependency& d) { return touches(change, d); });
    });
}

} // namespace lunette::script
