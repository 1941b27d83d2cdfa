#include "server/control_clients.h"

#include <utility>

namespace lunette::server {

ControlClients::~ControlClients() {
    for (const auto& [id, client] : clients_) io_.forget(client.channel.fd());
}

ControlClients::ClientId ControlClients::add(wire::Descriptor socket) {
    if (!socket || clients_.size() >= most_clients) return 0;
    const auto peer = wire::peer_of(socket.get());
    const ClientId id = ++last_;
    const int fd = socket.get();
    clients_.emplace(id, Client{wire::MessageChannel{std::move(socket)}, peer ? peer->process : 0, false});
    io_.attend(fd, [this, id](bool readable, bool) { ready(id, readable); });
    return id;
}

void ControlClients::ready(ClientId id, bool readable) {
    auto found = clients_.find(id);
    if (found == clients_.end()) return;
    if (readable) found->second.channel.receive();
    found->second.channel.flush();
    while (found != clients_.end() && !found->second.closing) {
        auto message = found->second.channel.take();
        if (!message) break;
        callbacks_.message(id, std::move(*message));
        found = clients_.find(id); // whatever was called may have closed it
    }
    settle(id);
}

void ControlClients::settle(ClientId id) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    const Client& client = found->second;
    if (client.channel.is_closed()) {
        const bool tell = !client.closing;
        drop(id);
        if (tell) callbacks_.gone(id);
    } else if (client.closing && !client.channel.wants_write()) {
        drop(id);
    } else {
        io_.set_interest(client.channel.fd(), true, client.channel.wants_write());
    }
}

void ControlClients::drop(ClientId id) {
    const auto found = clients_.find(id);
    io_.forget(found->second.channel.fd());
    clients_.erase(found);
}

void ControlClients::send(ClientId id, const wire::Json& message) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    Client& client = found->second;
    client.channel.send(message);
    // A channel that closed is seen when its descriptor is ready, which a hung-up socket always is.
    io_.set_interest(client.channel.fd(), true, client.channel.wants_write() || client.channel.is_closed());
}

void ControlClients::close(ClientId id) {
    const auto found = clients_.find(id);
    if (found == clients_.end()) return;
    found->second.closing = true;
    io_.set_interest(found->second.channel.fd(), true, true);
}

void ControlClients::flush_all(int timeout_ms) {
    for (auto& [id, client] : clients_) client.channel.wait_sent(timeout_ms);
}

pid_t ControlClients::process_of(ClientId id) const {
    const auto found = clients_.find(id);
    return found == clients_.end() ? 0 : found->second.process;
}

} // namespace lunette::server
