#include "state/retire_stack.h"

namespace lunette {

namespace {

constinit thread_local RetireStack* current_stack = nullptr;

/// Nodes whose turn comes when the one being destroyed is done: a chain of any length needs no deep stack.
struct Dying {
    const Node* waiting = nullptr;
    bool active = false;
};
constinit thread_local Dying dying;

/// Stands in `head_` for "the owner has left". Never looked into.
alignas(std::max_align_t) constinit std::byte closed_mark[1]{};
const Node* closed() noexcept { return reinterpret_cast<const Node*>(closed_mark); }

} // namespace

RetireStack* RetireStack::current() noexcept { return current_stack; }
void RetireStack::make_current(RetireStack* stack) noexcept { current_stack = stack; }

void RetireStack::retire(const Node* node) noexcept {
    RetireStack* home = node->home_;
    if (home && home != current_stack && home->push(node)) return;
    node->next_ = dying.waiting;
    dying.waiting = node;
    if (dying.active) return;
    dying.active = true;
    while (const Node* next = dying.waiting) {
        dying.waiting = next->next_;
        delete next;
    }
    dying.active = false;
}

bool RetireStack::push(const Node* node) noexcept {
    const Node* head = head_.load(std::memory_order_acquire);
    do {
        if (head == closed()) return false;
        node->next_ = head;
    } while (!head_.compare_exchange_weak(head, node, std::memory_order_release, std::memory_order_acquire));
    return true;
}

void RetireStack::died() noexcept {
    if (this == current_stack) {
        live_.store(live_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    } else if (live_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        delete this;
    }
}

std::size_t RetireStack::drain(std::size_t limit) noexcept {
    std::size_t freed = 0;
    while (freed < limit) {
        if (!returned_) returned_ = head_.exchange(nullptr, std::memory_order_acquire);
        if (!returned_) break;
        const Node* node = returned_;
        returned_ = node->next_;
        retire(node);
        ++freed;
    }
    return freed;
}

void RetireStack::close() noexcept {
    const Node* rest = head_.exchange(closed(), std::memory_order_acq_rel);
    for (const Node* list : {returned_, rest}) {
        while (list) {
            const Node* node = list;
            list = node->next_;
            retire(node);
        }
    }
    returned_ = nullptr;
    died();
}

Node::Node() noexcept : home_{RetireStack::current()} {
    if (home_) home_->born();
}

Node::~Node() {
    if (home_) home_->died();
}

void Node::retire() const noexcept { RetireStack::retire(this); }

RetireScope::RetireScope() : stack_{RetireStack::current()}, outermost_{stack_ == nullptr} {
    if (outermost_) {
        stack_ = new RetireStack;
        RetireStack::make_current(stack_);
    }
    stack_->enter();
}

RetireScope::~RetireScope() {
    if (!stack_->leave()) return; // scopes of objects need not end in the order that they began in
    RetireStack::make_current(nullptr);
    stack_->close();
}

std::size_t RetireScope::drain(std::size_t limit) noexcept { return stack_->drain(limit); }

} // namespace lunette
