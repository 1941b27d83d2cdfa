#include "terminal/charset.h"

namespace lunette::terminal {

namespace {

// VT100 user guide, table 3-9: 0x5F..0x7E of the special graphics set.
constexpr char32_t dec_graphics[] =
    U"\u00A0\u25C6\u2592\u2409\u240C\u240D\u240A\u00B0\u00B1\u2424\u240B"
    U"\u2518\u2510\u250C\u2514\u253C\u23BA\u23BB\u2500\u23BC\u23BD\u251C\u2524"
    U"\u2534\u252C\u2502\u2264\u2265\u03C0\u2260\u00A3\u00B7";
static_assert(sizeof dec_graphics / sizeof dec_graphics[0] == 0x7E - 0x5F + 2);

} // namespace

char32_t Charsets::translate(char character) noexcept {
    const Charset set = designated[single_shift != 0 ? single_shift : active];
    single_shift = 0;
    if (set == Charset::dec_graphics && character >= 0x5F && character <= 0x7E)
        return dec_graphics[character - 0x5F];
    if (set == Charset::british && character == '#') return U'\u00A3';
    return static_cast<unsigned char>(character);
}

} // namespace lunette::terminal
