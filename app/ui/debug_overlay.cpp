#include "ui/debug_overlay.h"

#include <algorithm>
#include <utility>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

constexpr std::array<std::string_view, 3> titles{" Log and Lua ", " Callbacks ", " Keys "};
constexpr std::size_t most_history = 100;
constexpr std::size_t most_keys = 200; // lines
constexpr int wheel_rows = 3;

void append(PageView& view, const std::vector<PageView::Line>& more, std::size_t most) {
    std::vector<PageView::Line> lines = view.lines();
    lines.insert(lines.end(), more.begin(), more.end());
    if (lines.size() > most) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most));
    view.set_lines(std::move(lines));
}

} // namespace

DebugOverlay::DebugOverlay(Hooks hooks) : hooks_{std::move(hooks)} {
    for (PageView& page : pages_) page.set_follow(&page != &pages_[1]);
}

void DebugOverlay::add_log(const std::vector<PageView::Line>& lines) { append(pages_[0], lines, most_lines); }

void DebugOverlay::turn_page() {
    page_ = static_cast<Page>((static_cast<std::size_t>(page_) + 1) % pages_.size());
    last_key_ = Key::none;
}

bool DebugOverlay::key(const model::KeyEvent& key) {
    if (page_ == Page::keys) return explain_key(key);
    if (key.key == Key::tab && effective(key.modifiers) == Modifiers::none) {
        turn_page();
        return true;
    }
    if (is_cancel(key)) {
        cancel();
        return true;
    }
    if (page_ == Page::log) return prompt_key(key);
    if (is_key(key, U'q', Modifiers::none)) cancel();
    return view().key(key) || key.key == Key::character;
}

bool DebugOverlay::prompt_key(const model::KeyEvent& key) {
    const bool plain = effective(key.modifiers) == Modifiers::none;
    if (is_key(key, U'd', Modifiers::ctrl) && prompt_.text().empty()) {
        cancel();
        return true;
    }
    if (plain && (key.key == Key::page_up || key.key == Key::page_down)) return view().key(key);
    if (plain && (key.key == Key::up || key.key == Key::down)) {
        recall(key.key == Key::up ? -1 : 1);
        return true;
    }
    if (!plain || (key.key != Key::enter && key.key != Key::keypad_enter)) return prompt_.key(key);
    const std::string source = prompt_.text();
    prompt_.clear();
    if (source.empty()) return true;
    if (history_.empty() || history_.back() != source) history_.push_back(source);
    if (history_.size() > most_history) history_.erase(history_.begin());
    recalled_ = history_.size();
    add_log({{model::StyledText{"> " + source}, true}});
    hooks_.evaluate(source);
    return true;
}

void DebugOverlay::recall(std::ptrdiff_t step) {
    const auto last = static_cast<std::ptrdiff_t>(history_.size());
    recalled_ = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(recalled_) + step, 0, last));
    prompt_.clear();
    if (recalled_ < history_.size()) prompt_.insert(history_[recalled_]);
}

// Every key is shown, so that one that leaves has to be pressed twice.
bool DebugOverlay::explain_key(const model::KeyEvent& key) {
    const bool plain = effective(key.modifiers) == Modifiers::none;
    const Key before = std::exchange(last_key_, plain ? key.key : Key::none);
    if (plain && before == key.key && key.key == Key::escape) {
        cancel();
        return true;
    }
    if (plain && before == key.key && key.key == Key::tab) {
        turn_page();
        return true;
    }
    std::vector<PageView::Line> lines;
    for (const std::string& line : hooks_.explain(key))
        lines.push_back({model::StyledText{line}, lines.empty()});
    append(view(), lines, most_keys);
    return true;
}

void DebugOverlay::text(std::string_view text) {
    if (page_ == Page::log) prompt_.insert(text);
}

void DebugOverlay::pointer(Pointer kind, int, int) {
    if (kind != Pointer::click) view().scroll(kind == Pointer::wheel_up ? -wheel_rows : wheel_rows);
}

FrameCursor DebugOverlay::draw(Frame& frame, const Area& area, const OverlayColors& colors) {
    if (area.empty()) return {};
    put_line(frame, area.left, area.top, area.columns, std::string_view{}, colors.faint);
    int x = area.left;
    const int right = area.left + area.columns;
    for (std::size_t i = 0; i < titles.size() && x < right; ++i)
        x += frame.put_text(x, area.top, titles[i],
                            i == static_cast<std::size_t>(page_) ? colors.selected : colors.faint, right - x);
    const std::string_view help = page_ == Page::keys ? "  press keys; Tab Tab: next page, Esc Esc: close"
                                                      : "  Tab: next page, Esc: close";
    if (x < right) frame.put_text(x, area.top, help, colors.faint, right - x);
    const int foot = page_ == Page::log && area.rows > 1 ? 1 : 0;
    view().draw(frame, {area.left, area.top + 1, area.columns, area.rows - 1 - foot}, colors);
    FrameCursor cursor;
    if (!foot) return cursor;
    const int y = area.top + area.rows - 1;
    const int used = put_line(frame, area.left, y, std::min(2, area.columns), "> ", colors.strong);
    if (used >= area.columns) return cursor;
    cursor.x = prompt_.draw(frame, area.left + used, y, area.columns - used, colors.text);
    cursor.y = y;
    cursor.visible = true;
    return cursor;
}

} // namespace lunette::ui
