#include "mux/mux.h"

#include <algorithm>
#include <string>
#include <utility>

#include <unistd.h>

// Panes of domains whose programs a function of the configuration chooses: the part of Mux that opens them
// before there is a program, so that nobody waits for Lua.
namespace lunette::mux {

namespace {

constexpr std::int64_t longest_fixup_ms = 30'000;

// WezTerm's functions make names of it; programs never see it (environment.cpp).
constexpr const char* socket_variable = "WEZTERM_UNIX_SOCKET";
std::string socket_name() { return "lunette-" + std::to_string(::getpid()); }

} // namespace

Id Mux::open_waiting_pane(const Spawner::Request& request, const Domain& domain) {
    auto pane = spawner_.waiting_pane(request, settings_);
    const Id id = pane->record();
    pane->set_domain(domain.id);
    objects_.add_pane(std::move(pane));
    model::SpawnOptions command = spawner_.complete(request, settings_);
    command.environment.emplace(socket_variable, socket_name());
    std::vector<MapEntry> entries = command.to_value().entries();
    for (MapEntry& entry : entries)
        if (entry.key.text() == "domain") entry.value = "DefaultDomain";
    waiting_.insert_or_assign(id, Waiting{domain.name, now() + longest_fixup_ms});
    emit(FixupWanted{id, domain.fixup, Value::map(std::move(entries))});
    emit(PaneOpened{id});
    objects_.touch_app();
    return id;
}

void Mux::start_program(Id id, tl::expected<model::SpawnOptions, std::string> command) {
    const auto waiting = waiting_.extract(id);
    PaneEntry* entry = objects_.pane(id);
    if (!waiting || !entry) return; // closed since, or too late
    if (!command) return refuse_program(id, waiting.mapped().domain, command.error());
    if (const auto socket = command->environment.find(socket_variable);
        socket != command->environment.end() && socket->second == socket_name())
        command->environment.erase(socket);
    if (const auto started = launch(*entry->pane, *command); !started)
        refuse_program(id, waiting.mapped().domain, started.error());
}

// On the screen it has by now. With the notice of what was started instead.
tl::expected<void, std::string> Mux::launch(Pane& pane, const model::SpawnOptions& options) {
    const Window* window = objects_.window_of(pane.record());
    Spawner::Request request;
    request.options = &options;
    request.pane_id = pane.pane_id();
    request.rect = {0, 0, pane.terminal().columns(), pane.terminal().rows()};
    request.cell = window ? window->cell : cell_;
    auto started = spawner_.start(request, settings_);
    if (!started) return tl::unexpected{std::move(started.error())};
    pane.start(std::move(started->pty));
    if (!started->notice.empty()) pane.inject("\x1b[33m" + started->notice + "\x1b[0m\r\n");
    if (options_.loop) options_.loop->watch(pane.record(), pane.fd(), pane.exit_fd());
    update_writable(pane.record());
    processes_.ask(pane.record());
    objects_.touch_pane(pane.record());
    return {};
}

// The session does not end with it: whoever made this domain the default one has to get at the configuration.
void Mux::refuse_program(Id id, const std::string& domain, const std::string& why) {
    std::string message = "exec_domain '" + domain + "': " + why;
    if (objects_.pane_count() == 1) {
        Pane& pane = *objects_.pane(id)->pane;
        pane.set_domain(0);
        if (launch(pane, {})) {
            pane.inject("\x1b[33m" + message + "; started " + pane.program() + "\x1b[0m\r\n");
            emit(ProgramRefused{std::move(message)});
            return;
        }
    }
    close_pane(id);
    emit(ProgramRefused{std::move(message)});
}

void Mux::expire_waiting() {
    std::vector<Id> late;
    for (const auto& [id, waiting] : waiting_)
        if (waiting.until_ms <= now()) late.push_back(id);
    for (const Id id : late)
        start_program(id, tl::unexpected{"its function did not say within " +
                                         std::to_string(longest_fixup_ms / 1000) + " s what to start"});
}

std::optional<std::int64_t> Mux::next_deadline_ms() const {
    std::optional<std::int64_t> next = processes_.next_due_ms();
    for (const auto& [id, waiting] : waiting_)
        next = std::min(next.value_or(waiting.until_ms), waiting.until_ms);
    return next;
}

void Mux::set_domain_label(std::string_view domain, std::string label) {
    domains_.set_label(domain, std::move(label));
    show_domains();
}

} // namespace lunette::mux
