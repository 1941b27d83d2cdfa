#include "script/incarnation.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

namespace lunette::script {

namespace {

constexpr std::size_t emissions_kept = 64;
constexpr std::int64_t turn_budget_ns = 2'000'000; // tasks run one after another before the loop is looked at
constexpr std::int64_t collect_budget_ns = 200'000;

template<class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template<class... F>
Overloaded(F...) -> Overloaded<F...>;

} // namespace

Incarnation::Incarnation(const EngineOptions& options, Clock& clock, Channel& channel,
                         std::vector<Declaration> events)
    : options_{options},
      clock_{clock},
      channel_{channel},
      declarations_{std::move(events)},
      runtime_{clock},
      signal_{options.preempt_signal},
      outbox_{channel} {
    state_.bind_to_thread();
    if (options.watchdog)
        watchdog_ = std::make_unique<Watchdog>(state_.control, pthread_self(), options.preempt_signal,
                                               &state_, options.turn.count() * 1000);
    prctl(PR_SET_NAME, "lunette-script");
    // Per thread on Linux; children are started by a thread that was made before.
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), options.nice);
}

Incarnation::~Incarnation() {
    old_.reset();
    next_.reset();
    current_.reset();
    watchdog_.reset();
}

void Incarnation::run() {
    start_load();
    while (!channel_.stop.load(std::memory_order_acquire)) turn();
}

void Incarnation::turn() {
    ++turns_;
    const bool more = work();
    if (wake_ui_ || outbox_.take_sent()) {
        wake_ui_ = false;
        if (options_.waker) options_.waker();
    }
    if (!more) {
        answer_settled();
        rest();
    }
    const bool blocks = !more && !must_not_block();
    runtime_.run_once(blocks);
    if (blocks) {
        channel_.sleeping.exchange(false, std::memory_order_acq_rel);
        ++wakeups_;
    }
    runtime_.deliver();
}

bool Incarnation::must_not_block() const {
    channel_.sleeping.exchange(true, std::memory_order_acq_rel);
    const bool something = !channel_.messages.empty() || channel_.snapshots.fresh_value() ||
                           channel_.stop.load(std::memory_order_seq_cst) || reload_requested_ ||
                           (outbox_.blocked() && channel_.batches.size() < Channel::capacity);
    if (something) channel_.sleeping.exchange(false, std::memory_order_acq_rel);
    return something;
}

bool Incarnation::work() {
    take_messages();
    take_snapshot();
    outbox_.flush();
    if (finished_load_) loaded(std::move(*std::exchange(finished_load_, std::nullopt)));
    old_.reset();
    if (std::exchange(replace_load_, false) && next_) {
        next_->abandon_load(); // it may wait for ever
        next_.reset();
    }
    if (reload_requested_ && !next_) start_load();

    bool more = false;
    for (Generation* generation : {current_.get(), next_.get()}) {
        if (!generation) continue;
        generation->retire_waits();
        generation->dispatch();
        if (generation->views().evaluate()) wake_ui_ = true;
        const std::int64_t start = thread_cpu_ns();
        while (generation->run_one()) {
            take_messages(); // a key press may go first
            generation->dispatch();
            if (generation->views().evaluate()) wake_ui_ = true;
            if (channel_.snapshots.fresh_value() || finished_load_ ||
                thread_cpu_ns() - start > turn_budget_ns)
                break;
        }
        if (generation->views().take_changed()) wake_ui_ = true;
        more = more || generation->has_work();
    }
    return more || finished_load_.has_value();
}

void Incarnation::rest() {
    if (current_) current_->collect(collect_budget_ns);
    outbox_.reclaim();
}

void Incarnation::take_messages() {
    while (!backlog_.empty()) {
        Message message = std::move(backlog_.front());
        backlog_.pop_front();
        handle(message);
    }
    while (Message* message = channel_.messages.front()) {
        handle(*message);
        channel_.messages.pop();
    }
}

void Incarnation::while_blocked() {
    do {
        while (Message* message = channel_.messages.front()) {
            if (auto* reply = std::get_if<Reply>(message))
                outbox_.answer(std::move(*reply));
            else
                backlog_.push_back(std::move(*message));
            channel_.messages.pop();
        }
        take_snapshot();
        outbox_.flush();
        // The loop blocks next, for the task that waits.
        channel_.sleeping.exchange(true, std::memory_order_acq_rel);
    } while (!channel_.messages.empty() || channel_.snapshots.fresh_value());
    if ((std::exchange(wake_ui_, false) || outbox_.take_sent()) && options_.waker) options_.waker();
}

void Incarnation::take_snapshot() {
    if (!channel_.snapshots.refresh()) return;
    const state::SnapshotRef& snapshot = channel_.snapshots.front();
    ++snapshots_;
    applied_seq_ = snapshot->applied_seq;
    const std::vector<Change>& changes = index_.adopt(snapshot);
    if (current_) current_->model_changed(changes);
    if (next_) next_->model_changed(changes);
}

void Incarnation::handle(Message& message) {
    std::visit(Overloaded{
                   [&](ViewAsked& asked) {
                       if (current_)
                           current_->views().add(*asked.mailbox, std::move(asked.name),
                                                 std::move(asked.arguments));
                       else
                           views_before_load_.push_back(std::move(asked));
                   },
                   [&](ViewsReleased&) {
                       if (current_) current_->views().drop_released();
                       std::erase_if(views_before_load_, [](const ViewAsked& asked) {
                           if (!asked.mailbox->released()) return false;
                           asked.mailbox->let_go();
                           return true;
                       });
                   },
                   [&](Emission& emission) {
                       if (current_)
                           current_->emit(std::move(emission));
                       else if (emissions_before_load_.size() < emissions_kept)
                           emissions_before_load_.push_back(std::move(emission));
                       else
                           channel_.mark_settled(emission.ticket);
                   },
                   [&](Reply& reply) { outbox_.answer(std::move(reply)); },
                   [&](Invalidation& invalidation) {
                       if (current_) current_->invalidate(invalidation.event);
                   },
                   [&](ReloadRequest&) { reload_requested_ = replace_load_ = true; },
                   [&](ClockChanged&) {},
                   [&](ReportRequest& request) {
                       EngineReport report;
                       if (current_)
                           current_->fill(report);
                       else if (next_)
                           next_->fill(report);
                       report.turns = turns_;
                       report.wakeups = wakeups_;
                       report.snapshots = snapshots_;
                       request.answer(std::move(report));
                   },
                   [&](SettleRequest& request) { settle_.push_back(std::move(request.settled)); },
                   [&](ForceRequest& request) {
                       if (current_)
                           current_->views().force(request.mailbox, std::move(request.published));
                       else
                           request.published();
                   },
               },
               message);
}

void Incarnation::answer_settled() {
    if (settle_.empty() || next_ || runtime_.anything_pending()) return;
    // A request may have come with a snapshot that this turn was too early for.
    if (channel_.snapshots.fresh_value() || !channel_.messages.empty()) return;
    for (const auto& settled : std::exchange(settle_, {})) settled();
}

// --- generations

void Incarnation::start_load() {
    reload_requested_ = false;
    const Services services{options_,
                            clock_,
                            channel_,
                            runtime_,
                            state_,
                            index_,
                            outbox_,
                            applied_seq_,
                            [this] { while_blocked(); },
                            [this] { reload_requested_ = true; },
                            [this] { wake_ui_ = true; }};
    next_ = std::make_unique<Generation>(services, ++generations_);
    for (const Declaration& declaration : declarations_)
        next_->events().declare(declaration.event, declaration.pure, declaration.policy);
    next_->load([this](LoadResult result) { finished_load_ = std::move(result); });
}

void Incarnation::loaded(LoadResult result) {
    if (!result.ok && current_) {
        // The old configuration stays in force; only the message is new.
        old_ = std::move(next_);
    } else {
        if (current_)
            for (auto& [mailbox, name, arguments] : current_->views().give_up())
                next_->views().add(*mailbox, std::move(name), std::move(arguments));
        old_ = std::exchange(current_, std::move(next_));
        current_->activate();
        for (ViewAsked& asked : std::exchange(views_before_load_, {}))
            current_->views().add(*asked.mailbox, std::move(asked.name), std::move(asked.arguments));
        for (Emission& emission : std::exchange(emissions_before_load_, {}))
            current_->emit(std::move(emission));
    }
    channel_.loads.back() = std::move(result);
    channel_.loads.publish();
    wake_ui_ = true;
}

} // namespace lunette::script
