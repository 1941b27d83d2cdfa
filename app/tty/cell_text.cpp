#include "tty/cell_text.h"

#include "model/utf8.h"
#include "model/width_rules.h"

#include <string_view>

namespace lunette::tty {

namespace {

using ui::FrameCell;

constexpr bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// What looks most alike: lines of 2500 to 257F by their shape, blocks, a few signs.
char ascii_of(char32_t c) noexcept {
    if (c < 0x7F) return static_cast<char>(c);
    if (c == 0xA0) return ' ';
    if (c >= 0x2500 && c <= 0x257F) {
        switch (c) {
        case 0x2500:
        case 0x2501:
        case 0x2504:
        case 0x2505:
        case 0x2508:
        case 0x2509:
        case 0x254C:
        case 0x254D:
        case 0x2574:
        case 0x2576:
        case 0x2578:
        case 0x257A:
        case 0x257C:
        case 0x257E: return '-';
        case 0x2550: return '=';
        case 0x2502:
        case 0x2503:
        case 0x2506:
        case 0x2507:
        case 0x250A:
        case 0x250B:
        case 0x254E:
        case 0x254F:
        case 0x2551:
        case 0x2575:
        case 0x2577:
        case 0x2579:
        case 0x257B:
        case 0x257D:
        case 0x257F: return '|';
        case 0x2571: return '/';
        case 0x2572: return '\\';
        case 0x2573: return 'X';
        default: return '+';
        }
    }
    if (c >= 0x2580 && c <= 0x259F) return c == 0x258F || c == 0x2595 ? '|' : '#';
    switch (c) {
    case 0x00B7:
    case 0x2022: return '.';
    case 0x00D7: return 'x';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014: return '-';
    case 0x2018:
    case 0x2019: return '\'';
    case 0x201C:
    case 0x201D: return '"';
    case 0x2026: return '.';
    case 0x2190: return '<';
    case 0x2191: return '^';
    case 0x2192: return '>';
    case 0x2193: return 'v';
    case 0x25CF: return '*';
    default: return '?';
    }
}

bool has_code_point(std::string_view text, char32_t wanted) noexcept {
    char encoded[4];
    return text.find(std::string_view{encoded, model::encode_utf8(wanted, encoded)}) !=
           std::string_view::npos;
}

Agreement by_measure(int measured, int expected) noexcept {
    return measured == 0 ? Agreement::unsure : measured == expected ? Agreement::sure : Agreement::differs;
}

} // namespace

Agreement agreement_on(const ui::Frame& frame, FrameCell cell, const Capabilities& can) noexcept {
    if (cell.text < 0x7F || !can.utf8) return Agreement::sure;
    const bool wide = cell.shape() == FrameCell::Shape::wide;
    const int expected = wide ? 2 : 1;
    if (cell.text & FrameCell::cluster_flag) {
        ui::Frame::TextBuffer buffer;
        const std::string_view text = frame.text(cell, buffer);
        if (has_code_point(text, 0x200D)) return by_measure(can.widths.joined, expected);
        if (has_code_point(text, 0xFE0F)) return by_measure(can.widths.emoji_presentation, expected);
        // Regional indicators are F0 9F 87 A6 to BF.
        if (text.substr(0, 3) == "\xF0\x9F\x87") return by_measure(can.widths.flag, expected);
        return Agreement::unsure;
    }
    if (cell.text >= 0x1F000 && cell.text < 0x20000) return Agreement::unsure; // newer than some tables
    if (!model::is_ambiguous_width(cell.text)) return Agreement::sure;
    // Narrow is what nearly all do.
    if (can.widths.ambiguous == 0 && !wide) return Agreement::sure;
    return by_measure(can.widths.ambiguous, expected);
}

void append_text(std::string& out, const ui::Frame& frame, FrameCell cell, const Capabilities& can) {
    if (cell.shape() == FrameCell::Shape::wide_tail) return;
    if (cell.text >= ' ' && cell.text < 0x7F) {
        out += static_cast<char>(cell.text);
        return;
    }
    const bool wide = cell.shape() == FrameCell::Shape::wide;
    const bool cluster = (cell.text & FrameCell::cluster_flag) != 0;
    ui::Frame::TextBuffer buffer;
    std::string_view text;
    if (cluster || !is_control(cell.text)) text = frame.text(cell, buffer);
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) text = {};
    if (text.empty()) {
        out.append(wide ? 2 : 1, ' ');
    } else if (can.utf8) {
        out += text;
    } else {
        out += ascii_of(model::decode_utf8(text).code_point);
        if (wide) out += ' ';
    }
}

std::string plain_text(std::string_view text, std::size_t most_bytes, const Capabilities& can) {
    std::string out;
    while (!text.empty()) {
        const model::Decoded decoded = model::decode_utf8(text);
        text.remove_prefix(decoded.length == 0 ? text.size() : decoded.length);
        if (is_control(decoded.code_point)) continue;
        char encoded[4] = {ascii_of(decoded.code_point)};
        const std::size_t size = can.utf8 ? model::encode_utf8(decoded.code_point, encoded) : 1;
        if (out.size() + size > most_bytes) break;
        out.append(encoded, size);
    }
    return out;
}

} // namespace lunette::tty
