#include "wezterm/data_formats.h"
#include "wezterm/modules.h"
#include "wezterm/plain_value.h"

#include <string>
#include <string_view>

namespace lunette::wezterm {

namespace {

constexpr std::string_view format_name(DataFormat format) {
    switch (format) {
    case DataFormat::json: return "json";
    case DataFormat::toml: return "toml";
    case DataFormat::yaml: return "yaml";
    }
    return {};
}

template<DataFormat format>
Value decode(std::string_view text) {
    auto value = decode_data(format, text);
    if (!value) throw BindError{std::string{format_name(format)} + ": " + value.error()};
    return std::move(*value);
}

template<DataFormat format, DataStyle style = DataStyle::compact>
std::string encode(Script& script, Value value) {
    auto text = encode_data(format, plain_value(script, value), style);
    if (!text) throw BindError{std::string{format_name(format)} + ": " + text.error()};
    return std::move(*text);
}

} // namespace

Module serde_module(Module& wezterm) {
    constexpr auto json = DataFormat::json, toml = DataFormat::toml, yaml = DataFormat::yaml;
    wezterm.function("json_parse", decode<json>).function("json_encode", encode<json>);
    Module serde{"serde"};
    serde.function("json_decode", decode<json>)
        .function("json_encode", encode<json>)
        .function("json_encode_pretty", encode<json, DataStyle::pretty>)
        .function("yaml_decode", decode<yaml>)
        .function("yaml_encode", encode<yaml>)
        .function("toml_decode", decode<toml>)
        .function("toml_encode", encode<toml>)
        .function("toml_encode_pretty", encode<toml, DataStyle::pretty>);
    return serde;
}

} // namespace lunette::wezterm
