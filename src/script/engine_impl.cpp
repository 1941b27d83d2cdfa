#include "script/engine_impl.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

namespace lunette {

namespace {

constexpr std::size_t messages_kept = 16'384; ///< beyond the ring, while the script thread is stuck

/// What is left of a batch when nobody waits for answers any more.
script::Batch without_questions(const script::Batch& batch) {
    script::Batch commands;
    for (const Command& command : batch) {
        if (command.sequence == 0) continue;
        commands.push_back(command);
        commands.back().reply_to = 0;
    }
    return commands;
}

} // namespace

Engine::Impl::Impl(EngineOptions engine_options)
    : options{std::make_shared<const EngineOptions>(std::move(engine_options))},
      clock{options->clock ? *options->clock : system_clock()},
      supervisor{options, clock} {
    outdated.reserve(16); // publishing is one allocation
}

Engine::Impl::~Impl() {
    // One that is stuck may go on using them.
    supervisor.current().mailboxes = views.renew(ViewMailbox::Inherits::nothing);
}

void Engine::Impl::start() { supervisor.start(); }

// --- to the script thread

void Engine::Impl::wake() {
    if (turns > 0)
        wake_is_due = true;
    else
        wake_now();
}

void Engine::Impl::wake_now() {
    wake_is_due = false;
    script::ScriptThread& thread = supervisor.current();
    if (!thread.started() || !thread.channel.sleeping.exchange(false, std::memory_order_acq_rel)) return;
    ++wakeups;
    thread.wake();
}

bool Engine::Impl::send(script::Message message) {
    if (!supervisor.state().on) return false;
    auto& ring = channel().messages;
    while (!waiting.empty() && ring.try_push(std::move(waiting.front()))) waiting.pop_front();
    bool sent = waiting.empty() && ring.try_push(std::move(message));
    if (!sent && waiting.size() < messages_kept) {
        waiting.push_back(std::move(message));
        sent = true;
    }
    if (supervisor.current().started()) wake();
    return sent;
}

void Engine::Impl::flush() {
    if (waiting.empty()) return;
    while (!waiting.empty() && channel().messages.try_push(std::move(waiting.front()))) waiting.pop_front();
    wake();
}

void Engine::Impl::end_turn() {
    if (--turns > 0) return;
    flush();
    if (wake_is_due) wake_now();
    outdated.clear();
    retire.drain();
}

void Engine::Impl::publish(RecordRef next, std::uint64_t last_command) {
    attend();
    const bool in_turn = turns > 0;
    if (!in_turn) {
        flush();
        retire.drain();
    }
    if (next == root && last_command == published_seq && revision != 0) return;
    published_seq = last_command;
    root = std::move(next);
    ++revision;
    hand_over_root(in_turn);
    if (supervisor.current().started())
        wake();
    else
        start();
}

void Engine::Impl::hand_over_root(bool in_turn) {
    auto& snapshots = channel().snapshots;
    state::SnapshotRef& slot = snapshots.back();
    if (in_turn && slot) outdated.push_back(std::move(slot));
    slot = state::SnapshotRef{new state::Snapshot{root, revision, published_seq}};
    snapshots.publish();
}

std::uint64_t Engine::Impl::emit(std::string_view event, Args arguments, EmitOptions how) {
    const std::uint64_t ticket = ++last_ticket;
    if (!supervisor.state().on) {
        // As an event without handlers.
        if (how.otherwise) left_.push_back({std::move(*how.otherwise)});
        settled_through = ticket;
    } else if (!send(script::Emission{ticket, std::string{event}, std::move(arguments), how.urgent,
                                      std::move(how.otherwise)})) {
        channel().mark_settled(ticket);
    }
    return ticket;
}

// --- from the script thread

std::size_t Engine::Impl::take_commands(const Apply& apply) {
    attend();
    const bool outermost = !std::exchange(applying_, true); // `apply` may use the engine
    std::size_t count = 0;
    while (!left_.empty()) {
        const script::Batch batch = std::move(left_.front());
        left_.pop_front();
        for (const Command& command : batch) {
            static_cast<void>(apply(command));
            applied_seq = std::max(applied_seq, command.sequence);
            ++count;
        }
    }
    script::Channel& from = channel();
    while (const script::Batch* batch = from.batches.front()) {
        for (const Command& command : *batch) {
            Expected<Value> reply = apply(command);
            if (command.sequence) applied_seq = command.sequence;
            if (command.reply_to) send(script::Reply{command.reply_to, std::move(reply)});
            ++count;
        }
        from.batches.pop();
    }
    if (count && from.wants_room.exchange(false, std::memory_order_acq_rel)) wake();
    if (outermost) applying_ = false;
    return count;
}

const LoadResult& Engine::Impl::load() noexcept {
    auto& loads = channel().loads;
    if (loads.refresh()) {
        load_is_new = true;
        if (channel().wants_acknowledgement.exchange(false, std::memory_order_acq_rel)) wake();
    }
    return loads.front().generation != 0 ? loads.front() : last_load_;
}

std::vector<LogRecord> Engine::Impl::take_log() {
    std::vector<LogRecord> records = std::exchange(log_, {});
    for (LogRecord& record : supervisor.take_log()) records.push_back(std::move(record));
    take_log_of(channel(), records);
    return records;
}

void Engine::Impl::take_log_of(script::Channel& from, std::vector<LogRecord>& to) {
    while (const LogRecord* record = from.log.front()) {
        to.push_back(*record);
        from.log.pop();
    }
    if (const std::uint64_t lost = from.log_lost.exchange(0, std::memory_order_relaxed))
        to.push_back({LogLevel::warning, clock.wall_us(), fmt::format("{} messages were lost", lost)});
}

void Engine::Impl::request_report() {
    if (asked_report) return;
    auto asked = std::make_shared<AskedReport>();
    if (!supervisor.state().on) {
        asked->ready.store(true, std::memory_order_relaxed);
        asked_report = std::move(asked);
        return;
    }
    const bool sent = send(script::ReportRequest{[asked, waker = options->waker](EngineReport report) {
        asked->report = std::move(report);
        asked->ready.store(true, std::memory_order_release);
        if (waker) waker();
    }});
    if (sent) asked_report = std::move(asked);
}

// --- another script thread

void Engine::Impl::take_care() {
    if (applying_) return;
    supervisor.reap();
    if (!supervisor.current().is_stuck()) return;
    supervisor.blame();
    succeed();
}

void Engine::Impl::turn_scripting(bool on) {
    assert(!applying_ && "scripting is turned on and off between commands, not by one");
    if (on == supervisor.state().on) return;
    supervisor.turn(on);
    succeed();
}

// What the thread before has sent by now counts; what it was sent and has not answered is lost, but for what
// is asked again here.
void Engine::Impl::succeed() {
    script::Channel& before = channel();
    std::uint64_t last_sequence = applied_seq;
    while (const script::Batch* batch = before.batches.front()) {
        left_.push_back(without_questions(*batch));
        for (const Command& command : *batch) last_sequence = std::max(last_sequence, command.sequence);
        before.batches.pop();
    }
    last_load_ = load();
    take_log_of(before, log_);
    waiting.clear();
    settled_through = last_ticket;

    script::ScriptThread& old = supervisor.replace({last_sequence, last_load_});
    const bool on = supervisor.state().on;
    old.mailboxes = views.renew(on ? ViewMailbox::Inherits::value : ViewMailbox::Inherits::nothing);
    if (revision != 0) hand_over_root(false);
    views.for_each([this](ViewEntry& entry) {
        const auto& arguments = entry.arguments();
        send(script::ViewAsked{&entry.mailbox(), entry.event(), Args{arguments.items()}});
    });
    if (std::exchange(asked_report, nullptr)) request_report();
    start();
}

} // namespace lunette
