#pragma once

#include "model/records.h"
#include "mux/events.h"
#include "mux/process_report.h"
#include "mux/selection.h"
#include "mux/split_tree.h"
#include "mux/write_queue.h"
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
    Pane(Id record, std::int64_t pane_id, terminal::Terminal terminal, terminal::Pty pty);

    Id record() const noexcept { return record_; }
    std::int64_t pane_id() const noexcept { return pane_id_; }
    terminal::Terminal& terminal() noexcept { return terminal_; }
    const terminal::Terminal& terminal() const noexcept { return terminal_; }
    int fd() const noexcept { return pty_.fd(); }
    int exit_fd() const noexcept { return pty_.exit_fd(); }
    pid_t pid() const noexcept { return pty_.pid(); }
    const std::string& program() const noexcept { return pty_.program(); }
    std::optional<pid_t> foreground_group() const noexcept { return pty_.foreground_group(); }

    struct ReadResult {
        std::size_t bytes = 0;
        bool more = false;   // the budget ended, not the output
        bool closed = false; // no more output will come
    };
    // Parses what the program wrote, at most `budget` bytes, and answers its queries.
    ReadResult read(std::size_t budget);
    // As if the program had written it.
    void inject(std::string_view bytes);
    // Input for the program. False when it does not read and too much waits already.
    bool type(std::string bytes);
    bool paste(std::string_view text);
    // Writes what waits, as far as the tty takes it.
    void flush();
    bool wants_write() const noexcept { return !waiting_.empty(); }

    void resize(const Rect& rect, CellSize cell);
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
    std::int64_t physical_top() const noexcept;
    std::int64_t scrollback_top() const noexcept;

    const std::optional<Selection>& selection() const noexcept { return selection_; }
    void set_selection(std::optional<Selection> selection) { selection_ = std::move(selection); }

    // What is shown is seen. Afterwards only newer output is unseen. False when nothing was unseen.
    bool mark_seen() noexcept;

    // The fields that the pane knows itself.
    void fill(model::PaneInfo& info, std::string_view own_host) const;

private:
    void after_feed();
    std::string title() const;

    Id record_;
    std::int64_t pane_id_;
    terminal::Terminal terminal_;
    terminal::Pty pty_;
    WriteQueue waiting_;
    std::size_t typing_limit_ = WriteQueue::most_typed; // a paste that waits does not count against typing
    std::map<std::string, std::string> user_vars_;
    Value user_vars_value_ = Value::map({});
    Value progress_ = "None";
    std::string tty_name_;
    std::string process_name_;
    std::string process_cwd_;
    Value process_info_;
    std::optional<std::int64_t> viewport_top_;
    std::optional<Selection> selection_;
    std::uint64_t output_ = 0; // bytes so far
    std::uint64_t seen_output_ = 0;
    bool dead_ = false;
};

} // namespace lunette::mux
