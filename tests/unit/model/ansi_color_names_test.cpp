#include "model/ansi_color_names.h"

#include <gtest/gtest.h>

namespace lunette::model {
namespace {

TEST(AnsiColorNames, AreFoundAsWezTermSpellsThem) {
    EXPECT_EQ(ansi_color_index("Black"), 0);
    EXPECT_EQ(ansi_color_index("Fuchsia"), 13);
    EXPECT_EQ(ansi_color_index("black"), std::nullopt);
    for (std::size_t i = 0; i < ansi_color_names.size(); ++i)
        EXPECT_EQ(ansi_color_index(ansi_color_names[i]), i);
}

} // namespace
} // namespace lunette::model
