#include "script/memo/views.h"

#include <algorithm>

#include "lua/function_info.h"

namespace lunette::script {

/// One evaluation of a view's body. Waits for entries at most until the soft deadline; then it goes on with
/// what they had before, and the view is stale.
class EvaluationRun final : public Evaluation {
public:
    EvaluationRun(Views& views, ViewNode& node)
        : views_{views}, node_{node}, root_{views.index_.root()}, revision_{views.index_.revision()} {}
    ~EvaluationRun() override {
        if (deadline_) views_.timers_.cancel(deadline_);
        *alive_ = false;
    }

    RecordRef root() const override { return root_; }
    RecordRef find(Id id) const override { return RecordRef::share(views_.index_.find(id)); }

    std::uint64_t generation() const override { return views_.generation_; }

    void read(const RecordRef& record, std::initializer_list<std::string_view> fields) override {
        for (const std::string_view name : fields) {
            const int field = record->schema().find(name);
            if (field < 0) continue;
            if (record->schema().field(static_cast<std::size_t>(field)).kind == Kind::list)
                read_list(*record, field);
            else
                recorder_.field(*record, field);
        }
    }

    bool has_handler(std::string_view event) const override {
        const Event* found = views_.events_.find(event);
        return found && !found->handlers.empty();
    }

    int parameter_count(std::string_view event) const override {
        const Event* found = views_.events_.find(event);
        return found && !found->handlers.empty() ? lua::parameter_count(found->handlers.front()) : 0;
    }

    Io::Wait<Expected<Value>> call(std::string_view event, std::string label,
                                   std::vector<Argument> arguments) override {
        Event* found = views_.events_.find(event);
        if (!found || found->handlers.empty()) return {{}, Expected<Value>{Value{}}};
        Entry& entry = use(*found, label, std::move(arguments), false);
        if (!entry.dirty && !entry.task) {
            ++found->of(0).report.avoided;
            return {{}, entry.result()};
        }
        if (entry.doubtful && !entry.outdated) { // the value is as good as any
            views_.memo_.revalidate(entry);
            return {{}, entry.result()};
        }
        if (views_.eager_ || node_.force) entry.next_allowed_us = 0;
        if (!views_.memo_.request(entry)) {
            stale_ = true;
            return {{}, entry.result()};
        }
        return {[this, &entry](std::function<void(Expected<Value>)> done) {
                    return wait(entry, std::move(done));
                },
                {}};
    }

    std::optional<Expected<Value>> speculate(std::string_view event, std::string label,
                                             std::vector<Argument> arguments) override {
        Event* found = views_.events_.find(event);
        if (!found || found->handlers.empty()) return Expected<Value>{Value{}};
        Entry& entry = use(*found, label, std::move(arguments), true);
        if (entry.dirty || entry.task) {
            views_.memo_.speculate(entry);
            return std::nullopt;
        }
        ++found->of(0).report.avoided;
        return entry.result();
    }

    void start(Async<Value> body) {
        drive_ = Drive::make<Value>(std::move(body), [this](Expected<Value> value) {
            ended_ = true;
            views_.publish(node_, *this, std::move(value));
        });
        drive_.start();
        if (!ended_)
            deadline_ = views_.timers_.after(std::chrono::microseconds{views_.soft_deadline_us_}, [this] {
                deadline_ = 0;
                give_up_waiting();
            });
    }

    Recorder& recorder() noexcept { return recorder_; }
    std::vector<ViewNode::Used>& used() noexcept { return used_; }
    bool ended() const noexcept { return ended_; }
    bool stale() const noexcept {
        return stale_ || root_.get() != views_.index_.root().get() ||
               std::any_of(used_.begin(), used_.end(), [](const ViewNode::Used& u) {
                   const bool outdated = u.entry->dirty || u.entry->task;
                   return outdated && !u.speculative && (!u.entry->doubtful || u.entry->outdated);
               });
    }

private:
    struct Pending {
        Entry* entry;
        std::function<void(Expected<Value>)> done;
    };

    void read_list(const RecordNode& record, int field) {
        recorder_.length(record, field);
        const Field& f = record.schema().field(static_cast<std::size_t>(field));
        const FieldView view = f.get(f, record.payload());
        const std::size_t count = view.kind == Kind::list && view.list ? view.list->items().size() : 0;
        for (std::size_t i = 0; i < count; ++i) recorder_.item(record, field, static_cast<std::uint32_t>(i));
    }

    Entry& use(Event& event, std::string_view label, std::vector<Argument> arguments, bool speculative) {
        Entry& entry = views_.memo_.entry(event, label, std::move(arguments), revision_);
        const auto known =
            std::find_if(used_.begin(), used_.end(), [&](const auto& u) { return u.entry == &entry; });
        const bool is_new = known == used_.end();
        if (is_new)
            used_.push_back({&entry, entry.runs, speculative});
        else
            known->speculative = speculative = known->speculative && speculative;
        views_.memo_.use(entry, node_, speculative);
        ++event.of(0).report.requested;
        if (views_.eager_ || (node_.force && is_new)) {
            entry.dirty = true;
            entry.doubtful = false;
        }
        return entry;
    }

    std::function<void()> wait(Entry& entry, std::function<void(Expected<Value>)> done) {
        auto pending = std::make_shared<Pending>(Pending{&entry, std::move(done)});
        pending_.push_back(pending);
        if (!entry.task || gave_up_) { // its run ended before anybody waited, or there is no time left
            late_.push_back(pending);
            return cancel(pending);
        }
        entry.waiters.push_back([this, alive = alive_, pending] {
            if (*alive) finish(*pending, false);
        });
        return cancel(pending);
    }

    std::function<void()> cancel(const std::shared_ptr<Pending>& pending) {
        return [alive = alive_, pending] { pending->done = nullptr; };
    }

    void finish(Pending& pending, bool late) {
        if (!pending.done) return;
        if (late) stale_ = true;
        auto done = std::exchange(pending.done, nullptr);
        done(take(*pending.entry));
        pump_late();
    }

    Expected<Value> take(Entry& entry) {
        for (ViewNode::Used& used : used_)
            if (used.entry == &entry) used.runs = entry.runs;
        return entry.result();
    }

    void give_up_waiting() {
        gave_up_ = true;
        const auto pending = pending_;
        for (const auto& one : pending) finish(*one, true);
    }

public:
    /// Tells waits that were over before they began. Never inside Wait::start.
    void pump_late() {
        while (!late_.empty()) {
            const auto one = late_.back();
            late_.pop_back();
            if (!one->done) continue;
            if (one->entry->task) stale_ = true;
            std::exchange(one->done, nullptr)(take(*one->entry));
        }
    }

private:
    Views& views_;
    ViewNode& node_;
    RecordRef root_;
    std::uint64_t revision_;
    Recorder recorder_;
    std::vector<ViewNode::Used> used_;
    std::vector<std::shared_ptr<Pending>> pending_, late_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    TimerQueue::Id deadline_ = 0;
    bool stale_ = false;
    bool ended_ = false;
    bool gave_up_ = false;
    Drive drive_;
};

ViewNode::ViewNode(Views& views, ViewMailbox& box, std::string view_name, Args view_arguments)
    : mailbox{&box}, name{std::move(view_name)}, arguments{std::move(view_arguments)}, views_{views} {}

ViewNode::~ViewNode() = default;

void ViewNode::invalidate(const std::string&, std::int64_t) { mark_dirty(); }

void ViewNode::mark_dirty() {
    mailbox->mark_stale();
    evaluate_again();
}

void ViewNode::evaluate_again() {
    if (dirty) return;
    dirty = true;
    views_.dirty_.push_back(this);
}

void ViewNode::entry_finished(Entry& entry) {
    if (running) return; // it waits for the entry itself, and looks at its state when it ends
    const auto used =
        std::find_if(entries.begin(), entries.end(), [&](const Used& u) { return u.entry == &entry; });
    if (used != entries.end() && used->runs == entry.runs && !entry.dirty) return;
    evaluate_again();
}

Views::Views(Memo& memo, EventTable& events, state::RecordIndex& index, TimerQueue& timers, Clock& clock,
             std::vector<ViewFunction> functions, std::int64_t soft_deadline_us, bool eager)
    : memo_{memo},
      events_{events},
      index_{index},
      timers_{timers},
      clock_{clock},
      soft_deadline_us_{soft_deadline_us},
      eager_{eager} {
    for (ViewFunction& function : functions) {
        std::string name = function.name;
        functions_.emplace(std::move(name), std::move(function));
    }
}

Views::~Views() {
    for (auto& [id, node] : nodes_) detach(*node);
}

void Views::detach(ViewNode& node) {
    if (node.running)
        for (const auto& used : node.running->used()) memo_.unuse(*used.entry, node);
    node.running.reset();
    for (const auto& used : node.entries) memo_.unuse(*used.entry, node);
    memo_.index().remove(node);
    memo_.forget(node);
}

void Views::add(ViewMailbox& mailbox, std::string name, Args arguments) {
    auto node = std::make_unique<ViewNode>(*this, mailbox, std::move(name), std::move(arguments));
    node->mark_dirty();
    nodes_[mailbox.id()] = std::move(node);
}

void Views::drop_released() {
    for (auto it = nodes_.begin(); it != nodes_.end();) {
        ViewNode& node = *it->second;
        if (!node.mailbox->released()) {
            ++it;
            continue;
        }
        detach(node);
        std::erase(dirty_, &node);
        node.mailbox->let_go();
        it = nodes_.erase(it);
    }
}

std::vector<std::tuple<ViewMailbox*, std::string, Args>> Views::give_up() {
    std::vector<std::tuple<ViewMailbox*, std::string, Args>> given;
    for (auto& [id, node] : nodes_) {
        detach(*node);
        given.emplace_back(node->mailbox, node->name, node->arguments);
    }
    dirty_.clear();
    nodes_.clear();
    for (const auto& [mailbox, waiting] : std::exchange(on_published_, {}))
        for (const auto& published : waiting) published();
    return given;
}

bool Views::anything_to_evaluate() const noexcept {
    return std::any_of(dirty_.begin(), dirty_.end(), [](const ViewNode* node) { return !node->running; });
}

bool Views::anything_running() const noexcept {
    return std::any_of(nodes_.begin(), nodes_.end(),
                       [](const auto& n) { return n.second->running != nullptr; });
}

void Views::evaluate_all_again() {
    for (auto& [id, node] : nodes_) node->mark_dirty();
}

void Views::force(Id mailbox, std::function<void()> published) {
    const auto found = nodes_.find(mailbox);
    if (found == nodes_.end()) {
        published();
        return;
    }
    found->second->force = true;
    on_published_[mailbox].push_back(std::move(published));
    found->second->mark_dirty();
}

bool Views::evaluate() {
    finished_.clear();
    std::vector<ViewNode*> now;
    for (ViewNode* node : dirty_)
        if (!node->running) now.push_back(node);
    std::erase_if(dirty_, [](const ViewNode* node) { return !node->running; });
    for (ViewNode* node : now) {
        node->dirty = false;
        start(*node);
    }
    for (auto& [id, node] : nodes_)
        if (node->running) node->running->pump_late();
    return std::exchange(changed_, false);
}

void Views::start(ViewNode& node) {
    ++node.evaluations;
    node.running = std::make_unique<EvaluationRun>(*this, node);
    EvaluationRun& run = *node.running;
    Args arguments = node.arguments;
    for (Value& argument : arguments) {
        if (argument.kind() != Kind::record) continue;
        if (const RecordNode* newest = index_.find(argument.record()->id()))
            argument = Value{RecordRef::share(newest), argument.object_type()};
        run.recorder().lookup(argument.record()->id(), &argument.record()->schema());
    }
    const auto function = functions_.find(node.name);
    if (function != functions_.end()) {
        run.start(function->second.body(run, std::move(arguments)));
        return;
    }
    std::vector<Argument> handed;
    for (Value& argument : arguments) handed.push_back({std::move(argument)});
    run.start([](EvaluationRun& evaluation, std::string event,
                 std::vector<Argument> call_arguments) -> Async<Value> {
        auto wait = evaluation.call(event, "", std::move(call_arguments));
        Expected<Value> result = co_await std::move(wait);
        co_return result ? *result : Value{};
    }(run, node.name, std::move(handed)));
}

void Views::publish(ViewNode& node, EvaluationRun& run, Expected<Value> value) {
    for (const ViewNode::Used& old : node.entries) {
        const bool kept = std::any_of(run.used().begin(), run.used().end(),
                                      [&](const ViewNode::Used& u) { return u.entry == old.entry; });
        if (!kept) memo_.unuse(*old.entry, node);
    }
    node.entries = run.used();
    const bool stale = run.stale();
    // What changed since it began was told to the previous set of dependencies only.
    if (index_.root().get() != run.root().get()) node.mark_dirty();
    // And what ran for somebody else after its result was looked at.
    const bool more_is_known = std::any_of(node.entries.begin(), node.entries.end(), [](const auto& used) {
        return used.runs != used.entry->runs && !used.entry->dirty;
    });
    if (more_is_known) node.evaluate_again();
    memo_.index().set(node, run.recorder().take());
    node.force = false;
    if (value && !value->is_nil()) {
        ViewValue result;
        result.value = std::move(*value);
        result.revision = index_.revision();
        result.published_us = clock_.now_us();
        result.freshness = stale ? Freshness::stale : Freshness::fresh;
        if (node.mailbox->publish(std::move(result))) changed_ = true;
    } else if (functions_.find(node.name) == functions_.end()) {
        const Event* event = events_.find(node.name);
        const bool no_handler = !event || event->handlers.empty();
        const bool no_value =
            std::all_of(node.entries.begin(), node.entries.end(), [](const ViewNode::Used& u) {
                return !u.entry->has_value || u.entry->value.is_nil();
            });
        if ((no_handler || (no_value && !stale)) &&
            node.mailbox->publish_default(index_.revision(), clock_.now_us()))
            changed_ = true;
    }
    if (const auto waiting = on_published_.extract(node.mailbox->id()))
        for (const auto& published : waiting.mapped()) published();
    // The coroutine is still on the stack: freed by the next evaluate().
    finished_.push_back(std::move(node.running));
    if (node.dirty && std::find(dirty_.begin(), dirty_.end(), &node) == dirty_.end()) dirty_.push_back(&node);
}

} // namespace lunette::script
