#pragma once

#include "server/outer.h"
#include "tty/outer.h"
#include "wire/descriptor.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <termios.h>

namespace lunette::server {

class UiLoop;

// An attached terminal: brings its input to the UI loop and the loop's frames to it. Owns the descriptor.
// UI thread only; never blocks.
class TtyOuter final : public Outer {
public:
    struct Options {
        wire::Descriptor descriptor; // REQUIRES: a terminal in raw mode
        OuterSize size;
        std::string name;
        tty::TerminalHints hints;
        bool ssh = false;
        std::optional<termios> modes;  // as they were, for when nobody else puts them back
        std::function<void()> hung_up; // the terminal is gone; may destroy this
    };

    TtyOuter(UiLoop& loop, Options options);
    ~TtyOuter() override;

    // After stop(), or a suspension: asks and draws everything anew.
    void start();
    // Lets go of the terminal and gives what restores it, for the client to write.
    std::string stop();
    // The same where no client is left: writes it, as far as the terminal takes it at once.
    void abandon();
    // Writes it, but for the modes: the client has set its own.
    void undo();
    void resize(const OuterSize& size);
    // When turn() is to be called, at the latest; monotonic_ns().
    std::optional<std::int64_t> deadline() const noexcept;
    // After each turn of the loop.
    void turn();
    std::int64_t last_input_ns() const noexcept { return last_input_; }

    OuterSize size() const override { return size_; }
    const std::string& tty_name() const override { return name_; }
    std::string_view term() const override { return term_; }
    std::string_view program() const override { return program_; }
    bool is_light() const override;
    bool has_modern_keys() const override {
        return tty_.capabilities().kitty_keyboard || tty_.capabilities().modify_other_keys;
    }
    bool tells_key_releases() const override { return tty_.capabilities().kitty_keyboard; }
    bool can_present() const override { return tty_.can_present(); }
    void present(ui::Frame& frame, const std::string& title) override;
    void bell() override;
    bool copy(std::string_view selections, std::string_view text) override;
    void want_all_motion(bool all) override;
    void want_keys(std::uint8_t kitty_flags) override;
    bool notify(std::string_view title, std::string_view body) override;
    std::vector<std::pair<std::string, std::string>> capabilities() const override;
    std::string_view last_input() const override { return tty_.last_input(); }

private:
    void ready(bool readable, bool writable);
    void take(const tty::Event& event);
    void update_interest();

    UiLoop& loop_;
    wire::Descriptor descriptor_;
    OuterSize size_;
    std::string name_;
    std::string term_; // its TERM
    std::string program_;
    std::optional<termios> modes_;
    std::function<void()> hung_up_;
    tty::Outer tty_;
    std::int64_t last_input_ = 0;
    bool attended_ = false;
};

} // namespace lunette::server
