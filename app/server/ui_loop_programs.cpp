#include "server/ui_loop.h"

#include "wezterm/exec_domains.h"

#include <string>
#include <utility>

// What functions of the configuration say of programs before they start: the part of UiLoop that asks them.
namespace lunette::server {

// The answers come as commands.
void UiLoop::ask_labels() {
    for (const mux::Domain& domain : mux_.domains().all())
        if (const std::string event = wezterm::exec_domain_label_event(domain.name);
            !domain.fixup.empty() && engine_.has_handler(event))
            engine_.emit(event, {domain.name});
}

void UiLoop::ask_program(const mux::FixupWanted& wanted) {
    if (engine_.has_handler(wanted.event)) {
        engine_.emit(wanted.event, {wanted.command, static_cast<std::int64_t>(wanted.pane)},
                     {.urgent = true});
        return;
    }
    mux_.start_program(wanted.pane, tl::unexpected{std::string{
                                        engine_.scripting().on ? "the configuration has no function for it"
                                                               : "Lua is off (lunette cli scripting on)"}});
    io_.wake(); // what came of it is told in the next turn
}

} // namespace lunette::server
