#include "wezterm/requests.h"

#include <cstddef>
#include <variant>

namespace lunette::wezterm {

namespace {

template<class Variant, std::size_t I = 0>
std::optional<Variant> unwrap(const lunette::Command& command) {
    if constexpr (I < std::variant_size_v<Variant>) {
        using T = std::variant_alternative_t<I, Variant>;
        if (const auto* request = command.get_if<Request<T>>()) return Variant{request->value};
        return unwrap<Variant, I + 1>(command);
    } else {
        return std::nullopt;
    }
}

} // namespace

std::optional<model::Command> model_command(const lunette::Command& command) {
    return unwrap<model::Command>(command);
}

std::optional<model::Query> model_query(const lunette::Command& command) {
    return unwrap<model::Query>(command);
}

} // namespace lunette::wezterm
