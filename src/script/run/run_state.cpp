#include "script/run/run_state.h"

#include <ctime>

#include "lua/place.h"
#include "script/run/preempt.h"

namespace lunette::script {

namespace {

// Initial-exec: the signal handler must not make the dynamic linker allocate.
__attribute__((tls_model("initial-exec"))) thread_local RunState* current_state = nullptr;

constexpr int outermost_place = 64;

bool is_hosts_own(const lua_Debug& ar) { return lua::is_own_chunk(ar.source); }

} // namespace

RunState* RunState::current() noexcept { return current_state; }

RunState::~RunState() {
    if (current_state == this) current_state = nullptr;
}

void RunState::bind_to_thread() noexcept { current_state = this; }

std::int64_t thread_cpu_ns() noexcept {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

std::int64_t RunState::task_cpu_ns() const noexcept {
    return run_cpu_before_ns + (thread_cpu_ns() - slice_started_ns);
}

void RunState::request_kill(lua_State* L, std::string message) {
    if (kill) return;
    kill_place = L ? describe_place(L) : std::string{};
    kill_message = std::move(message);
    kill = true;
}

void RunState::check(lua_State* L) {
    if (kill) raise_kill(L);
}

void RunState::raise_kill(lua_State* L) {
    arm_kill(L);
    if (lua_checkstack(L, 1)) lua_pushlstring(L, kill_message.data(), kill_message.size());
    lua_error(L);
    __builtin_unreachable();
}

std::string place_at(lua_State* L, int level) {
    lua_Debug ar{};
    for (; level < outermost_place && lua_getstack(L, level, &ar); ++level) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline > 0 && !is_hosts_own(ar))
            return std::string{ar.short_src} + ":" + std::to_string(ar.currentline);
    }
    return {};
}

std::string describe_place(lua_State* L) {
    std::string text;
    lua_Debug ar{};
    int named = 0;
    for (int level = 0; named < 2 && level < outermost_place && lua_getstack(L, level, &ar); ++level) {
        lua_getinfo(L, "Sln", &ar);
        if (ar.currentline <= 0 || is_hosts_own(ar)) continue;
        const std::string place = std::string{ar.short_src} + ":" + std::to_string(ar.currentline);
        text += named == 0 ? place : ", called from " + place;
        ++named;
    }
    return text;
}

} // namespace lunette::script
