#pragma once

#include "ui/line_editor.h"

#include <string>
#include <vector>

namespace lunette::ui {

// Asks for a line of text. UI thread only.
class PromptOverlay final : public Overlay {
public:
    struct Options {
        std::vector<model::StyledText> description; // lines
        model::StyledText prompt;
        std::string initial_value;
    };

    explicit PromptOverlay(Options options);

    const std::string& line() const noexcept { return editor_.text(); }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view text) override { editor_.insert(text); }
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    Options options_;
    LineEditor editor_;
};

} // namespace lunette::ui
