#pragma once

#include "model/config_view.h"
#include "model/key.h"
#include "model/styled_text.h"
#include "ui/frame.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace lunette::ui {

// A rectangle of a frame, in cells.
struct Area {
    int left = 0;
    int top = 0;
    int columns = 0;
    int rows = 0;
    bool empty() const noexcept { return columns <= 0 || rows <= 0; }
    friend bool operator==(const Area&, const Area&) = default;
};

struct OverlayColors {
    FrameStyle text;
    FrameStyle strong;
    FrameStyle faint;
    FrameStyle selected;
    FrameStyle match; // characters that a filter found

    // The colours of these options, else the palette's, else the outer terminal's own.
    static OverlayColors from(const model::ConfigView& config,
                              std::string_view foreground = "command_palette_fg_color",
                              std::string_view background = "command_palette_bg_color");
    friend bool operator==(const OverlayColors&, const OverlayColors&) = default;
};

// Something that stands over the panes, takes the keys and ends with a result. Knows neither panes nor Lua.
// UI thread only.
class Overlay {
public:
    enum class State : std::uint8_t { open, accepted, cancelled };
    enum class Pointer : std::uint8_t { click, wheel_up, wheel_down };

    Overlay() = default;
    Overlay(const Overlay&) = delete;
    Overlay& operator=(const Overlay&) = delete;
    virtual ~Overlay() = default;

    State state() const noexcept { return state_; }
    void cancel() noexcept { state_ = State::cancelled; }

    // A press. False: it has no use for the key.
    virtual bool key(const model::KeyEvent& key) = 0;
    // Pasted text.
    virtual void text(std::string_view text) = 0;
    // Cells from the upper left corner of the area that was drawn last.
    virtual void pointer(Pointer, int x, int y);
    // The part of the room that it covers.
    virtual Area place(const Area& room) const { return room; }
    // Writes every cell of the area, or the same cells each time: what it leaves is the panes'. REQUIRES: it
    // is inside the frame. Returns the cursor, in the frame.
    virtual FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) = 0;

protected:
    void accept() noexcept { state_ = State::accepted; }

private:
    State state_ = State::open;
};

// Modifiers that change a key's meaning: without locks.
model::Modifiers effective(model::Modifiers modifiers) noexcept;
// Is it this character with exactly these modifiers? Letters in either case.
bool is_key(const model::KeyEvent& key, char32_t character, model::Modifiers modifiers) noexcept;
// Escape, CTRL+g, CTRL+c.
bool is_cancel(const model::KeyEvent& key) noexcept;

// Draws text, cut at `width`, and blanks behind it up to there. Returns the cells of the text.
int put_line(Frame& frame, int x, int y, int width, std::string_view text, const FrameStyle& style);
// What the runs do not say comes from `style`.
int put_line(Frame& frame, int x, int y, int width, const model::StyledText& text, const FrameStyle& style);

} // namespace lunette::ui
