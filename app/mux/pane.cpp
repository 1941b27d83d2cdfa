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
constexpr std::size_t short_read = 1U << 10; // nothing is behind it, as a rule

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

std::string_view describe(terminal::InputRefused::Kind kind) noexcept {
    using Kind = terminal::InputRefused::Kind;
    switch (kind) {
    case Kind::string_too_long: return "dropped a control string that is too long";
    case Kind::clipboard_too_long: return "dropped text for the clipboard that is longer than 1 MiB";
    case Kind::too_many_replies: return "dropped answers that the program does not read";
    case Kind::too_many_links: return "printed text without its link: too long or too many";
    }
    return {};
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
      tty_name_{tty_name_of(pty_.fd())},
      waits_{pty_.fd() < 0} {}

void Pane::start(terminal::Pty pty) {
    pty_ = std::move(pty);
    waits_ = false;
    tty_name_ = tty_name_of(pty_.fd());
    flush();
}

Pane::ReadResult Pane::read(std::size_t budget) {
    static thread_local std::array<char, read_size> buffer;
    ReadResult result;
    while (budget > 0) {
        // Always room for all that the tty gives: emptied by a few bytes only, it takes as few from the
        // program.
        const terminal::Pty::IoResult read = pty_.read(buffer);
        if (read.status != terminal::Pty::Io::ok || read.bytes == 0) {
            result.closed = read.status == terminal::Pty::Io::closed;
            break;
        }
        terminal_.feed(std::span{buffer.data(), read.bytes});
        result.bytes += read.bytes;
        budget -= std::min(budget, read.bytes);
        result.more = budget == 0;
        if (read.bytes < short_read) break;
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
    send_replies();
    if (viewport_top_ && *viewport_top_ < scrollback_top()) viewport_top_ = scrollback_top();
    check_selection();
}

void Pane::clear_scrollback() {
    terminal_.clear_scrollback();
    scroll_to({});
    check_selection();
}

void Pane::check_selection() {
    if (!selection_) return;
    const bool gone = selection_->first().y < scrollback_top();
    if (gone || (selection_watch_ && selection_watch_->changed(terminal_))) set_selection({});
}

void Pane::set_selection(const std::optional<model::Selection>& selection, SelectionLife life) {
    selection_ = selection;
    selection_watch_.reset();
    if (selection_ && life == SelectionLife::transient) selection_watch_.emplace(*selection_, terminal_);
}

bool Pane::type(std::string bytes) {
    if (dead_) return true;
    if (!waiting_.push(std::move(bytes), typing_limit_)) return false;
    flush();
    return true;
}

bool Pane::paste(std::string_view text) {
    if (dead_) return true;
    if (text.size() > model::WriteQueue::most_pasted) return false; // before it is copied
    return queue_paste(terminal_.encode_paste(text));
}

bool Pane::queue_paste(std::string bytes) {
    const std::size_t before = waiting_.size();
    if (!waiting_.push(std::move(bytes), model::WriteQueue::most_pasted)) return false;
    typing_limit_ = std::min(typing_limit_ + waiting_.size() - before,
                             model::WriteQueue::most_pasted + model::WriteQueue::most_typed);
    flush();
    return true;
}

bool Pane::paste_piece(std::string_view bytes, bool first, bool last) {
    constexpr std::string_view begin_mark = "\x1B[200~";
    constexpr std::string_view end_mark = "\x1B[201~";
    if (first) open_paste_ = OpenPaste{terminal_.modes().bracketed_paste, false, {}};
    if (!open_paste_ || dead_) return true;
    OpenPaste& paste = *open_paste_;
    std::string text = std::exchange(paste.held, {}) + std::string{bytes};
    // A carriage return may go with a line feed, 0xC2 with the second byte of a control code.
    if (!last && !text.empty() && (text.back() == '\r' || text.back() == '\xC2')) {
        paste.held = text.back();
        text.pop_back();
    }
    std::string encoded = terminal_.encode_paste(text);
    if (terminal_.modes().bracketed_paste)
        encoded = encoded.substr(begin_mark.size(), encoded.size() - begin_mark.size() - end_mark.size());
    if (first && paste.bracketed) encoded.insert(0, begin_mark);
    if (last && paste.bracketed) encoded += end_mark;
    const bool refused = paste.refused;
    // What was begun must be ended, whatever waits.
    const bool taken = refused ? queue_paste(last && paste.bracketed ? std::string{end_mark} : std::string{})
                               : queue_paste(std::move(encoded));
    paste.refused = refused || !taken;
    if (last) open_paste_.reset();
    return taken || refused;
}

void Pane::flush() {
    if (waits_) return;
    while (!waiting_.empty()) {
        const terminal::Pty::IoResult written = pty_.write(waiting_.front());
        if (written.status == terminal::Pty::Io::closed) waiting_.clear();
        if (written.status != terminal::Pty::Io::ok || written.bytes == 0) return;
        waiting_.pop(written.bytes);
    }
    typing_limit_ = model::WriteQueue::most_typed;
}

void Pane::resize(const Rect& rect, CellSize cell) {
    const int columns = std::max(rect.columns, 1);
    const int rows = std::max(rect.rows, 1);
    terminal_.set_cell_size({cell.width, cell.height});
    const bool same_cell = std::exchange(cell_, cell) == cell;
    if (columns == terminal_.columns() && rows == terminal_.rows()) {
        if (!same_cell) pty_.resize({columns, rows, columns * cell.width, rows * cell.height});
        return;
    }
    // Stable rows are counted anew at another width; what the user looks at stays.
    std::optional<terminal::Terminal::Place> seen;
    std::optional<terminal::Terminal::Place> marked;
    const auto is_above = [this](std::int64_t y) { return y >= scrollback_top() && y < physical_top(); };
    const std::int64_t mark_on_screen = mark_ ? mark_->y - physical_top() : 0;
    const bool is_renumbered = columns != terminal_.columns();
    if (is_renumbered) {
        set_selection({});
        if (viewport_top_ && is_above(*viewport_top_))
            seen = terminal_.place(*viewport_top_ - physical_top());
        if (mark_ && is_above(mark_->y)) marked = terminal_.place(mark_->y - physical_top());
    }
    const bool was_newest = viewport_top_ && *viewport_top_ >= physical_top();
    terminal_.resize(columns, rows);
    if (seen) viewport_top_ = physical_top() + terminal_.row_at(*seen);
    if (was_newest) viewport_top_ = physical_top();
    if (marked)
        mark_->y = physical_top() + terminal_.row_at(*marked);
    else if (mark_ && is_renumbered)
        mark_->y = physical_top() + std::clamp<std::int64_t>(mark_on_screen, 0, rows - 1);
    scroll_to(viewport_top_);
    pty_.resize({columns, rows, columns * cell.width, rows * cell.height});
    send_replies(); // a program may follow its size in band
}

void Pane::set_palette(const terminal::Palette& palette) {
    terminal_.set_palette(palette);
    send_replies();
}

void Pane::send_replies() {
    if (std::string replies = terminal_.take_replies(); !replies.empty()) type(std::move(replies));
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
            unseen_bell_ = true;
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
        } else if (const auto* refused = std::get_if<terminal::InputRefused>(&event)) {
            events.push_back(InputRefused{record_, "pane " + std::to_string(pane_id_) + ": " +
                                                       std::string{describe(refused->kind)}});
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
    if (frozen_ && !viewport_top_) viewport_top_ = physical_top();
}

void Pane::freeze(bool frozen) {
    frozen_ = frozen;
    scroll_to(viewport_top_);
}

bool Pane::mark_seen() noexcept {
    const bool rang = std::exchange(unseen_bell_, false);
    return std::exchange(seen_output_, output_) != output_ || rang;
}

// A terminal that was told no title shows what runs in it, as WezTerm does.
std::string Pane::title() const {
    if (!terminal_.title().empty()) return terminal_.title();
    const std::string& path = process_name_.empty() ? pty_.program() : process_name_;
    return path.substr(path.rfind('/') + 1);
}

void Pane::fill(model::PaneInfo& info, std::string_view own_host) const {
    info.pane_id = pane_id_;
    info.title = title_prefix_ + title();
    info.user_vars = user_vars_value_;
    info.progress = progress_;
    info.has_unseen_output = output_ > seen_output_;
    info.has_unseen_bell = unseen_bell_;
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
    info.pid = std::max<std::int64_t>(pty_.pid(), 0);
    info.foreground_process_name = process_name_;
    info.foreground_process_info = process_info_;
    if (!terminal_.cwd().empty())
        info.current_working_dir = terminal_.cwd();
    else if (!process_cwd_.empty())
        info.current_working_dir = url_of_path(process_cwd_, own_host);
}

} // namespace lunette::mux
