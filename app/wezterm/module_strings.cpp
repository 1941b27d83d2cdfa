#include "wezterm/handles.h"
#include "wezterm/modules.h"
#include "wezterm/shell_words.h"

#include "model/utf8.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

namespace {

Value lines(std::string_view text) {
    std::vector<Value> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        result.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return Value::list(std::move(result));
}

// Little endian, as programs on Windows write it.
std::string utf8_from_utf16(std::string_view bytes) {
    if (bytes.size() % 2) throw BindError{"an odd number of bytes is no UTF-16"};
    const auto unit = [bytes](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(bytes[i]) |
                                     static_cast<unsigned char>(bytes[i + 1]) << 8);
    };
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        char32_t c = unit(i);
        if (c >= 0xD800 && c < 0xE000) {
            const char32_t low = i + 3 < bytes.size() ? unit(i + 2) : 0;
            if (c >= 0xDC00 || low < 0xDC00 || low > 0xDFFF) throw BindError{"a lone surrogate"};
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        model::append_utf8(text, c);
    }
    return text;
}

// Copies of a key or mouse binding with every combination of modifiers.
Value permuted(const Value& binding, bool with_none) {
    static constexpr std::array<std::string_view, 4> names{"SHIFT", "ALT", "CTRL", "SUPER"};
    if (binding.kind() != Kind::map) throw BindError{"table expected, got " + describe(binding, 60)};
    std::vector<Value> copies;
    for (unsigned bits = with_none ? 0 : 1; bits < 16; ++bits) {
        std::string mods;
        for (unsigned i = 0; i < names.size(); ++i)
            if (bits >> i & 1) mods += (mods.empty() ? "" : "|") + std::string{names[i]};
        std::vector<MapEntry> entries = binding.entries();
        entries.push_back({"mods", mods.empty() ? "NONE" : mods});
        copies.push_back(Value::map(std::move(entries)));
    }
    return Value::list(std::move(copies));
}

} // namespace

void add_strings(Module& wezterm) {
    wezterm.function("split_by_newlines", [](std::string_view text) { return lines(text); })
        .function("utf16_to_utf8", [](std::string_view bytes) { return utf8_from_utf16(bytes); })
        .function("shell_join_args", [](Value args) { return shell_join(require_texts(args)); })
        .function("shell_quote_arg", [](std::string_view arg) { return shell_quote(arg); })
        .function("shell_split",
                  [](std::string_view line) {
                      auto words = shell_split(line);
                      if (!words) throw BindError{words.error()};
                      return text_list(*words);
                  })
        .function("permute_any_mods", [](Value binding) { return permuted(binding, false); })
        .function("permute_any_or_no_mods", [](Value binding) { return permuted(binding, true); });
}

} // namespace lunette::wezterm
