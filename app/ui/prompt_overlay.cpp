#include "ui/prompt_overlay.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

PromptOverlay::PromptOverlay(Options options)
    : options_{std::move(options)}, editor_{options_.initial_value} {}

bool PromptOverlay::key(const model::KeyEvent& key) {
    const bool plain = effective(key.modifiers) == Modifiers::none;
    const bool ends = is_key(key, U'd', Modifiers::ctrl) && editor_.text().empty();
    if (is_cancel(key) || ends) {
        cancel();
        return true;
    }
    if ((plain && (key.key == Key::enter || key.key == Key::keypad_enter)) ||
        is_key(key, U'j', Modifiers::ctrl) || is_key(key, U'm', Modifiers::ctrl)) {
        accept();
        return true;
    }
    return editor_.key(key);
}

FrameCursor PromptOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    if (area.empty()) return {};
    int y = area.top;
    const int last = area.top + area.rows - 1; // for the line itself, whatever the description's length
    for (const model::StyledText& line : options_.description) {
        if (y >= last) break;
        put_line(frame, area.left, y++, area.columns, line, colors.text);
    }
    // Room for some of the text beside a long prompt.
    const int most = area.columns / 2;
    const int prompt = std::min(options_.prompt.width(), most);
    put_line(frame, area.left, y, prompt, options_.prompt, colors.text);
    FrameCursor cursor;
    cursor.x = editor_.draw(frame, area.left + prompt, y, area.columns - prompt, colors.text);
    cursor.y = y;
    cursor.visible = true;
    while (++y <= last) put_line(frame, area.left, y, area.columns, std::string_view{}, colors.text);
    return cursor;
}

} // namespace lunette::ui
