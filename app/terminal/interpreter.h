#pragma once

#include "terminal/events.h"
#include "terminal/palette.h"
#include "terminal/parser.h"
#include "terminal/screen.h"
#include "terminal/terminal.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::terminal {

// Gives sequences their meaning: turns what the parser tells into operations on the screen,
// events and replies. The state behind a Terminal. UI thread only.
class Interpreter final : public ParserActions {
public:
    explicit Interpreter(const Terminal::Options& options);

    void feed(std::string_view bytes);
    void reset();
    void set_palette(const Palette& palette);

    Screen& screen() noexcept { return screen_; }
    const Screen& screen() const noexcept { return screen_; }
    EventQueue& events() noexcept { return events_; }
    std::string take_replies();
    const Palette& palette() const noexcept { return palette_; }
    const std::string& title() const noexcept { return title_; }
    const std::string& icon_title() const noexcept { return icon_title_; }
    const std::string& cwd() const noexcept { return cwd_; }
    Progress progress() const noexcept { return progress_; }
    CursorShape cursor_shape() const noexcept { return cursor_shape_; }
    std::uint64_t content_sequence() const noexcept { return content_sequence_; }
    void content_changed() noexcept { ++content_sequence_; }

    static constexpr std::size_t max_reply_bytes = 64 * 1024;
    static constexpr std::size_t max_title_bytes = 4096;
    static constexpr std::size_t max_title_stack = 10;
    static constexpr std::size_t max_user_var_name = 256;
    static constexpr std::size_t max_user_var_value = 64 * 1024;
    static constexpr std::size_t max_notification_bytes = 4096;

private:
    void print_ascii(std::string_view text) override { screen_.print_ascii(text); }
    void print(char32_t code_point) override { screen_.print(code_point); }
    void execute(unsigned char control) override;
    void escape(const Sequence& sequence) override;
    void csi(const Sequence& sequence) override;
    void osc(std::string_view content) override;
    void dcs(const Sequence& head, std::string_view content) override;

    // interpreter.cpp
    void escape_plain(char final);
    void designate(std::size_t set, char final);
    void csi_plain(char final, const Params& params);
    bool csi_cursor(char final, const Params& params);
    bool csi_edit(char final, const Params& params);
    void csi_private(char final, const Params& params);
    void set_cursor_style(int style);

    // interpreter_modes.cpp
    void set_ansi_modes(const Params& params, bool on);
    void set_private_modes(const Params& params, bool on);
    void set_private_mode(int number, bool on);
    void save_private_modes(const Params& params);
    void restore_private_modes(const Params& params);

    // interpreter_osc.cpp
    void set_title(std::string_view text);
    void set_icon_title(std::string_view text);
    void window_operation(const Params& params);
    void set_hyperlink(std::string_view content);
    void set_palette_colors(std::string_view content);
    void reset_palette_colors(std::string_view content);
    void set_special_colors(int first, std::string_view content);
    void reset_special_color(int number);
    void write_clipboard(std::string_view content);
    void notify_or_progress(std::string_view content);
    void notify_urxvt(std::string_view content);
    void prompt_mark(std::string_view content);
    void iterm_command(std::string_view content);

    // interpreter_reports.cpp
    void reply(std::string_view bytes);
    void report_status(int kind, bool private_form);
    void report_mode(int number, bool private_form);
    void report_attributes(char prefix);
    void report_setting(std::string_view request);

    Parser parser_;
    Screen screen_;
    EventQueue events_;
    std::string replies_;
    std::string version_;
    Palette configured_palette_; // what resets go back to
    Palette palette_;
    std::string title_;
    std::string icon_title_;
    std::vector<std::string> title_stack_;
    std::string cwd_;
    Progress progress_;
    CursorShape cursor_shape_ = CursorShape::default_;
    int cursor_style_ = 0;                          // as DECSCUSR numbers them
    std::vector<std::pair<int, bool>> saved_modes_; // of XTSAVE, by number
    std::uint64_t content_sequence_ = 0;
};

} // namespace lunette::terminal
