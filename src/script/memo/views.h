#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <lunette/bind.h>
#include <lunette/view.h>

#include "script/drive.h"
#include "script/memo/memo.h"
#include "state/record_index.h"
#include "view/view_mailbox.h"

namespace lunette::script {

class Views;
class EvaluationRun;

/// One view that the UI asked for: how it is computed, from which entries, and where it is published.
///
/// Thread: script thread. Owned by Views.
class ViewNode final : public Reader {
public:
    ViewNode(Views& views, ViewMailbox& mailbox, std::string name, Args arguments);
    ~ViewNode() override;

    void invalidate(const std::string& cause, std::int64_t pace_us) override;
    void mark_dirty();
    /// What it shows is not out of date, as far as is known.
    void evaluate_again();
    void entry_finished(Entry& entry);

    ViewMailbox* mailbox;
    std::string name;
    Args arguments;
    bool dirty = false; ///< is in the queue of Views
    bool force = false; ///< the next evaluation runs everything again
    std::uint64_t evaluations = 0;
    struct Used {
        Entry* entry;
        std::uint64_t runs; ///< of the entry, when its result was taken
        bool speculative;   ///< it is not shown, but may be soon
    };
    std::vector<Used> entries; ///< that its last evaluation used
    std::unique_ptr<EvaluationRun> running;

private:
    Views& views_;
};

/// All views of one generation.
///
/// Thread: script thread.
class Views {
public:
    Views(Memo& memo, EventTable& events, state::RecordIndex& index, TimerQueue& timers, Clock& clock,
          std::vector<ViewFunction> functions, std::int64_t soft_deadline_us, bool eager);
    ~Views();
    Views(const Views&) = delete;
    Views& operator=(const Views&) = delete;

    /// Evaluations say that their handlers are of this load; 0 (the default) for one that failed.
    void set_generation(std::uint64_t number) noexcept { generation_ = number; }
    void add(ViewMailbox& mailbox, std::string name, Args arguments);
    /// Drops what the UI released, and acknowledges.
    void drop_released();
    /// Forgets mailboxes without touching them again (they go to the next generation).
    std::vector<std::tuple<ViewMailbox*, std::string, Args>> give_up();

    /// Evaluates what is dirty. True if something was published that the UI should draw.
    bool evaluate();
    /// Something that evaluate() would start. What runs already is not: it ends by itself.
    bool anything_to_evaluate() const noexcept;
    bool anything_running() const noexcept;
    void evaluate_all_again();
    /// Evaluates one view anew whatever is remembered; tells when it has been published.
    void force(Id mailbox, std::function<void()> published);
    bool take_changed() noexcept { return std::exchange(changed_, false); }

private:
    friend class ViewNode;
    friend class EvaluationRun;

    void start(ViewNode& node);
    /// Gives up its evaluation, and no entry or dependency leads to it any more.
    void detach(ViewNode& node);
    void publish(ViewNode& node, EvaluationRun& run, Expected<Value> value);

    Memo& memo_;
    EventTable& events_;
    state::RecordIndex& index_;
    TimerQueue& timers_;
    Clock& clock_;
    std::unordered_map<std::string, ViewFunction> functions_;
    std::int64_t soft_deadline_us_;
    bool eager_;
    std::uint64_t generation_ = 0;
    std::unordered_map<Id, std::unique_ptr<ViewNode>> nodes_; ///< by mailbox
    std::vector<ViewNode*> dirty_;
    std::vector<std::unique_ptr<EvaluationRun>> finished_; ///< freed between turns
    std::unordered_map<Id, std::vector<std::function<void()>>> on_published_;
    bool changed_ = false;
};

} // namespace lunette::script
