#include "cli/session_commands.h"

#include "cli/json.h"
#include "cli/remote_output.h"
#include "cli/why.h"
#include "client/client.h"
#include "client/connection.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <thread>

#include <unistd.h>

namespace lunette::cli {

namespace {

using client::SessionInfo;

int fail(const std::string& text, int status = exit_environment) {
    std::fprintf(stderr, "lunette: %s\n", text.c_str());
    return status;
}

int finish(const client::Outcome& outcome) {
    if (!outcome.text.empty()) std::fprintf(outcome.status ? stderr : stdout, "%s\n", outcome.text.c_str());
    return outcome.status;
}

std::string duration_text(int seconds) {
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return std::to_string(seconds / 60) + " min";
    if (seconds < 2 * 86400) return std::to_string(seconds / 3600) + " h";
    return std::to_string(seconds / 86400) + " days";
}

std::string count_text(int count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

tl::expected<wire::SessionPlace, std::string> open_place() {
    return wire::SessionPlace::open(wire::process_variable, ::geteuid());
}

// The session that a command means: the one named, the one that we run in, the only one, or the detached one
// that was left last.
tl::expected<std::string, std::string> choose(const wire::SessionPlace& place,
                                              const std::optional<std::string>& name, bool detached) {
    if (name) return *name;
    if (!detached)
        if (const auto inside = wire::process_variable("LUNETTE")) {
            std::string session = wire::session_of_socket(*inside);
            if (!session.empty()) return session;
        }
    std::vector<SessionInfo> sessions = client::running_sessions(place);
    if (sessions.empty()) return tl::unexpected{std::string{"no session is running"}};
    std::sort(sessions.begin(), sessions.end(), [](const SessionInfo& a, const SessionInfo& b) {
        return a.attached != b.attached ? !a.attached : a.since_s < b.since_s;
    });
    if (!detached && sessions.size() > 1)
        return tl::unexpected{
            std::string{"several sessions are running: name one (`lunette ls` shows them)"}};
    return sessions.front().name;
}

// Lunette inside of itself shows a session in a session, if at all, by accident.
bool refuses_nesting(bool nested) {
    if (nested || !wire::process_variable("LUNETTE")) return false;
    fail("this is a pane of a session already.\n"
         "  lunette cli spawn      opens a tab in it\n"
         "  lunette --nested       starts another session here all the same",
         exit_usage);
    return true;
}

std::string free_name(const wire::SessionPlace& place, int from) {
    const std::vector<std::string> taken = place.names();
    while (std::find(taken.begin(), taken.end(), std::to_string(from)) != taken.end()) ++from;
    return std::to_string(from);
}

void tell_of_detached(const wire::SessionPlace& place) {
    std::vector<SessionInfo> sessions = client::running_sessions(place);
    std::erase_if(sessions, [](const SessionInfo& session) { return session.attached; });
    if (sessions.empty()) return;
    if (sessions.size() == 1)
        std::printf("1 detached session (%s, %s): lunette attach %s\n",
                    count_text(sessions.front().tabs, "tab").c_str(),
                    duration_text(sessions.front().since_s).c_str(), sessions.front().name.c_str());
    else
        std::printf("%zu detached sessions: lunette ls\n", sessions.size());
    std::fflush(stdout);
}

std::string current_folder() {
    char path[PATH_MAX] = {};
    return ::getcwd(path, sizeof path) ? path : "";
}

std::string absolute(const std::string& path) {
    return path.empty() || path.front() == '/' ? path : current_folder() + "/" + path;
}

} // namespace

int start_session(const StartOptions& options, const std::vector<std::string>& server_arguments) {
    if (refuses_nesting(options.nested)) return exit_usage;
    const auto terminal = client::OwnTerminal::open();
    if (!terminal) return fail(terminal.error());
    const auto place = open_place();
    if (!place) return fail(place.error());
    if (options.session && place->server_of(*options.session))
        return fail("there is a session `" + *options.session + "` already: lunette attach " +
                    *options.session);
    if (!options.session) tell_of_detached(*place);
    client::Attachment attachment;
    attachment.cwd = options.cwd ? absolute(*options.cwd) : current_folder();
    attachment.arguments = options.program;
    // Somebody else may take the name meanwhile.
    for (int attempt = 1; attempt < 100; ++attempt) {
        attachment.session = options.session ? *options.session : free_name(*place, attempt);
        auto channel = client::start_server(attachment.session, server_arguments);
        if (!channel) return fail(channel.error());
        const client::Outcome outcome = client::run(*terminal, std::move(*channel), attachment);
        if (!outcome.taken) return finish(outcome);
        if (options.session) break;
    }
    return fail("the session's name was taken");
}

int attach_session(const AttachOptions& options) {
    if (refuses_nesting(options.nested)) return exit_usage;
    const auto terminal = client::OwnTerminal::open();
    if (!terminal) return fail(terminal.error());
    const auto place = open_place();
    if (!place) return fail(place.error());
    const auto name = choose(*place, options.session, true);
    if (!name) return fail(name.error());
    auto channel = client::connect_to(*place, *name);
    if (!channel) return fail(channel.error());
    return finish(client::run(*terminal, std::move(*channel), {*name, {}, {}}));
}

int list_sessions(const ListOptions& options) {
    const auto place = open_place();
    if (!place) return fail(place.error());
    if (options.json) {
        const wire::Json reports = client::session_reports(*place);
        std::puts(reports.dump(2, ' ', false, wire::Json::error_handler_t::replace).c_str());
        return exit_good;
    }
    for (const SessionInfo& session : client::running_sessions(*place))
        std::printf("%s: %s, %s, %s for %s, %s old\n", session.name.c_str(),
                    count_text(session.windows, "window").c_str(), count_text(session.tabs, "tab").c_str(),
                    session.attached ? "attached" : "detached", duration_text(session.since_s).c_str(),
                    duration_text(session.age_s).c_str());
    return exit_good;
}

int detach_session(const DetachOptions& options) {
    const auto place = open_place();
    if (!place) return fail(place.error());
    const auto name = choose(*place, options.session, false);
    if (!name) return fail(name.error());
    const auto answer = client::ask(*place, *name, {{"op", "detach"}});
    return answer ? exit_good : fail(answer.error());
}

int kill_session(const KillOptions& options) {
    const auto place = open_place();
    if (!place) return fail(place.error());
    const auto name = choose(*place, options.session, false);
    if (!name) return fail(name.error());
    auto channel = client::connect_to(*place, *name);
    if (!channel) return fail(channel.error());
    if (const auto answer = client::ask(*channel, {{"op", "kill"}}); !answer) return fail(answer.error());
    while (!channel->is_closed())
        if (!channel->wait_message(10'000)) break;
    // It hangs up before its last threads have ended; its name is free when it is gone.
    constexpr int looks = 2000;
    for (int i = 0; i < looks && place->server_of(*name); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    return exit_good;
}

int remote_command(RemoteOptions options) {
    if (options.from_input) {
        std::string text{std::istreambuf_iterator<char>{std::cin}, {}};
        options.request["text"] = std::move(text);
    }
    const auto place = open_place();
    if (!place) return fail(place.error());
    const auto name = choose(*place, options.session, false);
    if (!name) return fail(name.error());
    const auto answer = client::ask(*place, *name, options.request, 30'000);
    if (!answer) return fail(answer.error(), exit_failed);
    const std::string text = remote_output(options, *answer);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return exit_good;
}

int why_command(const WhyOptions& options) {
    const auto place = open_place();
    if (!place) return fail(place.error());
    const auto name = choose(*place, options.session, false);
    if (!name) return fail(name.error());
    const auto answer = client::ask(*place, *name, {{"op", "why"}, {"view", options.view}});
    if (!answer) return fail(answer.error(), exit_failed);
    const std::string text = options.json ? dump(*answer) : why_text(*answer);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return exit_good;
}

} // namespace lunette::cli
