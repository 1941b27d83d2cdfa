#pragma once

#include "model/selection.h"
#include "terminal/terminal.h"

#include <cstdint>
#include <vector>

namespace lunette::mux {

// Notices when what is selected is not what it was. Only rows of the screen are looked at, as they were the
// last time: those above cannot change. UI thread only.
class SelectionWatch {
public:
    SelectionWatch(const model::Selection& selection, const terminal::Terminal& terminal);

    // Asked after output. Cost: the selected cells of the screen; nothing when the terminal is as it was.
    bool changed(const terminal::Terminal& terminal);

private:
    void remember(const terminal::Terminal& terminal);

    model::Selection selection_;
    std::uint64_t sequence_ = 0; // of the terminal's content
    std::int64_t first_ = 0;     // stable row of the first hash
    std::vector<std::uint64_t> hashes_;
};

} // namespace lunette::mux
