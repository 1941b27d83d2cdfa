#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

// What a program in a pane did that the multiplexer must hear of. All text is valid UTF-8 without
// control characters, and bounded.
namespace lunette::terminal {

struct BellRang {};
struct TitleChanged {};    // see Terminal::title(), icon_title()
struct CwdChanged {};      // see Terminal::cwd()
struct ProgressChanged {}; // see Terminal::progress()
struct PaletteChanged {};  // OSC 4/10/11/12/104/110-112; see Terminal::palette()

struct UserVarSet {
    std::string name;
    std::string value;
};

struct Notification {
    std::string title; // may be empty
    std::string body;
};

struct ClipboardWrite {
    std::string selections; // of OSC 52: "c", "p", "s"; never empty
    std::string text;       // decoded; may hold any bytes
};

// OSC 133: where prompts, input and output begin.
struct PromptMark {
    char kind = 'A'; // A prompt, B input, C output, D finished
    int exit_code = -1;
};

// Input that was cut or dropped because of a bound; told once for each kind.
struct InputRefused {
    enum class Kind : unsigned char { string_too_long, clipboard_too_long, too_many_replies, too_many_links };
    Kind kind = Kind::string_too_long;
};

using Event = std::variant<BellRang, TitleChanged, CwdChanged, ProgressChanged, PaletteChanged, UserVarSet,
                           Notification, ClipboardWrite, PromptMark, InputRefused>;

// OSC 9;4.
struct Progress {
    enum class State : unsigned char { none, normal, error, indeterminate, paused };
    State state = State::none;
    int percent = 0;
    friend bool operator==(const Progress&, const Progress&) = default;
};

// The bounded queue between the emulator and its reader. Events that only say "look again" are
// queued once; beyond the bound new ones are dropped and counted.
class EventQueue {
public:
    void push(Event event);
    std::vector<Event> take();
    bool empty() const noexcept { return events_.empty(); }
    std::size_t dropped() const noexcept { return dropped_; }

    static constexpr std::size_t max_events = 256;
    static constexpr std::size_t max_bytes = 4U << 20; // of all text waiting

private:
    std::vector<Event> events_;
    std::size_t bytes_ = 0;
    std::size_t dropped_ = 0;
};

} // namespace lunette::terminal
