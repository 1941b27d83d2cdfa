#include "oracle.h"

#include <cstdlib>

namespace lunette::wezterm::testing {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int default_looks = 60;
#else
constexpr int default_looks = 1200; // about 2400 changes
#endif

// $LUNETTE_ORACLE_LOOKS and $LUNETTE_ORACLE_SEED play another game, or the same again.
long from_environment(const char* name, long otherwise) {
    const char* text = std::getenv(name);
    return text ? std::atol(text) : otherwise;
}

TEST(ViewOracle, NoUpdateIsMissed) {
    const long looks = from_environment("LUNETTE_ORACLE_LOOKS", default_looks);
    const long first = from_environment("LUNETTE_ORACLE_SEED", 1);
    constexpr long seeds = 6;
    for (long seed = first; seed < first + seeds; ++seed) {
        Oracle oracle{static_cast<std::uint64_t>(seed)};
        for (long step = 0; step < looks / seeds; ++step) {
            const std::string difference = oracle.step();
            ASSERT_EQ(difference, "")
                << "LUNETTE_ORACLE_SEED=" << seed << ", step " << step << ": " << oracle.done();
        }
    }
}

// What a test of tests is worth: each kind of dependency, once forgotten, is missed soon.
class ViewOracleFault : public ::testing::TestWithParam<const char*> {};

TEST_P(ViewOracleFault, IsFound) {
    constexpr int enough = 400;
    std::string difference;
    for (std::uint64_t seed = 1; difference.empty() && seed <= 3; ++seed) {
        Oracle oracle{seed, GetParam()};
        for (int step = 0; difference.empty() && step < enough; ++step) difference = oracle.step();
    }
    EXPECT_NE(difference, "") << "forgetting " << GetParam() << " was not noticed";
}

INSTANTIATE_TEST_SUITE_P(Forgotten, ViewOracleFault,
                         ::testing::Values("PaneInfo.title", "TabInfo.tab_title", "PaneInfo.user_vars.NOTE",
                                           "PaneInfo.content_sequence", "ConfigInfo.options.oracle",
                                           "WindowInfo.tabs.#", "state.GLOBAL.x", "clock", "shared-state",
                                           "file"));

} // namespace
} // namespace lunette::wezterm::testing
