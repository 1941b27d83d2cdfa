#pragma once

#include <cstdint>
#include <string>

#include <lunette/record.h>

namespace lunette::script {

/// One thing that a run read.
struct Dependency {
    enum class On : std::uint8_t {
        field,      ///< a field's value
        length,     ///< how many items a list field has
        item,       ///< which record stands at `sub`
        key,        ///< one key of a map field; `sub` is its hash, `key` its text, `seen` its value
        lookup,     ///< whether the record exists
        state,      ///< state that the host named; `sub` is the name's hash, `key` the name
        any_field,  ///< coarsened: the field of any record of the schema
        any_record, ///< coarsened: which records there are
        any_state,  ///< coarsened: all that the host named
    };
    Id record = 0;
    std::uint32_t sub = 0;
    std::uint16_t field = 0;
    On on = On::field;
    const Schema* schema = nullptr; ///< of the record, where known
    std::string key{};
    Value seen{};

    /// The same thing, perhaps with another value.
    bool same(const Dependency& other) const noexcept {
        return record == other.record && sub == other.sub && field == other.field && on == other.on &&
               key == other.key && (on != On::any_field || schema == other.schema);
    }
    friend bool operator==(const Dependency& a, const Dependency& b) noexcept {
        return a.same(b) && a.seen == b.seen;
    }
    bool is_state(std::string_view name) const noexcept {
        return on == On::any_state || (on == On::state && key == name);
    }
    std::size_t hash() const noexcept;
    /// "TabInfo.tab_title", "ConfigInfo.options.tab_max_width".
    std::string describe() const;
    /// What stands for it where there is no room for every record. States stay as they are.
    Dependency coarsened() const;
};

/// True if `change` makes what `dependency` saw untrue.
bool touches(const Change& change, const Dependency& dependency);

/// One top-level key of a record's map field; nil when the field holds no map.
Value value_of_key(const RecordNode& record, int field, std::string_view key);

/// "PaneInfo.title of 7".
std::string describe(const Change& change);

std::uint32_t name_hash(std::string_view name) noexcept;

/// The value of one top-level key of a map field, with integer and boolean keys as Lua writes them.
const Value& value_at(const Value& map, std::string_view key);

} // namespace lunette::script
