#include "script/outbox.h"

namespace lunette::script {

std::uint64_t Outbox::number(Command& command, CommandPort::Reply reply) {
    command.sequence = ++last_sequence_;
    if (reply) expect(command, std::move(reply));
    return command.sequence;
}

std::uint64_t Outbox::expect(Command& query, CommandPort::Reply reply) {
    query.reply_to = ++last_reply_;
    replies_.emplace(query.reply_to, std::move(reply));
    return query.reply_to;
}

void Outbox::answer(Reply reply) {
    auto waiting = replies_.extract(reply.to);
    if (waiting) waiting.mapped()(std::move(reply.value));
}

void Outbox::send(Batch batch) {
    if (batch.empty()) return;
    waiting_.push_back(std::move(batch));
    flush();
}

bool Outbox::flush() {
    while (!waiting_.empty()) {
        if (!channel_.batches.try_push(std::move(waiting_.front()))) {
            channel_.wants_room.exchange(true, std::memory_order_acq_rel);
            if (!channel_.batches.try_push(std::move(waiting_.front()))) return false;
        }
        waiting_.pop_front();
        sent_ = true;
    }
    return true;
}

} // namespace lunette::script
