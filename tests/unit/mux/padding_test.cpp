#include "mux/mux_fixture.h"

#include <gtest/gtest.h>

namespace lunette::mux {
namespace {

using model::Padding;

Value sides(Value left, Value right, Value top, Value bottom) {
    return Value::map({{"left", std::move(left)},
                       {"right", std::move(right)},
                       {"top", std::move(top)},
                       {"bottom", std::move(bottom)}});
}

class PaddingTest : public MuxTest {
protected:
    void pad(Value padding) { configure({{"window_padding", std::move(padding)}}); }
    std::pair<int, int> size(Id pane) {
        const terminal::Terminal& terminal = mux.pane(pane)->terminal();
        return {terminal.columns(), terminal.rows()};
    }
    Padding padding() { return mux.snapshot()->active_window->padding; }
};

TEST(Padding, IsWholeCellsThatTheUserAsksFor) {
    const auto padding = [](Value value, bool told = true) {
        model::ConfigInfo config;
        config.options = Value::map({{"window_padding", std::move(value)}});
        if (told) config.set_options = Value::list({"window_padding"});
        return Settings::from_config(config).padding;
    };
    EXPECT_EQ(padding(sides("1cell", "2 cell", "9cell", "0cell")), (Padding{1, 2, 4, 0}));
    EXPECT_EQ(padding(sides("0.5cell", "1.5cell", 20, "10%")), (Padding{0, 1, 0, 0}));
    EXPECT_EQ(padding(sides("3px", "-1cell", "2pt", "4")), Padding{});
    EXPECT_EQ(padding(sides("1cell", "1cell", "0.5cell", "0.5cell"), false), Padding{})
        << "WezTerm's default";
}

TEST_F(PaddingTest, PanesAreSmallerByIt) {
    pad(sides("1cell", "2cell", "3cell", "4cell"));
    const model::Spawned first = window();
    EXPECT_EQ(size(first.pane), (std::pair{77, 16})); // 80x24, and a tab bar
    attach(60, 30);
    EXPECT_EQ(size(first.pane), (std::pair{57, 22}));
    const Ref<model::PaneInfo> pane = info(first.pane);
    EXPECT_EQ(pane->left, 0);
    EXPECT_EQ(pane->width, 57);
    const Ref<model::WindowInfo> shown = mux.snapshot()->active_window;
    EXPECT_EQ(shown->columns, 60);
    EXPECT_EQ(shown->pixel_width, 60 * 8);
    EXPECT_EQ(shown->active_tab->cols, 57);
    const Id other = split(first.pane, model::Direction::right);
    EXPECT_EQ(size(first.pane).first + size(other).first, 56);
    EXPECT_EQ(size(tab(first.window).pane), (std::pair{57, 22}));
}

TEST_F(PaddingTest, ChangesWithTheConfigurationAndTheWindowsOwn) {
    const model::Spawned first = window();
    EXPECT_EQ(size(first.pane), (std::pair{80, 23}));
    pad(sides("1cell", "1cell", 0, 0));
    EXPECT_EQ(size(first.pane), (std::pair{78, 23}));
    model::ConfigInfo own;
    own.options = Value::map({{"window_padding", sides("4cell", "4cell", "2cell", "2cell")}});
    own.set_options = Value::list({"window_padding"});
    mux.set_window_config(first.window, model::config_schema().make(std::move(own)));
    EXPECT_EQ(size(first.pane), (std::pair{72, 19}));
    mux.set_window_config(first.window, {});
    EXPECT_EQ(size(first.pane), (std::pair{78, 23}));
}

TEST_F(PaddingTest, GivesWayWhereThereIsNoRoom) {
    pad(sides("4cell", "4cell", "2cell", "2cell"));
    const model::Spawned first = window();
    attach(16, 9);
    EXPECT_EQ(padding(), (Padding{4, 4, 2, 2}));
    attach(15, 9);
    EXPECT_EQ(padding(), (Padding{0, 0, 2, 2}));
    attach(16, 8);
    EXPECT_EQ(padding(), (Padding{4, 4, 0, 0}));
    attach(1, 1);
    EXPECT_EQ(size(first.pane), (std::pair{1, 1}));

    // Nor does it take the last cell of one pane of many.
    attach(24, 24);
    Id last = first.pane;
    for (int i = 0; i < 7; ++i)
        last = split(first.pane, model::Direction::right, {model::SplitSize::Unit::cells, 1});
    EXPECT_EQ(padding().left, 4);
    attach(20, 24);
    EXPECT_EQ(padding().left, 0);
    EXPECT_GE(size(last).first, 1);
    mux.apply(model::ClosePane{last});
    mux.apply(model::ClosePane{first.pane});
    EXPECT_EQ(padding().left, 4) << "twelve columns, eleven of them needed";
}

} // namespace
} // namespace lunette::mux
