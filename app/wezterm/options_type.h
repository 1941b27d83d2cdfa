#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <limits>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

// The types of configuration options, and checking values against them. Pure; any thread.
namespace lunette::wezterm {

struct OptionStruct;

struct OptionType {
    enum class Kind : std::uint8_t {
        any,
        boolean,
        integer,
        number,
        string,
        color,
        color_spec, // {AnsiColor=name}, {Color=string} or "Default"
        dimension,  // a number of pixels, or text with a unit
        modifiers,
        key,
        action,
        words, // one of `words`
        flags, // some of `words`, joined by '|'
        list,
        map,
        structure,
        either, // any of `parts`
    };
    Kind kind = Kind::any;
    bool nullable = false;
    double least = -std::numeric_limits<double>::infinity(); // of numbers
    double most = std::numeric_limits<double>::infinity();
    std::vector<std::string_view> words;
    std::vector<OptionType> parts; // the item of a list or map; the alternatives of either
    const OptionStruct* structure = nullptr;

    // As people read it: "array of string", "'Close' or 'Hold'".
    std::string describe() const;
};

struct OptionField {
    std::string_view name;
    OptionType type;
    Value default_value; // nil: none
    bool required = false;
};

struct OptionStruct {
    std::string_view name;
    bool open = false; // takes fields that it does not know
    std::vector<OptionField> fields;

    const OptionField* find(std::string_view field) const noexcept;
};

// A list: types point to its items while it grows.
using OptionStructs = std::list<OptionStruct>;

// bool int int(0,10) num str color spec dim mods key action any [T] {T} enum(A|B) flags(A|B) @Struct T? T/U.
// REQUIRES: a well-formed text that outlives the type, as `structs` does.
OptionType parse_option_type(std::string_view text, const OptionStructs& structs);

// WezTerm's.
const OptionStructs& option_structs();

using Warnings = std::vector<std::string>;

// What becomes of a value with parts of the wrong type: WezTerm refuses all of it, and of the configuration.
enum class BadParts : std::uint8_t {
    refuse,
    leave_out, // and a warning for each; the value is refused if nothing of it can stay
};
inline constexpr const char* left_out = "; this part is left out";

// The value in its normal form (defaults of structs filled in, colours as "#rrggbb", numbers as numbers), or
// what is wrong with it: "window_frame.font_size: number expected, got \"x\"". Checking a normal form gives
// it again. REQUIRES: no records in `value`.
tl::expected<Value, std::string> check_value(const OptionType& type, const Value& value,
                                             const std::string& path, Warnings& warnings,
                                             BadParts bad_parts = BadParts::refuse);

} // namespace lunette::wezterm
