#pragma once

// Memory order. `head_` is a stack that anybody pushes to and only the owner empties, whole, so there is no
// ABA. A push releases the node, with everything its last user read of it; the owner's exchange acquires it.
// Closing exchanges in `closed`, which releases the owner's last plain change of `live_`; who finds `closed`
// acquires it and from then on counts by read-modify-write.
//
// Invariants: before closing, only the owner creates and destroys nodes of this stack, so `live_` has one
// writer. After closing, each node is destroyed where it is dropped. The last of {owner, nodes} deletes the
// stack.

#include <atomic>
#include <cstddef>

#include <lunette/record.h>

namespace lunette {

/// See record.h. Created and closed by RetireScope; deletes itself.
class RetireStack {
public:
    /// The calling thread's, or null.
    static RetireStack* current() noexcept;
    static void make_current(RetireStack* stack) noexcept;

    /// Destroys a node without references, now if the calling thread may, else by way of its home.
    static void retire(const Node* node) noexcept;

    /// Owner. Counts a node of this stack.
    void born() noexcept {
        live_.store(live_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    /// A node of this stack is being destroyed. May delete the stack.
    void died() noexcept;

    /// Owner. A scope begins, or ends; true when it was the last.
    void enter() noexcept { ++scopes_; }
    bool leave() noexcept { return --scopes_ == 0; }

    /// Owner. Destroys at most `limit` of the nodes that came back, each with what only it kept alive.
    std::size_t drain(std::size_t limit) noexcept;

    /// Owner. Destroys what came back and leaves; the stack must not be current any more.
    void close() noexcept;

private:
    ~RetireStack() = default;

    /// False when the owner has left.
    bool push(const Node* node) noexcept;

    std::atomic<const Node*> head_{nullptr};
    std::size_t scopes_ = 0;           ///< owner
    const Node* returned_ = nullptr;   ///< taken from `head_`, not destroyed yet; owner
    std::atomic<std::size_t> live_{1}; ///< nodes, and one for the owner
};

} // namespace lunette
