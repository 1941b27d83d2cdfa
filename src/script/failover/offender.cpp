#include "script/failover/offender.h"

namespace lunette::script {

namespace {
constexpr std::size_t longest_name = 120; // a HandlerLabel has room for two
}

std::string_view Offender::name() const noexcept {
    switch (kind) {
    case Kind::none: return "Lua";
    case Kind::load: return "the configuration";
    case Kind::handler: return event;
    case Kind::callback: return "a callback";
    case Kind::timer: return "a timer";
    }
    return "?";
}

Offender handler_offender(std::string_view event, std::string_view where) {
    where = where.substr(0, longest_name);
    if (event.starts_with(callback_prefix)) return {Offender::Kind::callback, {}, std::string{where}};
    return {Offender::Kind::handler, std::string{event.substr(0, longest_name)}, std::string{where}};
}

} // namespace lunette::script
