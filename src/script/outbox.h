#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <unordered_map>

#include "script/channel.h"
#include "script/io/io_context.h"

namespace lunette::script {

/// Commands and queries on their way to the UI thread, and who waits for replies. Batches keep their order;
/// while the ring is full they wait here, and no new effect starts.
///
/// Thread: script thread.
class Outbox {
public:
    /// Numbers commands from `last_sequence` on.
    Outbox(Channel& channel, std::uint64_t last_sequence)
        : channel_{channel}, last_sequence_{last_sequence} {}

    /// Numbers a command and, with `reply`, remembers who waits. The caller puts it into a batch.
    std::uint64_t number(Command& command, CommandPort::Reply reply = {});
    /// Registers a query; the caller puts it into a batch.
    std::uint64_t expect(Command& query, CommandPort::Reply reply);
    void forget(std::uint64_t reply_to) { replies_.erase(reply_to); }
    void answer(Reply reply);

    void send(Batch batch);
    /// Tries again what found no room. True when all is sent.
    bool flush();
    /// Frees what the UI thread is done with.
    void reclaim() noexcept { channel_.batches.reclaim(); }
    bool blocked() const noexcept { return !waiting_.empty(); }

    std::uint64_t last_sequence() const noexcept { return last_sequence_; }
    /// True once after batches were sent: the UI thread should look.
    bool take_sent() noexcept { return std::exchange(sent_, false); }

private:
    Channel& channel_;
    std::uint64_t last_sequence_;
    std::uint64_t last_reply_ = 0;
    std::unordered_map<std::uint64_t, CommandPort::Reply> replies_;
    std::deque<Batch> waiting_;
    bool sent_ = false;
};

} // namespace lunette::script
