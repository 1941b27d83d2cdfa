#include "script/incarnation.h"

#include <algorithm>

#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fmt/format.h>

namespace lunette::script {

namespace {

constexpr std::size_t emissions_kept = 64;
constexpr std::int64_t longest_drain_us = 10'000'000;
constexpr std::size_t most_draining = 3;
constexpr std::int64_t turn_budget_ns = 2'000'000; // tasks run one after another before the loop is looked at

template<class... F>
struct Overloaded : F... {
    using F::operator()...;
};
template<class... F>
Overloaded(F...) -> Overloaded<F...>;

} // namespace

Incarnation::Incarnation(const EngineOptions& options, Clock& clock, Channel& channel, Beginning beginning,
                         Stuck stuck)
    : options_{options},
      clock_{clock},
      channel_{channel},
      beginning_{std::move(beginning)},
      runtime_{clock, {}, &channel.children},
      signal_{options.preempt_signal},
      outbox_{channel, beginning_.last_sequence},
      cache_{options.cache_directory, options.cache_limit, runtime_.jobs(),
             [this](const std::string& message) { log(LogLevel::warning, message); }},
      watch_{runtime_, configuration_manner(options.reload_debounce),
             [this](const std::vector<std::string>& paths) {
                 log(LogLevel::info, paths.front() + " has changed: the configuration is loaded anew");
                 reload_requested_ = replace_load_ = true;
             }},
      kept_{channel, beginning_.kept} {
    state_.fate = &channel_.fate;
    state_.bind_to_thread();
    runtime_.show_polling(state_.control.polling);
    if (options.watchdog) start_watchdog(std::move(stuck));
    prctl(PR_SET_NAME, "lunette-script");
    // Per thread on Linux; children are started by a thread that was made before.
    setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), options.nice);
}

Incarnation::~Incarnation() {
    runtime_.timers().cancel(drain_timer_);
    draining_.clear();
    next_.reset();
    current_.reset();
    watchdog_.reset();
}

void Incarnation::start_watchdog(Stuck stuck) {
    const FailoverOptions& failover = options_.failover;
    Stuck give_up;
    if (failover.enabled)
        give_up = [this, thread = static_cast<pid_t>(syscall(SYS_gettid)),
                   stuck = std::move(stuck)](WedgeDetector::Verdict verdict) {
            state_.given_up.store(true, std::memory_order_relaxed);
            stop();
            // What is left of it, others need more.
            const sched_param none{};
            sched_setscheduler(thread, SCHED_IDLE, &none);
            stuck(verdict);
        };
    watchdog_ = std::make_unique<Watchdog>(
        state_.control, channel_.host_turns, pthread_self(), options_.preempt_signal,
        Watchdog::Cookies{&state_, &state_.yield_mark}, options_.turn.count() * 1000,
        WedgeDetector::Limits{failover.cpu.count() * 1000, failover.blocked.count() * 1000},
        std::move(give_up));
}

void Incarnation::stop() noexcept {
    channel_.stop.store(true, std::memory_order_seq_cst);
    state_.stop.store(true, std::memory_order_seq_cst);
    runtime_.wake();
}

void Incarnation::run() {
    start_load();
    while (!channel_.stop.load(std::memory_order_seq_cst)) turn();
    channel_.fate.unwind();
}

void Incarnation::turn() {
    ++turns_;
    bool more = work();
    if (wake_ui_ || outbox_.take_sent()) {
        wake_ui_ = false;
        if (options_.waker) options_.waker();
    }
    if (!more) {
        answer_settled();
        more = rest();
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
                           (channel_.wants_acknowledgement && acknowledged()) ||
                           (outbox_.blocked() && channel_.batches.size() < Channel::capacity);
    if (something) channel_.sleeping.exchange(false, std::memory_order_acq_rel);
    return something;
}

bool Incarnation::work() {
    const bool acknowledged_before = acknowledged(); // what was sent before that is among the messages
    take_messages();
    take_snapshot();
    outbox_.flush();
    drain(acknowledged_before);
    if (finished_load_) loaded(std::move(*std::exchange(finished_load_, std::nullopt)));
    if (std::exchange(replace_load_, false) && next_) {
        next_->abandon_load(); // it may wait for ever
        next_.reset();
    }
    if (reload_requested_ && !next_) start_load();
    watch_files();

    bool more = current_ && work_on(*current_);
    if (next_) more = work_on(*next_) || more;
    for (const Draining& old : draining_) more = work_on(*old.generation) || more;
    return more || finished_load_.has_value();
}

bool Incarnation::work_on(Generation& generation) {
    generation.retire_waits();
    generation.dispatch();
    if (generation.views().evaluate()) wake_ui_ = true;
    const std::int64_t start = thread_cpu_ns();
    while (generation.run_one()) {
        take_messages(); // a key press may go first
        generation.dispatch();
        if (generation.views().evaluate()) wake_ui_ = true;
        if (channel_.snapshots.fresh_value() || finished_load_ || thread_cpu_ns() - start > turn_budget_ns)
            break;
    }
    if (generation.views().take_changed()) wake_ui_ = true;
    return generation.has_work();
}

bool Incarnation::rest() {
    outbox_.reclaim();
    return current_ && current_->use_gap();
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
                       if (Generation* generation = generation_of(emission.event))
                           generation->emit(std::move(emission));
                       else if (emissions_before_load_.size() < emissions_kept)
                           emissions_before_load_.push_back(std::move(emission));
                       else
                           channel_.mark_settled(emission.ticket);
                   },
                   [&](Reply& reply) { outbox_.answer(std::move(reply)); },
                   [&](Invalidation& invalidation) {
                       if (current_) current_->invalidate_from_outside(invalidation.event);
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
                       report.generations = (current_ ? 1 : 0) + (next_ ? 1 : 0) + draining_.size();
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

std::uint64_t Incarnation::make_next() {
    const Services services{options_,
                            clock_,
                            channel_,
                            runtime_,
                            state_,
                            index_,
                            outbox_,
                            cache_,
                            applied_seq_,
                            kept_,
                            [this] { while_blocked(); },
                            [this] { reload_requested_ = true; },
                            [this] { wake_ui_ = true; }};
    const std::uint64_t number = channel_.generations.fetch_add(1, std::memory_order_relaxed) + 1;
    next_ = std::make_unique<Generation>(services, number);
    for (const Beginning::Declaration& declaration : beginning_.events)
        next_->events().declare(declaration.event, declaration.pure, declaration.policy);
    return number;
}

void Incarnation::start_load() {
    reload_requested_ = false;
    failed_load_.reset();
    const bool first = make_next() == beginning_.generations + 1;
    if (!first) channel_.loaded_again.store(true, std::memory_order_relaxed);
    const auto loaded = [this](LoadResult result) { finished_load_ = std::move(result); };
    if (first) {
        next_->events().disable(beginning_.disabled);
        if (!beginning_.why_not_loaded.empty()) {
            for (const std::string& file : beginning_.watched) next_->watch(file);
            return next_->refuse_load(beginning_.why_not_loaded, loaded);
        }
    }
    next_->load(loaded);
}

bool Incarnation::load_fallback(LoadResult& failed) {
    const bool is_first = beginning_.generations == 0 && !current_ && !failed_load_;
    if (failed.ok || !is_first || options_.fallback.empty()) return false;
    WatchedFiles files = next_->reloads_on_change() ? next_->watched() : WatchedFiles{};
    failed_load_.emplace(FailedLoad{std::move(failed), std::move(files)});
    make_next();
    next_->load_fallback([this](LoadResult result) { finished_load_ = std::move(result); });
    return true;
}

void Incarnation::loaded(LoadResult result) {
    if (load_fallback(result)) return;
    const bool runs = result.ok;
    WatchedFiles files_of_failed;
    if (failed_load_) {
        FailedLoad failed = std::move(*std::exchange(failed_load_, std::nullopt));
        files_of_failed = std::move(failed.files);
        failed.result.generation = result.generation;
        failed.result.configuration = std::move(result.configuration);
        failed.result.events = std::move(result.events);
        result = std::move(failed.result);
    }
    if (!result.ok && current_) {
        // The old configuration stays in force; only the message is new. A mended file is loaded.
        WatchedFiles files = watch_.files();
        for (const auto& [path, file] : next_->watched()) files[path] = file;
        if (current_->reloads_on_change()) watch_.set(std::move(files));
        next_.reset();
    } else {
        if (current_)
            for (auto& [mailbox, name, arguments] : current_->views().give_up())
                next_->views().add(*mailbox, std::move(name), std::move(arguments));
        if (current_) {
            current_->retire();
            draining_.push_back({std::move(current_), clock_.now_us() + longest_drain_us});
        }
        current_ = std::move(next_);
        if (runs) current_->views().set_generation(result.generation);
        current_->activate();
        current_->take_watched_more();
        WatchedFiles files = current_->reloads_on_change() ? current_->watched() : WatchedFiles{};
        files.merge(std::move(files_of_failed));
        watch_.set(std::move(files));
        for (ViewAsked& asked : std::exchange(views_before_load_, {}))
            current_->views().add(*asked.mailbox, std::move(asked.name), std::move(asked.arguments));
        for (Emission& emission : std::exchange(emissions_before_load_, {}))
            current_->emit(std::move(emission));
    }
    channel_.loads.back() = std::move(result);
    if (!draining_.empty()) channel_.wants_acknowledgement.exchange(true, std::memory_order_acq_rel);
    channel_.loads.publish();
    wake_ui_ = true;
}

/// Whose callback it is: until the UI thread has taken the new configuration, it may ask for one of the old.
Generation* Incarnation::generation_of(std::string_view event) {
    if (!current_ || current_->names(event)) return current_.get();
    const auto old = std::find_if(draining_.rbegin(), draining_.rend(),
                                  [event](const Draining& d) { return d.generation->names(event); });
    return old == draining_.rend() ? current_.get() : old->generation.get();
}

void Incarnation::drain(bool acknowledged) {
    if (draining_.empty() && !drain_timer_) return;
    if (acknowledged) channel_.wants_acknowledgement.store(false, std::memory_order_relaxed);
    const std::int64_t now = clock_.now_us();
    if (draining_.size() > most_draining) draining_.erase(draining_.begin());
    std::erase_if(draining_, [&](const Draining& old) {
        return old.until_us <= now || (acknowledged && old.generation->drained());
    });
    runtime_.timers().cancel(std::exchange(drain_timer_, 0));
    if (draining_.empty()) return;
    drain_timer_ = runtime_.timers().after(
        std::chrono::microseconds{std::max<std::int64_t>(draining_.front().until_us - now, 1)}, [] {});
}

void Incarnation::watch_files() {
    // Of a load that has not ended too: the file that it hangs in may be mended.
    bool more = current_ && current_->take_watched_more();
    more = (next_ && next_->take_watched_more()) || more;
    if (!more || (current_ && !current_->reloads_on_change())) return;
    WatchedFiles files = watch_.files();
    for (const Generation* generation : {current_.get(), next_.get()})
        if (generation)
            for (const auto& [path, file] : generation->watched()) files.try_emplace(path, file);
    if (files.size() != watch_.files().size()) watch_.set(std::move(files));
}

void Incarnation::log(LogLevel level, std::string message) {
    if (!channel_.log.try_push(LogRecord{level, clock_.wall_us(), std::move(message)}))
        channel_.log_lost.fetch_add(1, std::memory_order_relaxed);
    wake_ui_ = true;
}

} // namespace lunette::script
