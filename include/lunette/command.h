#pragma once

// What Lua asks of a host: changes of the model, and questions about what no snapshot holds. Knows no Lua.

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <typeinfo>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include <lunette/record.h>

namespace lunette {

struct Error {
    std::string message;
    std::string where{}; ///< "file:line", or empty
};

template<class T>
using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(std::string message, std::string where = {}) {
    return tl::unexpected<Error>{Error{std::move(message), std::move(where)}};
}

using Args = std::vector<Value>;

/// A change of the model that Lua asks for, or a question about what no snapshot holds. The payload is a
/// struct of the host with a `static constexpr const char* name`.
///
/// Threads: made on the script thread, read by the UI thread, freed on the script thread.
class Command {
public:
    Command() = default;

    template<class C>
    requires requires { C::name; }
    Command(C payload, Args arguments = {})
        : name_{C::name},
          type_{&typeid(C)},
          payload_{std::make_shared<const C>(std::move(payload))},
          arguments_{std::move(arguments)} {
        if constexpr (std::equality_comparable<C>)
            equal_ = [](const void* a, const void* b) {
                return *static_cast<const C*>(a) == *static_cast<const C*>(b);
            };
    }

    /// For logs and reports.
    const char* name() const noexcept { return name_; }
    const Args& arguments() const noexcept { return arguments_; }

    /// The payload if it is a C, else null.
    template<class C>
    const C* get_if() const noexcept {
        return type_ && *type_ == typeid(C) ? static_cast<const C*>(payload_.get()) : nullptr;
    }

    /// Both ask for the same. Payloads that cannot be compared are never the same.
    bool same(const Command& other) const noexcept {
        return type_ && other.type_ && *type_ == *other.type_ && equal_ &&
               equal_(payload_.get(), other.payload_.get());
    }

    /// Counts commands of one engine from 1; a snapshot's `applied_seq` says which it includes. 0 for
    /// queries.
    std::uint64_t sequence = 0;
    /// Non-zero when somebody waits for the reply.
    std::uint64_t reply_to = 0;

private:
    const char* name_ = "";
    const std::type_info* type_ = nullptr;
    std::shared_ptr<const void> payload_;
    bool (*equal_)(const void*, const void*) = nullptr;
    Args arguments_;
};

} // namespace lunette
