#pragma once

#include <string>
#include <string_view>

namespace lunette::cli {

// Colours for people, or none.
class Paint {
public:
    explicit Paint(bool on) noexcept : on_{on} {}
    // On a terminal, unless NO_COLOR or TERM=dumb say otherwise.
    static Paint for_descriptor(int fd);

    std::string bold(std::string_view text) const { return wrap("1", text); }
    std::string dim(std::string_view text) const { return wrap("2", text); }
    std::string good(std::string_view text) const { return wrap("32", text); }
    std::string bad(std::string_view text) const { return wrap("31", text); }
    std::string warn(std::string_view text) const { return wrap("33", text); }

private:
    std::string wrap(const char* code, std::string_view text) const {
        if (!on_) return std::string{text};
        return std::string{"\x1b["} + code + "m" + std::string{text} + "\x1b[0m";
    }
    bool on_;
};

} // namespace lunette::cli
