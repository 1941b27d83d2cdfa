#include "server/outer.h"

namespace lunette::server {

void HeadlessOuter::present(ui::Frame& frame, const std::string& title) {
    rows_written_ += frame.take_changed_rows().size();
    if (title_ != title) title_ = title;
    last_ = &frame;
    ++frames_;
}

void HeadlessOuter::resize(int columns, int rows) noexcept {
    size_.columns = columns;
    size_.rows = rows;
}

} // namespace lunette::server
