#pragma once

#include "model/config_view.h"
#include "terminal/palette.h"
#include "ui/frame.h"

#include <optional>

namespace lunette::server {

// What the colours that programs in panes use are shown as: those of the configuration, or, when it chose
// none, the outer terminal's own. A value; any thread.
class PaneColors {
public:
    PaneColors() = default; // the outer terminal's own
    PaneColors(const model::ConfigView& config, const Value& set_options);

    // What panes begin with, and answer queries from; nothing: the outer terminal's own.
    const std::optional<terminal::Palette>& palette() const noexcept { return palette_; }
    // Whether the cursor has the palette's colour.
    bool colors_cursor() const noexcept { return colors_cursor_; }

    // `own` is the pane's palette, which its program may have changed; `active`: it has the keyboard.
    ui::FrameStyle shown(ui::FrameStyle style, const terminal::Palette& own, bool active) const noexcept;
    // Behind panes and between them.
    ui::FrameStyle blank() const noexcept;
    ui::FrameStyle split() const noexcept;
    // Of a scroll bar's thumb; nothing: panes have no scroll bar.
    const std::optional<ui::FrameStyle>& thumb() const noexcept { return thumb_; }

    friend bool operator==(const PaneColors&, const PaneColors&) = default;

private:
    enum class Bold : std::uint8_t { as_it_is, brightens, is_bright };
    // Factors of hue, saturation and brightness.
    struct Dimming {
        double hue = 1, saturation = 1, brightness = 1;
        bool does_nothing() const noexcept { return hue == 1 && saturation == 1 && brightness == 1; }
        friend bool operator==(const Dimming&, const Dimming&) = default;
    };
    model::TextColor dimmed(model::TextColor color) const noexcept;

    std::optional<terminal::Palette> palette_;
    bool colors_cursor_ = false;
    model::TextColor split_;
    std::optional<ui::FrameStyle> thumb_;
    bool paints_background_ = true; // the default one; else the outer terminal's own shows through
    Bold bold_ = Bold::as_it_is;
    Dimming dimming_;
};

} // namespace lunette::server
