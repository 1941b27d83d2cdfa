#pragma once

#include "server/loop_io.h"
#include "wire/message_channel.h"

#include <cstdint>
#include <functional>
#include <map>

namespace lunette::server {

// The connections of clients: reads their messages, sends answers, lets go of those that misbehave. A client
// that does not read costs memory up to its channel's limit, then its connection. UI thread only; never
// blocks but in flush_all().
class ControlClients {
public:
    using ClientId = std::uint64_t; // never 0
    // Both may call anything here, also for other clients.
    struct Callbacks {
        std::function<void(ClientId, wire::Message)> message;
        std::function<void(ClientId)> gone; // it hung up; not after close()
    };

    ControlClients(LoopIo& io, Callbacks callbacks) : io_{io}, callbacks_{std::move(callbacks)} {}
    ~ControlClients();
    ControlClients(const ControlClients&) = delete;
    ControlClients& operator=(const ControlClients&) = delete;

    // 0 when there are too many already.
    ClientId add(wire::Descriptor socket);
    void send(ClientId client, const wire::Json& message);
    // When what waits was sent.
    void close(ClientId client);
    // Sends what waits, for at most this long.
    void flush_all(int timeout_ms);
    pid_t process_of(ClientId client) const;

    static constexpr std::size_t most_clients = 64;

private:
    struct Client {
        wire::MessageChannel channel;
        pid_t process = 0;
        bool closing = false;
    };
    void ready(ClientId id, bool readable);
    void settle(ClientId id);
    void drop(ClientId id);

    LoopIo& io_;
    Callbacks callbacks_;
    std::map<ClientId, Client> clients_;
    ClientId last_ = 0;
};

} // namespace lunette::server
