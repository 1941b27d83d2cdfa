#pragma once

#include "mux/pane.h"
#include "ui/frame.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::server {

struct OuterSize {
    int columns = 80;
    int rows = 24;
    mux::CellSize cell{8, 16};
    friend bool operator==(const OuterSize&, const OuterSize&) = default;
};

// One attached terminal. UI thread only.
class Outer {
public:
    virtual ~Outer() = default;
    virtual OuterSize size() const = 0;
    virtual const std::string& tty_name() const = 0;
    virtual std::string_view term() const { return "xterm-256color"; }
    virtual std::string_view program() const { return {}; } // what it calls itself; empty while unknown
    virtual bool is_light() const { return false; }
    // It sends more chords than every terminal does (KeyArrival).
    virtual bool has_modern_keys() const { return false; }
    // It tells when keys are released, if asked.
    virtual bool tells_key_releases() const { return false; }
    // It takes another picture now. When it can again, it says so by whatever ends LoopIo::wait().
    virtual bool can_present() const { return true; }
    // Shows a picture. `frame` lives until the next call; `title` is the window's.
    virtual void present(ui::Frame& frame, const std::string& title) = 0;
    virtual void bell() {}
    // `selections` as in OSC 52. False when it cannot, or not so much.
    virtual bool copy(std::string_view selections, std::string_view text) {
        static_cast<void>(selections);
        static_cast<void>(text);
        return false;
    }
    // A notification on the desktop. False when it cannot.
    virtual bool notify(std::string_view title, std::string_view body) {
        static_cast<void>(title);
        static_cast<void>(body);
        return false;
    }
    // What it can do: subjects and findings, for people.
    virtual std::vector<std::pair<std::string, std::string>> capabilities() const { return {}; }
    // The bytes that came last, as far as they are kept.
    virtual std::string_view last_input() const { return {}; }
    // Which movements of the mouse are wanted: all, or those with a button held.
    virtual void want_all_motion(bool all) { static_cast<void>(all); }
    // Flags of the kitty keyboard protocol that the program with the focus asked for.
    virtual void want_keys(std::uint8_t kitty_flags) { static_cast<void>(kitty_flags); }
};

// An outer without a terminal: measures instead of writing.
class HeadlessOuter final : public Outer {
public:
    static constexpr std::size_t most_copied = 1U << 20;

    explicit HeadlessOuter(OuterSize size) : size_{size} {}

    OuterSize size() const override { return size_; }
    const std::string& tty_name() const override { return tty_name_; }
    void present(ui::Frame& frame, const std::string& title) override;
    void want_keys(std::uint8_t kitty_flags) override { key_flags_ = kitty_flags; }
    void want_all_motion(bool all) override { wants_all_motion_ = all; }
    bool copy(std::string_view selections, std::string_view text) override {
        copied_.emplace_back(selections, text);
        return text.size() <= most_copied;
    }
    void resize(int columns, int rows) noexcept;

    // Null before the first one. Valid until the next.
    const ui::Frame* last() const noexcept { return last_; }
    std::string screen() const { return last_ ? ui::frame_text(*last_) : std::string{}; }
    const std::string& title() const noexcept { return title_; }
    std::uint8_t key_flags() const noexcept { return key_flags_; }
    std::uint64_t frames() const noexcept { return frames_; }
    bool wants_all_motion() const noexcept { return wants_all_motion_; }
    // Selections and text of each copy().
    const std::vector<std::pair<std::string, std::string>>& copied() const noexcept { return copied_; }
    // Rows that a terminal would have been sent.
    std::uint64_t rows_written() const noexcept { return rows_written_; }

private:
    OuterSize size_;
    std::string tty_name_ = "headless";
    std::string title_;
    const ui::Frame* last_ = nullptr;
    std::uint8_t key_flags_ = 0;
    bool wants_all_motion_ = false;
    std::vector<std::pair<std::string, std::string>> copied_;
    std::uint64_t frames_ = 0;
    std::uint64_t rows_written_ = 0;
};

} // namespace lunette::server
