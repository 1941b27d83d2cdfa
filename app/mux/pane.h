#pragma once

#include "model/records.h"
#include "model/selection.h"
#include "model/write_queue.h"
#include "mux/events.h"
#include "mux/process_report.h"
#include "mux/selection_watch.h"
#include "mux/split_tree.h"
#include "terminal/pty.h"
#include "terminal/terminal.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::mux {

struct CellSize {
    int width = 0; // pixels; 0 while unknown
    int height = 0;
    friend bool operator==(const CellSize&, const CellSize&) = default;
};

// A program on a pty, with the terminal that it talks to. Owns both. UI thread only; never blocks.
class Pane {
public:
    // With an empty pty it waits for start(), and what is typed with it.
    Pane(Id record, std::int64_t pane_id, terminal::Terminal terminal, terminal::Pty pty);
    // REQUIRES: is_waiting(), and the size is the terminal's.
    void start(terminal::Pty pty);
    bool is_waiting() const noexcept { return waits_; }

    Id record() const noexcept { return record_; }
    std::int64_t pane_id() const noexcept { return pane_id_; }
    terminal::Terminal& terminal() noexcept { return terminal_; }
    const terminal::Terminal& terminal() const noexcept { return terminal_; }
    int fd() const noexcept { return pty_.fd(); }
    int exit_fd() const noexcept { return pty_.exit_fd(); }
    pid_t pid() const noexcept { return pty_.pid(); }
    // The id of the domain it runs in.
    std::int64_t domain() const noexcept { return domain_; }
    void set_domain(std::int64_t domain) noexcept { domain_ = domain; }
    const std::string& program() const noexcept { return pty_.program(); }
    std::optional<pid_t> foreground_group() const noexcept { return pty_.foreground_group(); }

    struct ReadResult {
        std::size_t bytes = 0;
        bool more = false;   // the budget ended, not the output
        bool closed = false; // no more output will come
    };
    // Parses what the program wrote, until that is `budget` bytes or one read more, and answers its queries.
    ReadResult read(std::size_t budget);
    // As if the program had written it.
    void inject(std::string_view bytes);
    // Input for the program. False when it does not read and too much waits already.
    bool type(std::string bytes);
    bool paste(std::string_view text);
    // A paste that comes in pieces, split anywhere. False, once, when too much waits; its rest is ignored.
    bool paste_piece(std::string_view bytes, bool first, bool last);
    std::size_t waiting_input() const noexcept { return waiting_.size(); }
    // Writes what waits, as far as the tty takes it.
    void flush();
    bool wants_write() const noexcept { return !waits_ && !waiting_.empty(); }

    void resize(const Rect& rect, CellSize cell);
    void clear_scrollback();
    void set_palette(const terminal::Palette& palette);
    std::optional<terminal::ExitStatus> poll_exit() noexcept { return pty_.poll_exit(); }
    // The program has ended but the pane stays, with a last line that says so.
    void hold(std::string_view message);
    bool is_dead() const noexcept { return dead_; }
    // Hangs up and gives the pty away to be reaped.
    terminal::Pty release();

    // Turns what the terminal queued into state, and appends what the loop must hear of.
    void take_events(std::vector<Event>& events);

    void set_process(const ProcessReport& report);
    // The directory for a program started beside this one; empty while unknown.
    std::string working_directory(std::string_view own_host) const;

    // Rows above the newest that the user looks at, in stable rows; nothing: the newest.
    std::optional<std::int64_t> viewport_top() const noexcept { return viewport_top_; }
    void scroll_to(std::optional<std::int64_t> stable_top);
    // While a mode is on, what the user looks at stays when output arrives, even the newest rows.
    void freeze(bool frozen);
    bool is_frozen() const noexcept { return frozen_; }
    std::int64_t physical_top() const noexcept;
    std::int64_t scrollback_top() const noexcept;

    // A cell that somebody remembers; where it is at another width.
    const std::optional<model::CellPoint>& mark() const noexcept { return mark_; }
    void set_mark(const std::optional<model::CellPoint>& mark) noexcept { mark_ = mark; }
    // What a mode says before the title.
    void set_title_prefix(std::string_view prefix) { title_prefix_ = prefix; }

    const std::optional<model::Selection>& selection() const noexcept { return selection_; }
    // It goes when its text does: when rows of it are dropped, or the width is another. A transient one, as
    // the mouse makes it, goes as well when a program writes something else there.
    enum class SelectionLife : std::uint8_t { transient, kept };
    void set_selection(const std::optional<model::Selection>& selection,
                       SelectionLife life = SelectionLife::transient);

    // What is shown is seen. Afterwards only newer output is unseen. False when nothing was unseen.
    bool mark_seen() noexcept;

    // The fields that the pane knows itself.
    void fill(model::PaneInfo& info, std::string_view own_host) const;

private:
    bool queue_paste(std::string bytes);
    void after_feed();
    void check_selection();
    void send_replies();
    std::string title() const;

    Id record_;
    std::int64_t pane_id_;
    std::int64_t domain_ = 0;
    terminal::Terminal terminal_;
    terminal::Pty pty_;
    CellSize cell_; // that the program was told
    model::WriteQueue waiting_;
    std::size_t typing_limit_ =
        model::WriteQueue::most_typed; // a paste that waits does not count against typing
    struct OpenPaste {
        bool bracketed = false;
        bool refused = false;
        std::string held; // the end of the last piece: half of what is looked at as a whole
    };
    std::optional<OpenPaste> open_paste_;
    std::map<std::string, std::string> user_vars_;
    Value user_vars_value_ = Value::map({});
    Value progress_ = "None";
    std::string tty_name_;
    std::string process_name_;
    std::string process_cwd_;
    Value process_info_;
    std::optional<std::int64_t> viewport_top_;
    bool frozen_ = false; // viewport_top_ is set
    std::optional<model::CellPoint> mark_;
    std::string title_prefix_;
    std::optional<model::Selection> selection_;
    std::optional<SelectionWatch> selection_watch_; // of a transient one
    std::uint64_t output_ = 0;                      // bytes so far
    std::uint64_t seen_output_ = 0;
    bool unseen_bell_ = false;
    bool dead_ = false;
    bool waits_ = false; // for its program
};

} // namespace lunette::mux
