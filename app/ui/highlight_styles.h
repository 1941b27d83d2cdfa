#pragma once

#include "model/config_colors.h"
#include "model/highlight.h"
#include "ui/frame.h"

#include <array>

namespace lunette::ui {

// How highlights change the look of the cells below them. A value.
class HighlightStyles {
public:
    // As WezTerm has it without a configuration, but the selection: inverse, the outer's colours are unknown.
    HighlightStyles() noexcept;
    explicit HighlightStyles(const model::ConfigPalette& palette) noexcept;

    FrameStyle over(model::Highlight::Kind kind, FrameStyle style) const noexcept;
    friend bool operator==(const HighlightStyles&, const HighlightStyles&) = default;

private:
    struct Colors {
        model::TextColor foreground; // inherited: as it is
        model::TextColor background;
        friend bool operator==(const Colors&, const Colors&) = default;
    };
    Colors& of(model::Highlight::Kind kind) noexcept { return colors_[static_cast<std::size_t>(kind)]; }

    std::array<Colors, model::Highlight::kinds> colors_;
};

} // namespace lunette::ui
