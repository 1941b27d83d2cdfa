#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <lunette/engine.h>

#include "script/memo/dependency.h"

namespace lunette::script {

class DependencyIndex;
struct DependencySet;

/// Whatever has to be computed again when something it read has changed.
class Reader {
public:
    virtual ~Reader() = default;
    /// `pace_us`: once per this long is enough; 0: at once.
    virtual void invalidate(const std::string& cause, std::int64_t pace_us) = 0;

    const std::vector<Dependency>& dependencies() const noexcept;

private:
    friend class DependencyIndex;
    DependencySet* set_ = nullptr;
};

/// From what changed to who read it, in time proportional to both. Readers that read the same share one set,
/// as the calls for one tab at several widths do; one that reads the same again costs no more than finding
/// that out.
///
/// Thread: script thread. Readers are removed before they are destroyed.
class DependencyIndex {
public:
    explicit DependencyIndex(const std::vector<PacedField>& paced = {});
    ~DependencyIndex();
    DependencyIndex(const DependencyIndex&) = delete;
    DependencyIndex& operator=(const DependencyIndex&) = delete;

    /// Replaces what a reader depends on.
    void set(Reader& reader, std::vector<Dependency> dependencies);
    void remove(Reader& reader);

    void apply(const std::vector<Change>& changes);
    void state_changed(std::string_view name);

    /// How long readers of what changed may wait; 0: not at all.
    std::int64_t pace_of(const Change& change) const noexcept;

    std::size_t sets() const noexcept { return count_; }

private:
    struct Key {
        Id record; ///< or the schema's address
        std::uint32_t sub;
        std::uint16_t field;
        Dependency::On on;
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Pace {
        const Schema* schema;
        int field;
        std::int64_t us;
    };
    static Key key_of(const Dependency& dependency) noexcept;
    void notify(const Key& key, const std::string& cause, std::int64_t pace_us);
    void notify_keys(const Change& change);
    void leave(Reader& reader);

    std::vector<Pace> paces_;
    std::unordered_multimap<std::size_t, std::unique_ptr<DependencySet>> interned_;
    std::unordered_map<Key, std::vector<DependencySet*>, Hash> sets_;
    std::size_t count_ = 0;
};

} // namespace lunette::script
