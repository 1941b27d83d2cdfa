#include "model/write_queue.h"

#include <utility>

namespace lunette::model {

namespace {
constexpr std::size_t joined_size = 4096; // keystrokes that wait share a chunk up to here
} // namespace

bool WriteQueue::push(std::string bytes, std::size_t limit) {
    if (bytes.size() > limit || bytes_ > limit - bytes.size()) return false;
    if (bytes.empty()) return true;
    bytes_ += bytes.size();
    if (!chunks_.empty() && chunks_.back().size() + bytes.size() <= joined_size)
        chunks_.back() += bytes;
    else
        chunks_.push_back(std::move(bytes));
    return true;
}

void WriteQueue::pop(std::size_t count) noexcept {
    bytes_ -= count;
    offset_ += count;
    if (offset_ == chunks_.front().size()) {
        chunks_.pop_front();
        offset_ = 0;
    }
}

void WriteQueue::clear() noexcept {
    chunks_.clear();
    offset_ = 0;
    bytes_ = 0;
}

} // namespace lunette::model
