#pragma once

#include "mux/mux.h"

#include <lunette/view.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lunette::server {

class UiLoop;

// Before something is closed: which of the programs in it may go without a question? The configuration is
// asked (mux-is-process-stateful), what it does not say their names tell; then the user about the others.
// UI thread only; waits for nothing.
class CloseInquiry {
public:
    explicit CloseInquiry(UiLoop& loop) : loop_{loop} {}

    struct Subject {
        std::string what; // "this tab"
        Id over = 0;      // the pane over which the question is shown
        std::vector<Id> panes;
        std::function<void()> show; // before the question; may be empty
        std::function<void()> close;
    };
    // False: nothing is to be asked, and it may be closed. Else it will be closed, if at all, by its
    // function.
    bool begin(Subject subject);
    // After each turn: goes on when Lua has answered, or had its time.
    void observe();
    // When it goes on without Lua's answer.
    std::optional<std::int64_t> deadline_ms() const noexcept {
        return waiting_ ? std::optional{waiting_->until_ms} : std::nullopt;
    }

private:
    struct Waiting {
        Subject subject;
        std::vector<View> answers; // as many as panes
        std::int64_t until_ms = 0;
    };
    // The question; nothing when all may go. `answers`: per pane, nil where nothing was said.
    std::optional<std::vector<std::string>> question(const Subject& subject,
                                                     const std::vector<Value>& answers);
    void ask(Subject subject, std::vector<std::string> lines);

    UiLoop& loop_;
    std::optional<Waiting> waiting_;
};

} // namespace lunette::server
