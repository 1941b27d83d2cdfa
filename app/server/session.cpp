#include "server/session.h"

#include "server/remote_commands.h"
#include "server/why.h"
#include "wezterm/places.h"

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>

#include <pwd.h>
#include <unistd.h>

extern char** environ;

namespace lunette::server {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t longest_load = 5 * second; // the first program starts without the configuration then
constexpr std::int64_t longest_startup = 2 * second; // for gui-startup to make windows
constexpr std::int64_t time_to_crash = 3 * second;   // of handlers, after the first programs are there
constexpr std::int64_t start_step = 5'000'000;       // between looks at whether it may go on
constexpr int farewell_ms = 500;                     // for clients to read the last words
constexpr int most_cells = 4096;

// What an attached terminal's user has now, for programs started from now on.
constexpr std::string_view refreshed[] = {"SSH_AUTH_SOCK", "SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY",
                                          "XAUTHORITY"};

bool names(const std::string& variable, std::string_view name) {
    return variable.size() > name.size() && variable[name.size()] == '=' &&
           variable.compare(0, name.size(), name) == 0;
}

std::string value_of(const std::vector<std::string>& environment, std::string_view name) {
    for (const std::string& variable : environment)
        if (names(variable, name)) return variable.substr(name.size() + 1);
    return {};
}

std::vector<std::string> server_environment(const std::string& socket) {
    std::vector<std::string> environment;
    for (char** variable = environ; *variable; ++variable)
        if (!names(*variable, "LUNETTE")) environment.emplace_back(*variable);
    environment.push_back("LUNETTE=" + socket);
    return environment;
}

// `known`: what cells are like when nothing is said of pixels.
OuterSize size_of(const wire::Json& message, const OuterSize& known = {}) {
    OuterSize size;
    size.cell = known.cell;
    size.columns = wire::number_of(message, "columns", size.columns, 1, most_cells);
    size.rows = wire::number_of(message, "rows", size.rows, 1, most_cells);
    const int width = wire::number_of(message, "pixel_width", 0, 1, INT_MAX);
    const int height = wire::number_of(message, "pixel_height", 0, 1, INT_MAX);
    if (width >= size.columns && height >= size.rows) size.cell = {width / size.columns, height / size.rows};
    return size;
}

std::optional<termios> modes_of(const std::string& hexadecimal) {
    termios modes{};
    if (hexadecimal.size() != sizeof modes * 2) return std::nullopt;
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    auto* bytes = reinterpret_cast<unsigned char*>(&modes);
    for (std::size_t i = 0; i < sizeof modes; ++i) {
        const int high = digit(hexadecimal[2 * i]);
        const int low = digit(hexadecimal[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return modes;
}

} // namespace

Session::Session(Options options)
    : socket_{std::move(options.socket)},
      log_{std::move(options.log)},
      start_{std::move(options.start)},
      signals_{std::move(options.signals)},
      environment_{server_environment(socket_.path())},
      loop_{[&] {
          UiLoop::Options loop;
          loop.config = std::move(options.config);
          loop.fps = 0;
          loop.greets = true;
          loop.data_directory = wezterm::data_directory("lunette");
          loop.log_path = log_.path();
          loop.environment = environment_;
          loop.notice = options.notice;
          return loop;
      }()},
      clients_{loop_.io(),
               {[this](ClientId client, wire::Message message) { take(client, std::move(message)); },
                [this](ClientId client) { client_gone(client); }}},
      born_{monotonic_ns()},
      changed_{born_} {
    loop_.io().attend(socket_.fd(), [this](bool, bool) { accept(); });
    if (signals_) loop_.io().attend(signals_.get(), [this](bool, bool) { take_signals(); });
    if (options.first_client)
        clients_.add(std::move(options.first_client));
    else
        starting_ = Starting::loads;
    starting_until_ = born_ + longest_load;
    log_.write(LogLevel::info, "starts");
    start_.begins();
}

Session::~Session() {
    loop_.io().forget(socket_.fd());
    if (signals_) loop_.io().forget(signals_.get());
}

std::int64_t Session::wait_time() const {
    std::int64_t wait = INT64_MAX;
    const std::int64_t now = monotonic_ns();
    if (outer_ && !suspended_)
        if (const auto due = outer_->deadline()) wait = std::min(wait, *due - now);
    if (starting_ == Starting::loads || starting_ == Starting::in_handlers) wait = std::min(wait, start_step);
    if (up_at_ != INT64_MAX) wait = std::min(wait, up_at_ - now);
    return std::max<std::int64_t>(wait, 0);
}

void Session::run() {
    while (!ended_) {
        loop_.turn(wait_time());
        retired_.reset();
        if (outer_ && !suspended_) outer_->turn();
        for (const UiLoop::Request request : loop_.take_requests()) {
            if (request == UiLoop::Request::quit)
                end("[session " + socket_.name() + " has ended]");
            else
                detach("[detached from session " + socket_.name() + "]");
        }
        start_programs();
        note_start();
        had_panes_ |= !loop_.mux().panes().empty();
        if (had_panes_ && loop_.mux().panes().empty() && !ended_)
            end("[session " + socket_.name() + " has ended]");
        write_log();
    }
}

void Session::write_log() {
    for (const LogRecord& record : loop_.take_log()) log_.write(record.level, record.message);
}

void Session::end(const std::string& text, int status) {
    if (std::exchange(ended_, true)) return;
    log_.write(LogLevel::info, "ends: " + text);
    start_.is_up();
    let_go(text, status);
    clients_.flush_all(farewell_ms);
}

// ---- clients

void Session::accept() {
    while (wire::Descriptor socket = socket_.accept()) clients_.add(std::move(socket));
}

void Session::take_signals() {
    unsigned char signal = 0;
    while (::read(signals_.get(), &signal, 1) == 1) {
        if (signal != SIGUSR1) {
            end("[session " + socket_.name() + " was ended by signal " + std::to_string(signal) + "]");
        } else if (!socket_.is_reachable()) {
            loop_.io().forget(socket_.fd());
            if (const auto made = socket_.renew(); !made) log_.write(LogLevel::error, made.error());
            loop_.io().attend(socket_.fd(), [this](bool, bool) { accept(); });
        }
    }
}

void Session::client_gone(ClientId client) {
    if (client != attached_) return;
    // It had no time to put its terminal right.
    // Unless it is stopped: then the terminal is the shell's by now.
    if (outer_ && !suspended_) outer_->abandon();
    drop_outer();
    log_.write(LogLevel::info, "the client is gone");
}

void Session::take(ClientId client, wire::Message message) {
    const std::string op = wire::text_of(message.body, "op");
    const bool is_attached = client == attached_;
    if (op == "attach") {
        attach(client, message);
    } else if (op == "resize" && is_attached) {
        resize(message.body);
    } else if (op == "suspend" && is_attached) {
        suspend();
    } else if (op == "resume" && is_attached) {
        resume(message.body);
    } else if (op == "detach") {
        const bool was_attached = attached_ != 0;
        if (!is_attached && was_attached)
            clients_.send(client, wire::Json::object());
        else if (!was_attached)
            clients_.send(client, {{"error", "no terminal is attached to session `" + socket_.name() + "`"}});
        detach("[detached from session " + socket_.name() + "]");
    } else if (op == "info") {
        clients_.send(client, information());
    } else if (op == "kill") {
        clients_.send(client, wire::Json::object());
        end("[session " + socket_.name() + " was ended]");
    } else if (op == "why") {
        loop_.ask_report([this, client, view = wire::text_of(message.body, "view")](
                             const EngineReport& report) { clients_.send(client, why(report, view)); });
    } else if (op == "cli") {
        const bool clients = wire::text_of(message.body, "command") == "list-clients";
        clients_.send(client, clients ? client_list() : answer_remote(loop_, message.body));
    } else {
        clients_.send(client, {{"error", "this server does not know `" + op + "`"}});
    }
}

wire::Json Session::information() const {
    const Ref<model::AppInfo>& root = loop_.root();
    std::size_t tabs = 0;
    for (std::size_t i = 0; i < root->windows.size(); ++i) tabs += root->windows.at(i).tabs.size();
    const std::int64_t now = monotonic_ns();
    const Instruments& instruments = loop_.instruments();
    std::uint64_t stalls = 0;
    for (const auto& [cause, stall] : instruments.stalls()) stalls += stall.count;
    return {{"session", socket_.name()},
            {"attached", attached_ ? 1 : 0},
            {"windows", root->windows.size()},
            {"tabs", tabs},
            {"panes", loop_.mux().panes().size()},
            {"age_s", (now - born_) / second},
            {"since_s", (now - changed_) / second},
            {"frames", instruments.rendered()},
            {"stalls", stalls},
            {"pid", ::getpid()}};
}

wire::Json Session::client_list() const {
    wire::Json list = wire::Json::array();
    if (attached_) {
        const Ref<model::AppInfo>& root = loop_.root();
        const passwd* user = ::getpwuid(::geteuid());
        const auto duration = [](std::int64_t ns) {
            return wire::Json{{"secs", ns / second}, {"nanos", ns % second}};
        };
        wire::Json entry{{"username", user ? user->pw_name : ""},
                         {"hostname", wezterm::local_host_name()},
                         {"pid", clients_.process_of(attached_)},
                         {"connection_elapsed", duration(monotonic_ns() - changed_)},
                         {"idle_time", duration(monotonic_ns() - outer_->last_input_ns())},
                         {"workspace", root->active_workspace},
                         {"focused_pane_id", nullptr}};
        if (root->active_window && root->active_window->active_pane)
            entry["focused_pane_id"] = root->active_window->active_pane->pane_id;
        list.push_back(std::move(entry));
    }
    return {{"list", std::move(list)}};
}

// ---- the terminal

std::vector<std::string> Session::environment_of(const wire::Json& message) {
    const std::vector<std::string> theirs = wire::texts_of(message, "environment");
    std::erase_if(environment_, [](const std::string& variable) {
        return std::any_of(std::begin(refreshed), std::end(refreshed),
                           [&](std::string_view name) { return names(variable, name); });
    });
    for (const std::string& variable : theirs)
        if (std::any_of(std::begin(refreshed), std::end(refreshed),
                        [&](std::string_view name) { return names(variable, name); }))
            environment_.push_back(variable);
    return theirs;
}

void Session::attach(ClientId client, wire::Message& message) {
    if (!message.descriptor || !::isatty(message.descriptor.get())) {
        clients_.send(client, {{"op", "bye"}, {"status", 3}, {"text", "lunette: no terminal was passed"}});
        return;
    }
    const std::string name = socket_.name();
    detach("[detached from session " + name + ": it is attached to another terminal]");
    const std::vector<std::string> theirs = environment_of(message.body);
    if (starting_ == Starting::waits_for_client) {
        first_program_.args = wire::texts_of(message.body, "arguments");
        if (std::string cwd = wire::text_of(message.body, "cwd"); !cwd.empty())
            first_program_.cwd = std::move(cwd);
        starting_ = Starting::loads;
    }
    TtyOuter::Options options;
    options.descriptor = std::move(message.descriptor);
    options.size = size_of(message.body);
    options.name = wire::text_of(message.body, "tty");
    options.hints.term = wire::text_of(message.body, "term");
    options.hints.colorterm = value_of(theirs, "COLORTERM");
    for (const std::string_view variable : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (options.hints.locale.empty()) options.hints.locale = value_of(theirs, variable);
    options.ssh = !value_of(theirs, "SSH_CONNECTION").empty();
    options.modes = modes_of(wire::text_of(message.body, "modes"));
    options.hung_up = [this, name] {
        log_.write(LogLevel::info, "the terminal hung up");
        detach("[detached from session " + name + ": the terminal is gone]");
    };
    outer_ = std::make_unique<TtyOuter>(loop_, std::move(options));
    attached_ = client;
    suspended_ = false;
    changed_ = monotonic_ns();
    loop_.attach(*outer_, environment_);
    log_.write(LogLevel::info, "attached to " + outer_->tty_name());
}

void Session::resize(const wire::Json& message) {
    if (outer_ && !suspended_) outer_->resize(size_of(message, outer_->size()));
}

void Session::suspend() {
    if (!outer_ || std::exchange(suspended_, true)) return;
    loop_.detach();
    clients_.send(attached_, {{"op", "suspended"}, {"restore", outer_->stop()}});
}

// Also when it was stopped without a word: then the terminal shows something else by now.
void Session::resume(const wire::Json& message) {
    if (!outer_) return;
    if (!suspended_) outer_->undo();
    suspended_ = false;
    outer_->start();
    outer_->resize(size_of(message, outer_->size()));
    loop_.attach(*outer_);
}

void Session::detach(const std::string& text) {
    if (attached_) let_go(text, 0);
}

void Session::let_go(const std::string& text, int status) {
    if (!attached_) return;
    wire::Json farewell{{"op", "bye"}, {"status", status}, {"text", text}};
    if (outer_) farewell["restore"] = suspended_ ? std::string{} : outer_->stop();
    clients_.send(attached_, farewell);
    clients_.close(attached_);
    drop_outer();
}

void Session::drop_outer() {
    loop_.detach();
    retired_ = std::move(outer_);
    attached_ = 0;
    suspended_ = false;
    changed_ = monotonic_ns();
}

// ---- the first programs

// The configuration says which program; it is waited for, but not for ever. Its gui-startup may make windows
// itself: then none is opened.
void Session::start_programs() {
    const std::int64_t now = monotonic_ns();
    if (starting_ == Starting::loads && (loop_.engine().load().generation != 0 || now >= starting_until_)) {
        const bool given = !first_program_.args.empty();
        startup_ticket_ = loop_.start_up(given ? first_program_.to_value() : Value{});
        starting_ = Starting::in_handlers;
        starting_until_ = now + longest_startup;
        if (startup_ticket_) return;
    }
    if (starting_ != Starting::in_handlers) return;
    const bool settled = startup_ticket_ == 0 || loop_.engine().settled(startup_ticket_);
    if (!settled && now < starting_until_) return;
    starting_ = Starting::done;
    up_at_ = now + time_to_crash;
    loop_.take_commands();
    if (loop_.mux().panes().empty()) open_first_window();
}

void Session::note_start() {
    if (monotonic_ns() < up_at_) return;
    up_at_ = INT64_MAX;
    start_.is_up();
}

void Session::open_first_window() {
    const mux::Reply opened = loop_.mux().apply(model::SpawnWindow{first_program_, {}, {}, {}});
    if (!opened) end("lunette: " + opened.error(), 1);
    loop_.io().wake(); // a turn shows it
}

} // namespace lunette::server
