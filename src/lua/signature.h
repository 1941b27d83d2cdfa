#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lunette::lua {

/// A doc() signature in its parts: `find(text: string, start?: integer, ...: any): integer?, string`.
struct DocSignature {
    struct Parameter {
        std::string name; ///< with "?" behind it when it may be left out; "..." for the rest
        std::string type; ///< "any" when the signature names none
    };
    std::vector<Parameter> parameters;
    std::vector<std::string> results;
};

/// Text that is no signature gives `(...: any)`.
DocSignature parse_signature(std::string_view text);

} // namespace lunette::lua
