#pragma once

#include "copy/text_search.h"
#include "mux/mux.h"
#include "server/modes/pane_mode.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace lunette::server {

class TerminalCells;
class UiLoop;

// The panes that are in copy mode, search mode or quick select: enters and leaves them, and gives them what
// they are to hear of. UI thread only.
class PaneModes {
public:
    explicit PaneModes(UiLoop& loop) noexcept : loop_{loop} {}

    // Nothing when the action is of no mode.
    std::optional<mux::Reply> perform(Id window, Id pane, const model::KeyAssignment& action);
    // Of the mode that the active pane is in; empty: none.
    std::string_view key_table() const;

    // Input for the mode of the active pane. False: it is in none. Before all bindings, and behind them.
    bool takes_first(const model::KeyEvent& key);
    bool takes(const model::KeyEvent& key);
    bool takes_paste(std::string_view bytes, bool first, bool last);
    bool paste(Id pane, std::string_view text);

    // Lets modes work, and ends those whose pane is gone.
    void work();
    // They have more to do.
    bool is_busy() const noexcept { return busy_; }
    // Puts on a pane what its mode shows.
    void dress(Id pane, TerminalCells& cells);

private:
    struct Entered {
        std::unique_ptr<PaneMode> mode;
        bool followed = false;     // the newest rows, when it was entered
        std::int64_t top = 0;      // then
        bool is_copy_mode = false; // else quick select
    };

    Entered* active();
    mux::Reply copy_mode(Id pane, const copy::SearchPattern& pattern, bool edits);
    mux::Reply search(Id pane, const Value& pattern);
    mux::Reply quick_select(Id window, Id pane, const Value& argument);
    void enter(mux::Pane& pane, Entered& entered);
    void leave(Id pane);
    // After what may have ended the mode, or changed what is seen.
    void settle(Id pane);
    void choose(Id window, Id pane, const Value& argument, const model::CellRange& range, bool pastes);

    UiLoop& loop_;
    std::map<Id, Entered> entered_;
    std::map<Id, copy::SearchPattern> earlier_; // what panes were searched for last
    std::set<Id> dressed_;
    bool busy_ = false;
    bool pasting_ = false;
    std::string pasted_;
};

} // namespace lunette::server
