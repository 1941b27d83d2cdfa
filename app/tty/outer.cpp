#include "tty/outer.h"

#include "tty/cell_text.h"
#include "tty/setup.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace lunette::tty {

namespace {

constexpr std::size_t input_kept = 64; // bytes
constexpr std::int64_t millisecond = 1'000'000;
constexpr std::int64_t probe_wait = 1000 * millisecond;
constexpr std::int64_t far_probe_wait = 3000 * millisecond;
constexpr std::int64_t key_wait = 25 * millisecond;
constexpr std::int64_t far_key_wait = 50 * millisecond;
// While answers are under way an ESC is rather the beginning of one that was cut.
constexpr std::int64_t probing_key_wait = 100 * millisecond;
// For the rest of an answer that was cut.
constexpr std::int64_t answer_wait = 500 * millisecond;
constexpr std::int64_t far_answer_wait = 2000 * millisecond;
// A terminal sends a paste in one go; this long a silence in it means that its end was lost.
constexpr std::int64_t paste_wait = 3000 * millisecond;
constexpr std::int64_t far_paste_wait = 10'000 * millisecond;
constexpr std::size_t most_queued = 16U << 20;
constexpr std::size_t most_notified = 500;

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned word = 0;
        for (std::size_t j = 0; j < 3; ++j)
            word = word << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j <= bytes.size() ? digits[word >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

// ITU-R BT.601 luma.
bool is_dark(const Rgb& color) noexcept {
    return color.red * 299 + color.green * 587 + color.blue * 114 < 128 * 1000;
}

} // namespace

Outer::Outer(const Options& options)
    : options_{options},
      size_{options.size},
      capabilities_{capabilities_of(options.hints)},
      decoder_{options.erase} {
    encoder_.set_capabilities(capabilities_);
}

void Outer::start(std::int64_t now_ns) {
    started_ = true;
    probing_ = true;
    probe_deadline_ = now_ns + (options_.ssh ? far_probe_wait : probe_wait);
    send(setup_sequence(capabilities_) + probe_sequence(capabilities_, size_.columns, size_.rows) +
         "\x1B[m\x1B[H\x1B[2J");
    encoder_.restart();
    // What stop() took back.
    const MouseWanted mouse = std::exchange(mouse_, MouseWanted::none);
    want_mouse(mouse);
    const std::uint8_t flags = std::exchange(pane_flags_, std::uint8_t{0});
    want_keys(flags);
    capabilities_.modify_other_keys = false; // finish_probing() asks for it again
    if (capabilities_.appearance_reports) send("\x1B[?2031h");
    writable();
}

std::string Outer::stop() {
    queue_.clear();
    started_ = probing_ = false;
    probe_deadline_.reset();
    escape_deadline_.reset();
    string_deadline_.reset();
    paste_deadline_.reset();
    std::string out = tty::restore_sequence(capabilities_);
    // Ends a string that was cut off by emptying the queue.
    out.insert(0, capabilities_.asks_strings ? "\x1B\\" : "");
    if (std::exchange(clusters_set_, false)) out += "\x1B[?2027l";
    return out;
}

std::string Outer::restore_sequence(std::string_view term) {
    TerminalHints hints;
    hints.term = term;
    const Capabilities can = capabilities_of(hints);
    return (can.asks_strings ? "\x1B\\" : "") + tty::restore_sequence(can);
}

void Outer::send(std::string bytes) {
    if (started_ && !closed_) queue_.push(std::move(bytes), most_queued);
}

void Outer::writable() {
    while (!closed_ && !queue_.empty()) {
        const std::string_view bytes = queue_.front();
        const ssize_t written = ::write(options_.fd, bytes.data(), bytes.size());
        if (written > 0) {
            queue_.pop(static_cast<std::size_t>(written));
            bytes_written_ += static_cast<std::uint64_t>(written);
        } else if (written < 0 && errno == EINTR) {
            continue;
        } else if (written == 0 || errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else {
            closed_ = true;
        }
    }
}

void Outer::readable(std::int64_t now_ns, const Sink& sink) {
    std::array<char, 16U << 10> buffer;
    std::size_t total = 0;
    while (!closed_ && total < read_bound) {
        const ssize_t count = ::read(options_.fd, buffer.data(), std::min(buffer.size(), read_bound - total));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        if (count <= 0) {
            closed_ = true;
            break;
        }
        total += static_cast<std::size_t>(count);
        last_input_.assign(buffer.data(), std::min(static_cast<std::size_t>(count), input_kept));
        decoder_.feed({buffer.data(), static_cast<std::size_t>(count)},
                      [&](Decoded&& decoded) { take(std::move(decoded), sink); });
        if (static_cast<std::size_t>(count) < buffer.size()) break; // that was all
    }
    if (total == 0) return;
    escape_deadline_.reset();
    if (decoder_.is_waiting()) escape_deadline_ = now_ns + escape_wait();
    if (!decoder_.is_in_string())
        string_deadline_.reset();
    else if (!string_deadline_ && !escape_deadline_)
        string_deadline_ = now_ns + string_wait();
    paste_deadline_.reset();
    if (decoder_.is_in_paste()) paste_deadline_ = now_ns + (options_.ssh ? far_paste_wait : paste_wait);
}

bool Outer::has_input() const noexcept {
    pollfd poll{options_.fd, POLLIN, 0};
    return ::poll(&poll, 1, 0) > 0;
}

std::int64_t Outer::escape_wait() const noexcept {
    if (probing_) return probing_key_wait;
    // With the kitty protocol the key Escape is a sequence of its own and waits for nothing: an ESC here is
    // one that was cut.
    return options_.ssh || capabilities_.kitty_keyboard ? far_key_wait : key_wait;
}

std::int64_t Outer::string_wait() const noexcept {
    if (probing_ || decoder_.is_in_answer()) return options_.ssh ? far_answer_wait : answer_wait;
    return escape_wait();
}

std::optional<std::int64_t> Outer::deadline() const noexcept {
    std::optional<std::int64_t> next;
    for (const auto& deadline : {escape_deadline_, string_deadline_, probe_deadline_, paste_deadline_})
        if (deadline && (!next || *deadline < *next)) next = deadline;
    return next;
}

void Outer::timeout(std::int64_t now_ns, const Sink& sink) {
    if (escape_deadline_ && now_ns >= *escape_deadline_) {
        escape_deadline_.reset();
        decoder_.expire([&](Decoded&& decoded) { take(std::move(decoded), sink); });
    }
    if (string_deadline_ && now_ns >= *string_deadline_) {
        string_deadline_.reset();
        if (decoder_.is_in_string())
            decoder_.expire_string([&](Decoded&& decoded) { take(std::move(decoded), sink); });
        // What was taken for keys may end like one that begins a sequence.
        if (decoder_.is_waiting()) escape_deadline_ = now_ns + escape_wait();
    }
    if (paste_deadline_ && now_ns >= *paste_deadline_) {
        // What waits to be read belongs to it still: nobody took input for a while.
        if (has_input()) {
            paste_deadline_ = now_ns + paste_wait;
        } else {
            paste_deadline_.reset();
            decoder_.end_paste([&](Decoded&& decoded) { take(std::move(decoded), sink); });
        }
    }
    if (probe_deadline_ && now_ns >= *probe_deadline_) finish_probing(sink);
}

void Outer::take(Decoded&& decoded, const Sink& sink) {
    if (const auto* key = std::get_if<model::KeyEvent>(&decoded)) return sink(*key);
    if (const auto* mouse = std::get_if<MouseEvent>(&decoded)) return sink(*mouse);
    if (const auto* paste = std::get_if<PasteEvent>(&decoded)) return sink(*paste);
    if (const auto* focus = std::get_if<FocusEvent>(&decoded)) return sink(*focus);
    if (const auto* reply = std::get_if<Reply>(&decoded)) take_reply(*reply, sink);
}

void Outer::take_reply(const Reply& reply, const Sink& sink) {
    const Capabilities before = capabilities_;
    apply_reply(capabilities_, reply);
    const ColorsEvent colors_before = colors_;
    if (const auto* color = std::get_if<ColorReply>(&reply)) {
        if (color->slot == 10) colors_.foreground = color->color;
        if (color->slot == 11) {
            colors_.background = color->color;
            if (!appearance_told_) colors_.dark = is_dark(color->color);
        }
        if (color->slot == 4 && color->index && *color->index < 16)
            colors_.palette[static_cast<std::size_t>(*color->index)] = color->color;
    }
    if (const auto* appearance = std::get_if<AppearanceReply>(&reply)) {
        appearance_told_ = true;
        // A theme was switched: its colours are others.
        if (colors_.dark && *colors_.dark != appearance->dark && capabilities_.asks_strings)
            send("\x1B]10;?\x1B\\\x1B]11;?\x1B\\");
        colors_.dark = appearance->dark;
    }
    if (colors_ != colors_before) sink(colors_);
    if (const auto* cell = std::get_if<CellSizeReply>(&reply)) {
        if (cell->width != size_.cell_width || cell->height != size_.cell_height) {
            size_.cell_width = cell->width;
            size_.cell_height = cell->height;
            sink(CellSizeEvent{cell->width, cell->height});
        }
    }
    if (const auto* mode = std::get_if<ModeReply>(&reply); mode && mode->state == 2 && mode->mode == 2027) {
        // Widths by clusters are ours, too. What was measured before does not hold any more.
        capabilities_.grapheme_clusters = true;
        clusters_set_ = true;
        capabilities_.widths = {};
        send("\x1B[?2027h" + width_samples(size_.columns, size_.rows));
        encoder_.invalidate();
    }
    if (!before.appearance_reports && capabilities_.appearance_reports) send("\x1B[?2031h\x1B[?996n");
    if (!before.utf8 && capabilities_.utf8) {
        send(width_samples(size_.columns, size_.rows));
        encoder_.invalidate();
    }
    if (!before.kitty_keyboard && capabilities_.kitty_keyboard) {
        if (capabilities_.modify_other_keys) send("\x1B[>4m\x1B[m");
        capabilities_.modify_other_keys = false;
        if (pane_flags_) want_keys(std::exchange(pane_flags_, std::uint8_t{0}));
    }
    if (capabilities_ != before) capabilities_changed(sink);
    if (probing_ && std::holds_alternative<AttributesReply>(reply)) finish_probing(sink);
    writable();
}

void Outer::capabilities_changed(const Sink& sink) {
    encoder_.set_capabilities(capabilities_);
    sink(CapabilitiesChanged{});
}

void Outer::finish_probing(const Sink& sink) {
    probe_deadline_.reset();
    if (!std::exchange(probing_, false)) return;
    if (capabilities_.asks_modes && !capabilities_.kitty_keyboard && !capabilities_.modify_other_keys) {
        // Terminals that do not know it may take it for a rendition.
        send("\x1B[>4;2m\x1B[m");
        encoder_.invalidate();
        capabilities_.modify_other_keys = true;
    }
    capabilities_changed(sink);
    writable();
}

void Outer::present(const ui::Frame& frame, std::string_view title, const std::optional<Rgb>& cursor_color) {
    if (!can_present()) return;
    std::string out;
    encoder_.set_title(out, title);
    encoder_.set_cursor_color(out, cursor_color);
    encoder_.present(out, frame, size_.columns, size_.rows);
    if (out.empty()) return;
    send(std::move(out));
    writable();
}

void Outer::resized(const OuterSize& size) {
    if (size.columns == size_.columns && size.rows == size_.rows) {
        size_ = size;
        return;
    }
    size_ = size;
    encoder_.invalidate();
    if (capabilities_.asks_modes) send("\x1B[16t"); // a zoom changes both
    writable();
}

void Outer::want_mouse(MouseWanted wanted) {
    if (wanted == mouse_ || !capabilities_.asks_modes) return;
    constexpr std::array<std::string_view, 4> modes{"", "1000", "1002", "1003"};
    std::string out;
    if (mouse_ != MouseWanted::none) out += fmt::format("\x1B[?{}l", modes[static_cast<std::size_t>(mouse_)]);
    if (wanted != MouseWanted::none)
        out += fmt::format("\x1B[?{}h\x1B[?1006h", modes[static_cast<std::size_t>(wanted)]);
    mouse_ = wanted;
    send(std::move(out));
    writable();
}

void Outer::want_keys(std::uint8_t kitty_flags) {
    const auto flags = static_cast<std::uint8_t>(kitty_flags & 31);
    if (flags == pane_flags_) return;
    pane_flags_ = flags;
    if (!capabilities_.kitty_keyboard) return; // asked for when it turns out to be there
    send(fmt::format("\x1B[={};1u", flags | own_kitty_flags));
    writable();
}

void Outer::bell() {
    send("\a");
    writable();
}

bool Outer::copy(std::string_view text, char selection) {
    if (!capabilities_.clipboard || text.size() > most_copied) return false;
    const char where = selection == 'p' || selection == 's' ? selection : 'c';
    send(fmt::format("\x1B]52;{};{}\x1B\\", where, base64(text)));
    writable();
    return true;
}

bool Outer::notify(std::string_view title, std::string_view body) {
    // OSC 777 is known to Ghostty, foot, WezTerm, urxvt; OSC 9 to iTerm2, kitty and others, without a title.
    if (!capabilities_.asks_strings) return false;
    std::string heading = plain_text(title, most_notified, capabilities_);
    std::replace(heading.begin(), heading.end(), ';', ',');
    const std::string text = plain_text(body, most_notified, capabilities_);
    if (capabilities_.name.substr(0, 5) == "kitty" || capabilities_.name.substr(0, 5) == "iTerm")
        send(fmt::format("\x1B]9;{}\x1B\\", heading.empty() ? text : heading + ": " + text));
    else
        send(fmt::format("\x1B]777;notify;{};{}\x1B\\", heading, text));
    writable();
    return true;
}

} // namespace lunette::tty
