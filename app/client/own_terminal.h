#pragma once

#include "wire/descriptor.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include <termios.h>

namespace lunette::client {

// The terminal that this process runs in: what is given to the server, and what is put back at the end,
// whatever became of the server. One thread.
class OwnTerminal {
public:
    // The error is a sentence: standard input is no terminal, TERM says it can do nothing.
    static tl::expected<OwnTerminal, std::string> open();
    OwnTerminal(OwnTerminal&&) = default;

    // For the server: opened anew by name, so that its flags are nobody else's; standard input itself where
    // that cannot be done.
    int descriptor() const noexcept { return reopened_ ? reopened_.get() : 0; }
    const std::string& term() const noexcept { return term_; }
    // Size, name and saved state, as the server wants to know them.
    nlohmann::json description() const;

    void make_raw() const noexcept;
    // Writes these bytes, as far as the terminal takes them within a second, and puts the modes back.
    void restore(std::string_view bytes) const;
    // Our process group may use it.
    bool is_in_foreground() const noexcept;

private:
    OwnTerminal() = default;
    std::string name_;
    std::string term_; // TERM
    wire::Descriptor reopened_;
    termios saved_{};
    int flags_ = 0; // of descriptor 0
};

} // namespace lunette::client
