#include "script/run/collector.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "lua/base_library.h"
#include "lua/stack.h"

namespace lunette::script {

namespace {

constexpr std::size_t smallest_headroom = std::size_t{4} << 20;
constexpr std::size_t small = std::size_t{256} << 10; ///< allocations that are worth no cycle
constexpr int smallest_step = 6, largest_step = 10;   ///< exponents
constexpr int places_looked_at = 20;
constexpr int weak_entries_many = 10'000;
constexpr std::size_t many_slots = 100'000;
constexpr std::size_t slot_bytes = 16; // of an array; those of hashes are larger
const char newest_key = 0;             // its address, in the registry

int make_newest(lua_State* L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &newest_key);
    return 0;
}

} // namespace

Collector::Collector(lua_State* main, lua::Memory& memory, RunState& state, Clock& clock, TimerQueue& timers,
                     const GcOptions& options, std::size_t heap_limit)
    : main_{main},
      memory_{memory},
      state_{state},
      clock_{clock},
      timers_{timers},
      options_{options},
      heap_limit_{heap_limit},
      live_{memory.total()} {
    lua_gc(main_, LUA_GCINC, options_.pause, options_.step_multiplier, step_exponent_);
    memory_.on_large_block({large_block, this, many_slots * slot_bytes});
    set_targets();
}

Collector::~Collector() {
    memory_.on_large_block({});
    timers_.cancel(idle_timer_);
}

void Collector::set_targets() {
    const std::size_t wanted =
        std::max(live_ / 100 * static_cast<std::size_t>(options_.pause), live_ + smallest_headroom);
    target_ = std::min(wanted, heap_limit_ / 5 * 4);
    const std::size_t room = target_ > live_ ? target_ - live_ : 0;
    // At least half of the room is used before a cycle begins.
    trigger_ = live_ + room - std::min(2 * allocated_in_cycle_, room / 2);
}

void Collector::before_slice() {
    last_slice_us_ = clock_.now_us();
    const std::size_t total = memory_.total();
    const std::size_t credit = target_ > total ? (target_ - total) >> 10 : 0;
    lua_gc(main_, LUA_GCRESTART); // its debt is 0 now, whatever it was
    if (credit > 0) lua_gc(main_, LUA_GCSTEP, -static_cast<int>(std::min<std::size_t>(credit, 1U << 30)));
}

bool Collector::worth_a_cycle(std::size_t allocated) const noexcept {
    return allocated > small && allocated > live_ / 16;
}

bool Collector::wants_cycle() {
    const std::size_t total = memory_.total();
    const std::size_t allocated = total > live_ ? total - live_ : 0;
    if (std::exchange(requested_, false) && worth_a_cycle(allocated)) return true;
    if (total >= trigger_ && allocated > small) return true;
    if (worth_a_cycle(allocated)) arm_idle_timer();
    return false;
}

void Collector::arm_idle_timer() {
    if (idle_timer_) return;
    const std::int64_t idle_us = clock_.now_us() - last_slice_us_;
    const std::int64_t left_us = std::max<std::int64_t>(options_.idle_delay.count() - idle_us, 1);
    idle_timer_ = timers_.after(std::chrono::microseconds{left_us}, [this] {
        idle_timer_ = 0;
        if (clock_.now_us() - last_slice_us_ >= options_.idle_delay.count())
            request();
        else
            arm_idle_timer();
    });
}

void Collector::begin_cycle() {
    in_cycle_ = true;
    cycle_began_at_ = memory_.allocated();
}

void Collector::end_cycle() {
    in_cycle_ = false;
    ++report_.cycles;
    live_ = memory_.total();
    const std::size_t allocated = memory_.allocated() - cycle_began_at_;
    allocated_in_cycle_ = std::max(allocated, allocated_in_cycle_ - allocated_in_cycle_ / 4);
    set_targets();
    look_at_a_weak_table();
}

// lgc.c, sweeptolive(): the step that ends the marking also frees, in one piece, everything dead that is
// newer than the newest live object; that may be all that tasks have left since the last cycle.
void Collector::keep_the_newest_alive() {
    if (!lua_checkstack(main_, 1)) return;
    lua_pushcfunction(main_, make_newest);
    if (lua_pcall(main_, 0, 0, 0) != LUA_OK) lua_pop(main_, 1); // no memory: a longer step
}

bool Collector::step() {
    const std::int64_t start = thread_cpu_ns();
    keep_the_newest_alive();
    const bool finished = lua_gc(main_, LUA_GCSTEP, 0) != 0;
    const std::int64_t used = thread_cpu_ns() - start;
    ++report_.steps;
    report_.step.record(used);
    adapt(used);
    return finished;
}

void Collector::adapt(std::int64_t step_ns) {
    const std::int64_t budget_ns = options_.budget.count() * 1000;
    worst_step_ns_ = std::max(step_ns, worst_step_ns_ - worst_step_ns_ / 64);
    int wanted = step_exponent_;
    if (worst_step_ns_ > budget_ns / 2) --wanted;
    if (worst_step_ns_ < budget_ns / 8) ++wanted;
    wanted = std::clamp(wanted, smallest_step, largest_step);
    if (wanted == step_exponent_) return;
    // Its steps change in proportion; what was measured does too.
    worst_step_ns_ = wanted > step_exponent_ ? worst_step_ns_ * 2 : worst_step_ns_ / 2;
    step_exponent_ = wanted;
    lua_gc(main_, LUA_GCINC, 0, 0, step_exponent_);
}

bool Collector::gap() {
    if (!in_cycle_) {
        if (!wants_cycle()) return false;
        begin_cycle();
    }
    const std::int64_t budget_ns = options_.budget.count() * 1000;
    const std::int64_t start = thread_cpu_ns();
    do {
        if (step()) {
            end_cycle();
            return false;
        }
    } while (thread_cpu_ns() - start + worst_step_ns_ < budget_ns);
    return true;
}

// --- tables that cannot be collected in small steps

void Collector::large_block(void* self, std::size_t bytes) {
    Collector& collector = *static_cast<Collector*>(self);
    if (collector.warned_ || collector.large_bytes_ > 0) return;
    collector.large_bytes_ = bytes;
    // In the middle of an allocation: what follows allocates nothing.
    lua_State* L = collector.state_.running.load(std::memory_order_relaxed);
    lua_Debug at;
    for (int level = 0; L && level < places_looked_at && lua_getstack(L, level, &at); ++level) {
        if (!lua_getinfo(L, "Sl", &at) || at.currentline <= 0) continue;
        std::snprintf(collector.large_place_, sizeof collector.large_place_, "%s:%d: ", at.short_src,
                      at.currentline);
        return;
    }
}

void Collector::look_at_a_weak_table() {
    if (warned_) return;
    lua_State* L = main_;
    if (!lua_checkstack(L, 5)) return;
    const int top = lua_gettop(L);
    lua::push_weak_tables(L);
    const auto count = static_cast<lua_Integer>(lua_rawlen(L, -1));
    if (next_weak_table_ > count) next_weak_table_ = 1;
    if (lua_rawgeti(L, -1, next_weak_table_++) == LUA_TTABLE) {
        int entries = 0;
        for (lua_pushnil(L); entries <= weak_entries_many && lua_next(L, -2); lua_pop(L, 1)) ++entries;
        if (entries > weak_entries_many) weak_entries_ = weak_entries_many;
    }
    lua_settop(L, top);
}

std::string Collector::take_warning() {
    if (warned_ || (large_bytes_ == 0 && weak_entries_ == 0)) return {};
    warned_ = true;
    constexpr const char* consequence =
        "it is collected in one piece, during which no handler runs; several smaller tables are not";
    if (large_bytes_ > 0)
        return fmt::format("{}a table grew beyond {} slots: {}", large_place_, many_slots, consequence);
    return fmt::format("a weak table has more than {} entries: {}", weak_entries_many, consequence);
}

void Collector::fill(GcReport& report) const {
    report = report_;
    report.heap_bytes = memory_.total();
    report.peak_bytes = memory_.peak();
    report.live_bytes = live_;
    report.refused = memory_.refused();
}

} // namespace lunette::script
