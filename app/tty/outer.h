#pragma once

#include "model/write_queue.h"
#include "tty/capabilities.h"
#include "tty/decoder.h"
#include "tty/encoder.h"
#include "tty/events.h"
#include "tty/probe.h"
#include "ui/frame.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace lunette::tty {

struct OuterSize {
    int columns = 80;
    int rows = 24;
    int cell_width = 0; // pixels; 0 while unknown
    int cell_height = 0;
    friend bool operator==(const OuterSize&, const OuterSize&) = default;
};

enum class MouseWanted : std::uint8_t { none, buttons, drag, all };

// One attached terminal behind a descriptor: decodes what it sends, shows frames in as few bytes as it can,
// learns what it is able to do. Never blocks; no globals, no signal handlers. Decides nothing: what a key
// means, when to present and when to read are its owner's. UI thread only.
class Outer {
public:
    static constexpr std::size_t most_copied = 1U << 20; // bytes

    struct Options {
        int fd = -1; // REQUIRES: in raw mode, O_NONBLOCK; stays the caller's
        TerminalHints hints;
        bool ssh = false; // far away: waits longer
        OuterSize size;
        unsigned char erase = 0x7F; // the tty's VERASE: what Backspace sends
    };
    using Sink = std::function<void(const Event&)>;

    explicit Outer(const Options& options);
    Outer(const Outer&) = delete;
    Outer& operator=(const Outer&) = delete;

    // Queues the setup sequences and the questions. Waits for nothing.
    void start(std::int64_t now_ns);
    // What restores the terminal; drops all that is queued. The caller writes it (a client, or we before a
    // detach) and presents nothing afterwards, unless start() is called again.
    std::string stop();
    // The same for a terminal of which nothing but TERM is known, for after a crash of the server.
    static std::string restore_sequence(std::string_view term);

    // Reads at most `read_bound` bytes and tells what they were. Whoever does not want input now does not
    // call it: the terminal then waits.
    static constexpr std::size_t read_bound = 64U << 10;
    void readable(std::int64_t now_ns, const Sink& sink);
    // Writes what is queued until the terminal takes no more.
    void writable();
    bool wants_write() const noexcept { return !closed_ && !queue_.empty(); }
    // The terminal is gone (end of file, or an error).
    bool closed() const noexcept { return closed_; }
    // When timeout() is to be called, on the clock of `now_ns`.
    std::optional<std::int64_t> deadline() const noexcept;
    void timeout(std::int64_t now_ns, const Sink& sink);

    // False while something is not written out: skip the frame, present a later one.
    bool can_present() const noexcept { return started_ && !closed_ && queue_.empty(); }
    // Shows a picture and writes at once what the terminal takes. REQUIRES: can_present().
    void present(const ui::Frame& frame, std::string_view title,
                 const std::optional<Rgb>& cursor_color = std::nullopt);
    // The next frame is drawn whole.
    void invalidate() noexcept { encoder_.invalidate(); }
    void resized(const OuterSize& size);
    const OuterSize& size() const noexcept { return size_; }

    void want_mouse(MouseWanted wanted);
    // Progressive enhancement flags of the kitty protocol that the focused pane asked for.
    void want_keys(std::uint8_t kitty_flags);
    void bell();
    // False when the terminal cannot, or the text is too long.
    bool copy(std::string_view text, char selection = 'c');
    bool notify(std::string_view title, std::string_view body);

    const Capabilities& capabilities() const noexcept { return capabilities_; }
    const ColorsEvent& colors() const noexcept { return colors_; }
    bool probing() const noexcept { return probing_; }
    std::uint64_t bytes_written() const noexcept { return bytes_written_; }
    // The beginning of what the last read gave: what a single key sent, for people.
    std::string_view last_input() const noexcept { return last_input_; }

private:
    void send(std::string bytes);
    void take(Decoded&& decoded, const Sink& sink);
    void take_reply(const Reply& reply, const Sink& sink);
    void finish_probing(const Sink& sink);
    void capabilities_changed(const Sink& sink);
    std::int64_t escape_wait() const noexcept;
    std::int64_t string_wait() const noexcept;
    bool has_input() const noexcept;

    Options options_;
    OuterSize size_;
    Capabilities capabilities_;
    Decoder decoder_;
    Encoder encoder_;
    model::WriteQueue queue_;
    ColorsEvent colors_;
    MouseWanted mouse_ = MouseWanted::none;
    std::uint8_t pane_flags_ = 0;
    bool started_ = false;
    bool closed_ = false;
    bool probing_ = false;
    bool clusters_set_ = false;    // mode 2027, by us
    bool appearance_told_ = false; // by the terminal itself
    std::optional<std::int64_t> escape_deadline_;
    std::optional<std::int64_t> probe_deadline_;
    std::optional<std::int64_t> string_deadline_; // of the end of a string
    std::optional<std::int64_t> paste_deadline_;  // of the next bytes of a paste
    std::uint64_t bytes_written_ = 0;
    std::string last_input_;
};

} // namespace lunette::tty
