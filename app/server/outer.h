#pragma once

#include "mux/pane.h"
#include "ui/frame.h"

#include <cstdint>
#include <string>

namespace lunette::server {

struct OuterSize {
    int columns = 80;
    int rows = 24;
    mux::CellSize cell{8, 16};
    friend bool operator==(const OuterSize&, const OuterSize&) = default;
};

// One attached terminal. UI thread only.
class Outer {
public:
    virtual ~Outer() = default;
    virtual OuterSize size() const = 0;
    virtual const std::string& tty_name() const = 0;
    // Shows a picture. `frame` lives until the next call; `title` is the window's.
    virtual void present(ui::Frame& frame, const std::string& title) = 0;
};

// An outer without a terminal: measures instead of writing.
class HeadlessOuter final : public Outer {
public:
    explicit HeadlessOuter(OuterSize size) : size_{size} {}

    OuterSize size() const override { return size_; }
    const std::string& tty_name() const override { return tty_name_; }
    void present(ui::Frame& frame, const std::string& title) override;
    void resize(int columns, int rows) noexcept;

    // Null before the first one. Valid until the next.
    const ui::Frame* last() const noexcept { return last_; }
    std::string screen() const { return last_ ? ui::frame_text(*last_) : std::string{}; }
    const std::string& title() const noexcept { return title_; }
    std::uint64_t frames() const noexcept { return frames_; }
    // Rows that a terminal would have been sent.
    std::uint64_t rows_written() const noexcept { return rows_written_; }

private:
    OuterSize size_;
    std::string tty_name_ = "headless";
    std::string title_;
    const ui::Frame* last_ = nullptr;
    std::uint64_t frames_ = 0;
    std::uint64_t rows_written_ = 0;
};

} // namespace lunette::server
