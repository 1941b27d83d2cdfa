#include "script/event_table.h"

#include <algorithm>

#include <fmt/format.h>

namespace lunette::script {

namespace {
constexpr std::size_t commands_kept = 64;
constexpr std::int64_t first_backoff_us = 1'000'000;
constexpr std::int64_t longest_backoff_us = 30'000'000;
} // namespace

void HandlerStats::note_command(const Command& command) {
    if (report.commands.size() == commands_kept) report.commands.erase(report.commands.begin());
    report.commands.emplace_back(command.name(), command.arguments());
}

void Event::back_off(std::int64_t now_us) noexcept {
    backoff_us = std::clamp(backoff_us * 2, first_backoff_us, longest_backoff_us);
    backoff_until_us = now_us + backoff_us;
}

void EventTable::declare(std::string name, bool pure, EventPolicy policy) {
    Event& event = get(name);
    event.pure = pure;
    event.policy = policy;
}

Event& EventTable::get(std::string_view name) {
    const auto found = events_.find(name);
    if (found != events_.end()) return *found->second;
    auto event = std::make_unique<Event>();
    event->name = name;
    event->policy.queueing = Queueing::fifo; // a user's own event: every emission counts
    return *events_.emplace(std::string{name}, std::move(event)).first->second;
}

Event* EventTable::find(std::string_view name) noexcept {
    const auto found = events_.find(name);
    return found == events_.end() ? nullptr : found->second.get();
}

bool EventTable::is_disabled(const Offender& handler) const noexcept {
    return std::find(disabled_.begin(), disabled_.end(), handler) != disabled_.end();
}

bool EventTable::add(std::string_view name, Function handler) {
    Event& event = get(name);
    const Offender identity = handler_offender(name, handler.where());
    if (is_disabled(identity)) {
        event.off = fmt::format("{}: {} is off since it got stuck, until the configuration is loaded again",
                                identity.where, identity.name());
        return true;
    }
    if (event.handlers.size() < many_handlers * 10) {
        auto stats = std::make_unique<HandlerStats>(identity);
        stats->report.event = event.name;
        stats->report.where = handler.where();
        stats->report.pure = event.pure;
        event.stats.push_back(std::move(stats));
        event.handlers.push_back(std::move(handler));
    }
    return event.handlers.size() < many_handlers;
}

} // namespace lunette::script
