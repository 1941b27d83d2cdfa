#pragma once

#include "wire/descriptor.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace lunette::wire {

using Json = nlohmann::json;

struct Message {
    Json body; // an object
    Descriptor descriptor;
};

// One end of a connected stream socket between a client and a server: JSON objects, each behind its length
// (four bytes, the most significant first), a descriptor with some. Never blocks, but in the functions that
// say so; bounded in both directions. One thread at a time.
class MessageChannel {
public:
    struct Limits {
        std::size_t received = std::size_t{16} << 20; // bytes of a message
        std::size_t sent = std::size_t{64} << 20;     // bytes that wait to be sent
    };

    explicit MessageChannel(Descriptor socket) : MessageChannel{std::move(socket), Limits{}} {}
    MessageChannel(Descriptor socket, Limits limits);
    MessageChannel(MessageChannel&&) noexcept = default;
    MessageChannel& operator=(MessageChannel&&) noexcept = default;

    int fd() const noexcept { return socket_.get(); }
    // Nothing more will be received: the other end is gone, or what it sent was no message.
    bool is_closed() const noexcept { return closed_; }

    // Reads what is there, at most about `budget` bytes.
    void receive(std::size_t budget = std::size_t{1} << 20);
    std::optional<Message> take();

    // Queues a message and sends what the socket takes. False, and closed, when too much would wait.
    bool send(const Json& body, int descriptor = -1);
    void flush();
    bool wants_write() const noexcept { return !waiting_.empty() && !closed_; }

    // These block, for clients. Nothing when the time is over or the channel closed.
    std::optional<Message> wait_message(int timeout_ms);
    bool wait_sent(int timeout_ms);

private:
    struct Waiting {
        std::string bytes;
        std::size_t sent = 0;
        Descriptor descriptor;
    };
    void take_descriptors(const void* header);
    void parse();

    Descriptor socket_;
    Limits limits_;
    std::string input_;
    std::deque<Descriptor> descriptors_;
    std::deque<Message> messages_;
    std::deque<Waiting> waiting_;
    std::size_t waiting_bytes_ = 0;
    bool closed_ = false;
};

// A message's text field; empty when it is none.
std::string text_of(const Json& body, const char* field);
// A whole number in range, else `otherwise`.
int number_of(const Json& body, const char* field, int otherwise, int low, int high);
std::vector<std::string> texts_of(const Json& body, const char* field);

// The user of the process at the other end; nothing when the system does not say.
struct Peer {
    uid_t user = 0;
    pid_t process = 0;
};
std::optional<Peer> peer_of(int socket);

} // namespace lunette::wire
