#pragma once

#include "ui/line_editor.h"
#include "ui/page_view.h"

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace lunette::ui {

// What goes on inside: the log with a prompt for Lua below it, statistics of callbacks, and what pressed keys
// mean. Tab goes from page to page. Knows none of them: gets lines. UI thread only.
class DebugOverlay final : public Overlay {
public:
    enum class Page : std::uint8_t { log, callbacks, keys };
    struct Hooks {
        std::function<void(const std::string& source)> evaluate;
        std::function<std::vector<std::string>(const model::KeyEvent&)> explain; // lines
    };
    static constexpr std::size_t most_lines = 2000; // of the log

    explicit DebugOverlay(Hooks hooks);

    void add_log(const std::vector<PageView::Line>& lines);
    void set_callbacks(std::vector<PageView::Line> lines) { pages_[1].set_lines(std::move(lines)); }
    Page page() const noexcept { return page_; }

    bool key(const model::KeyEvent& key) override;
    void text(std::string_view text) override;
    void pointer(Pointer kind, int x, int y) override;
    FrameCursor draw(Frame& frame, const Area& area, const OverlayColors& colors) override;

private:
    PageView& view() { return pages_[static_cast<std::size_t>(page_)]; }
    void turn_page();
    bool prompt_key(const model::KeyEvent& key);
    bool explain_key(const model::KeyEvent& key);
    void recall(std::ptrdiff_t step);

    Hooks hooks_;
    std::array<PageView, 3> pages_;
    Page page_ = Page::log;
    LineEditor prompt_;
    std::vector<std::string> history_;
    std::size_t recalled_ = 0;               // index into the history; its size: a new line
    model::Key last_key_ = model::Key::none; // on the page of keys
};

} // namespace lunette::ui
