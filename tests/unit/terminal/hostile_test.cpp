#include "terminal_text.h"

#include "terminal/hyperlink_table.h"
#include "terminal/sanitize.h"
#include "terminal/style_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace lunette::terminal::testing {
namespace {

std::string base64(std::string_view bytes) {
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : alphabet[group >> (18 - 6 * k) & 0x3F];
    }
    return text;
}

// All that can be seen, for comparing terminals.
std::string picture(const Terminal& terminal) {
    std::string text = fmt::format("{},{} {} {}\n", terminal.cursor().x, terminal.cursor().y,
                                   terminal.scrollback_size(), terminal.title());
    std::vector<Cell> buffer;
    Terminal::TextBuffer bytes;
    for (std::int64_t y = -static_cast<std::int64_t>(terminal.scrollback_size()); y < terminal.rows(); ++y) {
        for (const Cell cell : terminal.row(y, buffer)) {
            const Style& style = terminal.style(cell);
            text += fmt::format("{}[{:x}.{:x}.{:x}]", terminal.text(cell, bytes), style.foreground.bits(),
                                style.background.bits(), style.attributes);
        }
        text += terminal.row_wrapped(y) ? "\\\n" : "\n";
    }
    return text;
}

// Bytes that look like a terminal's input more often than chance would have it.
std::string random_stream(std::mt19937& random, std::size_t size) {
    static const std::vector<std::string> pieces = {"\x1B[",
                                                    "\x1B]",
                                                    "\x1BP",
                                                    "\x1B_",
                                                    "\x1B\\",
                                                    "\x07",
                                                    ";",
                                                    ":",
                                                    "?",
                                                    ">",
                                                    "m",
                                                    "H",
                                                    "J",
                                                    "K",
                                                    "r",
                                                    "h",
                                                    "l",
                                                    "@",
                                                    "P",
                                                    "L",
                                                    "M",
                                                    "S",
                                                    "T",
                                                    "X",
                                                    "b",
                                                    "1049",
                                                    "38",
                                                    "2",
                                                    "5",
                                                    "255",
                                                    "65535",
                                                    "6",
                                                    "7",
                                                    "4",
                                                    "1",
                                                    "\r\n",
                                                    "\n",
                                                    "\t",
                                                    "\b",
                                                    "語",
                                                    "👨‍👩‍👧",
                                                    "e\u0301",
                                                    "\xE2\x82",
                                                    "\xF0",
                                                    "plain text ",
                                                    "\x1B"
                                                    "7",
                                                    "\x1B"
                                                    "8",
                                                    "\x1B"
                                                    "c",
                                                    "\x1B(0",
                                                    "\x1BM",
                                                    "52;c;",
                                                    "8;;u",
                                                    "0;t",
                                                    "\x18"};
    std::string stream;
    while (stream.size() < size) {
        if (random() % 8 == 0)
            stream += static_cast<char>(random());
        else
            stream += pieces[random() % pieces.size()];
    }
    return stream;
}

TEST(Hostile, AnUnterminatedOscOf200MegabytesIsBounded) {
    Terminal terminal = make_terminal(80, 24);
    feed(terminal, "\x1B]0;");
    const std::string megabyte(1U << 20, 'x');
    for (int i = 0; i < 200; ++i) feed(terminal, megabyte);
    EXPECT_LT(terminal.memory_bytes(), 100'000U);
    feed(terminal, "\x07"
                   "after");
    EXPECT_EQ(terminal.title(), "");
    EXPECT_EQ(terminal.row_text(0), "after");
    const std::vector<InputRefused> refused = events_of<InputRefused>(terminal);
    ASSERT_EQ(refused.size(), 1U);
    EXPECT_EQ(refused[0].kind, InputRefused::Kind::string_too_long);
}

TEST(Hostile, WhatIsRefusedIsToldOnceForEachKind) {
    Terminal terminal = make_terminal(80, 24);
    std::string flood;
    for (int i = 0; i < 50'000; ++i)
        flood += "\x1B[c\x1BPq" + std::string(i % 100 == 0 ? 5000 : 1, '#') + "\x1B\\";
    feed(terminal, flood);
    feed(terminal, "\x1B]8;;http://x/" + std::string(5000, 'y') + "\x07z\x1B]8;;\x07");
    EXPECT_EQ(events_of<InputRefused>(terminal).size(), 3U);
    feed(terminal, flood);
    EXPECT_TRUE(events_of<InputRefused>(terminal).empty());
}

TEST(Hostile, SeventeenParametersAreJustParameters) {
    EXPECT_EQ(shown("\x1B[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1mx"), "x");
    Terminal terminal = make_terminal(20, 4);
    feed(terminal, "\x1B[0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;31mx");
    EXPECT_EQ(style_at(terminal, 0, 0).foreground, Color::indexed(1));
    std::string many = "\x1B[";
    for (int i = 0; i < 100'000; ++i) many += "1:2;";
    feed(terminal, many + "mx");
    EXPECT_EQ(terminal.row_text(0), "xx");
}

TEST(Hostile, A10KilobyteOsc52SplitAtEveryByte) {
    std::string content;
    for (int i = 0; i < 7500; ++i) content += static_cast<char>(i * 7);
    const std::string bytes = "\x1B]52;c;" + base64(content) + "\x1B\\";
    ASSERT_GT(bytes.size(), 10'000U);
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        Terminal terminal = make_terminal(10, 2, 0);
        feed(terminal, std::string_view{bytes}.substr(0, i));
        feed(terminal, std::string_view{bytes}.substr(i));
        const auto writes = events_of<ClipboardWrite>(terminal);
        ASSERT_EQ(writes.size(), 1U) << "split at " << i;
        ASSERT_EQ(writes[0].text, content) << "split at " << i;
    }
}

TEST(Hostile, EventsAreBounded) {
    Terminal terminal = make_terminal(10, 2);
    std::string flood;
    for (int i = 0; i < 10'000; ++i)
        flood += fmt::format("\x1B]1337;SetUserVar=v{}=YQ==\x07\x1B]9;note\x07", i);
    feed(terminal, flood);
    const std::vector<Event> events = terminal.take_events();
    EXPECT_EQ(events.size(), EventQueue::max_events);
    const auto* first = std::get_if<UserVarSet>(&events[0]);
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->name, "v0") << "the oldest are kept";
    const std::string big = "\x1B]52;c;" + std::string(1'000'000, 'A') + "\x07";
    std::size_t bytes = 0;
    for (int i = 0; i < 10; ++i) feed(terminal, big);
    for (const ClipboardWrite& write : events_of<ClipboardWrite>(terminal)) bytes += write.text.size();
    EXPECT_LE(bytes, EventQueue::max_bytes);
    EXPECT_GT(bytes, 0U);
}

TEST(Hostile, StylesAreReclaimed) {
    Terminal terminal = make_terminal(20, 4, 10);
    for (int r = 0; r < 256; ++r) {
        std::string line;
        for (int i = 0; i < 1024; ++i) line += fmt::format("\x1B[38;2;{};{};{}mx", r, i % 256, i / 4);
        feed(terminal, line + "\r\n");
    }
    EXPECT_LT(terminal.memory_bytes(), 4U << 20) << "262144 colours passed, 280 are visible";
    feed(terminal, "\x1B[38;2;1;2;3mlast");
    EXPECT_EQ(style_at(terminal, 0, 3).foreground, Color::direct({1, 2, 3}));
}

TEST(Hostile, SweepingKeepsWhatIsVisible) {
    Terminal terminal = make_terminal(20, 4, 10);
    feed(terminal, "\x1B[31m\x1B]8;;http://kept\x07red e\u0301\x1B]8;;\x07\r\n\x1B[38;2;9;8;7m\x1B"
                   "7\x1B[m");
    for (int i = 0; i < 20'000; ++i)
        feed(terminal, fmt::format("\x1B[3;1H\x1B[38;2;{};{};1mx\x1B]8;;http://{}\x07y\x1B]8;;\x07", i % 256,
                                   i / 256, i));
    EXPECT_EQ(style_at(terminal, 0, 0).foreground, Color::indexed(1));
    EXPECT_EQ(terminal.link_uri(style_at(terminal, 0, 0).link), "http://kept");
    EXPECT_EQ(terminal.row_text(0), "red e\u0301");
    EXPECT_EQ(terminal.link_uri(style_at(terminal, 1, 2).link), "http://19999");
    feed(terminal, "\x1B"
                   "8x");
    EXPECT_EQ(style_at(terminal, 0, 1).foreground, Color::direct({9, 8, 7}));
}

TEST(Hostile, ClustersAreReclaimed) {
    Terminal terminal = make_terminal(20, 4, 10);
    std::string stream;
    for (char32_t i = 0; i < 100'000; ++i) {
        stream += "a";
        for (char32_t digits = i; digits > 0; digits /= 100) {
            const char32_t mark = 0x300 + digits % 100 % 0x6F;
            stream += static_cast<char>(0xC0 | mark >> 6);
            stream += static_cast<char>(0x80 | (mark & 0x3F));
        }
    }
    feed(terminal, stream);
    EXPECT_LT(terminal.memory_bytes(), 8U << 20);
}

TEST(Hostile, LinksAreBounded) {
    HyperlinkTable links;
    for (int i = 0; i < 20'000; ++i) links.intern("", fmt::format("http://{}/{}", i, std::string(1000, 'x')));
    EXPECT_LE(links.size(), HyperlinkTable::max_links);
    EXPECT_LT(links.memory_bytes(), 3 * HyperlinkTable::max_total_bytes);
    EXPECT_TRUE(links.wants_sweep());
    EXPECT_EQ(links.intern("", "http://new"), links.intern("", "http://new"));
    links.begin_marking();
    links.mark(1);
    links.sweep();
    EXPECT_EQ(links.size(), 1U);
    EXPECT_NE(links.intern("", "http://new"), 0U);
}

TEST(Hostile, AnySplitGivesTheSameScreen) {
    std::mt19937 random{11};
    for (int round = 0; round < 200; ++round) {
        const std::string stream = random_stream(random, 400);
        Terminal whole = make_terminal(17, 5, 20);
        feed(whole, stream);
        const std::string expected = picture(whole);
        Terminal bytewise = make_terminal(17, 5, 20);
        for (const char& byte : stream) bytewise.feed({&byte, 1});
        ASSERT_EQ(picture(bytewise), expected) << "round " << round;
        ASSERT_EQ(bytewise.take_replies(), whole.take_replies());
        Terminal split = make_terminal(17, 5, 20);
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t n = 1 + random() % 30;
            feed(split, std::string_view{stream}.substr(at, n));
            at += n;
        }
        ASSERT_EQ(picture(split), expected) << "round " << round;
    }
}

TEST(Hostile, RandomBytesAndSizesBreakNothing) {
    std::mt19937 random{13};
    for (int round = 0; round < 100; ++round) {
        Terminal terminal = make_terminal(1 + static_cast<int>(random() % 30),
                                          1 + static_cast<int>(random() % 10), random() % 30);
        for (int i = 0; i < 30; ++i) {
            feed(terminal, random_stream(random, 100));
            if (random() % 3 == 0)
                terminal.resize(1 + static_cast<int>(random() % 30), 1 + static_cast<int>(random() % 10));
            ASSERT_LT(terminal.cursor().x, terminal.columns());
            ASSERT_LT(terminal.cursor().y, terminal.rows());
        }
        ASSERT_FALSE(picture(terminal).empty());
        ASSERT_LT(terminal.memory_bytes(), 2U << 20);
    }
}

TEST(Sanitize, Base64) {
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("TQ=="), "M");
    EXPECT_EQ(decode_base64("TWE="), "Ma");
    EXPECT_EQ(decode_base64("TWFu"), "Man");
    EXPECT_EQ(decode_base64("TWFuTQ"), "ManM");
    EXPECT_FALSE(decode_base64("T"));
    EXPECT_FALSE(decode_base64("TW u"));
    EXPECT_FALSE(decode_base64("TQ=u"));
}

TEST(Sanitize, CutsAtACodePoint) {
    EXPECT_EQ(clean_text("aüb", 2), "a");
    EXPECT_EQ(clean_text("aüb", 3), "aü");
    EXPECT_EQ(clean_text("\xE2\x82", 10), "\uFFFD");
}

TEST(StyleTable, EqualStylesShareAnId) {
    StyleTable table;
    Style red;
    red.foreground = Color::indexed(1);
    EXPECT_EQ(table.intern(Style{}), 0U);
    const StyleId id = table.intern(red);
    EXPECT_NE(id, 0U);
    EXPECT_EQ(table.intern(red), id);
    EXPECT_EQ(table[id], red);
    EXPECT_EQ(table[9999], Style{}) << "an unknown id is the default";
    table.begin_marking();
    table.sweep();
    EXPECT_EQ(table.size(), 1U);
}

} // namespace
} // namespace lunette::terminal::testing
