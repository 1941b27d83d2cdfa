#pragma once

#include <string>
#include <string_view>

namespace lunette::script {

/// Of the names under which functions without an event are registered; a number follows.
constexpr std::string_view callback_prefix = "user-defined-";

/// What a script thread was running when it got stuck.
struct Offender {
    enum class Kind : char { none, load, handler, callback, timer };
    Kind kind = Kind::none;
    std::string event{}; ///< of a handler
    std::string where{}; ///< "file:line" of the function; of a load: its main file

    /// For people: "format-tab-title", "a callback", …
    std::string_view name() const noexcept;
    friend bool operator==(const Offender&, const Offender&) = default;
};

/// A function that the configuration makes anew has a new name each time: its place tells which it is.
Offender handler_offender(std::string_view event, std::string_view where);

} // namespace lunette::script
