#include "script/memo/recorder.h"

#include <algorithm>
#include <utility>

namespace lunette::script {

void Recorder::insert(Dependency dependency) {
    if (table_.size() < (dependencies_.size() + 1) * 2) {
        table_.assign(std::max<std::size_t>(32, table_.size() * 2), 0);
        for (std::uint32_t i = 0; i < dependencies_.size(); ++i) {
            std::size_t slot = dependencies_[i].hash() & (table_.size() - 1);
            while (table_[slot]) slot = (slot + 1) & (table_.size() - 1);
            table_[slot] = i + 1;
        }
    }
    std::size_t slot = dependency.hash() & (table_.size() - 1);
    while (table_[slot]) {
        if (dependencies_[table_[slot] - 1].same(dependency)) return;
        slot = (slot + 1) & (table_.size() - 1);
    }
    dependencies_.push_back(std::move(dependency));
    table_[slot] = static_cast<std::uint32_t>(dependencies_.size());
}

void Recorder::add(Dependency dependency) {
    if (coarse_) dependency = dependency.coarsened();
    if (dependencies_.size() >= bound && dependency.on == Dependency::On::state)
        dependency = {0, 0, 0, Dependency::On::any_state};
    insert(std::move(dependency));
    if (dependencies_.size() > bound && !coarse_) coarsen();
}

void Recorder::coarsen() {
    coarse_ = true;
    table_.clear();
    for (Dependency& d : std::exchange(dependencies_, {})) insert(d.coarsened());
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
    return std::any_of(dependencies_.begin(), dependencies_.end(),
                       [name](const Dependency& d) { return d.is_state(name); });
}

bool Recorder::outdated_by(const Change& change) const {
    return std::any_of(dependencies_.begin(), dependencies_.end(),
                       [&](const Dependency& d) { return touches(change, d); });
}

} // namespace lunette::script
