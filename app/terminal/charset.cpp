#include "terminal/charset.h"

#include <string_view>

namespace lunette::terminal {

namespace {

// VT100 user guide, table 3-9: 0x5F..0x7E of the special graphics set; the first is a blank.
constexpr char32_t dec_graphics[] =
    U" \u25C6\u2592\u2409\u240C\u240D\u240A\u00B0\u00B1\u2424\u240B"
    U"\u2518\u2510\u250C\u2514\u253C\u23BA\u23BB\u2500\u23BC\u23BD\u251C\u2524"
    U"\u2534\u252C\u2502\u2264\u2265\u03C0\u2260\u00A3\u00B7";
static_assert(sizeof dec_graphics / sizeof dec_graphics[0] == 0x7E - 0x5F + 2);

// VT320 programmer reference, "National replacement character sets": what stands for the
// characters of `replaced`.
constexpr std::string_view replaced = "#@[\\]^_`{|}~";
constexpr std::u32string_view national[] = {
    U"\u00A3@[\\]^_`{|}~",                                                       // british
    U"\u00A3\u00BE\u0133\u00BD|^_`\u00A8\u0192\u00BC\u00B4",                     // dutch
    U"#@\u00C4\u00D6\u00C5\u00DC_\u00E9\u00E4\u00F6\u00E5\u00FC",                // finnish
    U"\u00A3\u00E0\u00B0\u00E7\u00A7^_`\u00E9\u00F9\u00E8\u00A8",                // french
    U"#\u00E0\u00E2\u00E7\u00EA\u00EE_\u00F4\u00E9\u00F9\u00E8\u00FB",           // french_canadian
    U"#\u00A7\u00C4\u00D6\u00DC^_`\u00E4\u00F6\u00FC\u00DF",                     // german
    U"\u00A3\u00A7\u00B0\u00E7\u00E9^_\u00F9\u00E0\u00F2\u00E8\u00EC",           // italian
    U"#\u00C4\u00C6\u00D8\u00C5\u00DC_\u00E4\u00E6\u00F8\u00E5\u00FC",           // norwegian
    U"#@\u00C3\u00C7\u00D5^_`\u00E3\u00E7\u00F5~",                               // portuguese
    U"\u00A3\u00A7\u00A1\u00D1\u00BF^_`\u00B0\u00F1\u00E7~",                     // spanish
    U"#\u00C9\u00C4\u00D6\u00C5\u00DC_\u00E9\u00E4\u00F6\u00E5\u00FC",           // swedish
    U"\u00F9\u00E0\u00E9\u00E7\u00EA\u00EE\u00E8\u00F4\u00E4\u00F6\u00FC\u00FB", // swiss
};

} // namespace

Charset charset_of(char intermediate, char final, bool wide, bool national_allowed) noexcept {
    if (wide) return final == 'A' && intermediate == 0 ? Charset::latin1 : Charset::ascii;
    if (intermediate == '%' && final == '6' && national_allowed) return Charset::portuguese;
    if (intermediate != 0) return Charset::ascii;
    if (final == '0') return Charset::dec_graphics;
    if (final == 'A') return Charset::british;
    if (!national_allowed) return Charset::ascii;
    switch (final) {
    case '4': return Charset::dutch;
    case 'C':
    case '5': return Charset::finnish;
    case 'R':
    case 'f': return Charset::french;
    case 'Q':
    case '9': return Charset::french_canadian;
    case 'K': return Charset::german;
    case 'Y': return Charset::italian;
    case 'E':
    case '6':
    case '`': return Charset::norwegian;
    case 'Z': return Charset::spanish;
    case 'H':
    case '7': return Charset::swedish;
    case '=': return Charset::swiss;
    default: return Charset::ascii;
    }
}

char32_t Charsets::translate(char character) noexcept {
    const Charset set = designated[single_shift != 0 ? single_shift : active];
    single_shift = 0;
    const auto plain = static_cast<unsigned char>(character);
    if (set == Charset::ascii) return plain;
    if (set == Charset::latin1) return plain == ' ' ? plain : plain | 0x80U;
    if (set == Charset::dec_graphics)
        return plain >= 0x5F && plain <= 0x7E ? dec_graphics[plain - 0x5F] : char32_t{plain};
    const std::size_t at = replaced.find(character);
    if (at == replaced.npos) return plain;
    return national[static_cast<std::size_t>(set) - static_cast<std::size_t>(Charset::british)][at];
}

} // namespace lunette::terminal
