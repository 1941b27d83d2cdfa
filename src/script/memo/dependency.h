#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <lunette/record.h>

namespace lunette::script {

/// One thing that a run read.
struct Dependency {
    enum class On : std::uint8_t {
        field,  ///< a field's value
        length, ///< how many items a list field has
        item,   ///< which record stands at `sub`
        key,    ///< one key of a map field; `sub` is its hash, `key` its text, `seen` its value
        lookup, ///< whether the record exists
        state,  ///< state that the host named; `sub` is the name's hash, `key` the name
    };
    Id record = 0;
    std::uint32_t sub = 0;
    std::uint16_t field = 0;
    On on = On::field;
    const Schema* schema = nullptr; ///< for reports
    std::string key{};
    Value seen{};

    bool same(const Dependency& other) const noexcept {
        return record == other.record && sub == other.sub && field == other.field && on == other.on &&
               key == other.key;
    }
    /// "TabInfo.tab_title", "ConfigInfo.options.tab_max_width".
    std::string describe() const;
};

/// Whatever has to be computed again when something it read has changed.
class Reader {
public:
    virtual ~Reader() = default;
    virtual void invalidate(const std::string& cause) = 0;

    const std::vector<Dependency>& dependencies() const noexcept { return dependencies_; }

private:
    friend class DependencyIndex;
    std::vector<Dependency> dependencies_;
};

/// From what changed to who read it, in time proportional to both.
///
/// Thread: script thread. Readers are removed before they are destroyed.
class DependencyIndex {
public:
    /// Replaces what a reader depends on; nothing happens when it is the same as before.
    void set(Reader& reader, std::vector<Dependency> dependencies);
    void remove(Reader& reader);

    void apply(const std::vector<Change>& changes);
    void state_changed(std::string_view name);

    std::size_t size() const noexcept { return readers_.size(); }

private:
    struct Key {
        Id record;
        std::uint32_t sub;
        std::uint16_t field;
        Dependency::On on;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    static Key key_of(const Dependency& dependency) noexcept;
    void notify(const Key& key, const Change& change);
    void notify_keys(const Change& change);
    void link(Reader& reader);
    void unlink(Reader& reader);

    std::unordered_map<Key, std::vector<Reader*>, Hash> readers_;
};

/// True if `change` makes what `dependency` saw untrue.
bool touches(const Change& change, const Dependency& dependency);

/// One top-level key of a record's map field; nil when the field holds no map.
Value value_of_key(const RecordNode& record, int field, std::string_view key);

/// "PaneInfo.title of 7".
std::string describe(const Change& change, const Schema* schema);

std::uint32_t name_hash(std::string_view name) noexcept;

/// The value of one top-level key of a map field, with integer and boolean keys as Lua writes them.
const Value& value_at(const Value& map, std::string_view key);

} // namespace lunette::script
