#include "mux/pane.h"

#include "mux/file_url.h"

#include <algorithm>
#include <array>
#include <utility>

#include <stdlib.h>
#include <termios.h>

namespace lunette::mux {

namespace {

constexpr std::size_t most_user_vars = 256;
constexpr std::size_t read_size = 64U << 10;

std::string tty_name_of(int master) {
    std::array<char, 64> name{};
    return ::ptsname_r(master, name.data(), name.size()) == 0 ? std::string{name.data()} : std::string{};
}

Value progress_value(const terminal::Progress& progress) {
    using State = terminal::Progress::State;
    switch (progress.state) {
    case State::none: return "None";
    case State::normal:
    case State::paused: return Value::map({{"Percentage", progress.percent}});
    case State::error: return Value::map({{"Error", progress.percent}});
    case State::indeterminate: return "Indeterminate";
    }
    return "None";
}

std::string_view shape_name(const terminal::CursorView& cursor) noexcept {
    switch (cursor.shape) {
    case terminal::CursorShape::default_: return "Default";
    case terminal::CursorShape::block: return cursor.blinking ? "BlinkingBlock" : "SteadyBlock";
    case terminal::CursorShape::underline: return cursor.blinking ? "BlinkingUnderline" : "SteadyUnderline";
    case terminal::CursorShape::bar: return cursor.blinking ? "BlinkingBar" : "SteadyBar";
    }
    return "Default";
}

// The line discipline's flags are the same seen from the master.
bool reads_password(int master) noexcept {
    termios flags{};
    return master >= 0 && ::tcgetattr(master, &flags) == 0 && (flags.c_lflag & ICANON) != 0 &&
           (flags.c_lflag & ECHO) == 0;
}

} // namespace

Pane::Pane(Id record, std::int64_t pane_id, terminal::Terminal terminal, terminal::Pty pty)
    : record_{record},
      pane_id_{pane_id},
      terminal_{std::move(terminal)},
      pty_{std::move(pty)},
      tty_name_{tty_name_of(pty_.fd())} {}

Pane::ReadResult Pane::read(std::size_t budget) {
    static thread_local std::array<char, read_size> buffer;
    ReadResult result;
    while (budget > 0) {
        const std::size_t size = std::min(budget, buffer.size());
        const terminal::Pty::IoResult read = pty_.read(std::span{buffer.data(), size});
        if (read.status != terminal::Pty::Io::ok || read.bytes == 0) {
            result.closed = read.status == terminal::Pty::Io::closed;
            break;
        }
        terminal_.feed(std::span{buffer.data(), read.bytes});
        result.bytes += read.bytes;
        budget -= read.bytes;
        result.more = budget == 0;
    }
    if (result.bytes > 0) {
        output_ += result.bytes;
        after_feed();
    }
    return result;
}

void Pane::inject(std::string_view bytes) {
    terminal_.feed(std::span{bytes.data(), bytes.size()});
    output_ += bytes.size();
    after_feed();
}

void Pane::after_feed() {
    if (std::string replies = terminal_.take_replies(); !replies.empty()) type(std::move(replies));
    if (viewport_top_ && *viewport_top_ < scrollback_top()) viewport_top_ = scrollback_top();
    if (selection_ && selection_->first().y < scrollback_top()) selection_.reset();
}

bool Pane::type(std::string bytes) {
    if (dead_) return true;
    if (!waiting_.push(std::move(bytes), typing_limit_)) return false;
    flush();
    return true;
}

bool Pane::paste(std::string_view text) {
    if (dead_) return true;
    const std::size_t before = waiting_.size();
    if (text.size() > WriteQueue::most_pasted) return false; // before it is copied
    if (!waiting_.push(terminal_.encode_paste(text), WriteQueue::most_pasted)) return false;
    typing_limit_ =
        std::min(typing_limit_ + waiting_.size() - before, WriteQueue::most_pasted + WriteQueue::most_typed);
    flush();
    return true;
}

void Pane::flush() {
    while (!waiting_.empty()) {
        const terminal::Pty::IoResult written = pty_.write(waiting_.front());
        if (written.status == terminal::Pty::Io::closed) waiting_.clear();
        if (written.status != terminal::Pty::Io::ok || written.bytes == 0) return;
        waiting_.pop(written.bytes);
    }
    typing_limit_ = WriteQueue::most_typed;
}

void Pane::resize(const Rect& rect, CellSize cell) {
    const int columns = std::max(rect.columns, 1);
    const int rows = std::max(rect.rows, 1);
    if (columns == terminal_.columns() && rows == terminal_.rows()) return;
    if (columns != terminal_.columns()) {
        // Stable rows are counted anew at another width.
        selection_.reset();
        viewport_top_.reset();
    }
    terminal_.resize(columns, rows);
    pty_.resize({columns, rows, columns * cell.width, rows * cell.height});
}

void Pane::hold(std::string_view message) {
    dead_ = true;
    waiting_.clear();
    inject(message);
}

terminal::Pty Pane::release() {
    pty_.hang_up();
    dead_ = true;
    return std::move(pty_);
}

void Pane::take_events(std::vector<Event>& events) {
    for (terminal::Event& event : terminal_.take_events()) {
        if (std::holds_alternative<terminal::BellRang>(event)) {
            events.push_back(BellRang{record_});
        } else if (std::holds_alternative<terminal::ProgressChanged>(event)) {
            progress_ = progress_value(terminal_.progress());
        } else if (std::holds_alternative<terminal::PaletteChanged>(event)) {
            events.push_back(PaletteChanged{record_});
        } else if (auto* var = std::get_if<terminal::UserVarSet>(&event)) {
            const auto found = user_vars_.find(var->name);
            if (found == user_vars_.end() && user_vars_.size() >= most_user_vars) continue;
            user_vars_.insert_or_assign(var->name, var->value);
            std::vector<MapEntry> entries;
            for (const auto& [name, value] : user_vars_) entries.push_back({name, value});
            user_vars_value_ = Value::map(std::move(entries));
            events.push_back(UserVarChanged{record_, std::move(var->name), std::move(var->value)});
        } else if (auto* notice = std::get_if<terminal::Notification>(&event)) {
            events.push_back(
                Notification{record_, 0, std::move(notice->title), std::move(notice->body), {}, 0});
        } else if (auto* clipboard = std::get_if<terminal::ClipboardWrite>(&event)) {
            events.push_back(ClipboardWrite{std::move(clipboard->selections), std::move(clipboard->text)});
        }
    }
}

void Pane::set_process(const ProcessReport& report) {
    process_name_ = report.info.executable.empty() ? report.info.name : report.info.executable;
    process_cwd_ = report.info.cwd;
    process_info_ = to_value(report);
}

std::string Pane::working_directory(std::string_view own_host) const {
    if (std::string told = local_path_of_url(terminal_.cwd(), own_host); !told.empty()) return told;
    return process_cwd_;
}

std::int64_t Pane::physical_top() const noexcept {
    return static_cast<std::int64_t>(terminal_.scrolled_rows());
}

std::int64_t Pane::scrollback_top() const noexcept {
    return physical_top() - static_cast<std::int64_t>(terminal_.scrollback_size());
}

void Pane::scroll_to(std::optional<std::int64_t> stable_top) {
    viewport_top_ = stable_top;
    if (viewport_top_) viewport_top_ = std::max(*viewport_top_, scrollback_top());
    if (viewport_top_ && *viewport_top_ >= physical_top()) viewport_top_.reset();
}

bool Pane::mark_seen() noexcept { return std::exchange(seen_output_, output_) != output_; }

// A terminal that was told no title shows what runs in it, as WezTerm does.
std::string Pane::title() const {
    if (!terminal_.title().empty()) return terminal_.title();
    const std::string& path = process_name_.empty() ? pty_.program() : process_name_;
    return path.substr(path.rfind('/') + 1);
}

void Pane::fill(model::PaneInfo& info, std::string_view own_host) const {
    info.pane_id = pane_id_;
    info.title = title();
    info.user_vars = user_vars_value_;
    info.progress = progress_;
    info.has_unseen_output = output_ > seen_output_;
    info.is_alt_screen_active = terminal_.alternate_screen();
    info.reverse_video = terminal_.modes().reverse_screen;
    info.password_input = !dead_ && reads_password(pty_.fd());
    info.is_dead = dead_;
    info.has_selection = selection_.has_value();
    const terminal::CursorView cursor = terminal_.cursor();
    info.physical_top = physical_top();
    info.scrollback_top = scrollback_top();
    info.scrollback_rows = info.physical_top - info.scrollback_top + terminal_.rows();
    info.cursor_x = cursor.x;
    info.cursor_y = info.physical_top + cursor.y;
    info.cursor_shape = shape_name(cursor);
    info.cursor_visibility = cursor.visible ? "Visible" : "Hidden";
    info.content_sequence = static_cast<std::int64_t>(terminal_.content_sequence());
    if (!tty_name_.empty()) info.tty_name = tty_name_;
    info.pid = pty_.pid();
    info.foreground_process_name = process_name_;
    info.foreground_process_info = process_info_;
    if (!terminal_.cwd().empty())
        info.current_working_dir = terminal_.cwd();
    else if (!process_cwd_.empty())
        info.current_working_dir = url_of_path(process_cwd_, own_host);
}

} // namespace lunette::mux
