#pragma once

#include <cstdint>
#include <string_view>

#include "lua/host.h"
#include "silent_script.h"

namespace lunette::fakes {

/// Counts reads and does nothing else.
struct SilentHost final : lua::Host {
    SilentScript silent_script;
    std::uint64_t reads = 0;
    RecordRef newest_record;
    bool eager_mode = false;

    Script& script() override { return silent_script; }
    void read_field(const RecordNode&, int) override { ++reads; }
    void read_length(const RecordNode&, int) override { ++reads; }
    void read_item(const RecordNode&, int, std::uint32_t) override { ++reads; }
    void read_key(const RecordNode&, int, std::string_view) override { ++reads; }
    void read_kind(const RecordNode&, int) override { ++reads; }
    void read_missing(Id) override {}
    const RecordNode* newest(Id) override { return newest_record.get(); }
    bool must_wait(lua_State*) override { return false; }
    int wait(lua_State*, lua_KContext, lua_KFunction) override { return 0; }
    int start_async(lua_State*, const BoundFunction&, Call&) override { return 0; }
    void check(lua_State*) override {}
    bool eager() const override { return eager_mode; }
};

} // namespace lunette::fakes
