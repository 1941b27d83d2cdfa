#pragma once

namespace lunette::lua {

/// A piece of BlockPool::span_bytes, aligned to its size; null when the system has no memory. What is in it
/// is left from its last user. Any thread.
void* take_span() noexcept;
void give_span(void* span) noexcept;

} // namespace lunette::lua
