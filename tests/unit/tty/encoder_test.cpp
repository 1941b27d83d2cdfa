#include "tty/encoder.h"

#include "tty/frame_maker.h"
#include "tty/screen_oracle.h"
#include "tty/setup.h"

#include <gtest/gtest.h>

namespace lunette::tty {
namespace {

Capabilities level(int n) {
    TerminalHints hints;
    hints.locale = "C.UTF-8";
    constexpr const char* terms[] = {"xterm-256color", "linux", "screen", "vt100", "xterm-direct"};
    hints.term = terms[n % 5];
    Capabilities can = capabilities_of(hints);
    can.synchronized_output = (n & 1) != 0;
    can.styled_underline = (n & 2) != 0;
    can.underline_color = (n & 4) != 0;
    can.grapheme_clusters = (n & 8) != 0;
    if (n % 3 == 1) can.widths = {2, 2, 2, 1};
    if (n % 3 == 2) can.widths = {1, 6, 4, 2};
    return can;
}

// The picture after setup.
std::string begin(Encoder& encoder, const Capabilities& can) {
    encoder.set_capabilities(can);
    encoder.restart();
    return setup_sequence(can);
}

TEST(Encoder, RandomFramesShowAsTheyAre) {
    for (unsigned seed = 0; seed < 120; ++seed) {
        FrameMaker maker{seed};
        const int columns = 1 + maker.below(seed % 4 == 0 ? 3 : 60);
        const int rows = 1 + maker.below(seed % 4 == 0 ? 3 : 20);
        const Capabilities can = level(static_cast<int>(seed % 240));
        ScreenOracle oracle{columns, rows};
        Encoder encoder;
        oracle.feed(begin(encoder, can));
        ui::Frame frame{columns, rows};
        for (int step = 0; step < 25; ++step) {
            maker.change(frame);
            if (maker.one_in(30)) encoder.invalidate();
            std::string out;
            encoder.present(out, frame, columns, rows);
            oracle.feed(out);
            const std::string difference = oracle.difference(frame, can);
            ASSERT_EQ(difference, "") << "seed " << seed << ", step " << step << ", " << columns << "x"
                                      << rows << ", bytes: " << testing::PrintToString(out);
        }
    }
}

TEST(Encoder, AnUnchangedFrameCostsNothing) {
    FrameMaker maker{7};
    ui::Frame frame{40, 10};
    for (int i = 0; i < 20; ++i) maker.change(frame);
    Encoder encoder;
    begin(encoder, level(0));
    std::string out;
    encoder.present(out, frame, 40, 10);
    out.clear();
    encoder.present(out, frame, 40, 10);
    EXPECT_EQ(out, "");
}

} // namespace
} // namespace lunette::tty
