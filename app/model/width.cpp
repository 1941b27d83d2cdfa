#include "model/width.h"

#include "model/emoji.h"
#include "model/utf8.h"
#include "model/width_rules.h"

#include <utf8proc.h>

#include <algorithm>

namespace lunette::model {

namespace {

constexpr char32_t variation_selector_15 = 0xFE0E;
constexpr char32_t variation_selector_16 = 0xFE0F;

constexpr bool is_plain(unsigned char byte) noexcept { return byte >= 0x20 && byte < 0x7F; }

std::size_t plain_run(std::string_view text) noexcept {
    const auto end = std::find_if_not(text.begin(), text.end(),
                                      [](char c) { return is_plain(static_cast<unsigned char>(c)); });
    return static_cast<std::size_t>(end - text.begin());
}

Decoded decode(std::string_view text) noexcept {
    Decoded decoded = decode_utf8(text);
    if (decoded.length == 0) decoded.length = static_cast<std::uint8_t>(text.size());
    return decoded;
}

// Unicode 9 made those emoji wide that are not of the CJK blocks.
bool was_narrow_in_8(char32_t code_point, int boundary_class) noexcept {
    if (code_point >= 0x1F3FB && code_point <= 0x1F3FF) return true; // skin tones
    return boundary_class == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC &&
           (code_point < 0x2E80 || code_point >= 0x1F000) && (code_point < 0x1F200 || code_point > 0x1F2FF);
}

int width_of(char32_t code_point, const utf8proc_property_t& property) noexcept {
    const int width = static_cast<int>(property.charwidth);
    const WidthRules rules = width_rules();
    if (rules == WidthRules{}) return width;
    if (width == 1 && rules.ambiguous_is_wide && is_ambiguous_width(code_point)) return 2;
    if (width == 2 && rules.unicode_version < 9 && was_narrow_in_8(code_point, property.boundclass)) return 1;
    return width;
}

const utf8proc_property_t& property_of(char32_t code_point) noexcept {
    return *utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
}

} // namespace

int code_point_width(char32_t code_point) noexcept {
    if (code_point < 0x7F) return code_point >= 0x20 ? 1 : 0;
    return width_of(code_point, property_of(code_point));
}

bool GraphemeCursor::advance(char32_t code_point) noexcept {
    const bool plain = code_point >= 0x20 && code_point < 0x7F;
    std::uint8_t boundary_class = UTF8PROC_BOUNDCLASS_OTHER;
    int width = 1;
    if (!plain) {
        const utf8proc_property_t& property = property_of(code_point);
        boundary_class = static_cast<std::uint8_t>(property.boundclass);
        width = width_of(code_point, property);
    }
    bool begins = true;
    if (previous_class_ != UTF8PROC_BOUNDCLASS_START &&
        (previous_class_ != UTF8PROC_BOUNDCLASS_OTHER || boundary_class != UTF8PROC_BOUNDCLASS_OTHER)) {
        begins = utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(previous_),
                                                  static_cast<utf8proc_int32_t>(code_point), &state_);
    }
    if (begins) {
        // No rule of UAX 29 looks back across a boundary.
        state_ = 0;
        first_ = code_point;
        width_ = static_cast<std::int8_t>(width);
    } else if (code_point == variation_selector_15 || code_point == variation_selector_16) {
        if (previous_ == first_ && is_emoji_variation_base(first_) && width_rules().unicode_version >= 14)
            width_ = code_point == variation_selector_16 ? 2 : 1;
    } else {
        width_ = static_cast<std::int8_t>(std::min(2, width_ + width));
    }
    previous_ = code_point;
    previous_class_ = boundary_class;
    plain_ = boundary_class != UTF8PROC_BOUNDCLASS_PREPEND;
    return begins;
}

void GraphemeCursor::restart(char character) noexcept {
    previous_ = first_ = static_cast<unsigned char>(character);
    state_ = 0;
    previous_class_ = UTF8PROC_BOUNDCLASS_OTHER;
    width_ = 1;
    plain_ = true;
}

int text_width(std::string_view text) noexcept {
    GraphemeCursor cursor;
    int total = 0;
    while (!text.empty()) {
        if (cursor.at_plain_boundary()) {
            const std::size_t run = plain_run(text);
            if (run > 1) {
                // The last one may be extended by what follows.
                total += static_cast<int>(run - 1);
                text.remove_prefix(run - 1);
                cursor.reset();
            }
        }
        const Decoded decoded = decode(text);
        const int before = cursor.width();
        const bool begins = cursor.advance(decoded.code_point);
        total += begins ? cursor.width() : cursor.width() - before;
        text.remove_prefix(decoded.length);
    }
    return total;
}

Grapheme next_grapheme(std::string_view text) noexcept {
    if (text.empty()) return {};
    if (is_plain(static_cast<unsigned char>(text[0])) &&
        (text.size() == 1 || is_plain(static_cast<unsigned char>(text[1])))) {
        return {text.substr(0, 1), 1};
    }
    GraphemeCursor cursor;
    std::size_t length = 0;
    int width = 0;
    while (length < text.size()) {
        const Decoded decoded = decode(text.substr(length));
        if (cursor.advance(decoded.code_point) && length > 0) break;
        length += decoded.length;
        width = cursor.width();
    }
    return {text.substr(0, length), width};
}

std::string_view truncate_right(std::string_view text, int cells) noexcept {
    std::size_t length = 0;
    for (const Grapheme& grapheme : Graphemes{text}) {
        cells -= grapheme.width;
        if (cells < 0) break;
        length += grapheme.text.size();
    }
    return text.substr(0, length);
}

std::string_view truncate_left(std::string_view text, int cells) noexcept {
    int excess = text_width(text) - std::max(cells, 0);
    while (excess > 0) {
        const Grapheme grapheme = next_grapheme(text);
        excess -= grapheme.width;
        text.remove_prefix(grapheme.text.size());
    }
    return text;
}

std::string pad_left(std::string_view text, int cells) {
    std::string padded(static_cast<std::size_t>(std::max(0, cells - text_width(text))), ' ');
    padded += text;
    return padded;
}

std::string pad_right(std::string_view text, int cells) {
    std::string padded{text};
    padded.append(static_cast<std::size_t>(std::max(0, cells - text_width(text))), ' ');
    return padded;
}

} // namespace lunette::model
