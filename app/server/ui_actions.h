#pragma once

#include "model/key_assignment.h"
#include "server/ui_loop.h"

namespace lunette::server {

// Key assignments that concern the user interface; the others go to the multiplexer. Lives for one action.
class UiActions {
public:
    explicit UiActions(UiLoop& loop) noexcept : loop_{loop} {}

    // `pane`: 0 for the active one. `from_key`: keys behind it wait for its callback.
    mux::Reply perform(Id window, Id pane, const model::KeyAssignment& action, bool from_key);

private:
    mux::Reply multiple(Id window, Id pane, const Value& actions, bool from_key);
    mux::Reply send_key(Id pane, const Value& argument);
    mux::Reply quit(bool from_key);
    UiLoop& loop_;
    int depth_ = 0;
};

} // namespace lunette::server
