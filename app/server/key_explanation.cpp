#include "server/key_explanation.h"

#include "server/action_text.h"
#include "server/key_chords.h"
#include "server/prefix_keys.h"

#include "model/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace lunette::server {

namespace {

constexpr std::size_t most_bytes = 64;

std::string decoded_text(const model::KeyEvent& key) {
    model::KeyChord chord;
    chord.key.key = key.key;
    chord.key.code_point = key.code_point;
    chord.modifiers.set = key.modifiers;
    std::string text = chord_text(chord, std::nullopt);
    if (text.empty()) text = "a key without a name";
    if (key.key == model::Key::character)
        text += fmt::format("  U+{:04X}", static_cast<unsigned>(key.code_point));
    if (key.unshifted) text += fmt::format("  unshifted U+{:04X}", static_cast<unsigned>(key.unshifted));
    if (key.base_layout)
        text += fmt::format("  on a PC-101: U+{:04X}", static_cast<unsigned>(key.base_layout));
    if (key.action == model::KeyAction::repeat) text += "  (repeated)";
    return text;
}

} // namespace

std::string bytes_text(std::string_view bytes) {
    std::string text;
    bool cut = bytes.size() > most_bytes;
    bytes = bytes.substr(0, most_bytes);
    for (std::size_t i = 0; i < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (!text.empty()) text += ' ';
        if (byte == 0x1B) {
            text += "ESC";
        } else if (byte < 0x20) {
            text += fmt::format("^{}", static_cast<char>(byte + '@'));
        } else if (byte == 0x7F) {
            text += "DEL";
        } else {
            const model::Decoded decoded = model::decode_utf8(bytes.substr(i));
            if (decoded.valid) {
                text += bytes.substr(i, decoded.length);
                i += decoded.length;
                continue;
            }
            text += fmt::format("\\x{:02x}", byte);
        }
        ++i;
    }
    return cut ? text + " …" : text;
}

std::vector<std::string> explain_key(const model::KeyEvent& key, std::string_view bytes,
                                     const model::ConfigView& config, bool prefix_is_on,
                                     const std::map<std::string, std::string>& callbacks) {
    std::vector<std::string> lines{decoded_text(key)};
    if (!bytes.empty()) lines.push_back("    bytes      " + bytes_text(bytes));
    const std::vector<model::KeyChord> chords = chords_of(key, false);
    std::vector<std::string> names;
    std::string sought;
    for (const model::KeyChord& chord : chords) {
        const bool physical = chord.key.by == model::KeyName::By::physical;
        std::string text = (physical ? "phys:" : "") + chord_text(chord, std::nullopt);
        if (std::find(names.begin(), names.end(), text) != names.end()) continue;
        sought += (names.empty() ? "" : ", ") + text;
        names.push_back(std::move(text));
    }
    lines.push_back("    sought as  " + sought);
    const auto matches = [&](const model::KeyChord& chord) {
        return std::find(chords.begin(), chords.end(), chord) != chords.end();
    };
    const auto in_table = [&](const std::string& table, const std::vector<model::KeyBinding>& bindings) {
        for (const model::KeyChord& chord : chords)
            for (const model::KeyBinding& binding : bindings)
                if (binding.chord == chord) {
                    lines.push_back("    " + table + "  " + action_text(binding.action, callbacks) +
                                    (binding.by_user ? "" : "  (WezTerm's default)"));
                    return true;
                }
        return false;
    };
    bool bound = config.leader() && matches(config.leader()->chord);
    if (bound) lines.emplace_back("    keys       your leader key");
    bound |= in_table("keys     ", config.keys());
    for (const auto& [name, table] : config.key_tables()) in_table("table " + name, table);
    if (!bound && prefix_is_on && matches(config.prefix().chord)) {
        lines.emplace_back("    keys       the prefix key");
        bound = true;
    }
    if (!bound) lines.emplace_back("    keys       nothing: it goes to the program");
    return lines;
}

} // namespace lunette::server
