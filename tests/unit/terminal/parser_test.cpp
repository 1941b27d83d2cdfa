#include "terminal/parser.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lunette::terminal {
namespace {

// Writes down what the parser tells, runs of text joined.
class Recorder final : public ParserActions {
public:
    std::vector<std::string> log;

    void print_ascii(std::string_view text) override { add_text(std::string{text}); }
    void print(char32_t code_point) override {
        add_text(fmt::format("<{:X}>", static_cast<unsigned>(code_point)));
    }
    void execute(unsigned char control) override { log.push_back(fmt::format("control {:02X}", control)); }
    void escape(const Sequence& sequence) override { log.push_back("esc " + describe(sequence)); }
    void csi(const Sequence& sequence) override { log.push_back("csi " + describe(sequence)); }
    void osc(std::string_view content) override { log.push_back(fmt::format("osc {}", content)); }
    void dcs(const Sequence& head, std::string_view content) override {
        log.push_back(fmt::format("dcs {} {}", describe(head), content));
    }

private:
    void add_text(const std::string& text) {
        if (log.empty() || log.back().substr(0, 5) != "text ") log.emplace_back("text ");
        log.back() += text;
    }
    static std::string describe(const Sequence& sequence) {
        std::string text;
        if (sequence.prefix != 0) text += sequence.prefix;
        for (std::size_t i = 0; i < sequence.params.size(); ++i) {
            if (i > 0) text += sequence.params.is_sub(i) ? ':' : ';';
            if (sequence.params.at(i, -1) >= 0) text += std::to_string(sequence.params.at(i));
        }
        for (std::size_t i = 0; i < sequence.intermediate_count; ++i) text += sequence.intermediates[i];
        return text + sequence.final;
    }
};

using Log = std::vector<std::string>;

Log parse(std::string_view bytes) {
    Parser parser;
    Recorder recorder;
    parser.feed(bytes, recorder);
    return recorder.log;
}

TEST(Parser, TellsTextFromControls) {
    EXPECT_EQ(parse("ab\x7F"
                    "c\r\n"),
              (Log{"text abc", "control 0D", "control 0A"}));
    EXPECT_EQ(parse("é語"), (Log{"text <E9><8A9E>"}));
    EXPECT_EQ(parse("01234567890123456789\x07"), (Log{"text 01234567890123456789", "control 07"}));
}

TEST(Parser, ReadsParametersAndSubParameters) {
    EXPECT_EQ(parse("\x1B[m"), (Log{"csi m"}));
    EXPECT_EQ(parse("\x1B[1;2H"), (Log{"csi 1;2H"}));
    EXPECT_EQ(parse("\x1B[;5H"), (Log{"csi ;5H"}));
    EXPECT_EQ(parse("\x1B[1;H"), (Log{"csi 1;H"}));
    EXPECT_EQ(parse("\x1B[38:2::1:2:3;4m"), (Log{"csi 38:2::1:2:3;4m"}));
    EXPECT_EQ(parse("\x1B[?25h\x1B[>0q\x1B[2 q\x1B[?1$p"),
              (Log{"csi ?25h", "csi >0q", "csi 2 q", "csi ?1$p"}));
}

TEST(Parser, BoundsParameters) {
    std::string many = "\x1B[1";
    for (int i = 2; i <= 100; ++i) many += fmt::format(";{}", i);
    const Log log = parse(many + "mx");
    ASSERT_EQ(log.size(), 2U);
    EXPECT_EQ(log[0].substr(0, 10), "csi 1;2;3;");
    EXPECT_EQ(log[0].substr(log[0].size() - 6), "31;32m");
    EXPECT_EQ(log[1], "text x");
    EXPECT_EQ(parse("\x1B[99999999999999999999C"), (Log{"csi 65535C"}));
}

TEST(Parser, IgnoresMalformedSequencesWithoutLitter) {
    EXPECT_EQ(parse("\x1B[1?2hx"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B[1 2qx"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B[ !\"#qx"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B !\"#Fx"), (Log{"text x"}));
}

TEST(Parser, AbortsSequencesOnCanSubAndEsc) {
    EXPECT_EQ(parse("\x1B[1\x18x"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B[1\x1Ax"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B[1\x1B[2mx"), (Log{"csi 2m", "text x"}));
    EXPECT_EQ(parse("\x1B]0;t\x18x"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B]0;t\x1B[1mx"), (Log{"csi 1m", "text x"}));
}

TEST(Parser, ExecutesControlsInsideSequences) {
    EXPECT_EQ(parse("\x1B[1\n;2H"), (Log{"control 0A", "csi 1;2H"}));
    EXPECT_EQ(parse("\x1B\r7"), (Log{"control 0D", "esc 7"}));
}

TEST(Parser, EndsStringsByBelOrStringTerminator) {
    EXPECT_EQ(parse("\x1B]0;t\x07x"), (Log{"osc 0;t", "text x"}));
    EXPECT_EQ(parse("\x1B]0;t\x1B\\x"), (Log{"osc 0;t", "text x"}));
    EXPECT_EQ(parse("\x1B]0;t\xC2\x9Cx"), (Log{"osc 0;t", "text x"}));
    EXPECT_EQ(parse("\x1B]0;\xC3\x9C\x07"), (Log{"osc 0;\xC3\x9C"})) << "U+00DC ends in 9C too";
    EXPECT_EQ(parse("\x1BP$qm\x1B\\x"), (Log{"dcs $q m", "text x"}));
    EXPECT_EQ(parse("\x1BP1;2|ab\x07"
                    "c\x1B\\x"),
              (Log{"dcs 1;2| ab\x07"
                   "c",
                   "text x"}));
}

TEST(Parser, SwallowsApcPmAndSos) {
    EXPECT_EQ(parse("\x1B_Gi=31,s=1;AAAA\x1B\\x"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1B^private\x1B\\x"), (Log{"text x"}));
    EXPECT_EQ(parse("\x1BXstring\x1B\\x"), (Log{"text x"}));
}

TEST(Parser, KnowsEncodedC1Controls) {
    EXPECT_EQ(parse("\xC2\x9B"
                    "1mx"),
              (Log{"csi 1m", "text x"}));
    EXPECT_EQ(parse("\xC2\x9D"
                    "0;t\x07"),
              (Log{"osc 0;t"}));
    EXPECT_EQ(parse("\xC2\x85"), (Log{"esc E"}));
    EXPECT_EQ(parse("\x9B"
                    "1m"),
              (Log{"text <FFFD>1m"}))
        << "a raw byte is malformed UTF-8";
}

TEST(Parser, ReplacesMalformedUtf8) {
    EXPECT_EQ(parse("a\xFFz"), (Log{"text a<FFFD>z"}));
    EXPECT_EQ(parse("\xE2\x82\x1B[m"), (Log{"text <FFFD>", "csi m"}));
    EXPECT_EQ(parse("\xF0\x9F\x98z"), (Log{"text <FFFD>z"}));
}

TEST(Parser, BoundsStrings) {
    const std::string title(Parser::max_osc_bytes - 2, 'x');
    EXPECT_EQ(parse("\x1B]0;" + title + "\x07").size(), 1U);
    EXPECT_EQ(parse("\x1B]0;" + title + "y\x07z"), (Log{"text z"}));
    EXPECT_EQ(parse("\x1BP$q" + std::string(Parser::max_dcs_bytes + 1, 'm') + "\x1B\\z"), (Log{"text z"}));
}

TEST(Parser, GivesTheSameWhereverTheBytesAreSplit) {
    const std::string bytes = "pl\xE2\x82\xAC"
                              "ain\x1B[1;38:2::1:2:3m\x1B]0;\xC3\x9C"
                              "t\x1B\\\x1BP$qm\x1B\\\xF0\x9F\x98"
                              "\x1B_x\x1B\\\xC2\x9B"
                              "5C\xC2\x9D"
                              "2;u\xC2\x9C\x1B(0q\r\n\xE1\x80";
    const Log whole = parse(bytes);
    for (std::size_t i = 0; i <= bytes.size(); ++i) {
        Parser parser;
        Recorder recorder;
        parser.feed(std::string_view{bytes}.substr(0, i), recorder);
        parser.feed(std::string_view{bytes}.substr(i), recorder);
        ASSERT_EQ(recorder.log, whole) << "split at " << i;
    }
    Parser parser;
    Recorder recorder;
    for (const char& byte : bytes) parser.feed({&byte, 1}, recorder);
    EXPECT_EQ(recorder.log, whole);
}

} // namespace
} // namespace lunette::terminal
