#pragma once

#include <utility>

#include "script/channel.h"

namespace lunette::script {

/// The values of Script::kept(), and when the UI thread gets to know them: after each task, so that a thread
/// that takes over never starts from half of what a task did.
///
/// Thread: script thread.
class Kept {
public:
    Kept(Channel& channel, Value begin) : channel_{channel}, value_{std::move(begin)} {}

    const Value& value() const noexcept { return value_; }
    void set(Value value) {
        value_ = std::move(value);
        changed_ = true;
    }
    void commit() {
        if (!std::exchange(changed_, false)) return;
        channel_.kept.back() = value_;
        channel_.kept.publish();
    }

private:
    Channel& channel_;
    Value value_;
    bool changed_ = false;
};

} // namespace lunette::script
