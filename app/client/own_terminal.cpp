#include "client/own_terminal.h"

#include <array>
#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace lunette::client {

namespace {

constexpr int patience_ms = 1000; // with a terminal that takes no bytes

std::string hexadecimal(const void* data, std::size_t size) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        const unsigned char byte = static_cast<const unsigned char*>(data)[i];
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

} // namespace

tl::expected<OwnTerminal, std::string> OwnTerminal::open() {
    OwnTerminal terminal;
    if (::tcgetattr(0, &terminal.saved_) != 0)
        return tl::unexpected{std::string{"standard input is not a terminal"}};
    if (const char* term = std::getenv("TERM")) terminal.term_ = term;
    if (terminal.term_ == "dumb")
        return tl::unexpected{std::string{"TERM is `dumb`: this terminal can show no session"}};
    terminal.flags_ = ::fcntl(0, F_GETFL);
    std::array<char, 256> name{};
    if (::ttyname_r(0, name.data(), name.size()) == 0) terminal.name_ = name.data();
    if (!terminal.name_.empty())
        terminal.reopened_.reset(::open(terminal.name_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    if (!terminal.reopened_ && (terminal.flags_ & O_ACCMODE) != O_RDWR)
        return tl::unexpected{"cannot open the terminal " + terminal.name_ + " for writing"};
    return terminal;
}

nlohmann::json OwnTerminal::description() const {
    winsize size{};
    ::ioctl(0, TIOCGWINSZ, &size);
    return {{"columns", size.ws_col},
            {"rows", size.ws_row},
            {"pixel_width", size.ws_xpixel},
            {"pixel_height", size.ws_ypixel},
            {"term", term_},
            {"tty", name_},
            {"modes", hexadecimal(&saved_, sizeof saved_)}};
}

void OwnTerminal::make_raw() const noexcept {
    termios raw = saved_;
    ::cfmakeraw(&raw);
    ::tcsetattr(0, TCSADRAIN, &raw);
}

void OwnTerminal::restore(std::string_view bytes) const {
    const int fd = descriptor();
    const int flags = ::fcntl(fd, F_GETFL);
    ::fcntl(fd, F_SETFL, flags | O_NONBLOCK);
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (count < 0 && errno == EINTR) continue;
        pollfd entry{fd, POLLOUT, 0};
        if (count == 0 || errno != EAGAIN || ::poll(&entry, 1, patience_ms) <= 0) break;
    }
    // Answers of the terminal that nobody waits for any more are no input for the shell.
    ::tcflush(0, TCIFLUSH);
    ::tcsetattr(0, TCSANOW, &saved_);
    if (!reopened_) ::fcntl(0, F_SETFL, flags_);
}

bool OwnTerminal::is_in_foreground() const noexcept {
    const pid_t group = ::tcgetpgrp(0);
    return group < 0 || group == ::getpgrp();
}

} // namespace lunette::client
