#pragma once

namespace lunette::lua {

// The single value, as light userdata, that a C function of ours yields when it only gives way: it has not
// finished, expects no answer and continues when resumed with no values. Our coroutine library passes such a
// yield outward through every `coroutine.resume` and `wrap`, unseen by user code, up to the scheduler, which
// resumes the whole chain later. A user cannot forge it: Lua code never gets hold of the value.
inline void* preempt_sentinel() {
    static char identity = 0;
    return &identity;
}

} // namespace lunette::lua
