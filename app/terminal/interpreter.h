#pragma once

#include "terminal/events.h"
#include "terminal/keyboard_stack.h"
#include "terminal/palette.h"
#include "terminal/parser.h"
#include "terminal/screen.h"
#include "terminal/terminal.h"
#include "terminal/title_stack.h"

#include <array>
#include <chrono>
#include <functional>
#include <optional>
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
    void set_preferences(const Preferences& preferences) noexcept { preferences_ = preferences; }
    const Preferences& preferences() const noexcept { return preferences_; }
    void resize(int columns, int rows);
    void set_cell_size(CellPixels size) noexcept { cell_size_ = size; }
    void set_key_releases(bool told) noexcept { key_releases_ = told; }
    // When the hold of a synchronized update ends; nothing: none. Ends one that is overdue.
    std::optional<Terminal::TimePoint> held_until();
    std::vector<DamagedRow> take_damage();

    Screen& screen() noexcept { return screen_; }
    const Screen& screen() const noexcept { return screen_; }
    EventQueue& events() noexcept { return events_; }
    std::string take_replies();
    const Palette& palette() const noexcept { return palette_; }
    const std::string& title() const noexcept { return titles_.window; }
    const std::string& icon_title() const noexcept { return titles_.icon; }
    const std::string& cwd() const noexcept { return cwd_; }
    Progress progress() const noexcept { return progress_; }
    CursorShape cursor_shape() const noexcept { return cursor_shape_; }
    std::uint64_t content_sequence() const noexcept { return content_sequence_; }
    void content_changed() noexcept { ++content_sequence_; }

    static constexpr std::size_t max_reply_bytes = 64 * 1024;
    static constexpr std::size_t max_title_bytes = 4096;
    static constexpr std::size_t max_user_var_name = 256;
    static constexpr std::size_t max_user_var_value = 64 * 1024;
    static constexpr std::size_t max_notification_bytes = 4096;
    static constexpr std::size_t max_clipboard_bytes = 1U << 20;
    static constexpr std::chrono::milliseconds max_hold{150};
    static constexpr int highest_level = 4; // VT420

private:
    void print_ascii(std::string_view text) override { screen_.print_ascii(text); }
    void print(char32_t code_point) override { screen_.print(code_point); }
    void execute(unsigned char control) override;
    void escape(const Sequence& sequence) override;
    void csi(const Sequence& sequence) override;
    void osc(std::string_view content) override;
    void dcs(const Sequence& head, std::string_view content) override;
    void string_too_long() override { refuse(InputRefused::Kind::string_too_long); }
    void refuse(InputRefused::Kind kind);

    // interpreter.cpp
    void line_feed();
    void escape_plain(char final);
    bool designate(const Sequence& sequence);

    // interpreter_csi.cpp
    void csi_plain(char final, const Params& params);
    bool csi_cursor(char final, const Params& params);
    bool csi_edit(char final, const Params& params);
    void csi_private(char final, const Params& params);
    void csi_intermediate(const Sequence& sequence);
    void clear_tab_stops(int kind);
    void set_cursor_style(int style);
    void set_conformance(const Params& params);

    // interpreter_rectangle.cpp
    bool csi_rectangle(char intermediate, char final, const Params& params);
    std::optional<Rectangle> area(const Params& params, std::size_t first) const;
    template<typename Change>
    void change_area(const Params& params, Change change);

    // interpreter_modes.cpp
    void set_ansi_modes(const Params& params, bool on);
    void set_private_modes(const Params& params, bool on);
    bool level_has_mode(int number) const noexcept;
    void set_private_mode(int number, bool on);
    void use_alternate(bool on);
    void mode_changed(int number, bool on);
    void save_private_modes(const Params& params);
    void restore_private_modes(const Params& params);

    // interpreter_keyboard.cpp
    bool csi_keyboard(char prefix, char final, const Params& params);
    void apply_keyboard_stack() noexcept;
    void set_key_format(const Params& params, bool modify) noexcept;
    void report_key_format(int resource, bool modify);

    // interpreter_osc.cpp
    void set_title(std::string_view text);
    void set_icon_title(std::string_view text);
    void set_hyperlink(std::string_view content);
    void write_clipboard(std::string_view content);
    void notify_or_progress(std::string_view content);
    void notify_urxvt(std::string_view content);
    void prompt_mark(std::string_view content);
    void iterm_command(std::string_view content);

    // interpreter_colors.cpp
    bool color_command(int command, std::string_view content);
    void set_palette_colors(int command, std::string_view content);
    void reset_palette_colors(int command, std::string_view content);
    void set_dynamic_colors(int first, std::string_view content);
    void reset_dynamic_color(int command);
    Rgb* palette_color(int command, int index) noexcept;
    Rgb* dynamic_color(int command, Palette& palette) noexcept;

    // interpreter_reports.cpp
    void reply(std::string_view bytes);
    void report_status(int kind);
    void report_private_status(const Params& params);
    void report_mode(int number, bool private_form);
    void report_attributes(char prefix);
    void report_parameters(int kind);
    void window_operation(const Params& params);
    void report_size();
    void report_color_scheme();

    // interpreter_settings.cpp
    void report_setting(std::string_view request);
    void report_capabilities(std::string_view names);

    Parser parser_;
    Preferences preferences_;
    Screen screen_;
    EventQueue events_;
    std::string replies_;
    std::string version_;
    Palette configured_palette_; // what resets go back to
    Palette palette_;
    std::array<Rgb, 5> special_colors_{}; // OSC 5: answered, not shown
    Titles titles_;
    TitleStack title_stack_;
    std::string cwd_;
    Progress progress_;
    CursorShape cursor_shape_ = CursorShape::default_;
    int cursor_style_ = 0;                          // as DECSCUSR numbers them
    std::vector<std::pair<int, bool>> saved_modes_; // of XTSAVE, by number
    KeyboardStack keyboard_;
    bool kitty_keyboard_ = true; // allowed by the configuration
    bool key_releases_ = true;   // the outer terminal tells them
    CellPixels cell_size_;
    int level_ = highest_level; // set by DECSCL
    int attribute_extent_ = 0;  // DECSACE: 2 rectangle, else the text between two positions
    std::string terminal_name_;
    std::string answerback_;
    std::function<Terminal::TimePoint()> now_;
    Terminal::TimePoint hold_ends_;
    bool hold_running_ = false; // an update began since damage was taken last
    std::uint64_t content_sequence_ = 0;
    unsigned refused_ = 0; // kinds of InputRefused told, as bits
};

} // namespace lunette::terminal
