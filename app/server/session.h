#pragma once

#include "server/control_clients.h"
#include "server/session_log.h"
#include "server/session_socket.h"
#include "server/start_record.h"
#include "server/tty_outer.h"
#include "server/ui_loop.h"
#include "wire/session_place.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lunette::server {

// A session: the process behind `lunette`. Owns the UI loop, the control socket and the attached terminal,
// and answers clients. UI thread only.
class Session {
public:
    struct Options {
        ConfigSource config;
        SessionSocket socket;
        SessionLog log;
        wire::Descriptor first_client; // connected already; may be none
        wire::Descriptor signals;      // numbers of signals: SIGTERM, SIGINT, SIGUSR1
        StartRecord start{};
        std::string notice{}; // for the user, about how it was started; may be empty
    };

    explicit Session(Options options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Until the last pane is closed, or somebody ends it.
    void run();

private:
    using ClientId = ControlClients::ClientId;
    enum class Starting : std::uint8_t { waits_for_client, loads, in_handlers, done };

    void accept();
    void take_signals();
    void take(ClientId client, wire::Message message);
    void client_gone(ClientId client);

    void attach(ClientId client, wire::Message& message);
    void resize(const wire::Json& message);
    void suspend();
    void resume(const wire::Json& message);
    void detach(const std::string& text);
    void drop_outer();
    void let_go(const std::string& text, int status);
    std::vector<std::string> environment_of(const wire::Json& message);
    wire::Json information() const;
    wire::Json client_list() const;

    void start_programs();
    void open_first_window();
    void note_start();
    void end(const std::string& text, int status = 0);
    void write_log();
    std::int64_t wait_time() const;

    SessionSocket socket_;
    SessionLog log_;
    StartRecord start_;
    wire::Descriptor signals_;
    std::vector<std::string> environment_;
    UiLoop loop_;
    ControlClients clients_;
    std::unique_ptr<TtyOuter> outer_;
    std::unique_ptr<TtyOuter> retired_; // let go of during a call from it
    ClientId attached_ = 0;
    bool suspended_ = false;
    Starting starting_ = Starting::waits_for_client;
    std::int64_t starting_until_ = 0;
    std::int64_t up_at_ = INT64_MAX; // then this start did not crash
    std::uint64_t startup_ticket_ = 0;
    model::SpawnOptions first_program_;
    bool had_panes_ = false;
    bool ended_ = false;
    std::int64_t born_ = 0;
    std::int64_t changed_ = 0; // attached or detached
};

} // namespace lunette::server
