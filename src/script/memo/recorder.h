#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/bind.h>
#include <lunette/record.h>

#include "script/memo/dependency.h"

namespace lunette::script {

/// Notes what one run reads. Beyond a bound the set is coarsened: the field of any record of that kind then
/// counts, and any state.
///
/// Thread: script thread.
class Recorder {
public:
    static constexpr std::size_t bound = 1024;
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    void field(const RecordNode& record, int field);
    void length(const RecordNode& owner, int field);
    void item(const RecordNode& owner, int field, std::uint32_t index);
    void key(const RecordNode& owner, int field, std::string_view key);
    void lookup(Id id, const Schema* schema);
    void state(std::string_view name);
    void impure(Impurity impurity) noexcept { impurities_ |= 1U << static_cast<unsigned>(impurity); }
    /// The result may be different from this engine time on.
    void expires(std::int64_t time_us) noexcept {
        if (time_us < expires_us_) expires_us_ = time_us;
    }

    const std::vector<Dependency>& dependencies() const noexcept { return dependencies_; }
    std::vector<Dependency> take() noexcept { return std::move(dependencies_); }
    std::int64_t expires_us() const noexcept { return expires_us_; }
    std::uint32_t impurities() const noexcept { return impurities_; }
    bool coarse() const noexcept { return coarse_; }
    bool has_state(std::string_view name) const;
    /// The change makes something that was read untrue.
    bool outdated_by(const Change& change) const;

private:
    void add(Dependency dependency);
    void insert(Dependency dependency);
    void coarsen();

    std::vector<Dependency> dependencies_;
    std::vector<std::uint32_t> table_; ///< open addressing over dependencies_, index + 1
    std::int64_t expires_us_ = never;
    std::uint32_t impurities_ = 0;
    bool coarse_ = false;
};

} // namespace lunette::script
