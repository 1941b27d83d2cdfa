#include "wezterm/process_interest.h"

#include "wezterm/requests.h"

namespace lunette::wezterm {

void ProcessInterest::show(Script& script, Id pane) {
    {
        const std::lock_guard lock{mutex_};
        if (generation_ != script.generation() || panes_.size() >= max_panes) {
            generation_ = script.generation();
            panes_.clear();
        }
        if (!panes_.insert(pane).second) return;
    }
    if (script.command(request(model::WatchProcess{pane})) != 0) return;
    const std::lock_guard lock{mutex_}; // this run may ask for nothing; the next may
    panes_.erase(pane);
}

} // namespace lunette::wezterm
