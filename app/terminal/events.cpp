#include "terminal/events.h"

#include <algorithm>
#include <utility>

namespace lunette::terminal {

namespace {

bool says_look_again(const Event& event) {
    return std::holds_alternative<BellRang>(event) || std::holds_alternative<TitleChanged>(event) ||
           std::holds_alternative<CwdChanged>(event) || std::holds_alternative<ProgressChanged>(event) ||
           std::holds_alternative<PaletteChanged>(event);
}

std::size_t text_bytes(const Event& event) {
    if (const auto* clipboard = std::get_if<ClipboardWrite>(&event)) return clipboard->text.size();
    if (const auto* variable = std::get_if<UserVarSet>(&event))
        return variable->name.size() + variable->value.size();
    if (const auto* note = std::get_if<Notification>(&event)) return note->title.size() + note->body.size();
    return 0;
}

} // namespace

void EventQueue::push(Event event) {
    const bool queued = says_look_again(event) &&
                        std::any_of(events_.begin(), events_.end(),
                                    [&event](const Event& other) { return other.index() == event.index(); });
    if (queued) return;
    const std::size_t bytes = text_bytes(event);
    if (events_.size() == max_events || bytes_ + bytes > max_bytes) {
        ++dropped_;
        return;
    }
    bytes_ += bytes;
    events_.push_back(std::move(event));
}

std::vector<Event> EventQueue::take() {
    bytes_ = 0;
    return std::exchange(events_, {});
}

} // namespace lunette::terminal
