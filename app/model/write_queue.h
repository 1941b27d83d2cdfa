#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace lunette::model {

// Bytes that wait for a program or a terminal to read them, in order and bounded. Does no I/O. UI thread.
class WriteQueue {
public:
    static constexpr std::size_t most_typed = 1U << 20;
    static constexpr std::size_t most_pasted = 64U << 20;

    // False, and nothing taken, when more than `limit` bytes would wait.
    bool push(std::string bytes, std::size_t limit);
    bool empty() const noexcept { return bytes_ == 0; }
    std::size_t size() const noexcept { return bytes_; }
    // What to write next. REQUIRES: !empty().
    std::string_view front() const noexcept { return std::string_view{chunks_.front()}.substr(offset_); }
    // REQUIRES: count <= front().size().
    void pop(std::size_t count) noexcept;
    void clear() noexcept;

private:
    std::deque<std::string> chunks_;
    std::size_t offset_ = 0; // into the first
    std::size_t bytes_ = 0;
};

} // namespace lunette::model
