#pragma once

#include <lunette/record.h>

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// JSON, TOML and YAML, as wezterm.serde reads and writes them. Pure; any thread; nothing throws.
//
// Decoding: null is nil; integers beyond 64 bits are numbers; TOML's dates and times are strings;
// keys are strings. Encoding: keys must be strings, except that YAML and TOML write those of
// integers as text; nil is null, which TOML does not have (an error); a record cannot be written.
namespace lunette::wezterm {

enum class DataFormat { json, toml, yaml };
enum class DataStyle { compact, pretty }; // YAML has one style

// Nobody can interrupt these functions, so what they take is bounded to well below a second of CPU
// (the libraries differ: 40, 12 and 2.5 MB/s at worst, measured at -O2).
constexpr std::size_t max_data_bytes(DataFormat format) noexcept {
    return std::size_t{1024 * 1024} * (format == DataFormat::json ? 8 : format == DataFormat::toml ? 4 : 1);
}
inline constexpr int max_data_depth = 128; // as serde_json
inline constexpr std::size_t max_data_values = 1 << 18;

// The error says what is wrong, and at which line and column where that is known.
tl::expected<Value, std::string> decode_data(DataFormat format, std::string_view text);
tl::expected<std::string, std::string> encode_data(DataFormat format, const Value& value,
                                                   DataStyle style = DataStyle::compact);

namespace data_format {

tl::expected<Value, std::string> decode_json(std::string_view text);
tl::expected<Value, std::string> decode_toml(std::string_view text);
tl::expected<Value, std::string> decode_yaml(std::string_view text);
tl::expected<std::string, std::string> encode_json(const Value& value, DataStyle style);
tl::expected<std::string, std::string> encode_toml(const Value& value, DataStyle style);
tl::expected<std::string, std::string> encode_yaml(const Value& value);

// A double in its shortest decimal form, always with a point or an exponent ("1.0"). REQUIRES: finite.
std::string number_text(double number);
// With quotes; `"`, `\` and control characters escaped in the way JSON and TOML share.
std::string quoted(std::string_view text);
std::string too_deep();
std::string too_many();
// Why a value or what it holds cannot be written; empty when it can. Checks depth, size, kinds, UTF-8.
std::string unwritable(const Value& value);

} // namespace data_format

} // namespace lunette::wezterm
