#pragma once

// The one mailbox between two threads: the newest value, and nothing older.
//
// Three nodes for ever. At any time one is the publisher's (`back_`), one is the reader's (`front_`), and one
// lies in the slot; `slot_` is its address plus a bit that says whether the reader has not had it yet. Each
// side gives its node and takes the slot's with one exchange, so the three are always distinct, whatever the
// other side does or wherever it was suspended; nothing is compared, so there is no ABA.
//
// States of (slot fresh?), and who moves:
//     publish():  any -> fresh    the node taken back was read already, or never will be
//     refresh():  fresh -> stale  the node given back has been read to the end
//
// Memory order. Both exchanges are acq_rel: the publisher's release hands over what it wrote, and the
// reader's acquire receives it; the reader's release ends its reading, and the publisher's acquire orders the
// overwriting after it. The reader looks at the bit first with a relaxed load: only it ever clears the bit,
// so having seen it set, its exchange finds a fresh node.

#include <atomic>
#include <cstdint>
#include <utility>

namespace lunette::view {

/// The publisher owns and frees: values are filled in place and overwritten, so a node's old value is
/// destroyed by publish() 's thread, never by the reader's. A reader that is stuck pins one value.
///
/// Threads: back() and publish() by one, refresh() and front() by another. Destruction when neither uses it.
template<class T>
class Latest {
public:
    /// The reader starts with `initial`, which is not fresh.
    explicit Latest(T initial = T{}) : nodes_{Node{std::move(initial)}, Node{}, Node{}} {}
    Latest(const Latest&) = delete;
    Latest& operator=(const Latest&) = delete;

    /// Publisher. The node to fill; holds some earlier value.
    T& back() noexcept { return back_->value; }

    /// Publisher. Makes back() the newest; back() is another node afterwards.
    void publish() noexcept { back_ = node(slot_.exchange(word(back_) | fresh, std::memory_order_acq_rel)); }

    /// Reader. There is a value that it has not had.
    bool has_news() const noexcept { return slot_.load(std::memory_order_relaxed) & fresh; }

    /// Reader. Takes the newest value if there is one; says whether.
    bool refresh() noexcept {
        if (!has_news()) return false;
        front_ = node(slot_.exchange(word(front_), std::memory_order_acq_rel));
        return true;
    }

    /// Reader. Something newer than front() is there. One load.
    bool fresh_value() const noexcept { return (slot_.load(std::memory_order_seq_cst) & fresh) != 0; }

    /// Reader. Stays as it is until the next refresh(); the reader may write to it, but not destroy what it
    /// holds.
    T& front() noexcept { return front_->value; }
    const T& front() const noexcept { return front_->value; }

private:
    static constexpr std::size_t cache_line = 64;
    static constexpr std::uintptr_t fresh = 1;

    struct alignas(cache_line) Node {
        T value{};
    };

    static Node* node(std::uintptr_t word) noexcept { return reinterpret_cast<Node*>(word & ~fresh); }
    static std::uintptr_t word(Node* node) noexcept { return reinterpret_cast<std::uintptr_t>(node); }

    Node nodes_[3];
    alignas(cache_line) std::atomic<std::uintptr_t> slot_{word(&nodes_[1])};
    alignas(cache_line) Node* back_ = &nodes_[2];
    alignas(cache_line) Node* front_ = &nodes_[0];

    static_assert(std::atomic<std::uintptr_t>::is_always_lock_free);
};

} // namespace lunette::view
