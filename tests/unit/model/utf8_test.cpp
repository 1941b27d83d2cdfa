#include "model/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lunette::model {
namespace {

std::vector<char32_t> decode_all(std::string_view text) {
    std::vector<char32_t> code_points;
    while (!text.empty()) {
        const Decoded decoded = decode_utf8(text);
        code_points.push_back(decoded.code_point);
        text.remove_prefix(decoded.length > 0 ? decoded.length : text.size());
    }
    return code_points;
}

using Points = std::vector<char32_t>;

TEST(Utf8, EveryCodePointSurvivesEncodingAndDecoding) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[4];
        const std::size_t size = encode_utf8(c, bytes);
        const Decoded decoded = decode_utf8({bytes, size});
        ASSERT_TRUE(decoded.valid && decoded.code_point == c && decoded.length == size)
            << std::hex << static_cast<unsigned>(c);
    }
}

TEST(Utf8, SurrogatesAndTooLargeValuesEncodeAsReplacement) {
    std::string out;
    append_utf8(out, 0xD800);
    append_utf8(out, 0x110000);
    EXPECT_EQ(out, "\uFFFD\uFFFD");
}

// The Unicode Standard 15.0, section 3.9, table 3-8.
TEST(Utf8, MalformedSequencesAreReplacedByMaximalSubparts) {
    EXPECT_EQ(decode_all("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
              (Points{'a', 0xFFFD, 0xFFFD, 0xFFFD, 'b', 0xFFFD, 'c', 0xFFFD, 0xFFFD, 'd'}));
}

TEST(Utf8, OverlongFormsAndSurrogatesGiveOneReplacementPerByte) {
    EXPECT_EQ(decode_all("\xC0\xAF"), (Points{0xFFFD, 0xFFFD}));
    EXPECT_EQ(decode_all("\xE0\x80\xAF"), (Points{0xFFFD, 0xFFFD, 0xFFFD}));
    EXPECT_EQ(decode_all("\xED\xA0\x80"), (Points{0xFFFD, 0xFFFD, 0xFFFD}));
    EXPECT_EQ(decode_all("\xF4\x90\x80\x80"), (Points{0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}));
}

TEST(Utf8, AnIncompleteSequenceAsksForMore) {
    for (const std::string_view text : {"\xC3", "\xE2\x82", "\xF0\x9F\x98"})
        EXPECT_EQ(decode_utf8(text).length, 0);
}

} // namespace
} // namespace lunette::model
