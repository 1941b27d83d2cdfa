#include "wire/message_channel.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace lunette::wire {

namespace {

constexpr std::size_t header_size = 4;
constexpr std::size_t most_descriptors = 2; // in one piece of the stream, and waiting for their message
constexpr const char* marker = "descriptor";

std::int64_t now_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

// Waits for the socket. False when the time is over.
bool wait_for(int fd, short events, std::int64_t until_ms) {
    for (;;) {
        const std::int64_t left = until_ms - now_ms();
        if (left <= 0) return false;
        pollfd entry{fd, events, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left, 1 << 30)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

} // namespace

MessageChannel::MessageChannel(Descriptor socket, Limits limits)
    : socket_{std::move(socket)}, limits_{limits}, closed_{!socket_} {
    if (closed_) return;
    const int flags = ::fcntl(socket_.get(), F_GETFL);
    ::fcntl(socket_.get(), F_SETFL, flags | O_NONBLOCK);
    ::fcntl(socket_.get(), F_SETFD, FD_CLOEXEC);
}

void MessageChannel::take_descriptors(const void* header) {
    auto* message = static_cast<msghdr*>(const_cast<void*>(header));
    for (cmsghdr* item = CMSG_FIRSTHDR(message); item; item = CMSG_NXTHDR(message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(item) + i * sizeof fd, sizeof fd);
            Descriptor owned{fd};
            if (descriptors_.size() < most_descriptors) descriptors_.push_back(std::move(owned));
        }
    }
    if ((message->msg_flags & MSG_CTRUNC) != 0) closed_ = true;
}

void MessageChannel::receive(std::size_t budget) {
    std::array<char, std::size_t{64} << 10> buffer;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most_descriptors)> control;
    while (!closed_ && budget > 0) {
        iovec piece{buffer.data(), buffer.size()};
        msghdr header{};
        header.msg_iov = &piece;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        const ssize_t count = ::recvmsg(socket_.get(), &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) closed_ = true;
            return;
        }
        take_descriptors(&header);
        if (count == 0) closed_ = true;
        budget -= std::min(budget, static_cast<std::size_t>(count));
        input_.append(buffer.data(), static_cast<std::size_t>(count));
        parse();
    }
}

void MessageChannel::parse() {
    std::size_t begin = 0;
    while (input_.size() - begin >= header_size) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < header_size; ++i)
            size = size << 8 | static_cast<unsigned char>(input_[begin + i]);
        if (size > limits_.received) {
            closed_ = true;
            input_.clear();
            return;
        }
        if (input_.size() - begin - header_size < size) break;
        const char* text = input_.data() + begin + header_size;
        Message message{Json::parse(text, text + size, nullptr, false), {}};
        if (!message.body.is_object()) {
            closed_ = true;
            input_.clear();
            return;
        }
        if (message.body.contains(marker) && !descriptors_.empty()) {
            message.descriptor = std::move(descriptors_.front());
            descriptors_.pop_front();
        }
        messages_.push_back(std::move(message));
        begin += header_size + size;
    }
    input_.erase(0, begin);
}

std::optional<Message> MessageChannel::take() {
    if (messages_.empty()) return std::nullopt;
    Message message = std::move(messages_.front());
    messages_.pop_front();
    return message;
}

bool MessageChannel::send(const Json& body, int descriptor) {
    if (closed_) return false;
    Waiting next;
    std::string text;
    if (descriptor >= 0) {
        Json marked = body;
        marked[marker] = true;
        text = marked.dump(-1, ' ', false, Json::error_handler_t::replace);
        next.descriptor.reset(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
        if (!next.descriptor) return false;
    } else {
        text = body.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    if (text.size() > limits_.sent || waiting_bytes_ > limits_.sent - text.size()) {
        closed_ = true;
        return false;
    }
    for (int shift = 24; shift >= 0; shift -= 8) next.bytes += static_cast<char>(text.size() >> shift & 0xFF);
    next.bytes += text;
    waiting_bytes_ += next.bytes.size();
    waiting_.push_back(std::move(next));
    flush();
    return !closed_;
}

void MessageChannel::flush() {
    while (!waiting_.empty() && !closed_) {
        Waiting& first = waiting_.front();
        iovec piece{first.bytes.data() + first.sent, first.bytes.size() - first.sent};
        msghdr header{};
        header.msg_iov = &piece;
        header.msg_iovlen = 1;
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        if (first.descriptor) {
            header.msg_control = control.data();
            header.msg_controllen = control.size();
            cmsghdr* item = CMSG_FIRSTHDR(&header);
            item->cmsg_level = SOL_SOCKET;
            item->cmsg_type = SCM_RIGHTS;
            item->cmsg_len = CMSG_LEN(sizeof(int));
            const int fd = first.descriptor.get();
            std::memcpy(CMSG_DATA(item), &fd, sizeof fd);
        }
        const ssize_t count = ::sendmsg(socket_.get(), &header, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return;
            waiting_.clear();
            waiting_bytes_ = 0;
            receive(); // what the other end said before it went
            closed_ = true;
            return;
        }
        first.descriptor.reset(); // it went with the first byte
        first.sent += static_cast<std::size_t>(count);
        waiting_bytes_ -= static_cast<std::size_t>(count);
        if (first.sent == first.bytes.size()) waiting_.pop_front();
    }
}

std::optional<Message> MessageChannel::wait_message(int timeout_ms) {
    const std::int64_t until = now_ms() + timeout_ms;
    for (;;) {
        if (auto message = take()) return message;
        if (closed_ || !wait_for(socket_.get(), POLLIN, until)) return std::nullopt;
        receive();
    }
}

bool MessageChannel::wait_sent(int timeout_ms) {
    const std::int64_t until = now_ms() + timeout_ms;
    while (wants_write()) {
        if (!wait_for(socket_.get(), POLLOUT, until)) return false;
        flush();
    }
    return !closed_;
}

std::string text_of(const Json& body, const char* field) {
    const auto found = body.find(field);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

int number_of(const Json& body, const char* field, int otherwise, int low, int high) {
    const auto found = body.find(field);
    if (found == body.end() || !found->is_number_integer()) return otherwise;
    const auto number = found->get<std::int64_t>();
    return number < low || number > high ? otherwise : static_cast<int>(number);
}

std::vector<std::string> texts_of(const Json& body, const char* field) {
    std::vector<std::string> texts;
    const auto found = body.find(field);
    if (found == body.end() || !found->is_array()) return texts;
    for (const Json& item : *found)
        if (item.is_string()) texts.push_back(item.get<std::string>());
    return texts;
}

std::optional<Peer> peer_of(int socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return std::nullopt;
    return Peer{credentials.uid, credentials.pid};
}

} // namespace lunette::wire
