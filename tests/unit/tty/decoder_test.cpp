#include "tty/decoder.h"

#include "tty/decoded_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace lunette::tty {
namespace {

using model::character_key;
using model::Key;
using model::KeyAction;
using model::KeyEvent;
using model::Modifiers;
using model::named_key;
using namespace std::string_view_literals;

// All keys of some bytes, nothing else being told; a lone ESC at the end is let expire.
std::vector<KeyEvent> keys(std::string_view bytes, unsigned char erase = 0x7F) {
    std::vector<KeyEvent> result;
    const Decoder::Sink sink = [&](Decoded&& decoded) {
        const auto* key = std::get_if<KeyEvent>(&decoded);
        ASSERT_TRUE(key) << "not a key from " << testing::PrintToString(bytes);
        result.push_back(*key);
    };
    Decoder decoder{erase};
    decoder.feed(bytes, sink);
    decoder.expire(sink);
    return result;
}

std::string described(std::string_view bytes) {
    Transcript transcript;
    Decoder decoder;
    decoder.feed(bytes, transcript.sink());
    decoder.expire(transcript.sink());
    return transcript.take();
}

void expect_key(std::string_view bytes, const KeyEvent& wanted) {
    const std::vector<KeyEvent> found = keys(bytes);
    ASSERT_EQ(found.size(), 1u) << testing::PrintToString(bytes);
    EXPECT_EQ(describe(found[0]), describe(wanted)) << testing::PrintToString(bytes);
}

TEST(Decoder, BytesDecide) {
    expect_key("a", character_key('a'));
    expect_key("A", character_key('A'));
    expect_key("\x14", character_key('t', Modifiers::ctrl));
    expect_key("\0"sv, character_key(' ', Modifiers::ctrl));
    expect_key("\x1C", character_key('\\', Modifiers::ctrl));
    expect_key("\x1F", character_key('_', Modifiers::ctrl));
    expect_key("\x1E", character_key('^', Modifiers::ctrl));
    expect_key("\t", named_key(Key::tab));
    expect_key("\r", named_key(Key::enter));
    expect_key("\n", character_key('j', Modifiers::ctrl));
    expect_key("\x1B", named_key(Key::escape));
    expect_key("\x1B"
               "a",
               character_key('a', Modifiers::alt));
    expect_key("\x1B\x14", character_key('t', Modifiers::alt | Modifiers::ctrl));
    expect_key("\x1B\r", named_key(Key::enter, Modifiers::alt));
    expect_key("\u00E9", character_key(0xE9));
    expect_key("\x1B\u754C", character_key(0x754C, Modifiers::alt));
    expect_key("\U0001F600", character_key(0x1F600));
}

TEST(Decoder, EraseIsBackspace) {
    EXPECT_EQ(keys("\x7F"), std::vector{named_key(Key::backspace)});
    EXPECT_EQ(keys("\b"), std::vector{character_key('h', Modifiers::ctrl)});
    EXPECT_EQ(keys("\b", 8), std::vector{named_key(Key::backspace)});
    EXPECT_EQ(keys("\x7F", 8), std::vector{named_key(Key::backspace, Modifiers::ctrl)});
    EXPECT_EQ(keys("\x1B\x7F"), std::vector{named_key(Key::backspace, Modifiers::alt)});
}

TEST(Decoder, FunctionKeys) {
    expect_key("\x1B[A", named_key(Key::up));
    expect_key("\x1BOA", named_key(Key::up));
    expect_key("\x1B[1;5C", named_key(Key::right, Modifiers::ctrl));
    expect_key("\x1B\x1B[D", named_key(Key::left, Modifiers::alt));
    expect_key("\x1BOP", named_key(Key::f1));
    expect_key("\x1BO5P", named_key(Key::f1, Modifiers::ctrl));
    expect_key("\x1B[[E", named_key(Key::f5));
    expect_key("\x1B[15~", named_key(Key::f5));
    expect_key("\x1B[24;2~", named_key(Key::f12, Modifiers::shift));
    expect_key("\x1B[1;2R", named_key(Key::f3, Modifiers::shift));
    expect_key("\x1B[3~", named_key(Key::delete_));
    expect_key("\x1B[3$", named_key(Key::delete_, Modifiers::shift));
    expect_key("\x1B[3^", named_key(Key::delete_, Modifiers::ctrl));
    expect_key("\x1B[7~", named_key(Key::home));
    expect_key("\x1B[Z", named_key(Key::tab, Modifiers::shift));
    expect_key("\x1B[a", named_key(Key::up, Modifiers::shift));
    expect_key("\x1BOp", named_key(Key::keypad_0));
    expect_key("\x1BOM", named_key(Key::keypad_enter));
}

TEST(Decoder, KittyKeys) {
    KeyEvent key = character_key('a', Modifiers::ctrl);
    key.unshifted = 'a';
    expect_key("\x1B[97;5u", key);
    key = character_key('A', Modifiers::ctrl | Modifiers::shift);
    key.unshifted = 'a';
    expect_key("\x1B[97;6u", key);
    expect_key("\x1B[97:65;6u", key);
    key.base_layout = 'q';
    expect_key("\x1B[97:65:113;6u", key);
    key = character_key('!', Modifiers::shift | Modifiers::alt);
    key.unshifted = '1';
    expect_key("\x1B[49:33;4u", key);
    key.action = KeyAction::release;
    expect_key("\x1B[49:33;4:3u", key);
    KeyEvent arrow = named_key(Key::up, Modifiers::shift);
    arrow.action = KeyAction::repeat;
    expect_key("\x1B[1;2:2A", arrow);
    expect_key("\x1B[27u", named_key(Key::escape));
    expect_key("\x1B[13;2u", named_key(Key::enter, Modifiers::shift));
    expect_key("\x1B[57399;129u", named_key(Key::keypad_0, Modifiers::num_lock));
    expect_key("\x1B[57416u", named_key(Key::keypad_separator));
    expect_key("\x1B[57398u", named_key(Key::f35));
    expect_key("\x1B[57430u", named_key(Key::media_play_pause));
    expect_key("\x1B[57441;2u", named_key(Key::left_shift, Modifiers::shift));
    expect_key("\x1B[57454u", named_key(Key::iso_level5_shift));
    model::KeyEvent keypad_left = named_key(Key::left);
    keypad_left.keypad = true;
    expect_key("\x1B[57417u", keypad_left);
    expect_key("\x1B[57376u", named_key(Key::f13));
    expect_key("\x1B[57361u", named_key(Key::print_screen));
    // Caps lock makes capitals of letters alone.
    key = character_key('A', Modifiers::caps_lock);
    key.unshifted = 'a';
    expect_key("\x1B[97;65u", key);
    // The text that the key typed.
    key = character_key(0xE4);
    key.unshifted = 'a';
    expect_key("\x1B[97;;228u", key);
    EXPECT_EQ(keys("\x1B[0;;20320:22909u"), (std::vector{character_key(20320), character_key(22909)}));
    EXPECT_TRUE(keys("\x1B[57455;2u").empty()) << "no key has this number";
}

TEST(Decoder, ModifyOtherKeys) {
    expect_key("\x1B[27;6;84~", character_key('T', Modifiers::ctrl | Modifiers::shift));
    expect_key("\x1B[27;5;9~", named_key(Key::tab, Modifiers::ctrl));
    expect_key("\x1B[27;2;13~", named_key(Key::enter, Modifiers::shift));
    expect_key("\x1B[84;6u", character_key('T', Modifiers::ctrl | Modifiers::shift));
}

TEST(Decoder, EscapesInARow) {
    EXPECT_EQ(keys("\x1B\x1B"), (std::vector{named_key(Key::escape), named_key(Key::escape)}));
    EXPECT_EQ(keys("\x1B\x1B"
                   "a"),
              (std::vector{named_key(Key::escape), character_key('a', Modifiers::alt)}));
    EXPECT_EQ(keys("\x1B\x1B\x1B[A"),
              (std::vector{named_key(Key::escape), named_key(Key::up, Modifiers::alt)}));
    EXPECT_EQ(keys("\x1B["), std::vector{character_key('[', Modifiers::alt)});
    EXPECT_EQ(keys("\x1BO"), std::vector{character_key('O', Modifiers::alt)});
    EXPECT_EQ(keys("\x1BO\x1BOA"), (std::vector{character_key('O', Modifiers::alt), named_key(Key::up)}));
    EXPECT_EQ(keys("\x1B[\x1B[A"), (std::vector{character_key('[', Modifiers::alt), named_key(Key::up)}));
    EXPECT_EQ(keys("\x1B]"), std::vector{character_key(']', Modifiers::alt)});
    // A reply after the key Escape.
    EXPECT_EQ(described("\x1B\x1B[?62;52c"), describe(named_key(Key::escape)) + "\nreply 0 62 52\n");
}

TEST(Decoder, Mouse) {
    EXPECT_EQ(described("\x1B[<0;1;1M"), "mouse 1 b1 0,0 m0\n");
    EXPECT_EQ(described("\x1B[<2;10;300m"), "mouse 2 b3 9,299 m0\n");
    EXPECT_EQ(described("\x1B[<35;5;6M"), "mouse 0 b0 4,5 m0\n");
    EXPECT_EQ(described("\x1B[<48;5;6M"), "mouse 0 b1 4,5 m4\n");
    EXPECT_EQ(described("\x1B[<64;1;1M\x1B[<69;1;1M"), "mouse 3 b0 0,0 m0\nmouse 4 b0 0,0 m1\n");
    EXPECT_EQ(described("\x1B[<128;1;1M"), "mouse 1 b8 0,0 m0\n");
    EXPECT_EQ(described("\x1B[M !!\x1B[M#!!"), "mouse 1 b1 0,0 m0\nmouse 2 b1 0,0 m0\n");
    // The X10 form carries bytes that look like something else.
    EXPECT_EQ(described("\x1B[M \x1B\xFF"), "mouse 1 b1 -6,222 m0\n");
    EXPECT_EQ(described("\x1B[<0;1M\x1B[<M"), "");
}

TEST(Decoder, Paste) {
    EXPECT_EQ(described("a\x1B[200~x\ny\x1B[201~b"),
              describe(character_key('a')) + "\npaste <x\ny>\n" + describe(character_key('b')) + "\n");
    EXPECT_EQ(described("\x1B[200~\x1B[201~"), "paste <>\n");
    EXPECT_EQ(described("\x1B[200~\x1B\x1B[20\x1B[A\x1B[201~"), "paste <\x1B\x1B[20\x1B[A>\n");
    EXPECT_EQ(described("\x1B[200~open"), "paste <open");
}

TEST(Decoder, PasteIsStreamed) {
    Decoder decoder;
    std::size_t bytes = 0;
    std::size_t firsts = 0;
    std::size_t lasts = 0;
    const Decoder::Sink sink = [&](Decoded&& decoded) {
        const auto& paste = std::get<PasteEvent>(decoded);
        bytes += paste.bytes.size();
        firsts += paste.first;
        lasts += paste.last;
    };
    decoder.feed("\x1B[200~", sink);
    const std::string piece(1U << 16, 'x');
    for (int i = 0; i < 320; ++i) {
        decoder.feed(piece, sink);
        // Handed on at once: nothing is kept.
        ASSERT_EQ(bytes, (static_cast<std::size_t>(i) + 1) * piece.size());
    }
    decoder.feed("\x1B[201~", sink);
    EXPECT_EQ(firsts, 1u);
    EXPECT_EQ(lasts, 1u);
}

TEST(Decoder, Replies) {
    EXPECT_EQ(described("\x1B[?62;22;52c"), "reply 0 62 22 52\n");
    EXPECT_EQ(described("\x1B[?2026;2$y"), "reply 2 2026 2\n");
    EXPECT_EQ(described("\x1B[3;7R"), "reply 3 3 7\n");
    EXPECT_EQ(described("\x1B[?5u"), "reply 4 5\n");
    EXPECT_EQ(described("\x1B]11;rgb:1e1e/ffff/0000\x1B\\"), "reply 5 11 -1 30 255 0\n");
    EXPECT_EQ(described("\x1B]10;#102030\a"), "reply 5 10 -1 16 32 48\n");
    EXPECT_EQ(described("\x1B]4;1;rgb:f/8/0;2;rgba:ff/ff/ff/80\a"),
              "reply 5 4 1 255 136 0\nreply 5 4 2 255 255 255\n");
    EXPECT_EQ(described("\x1BP1$r0;4:3m\x1B\\"), "reply 6 1 0;4:3m\n");
    EXPECT_EQ(described("\x1BP1+r524742=38;536D756C78=1B5B\x1B\\"),
              "reply 7 1 RGB 8\nreply 7 1 Smulx \x1B[\n");
    EXPECT_EQ(described("\x1BP0+r4D73\x1B\\"), "reply 7 0 Ms \n");
    EXPECT_EQ(described("\x1BP>|foot(1.16.2)\x1B\\"), "reply 8 foot(1.16.2)\n");
    EXPECT_EQ(described("\x1B[?997;1n"), "reply 9 1\n");
    EXPECT_EQ(described("\x1B[6;18;9t"), "reply 10 9 18\n");
    EXPECT_EQ(described("\x1B[I\x1B[O"), "focus\nblur\n");
}

TEST(Decoder, UnknownIsSwallowed) {
    const std::string after = describe(character_key('x')) + "\n";
    for (const std::string_view bytes :
         {"\x1B[99;99Wx"sv, "\x1B[?1;2;3zx"sv, "\x1B[=1;2cx"sv, "\x1B[1;2;3$wx"sv, "\x1B]99;hello\ax"sv,
          "\x1B]52;c;YWJj\x1B\\x"sv, "\x1BPrubbish\x1B\\x"sv, "\x1B_Gi=1;OK\x1B\\x"sv, "\x1B^pm\x1B\\x"sv,
          "\x1BXsos\x1B\\x"sv, "\x1B[1;2\x18x"sv, "\x1B]11;rgb:zz/1/1\ax"sv,
          "\x1B[999999999999999999999;5ux"sv, "\x1BOzx"sv, "\x1B[1:2:3:4:5:6:7;:::;3ux"sv, "\xFF\xFEx"sv,
          "\xC2\x85x"sv, "\xED\xA0\x80x"sv, "\xF0\x9Fx"sv}) {
        const std::string found = described(bytes);
        EXPECT_EQ(found.substr(found.size() < after.size() ? 0 : found.size() - after.size()), after)
            << testing::PrintToString(bytes);
        EXPECT_LE(std::count(found.begin(), found.end(), '\n'), 2) << testing::PrintToString(bytes);
    }
    // Longer than what is kept.
    EXPECT_EQ(described("\x1B[" + std::string(100000, '1') + "Ax"), after);
    EXPECT_EQ(described("\x1B]11;" + std::string(100000, 'f') + "\ax"), after);
    EXPECT_EQ(described("\x1B[" + std::string(200, ';') + "Wx"), after);
}

TEST(Decoder, AStringWithoutEndWasTyped) {
    const auto alt = [](char32_t c) { return describe(character_key(c, Modifiers::alt)) + "\n"; };
    for (const char kind : {']', 'P', 'X', '^', '_'}) {
        Transcript transcript;
        Decoder decoder;
        decoder.feed(std::string{"\x1B"} + kind + "ab", transcript.sink());
        EXPECT_EQ(transcript.take(), "") << "its end may come";
        ASSERT_TRUE(decoder.is_in_string());
        EXPECT_FALSE(decoder.is_in_answer());
        decoder.expire_string(transcript.sink());
        EXPECT_EQ(transcript.take(), alt(static_cast<char32_t>(kind)) + describe(character_key('a')) + "\n" +
                                         describe(character_key('b')) + "\n");
        EXPECT_FALSE(decoder.is_in_string());
    }
    Transcript transcript;
    Decoder decoder;
    decoder.feed("\x1B_\x1B_\x1B_", transcript.sink());
    EXPECT_EQ(transcript.take(), alt('_') + alt('_'));
    ASSERT_TRUE(decoder.is_waiting());
    decoder.expire(transcript.sink());
    EXPECT_EQ(transcript.take(), alt('_'));
    // An answer that was cut is no text.
    decoder.feed("\x1B]11;rgb:0", transcript.sink());
    EXPECT_TRUE(decoder.is_in_answer());
    decoder.expire_string(transcript.sink());
    decoder.feed("x", transcript.sink());
    EXPECT_EQ(transcript.take(), describe(character_key('x')) + "\n");
    // Nor is the beginning of a sequence that came where the end of a string was due.
    decoder.feed("\x1B]a\x1B", transcript.sink());
    decoder.expire_string(transcript.sink());
    EXPECT_EQ(transcript.take(), alt(']') + describe(character_key('a')) + "\n");
    decoder.feed("[A", transcript.sink());
    EXPECT_EQ(transcript.take(), describe(named_key(Key::up)) + "\n");
}

TEST(Decoder, ALateRestOfAReplyIsNotTyped) {
    for (const std::string_view rest :
         {"[?62;22;52c"sv, "]11;rgb:0/0/0\x1B\\"sv, "P>|xterm\x1B\\"sv, "P1$r0m\x1B\\"sv, "[<35;2;3M"sv}) {
        Transcript transcript;
        Decoder decoder;
        decoder.feed("\x1B", transcript.sink());
        decoder.expire(transcript.sink());
        EXPECT_EQ(transcript.take(), describe(named_key(Key::escape)) + "\n");
        decoder.feed(rest, transcript.sink());
        EXPECT_EQ(transcript.take().find("key"), std::string::npos) << rest;
    }
    // What a person types is.
    Transcript transcript;
    Decoder decoder;
    decoder.feed("\x1B", transcript.sink());
    decoder.expire(transcript.sink());
    transcript.take();
    decoder.feed("[[", transcript.sink());
    EXPECT_EQ(transcript.take(), describe(character_key('[')) + "\n" + describe(character_key('[')) + "\n");
}

TEST(Decoder, SplittingChangesNothing) {
    const std::string recorded =
        "ls\r\x1B[A\x1BOB\x1B[1;5C\x1B[97:65:113;6:2u\x1B[27;6;84~\u00E9\U0001F600\x1B\u754C\xFF\x1B[<35;10;"
        "20M\x1B[M !!"
        "\x1B[200~pa\x1B[20st\x1B\x1B[201~\x1B[I\x1B[?62;22c\x1B]11;rgb:1/2/"
        "3\x1B\\\x1BP>|kitty(0.26)\x1B\\\x1B[3;4R"
        "\x1B\x1B[D\x1B\x1B[?1;2c\x1B[[A\x1B[3$\x1B_Gi=1\x1B\\\x1B]4;1;rgb:f/f/f\ax\x1B[1;2\x18y\xE7\x95z";
    const std::string whole = described(recorded);
    ASSERT_GT(std::count(whole.begin(), whole.end(), '\n'), 25);
    for (std::size_t first = 0; first <= recorded.size(); ++first) {
        for (const std::size_t length : {0U, 1U, 2U, 5U}) {
            Transcript transcript;
            Decoder decoder;
            const std::string_view bytes = recorded;
            decoder.feed(bytes.substr(0, first), transcript.sink());
            decoder.feed(bytes.substr(first, length), transcript.sink());
            if (first + length < bytes.size()) decoder.feed(bytes.substr(first + length), transcript.sink());
            ASSERT_EQ(transcript.take(), whole) << "split at " << first << " and " << length << " further";
        }
    }
    Transcript transcript;
    Decoder decoder;
    for (const char c : recorded) decoder.feed({&c, 1}, transcript.sink());
    EXPECT_EQ(transcript.take(), whole);
}

TEST(Decoder, RubbishSplitAnywhereIsTheSame) {
    constexpr std::string_view likely = "\x1B\x1B\x1B[[]OP?<>;:0123~uMRc$y\\\aAx\x18\xC3\xA9\xF0\x9F";
    for (unsigned seed = 0; seed < 3000; ++seed) {
        std::mt19937 random{seed};
        std::string bytes;
        for (unsigned n = random() % 40; n > 0; --n)
            bytes += random() % 8 == 0 ? static_cast<char>(random()) : likely[random() % likely.size()];
        Transcript whole;
        Decoder at_once;
        at_once.feed(bytes, whole.sink());
        at_once.expire(whole.sink());
        Transcript pieces;
        Decoder split;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t length = 1 + random() % 4;
            split.feed(std::string_view{bytes}.substr(at, length), pieces.sink());
            at += length;
        }
        split.expire(pieces.sink());
        ASSERT_EQ(pieces.take(), whole.take()) << "seed " << seed << ": " << testing::PrintToString(bytes);
    }
}

} // namespace
} // namespace lunette::tty
