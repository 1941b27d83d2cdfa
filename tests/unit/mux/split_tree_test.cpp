#include "mux/split_tree.h"

#include <gtest/gtest.h>

namespace lunette::mux {

using model::Direction;
using model::SplitSize;

namespace {

class SplitTreeTest : public ::testing::Test {
protected:
    SplitTreeTest() { tree.set_root(1, 81, 25); }
    bool split(Id pane, Direction direction, Id added, SplitSize size = {}, bool top_level = false) {
        return tree.split(pane, direction, size, top_level, added);
    }
    Rect at(Id pane) const { return tree.place_of(pane).value_or(Rect{}); }
    std::vector<Id> order() const {
        std::vector<Id> ids;
        for (const Placed& placed : tree.placed()) ids.push_back(placed.pane);
        return ids;
    }
    // Panes and the lines between them fill the area and do not overlap.
    void expect_sound() const {
        for (const Placed& a : tree.placed()) {
            const Rect& r = a.rect;
            EXPECT_GE(r.left, 0);
            EXPECT_GE(r.top, 0);
            EXPECT_LE(r.left + r.columns, tree.columns());
            EXPECT_LE(r.top + r.rows, tree.rows());
            for (const Placed& b : tree.placed()) {
                if (a.pane >= b.pane) continue;
                const Rect& s = b.rect;
                const bool apart = r.left + r.columns <= s.left || s.left + s.columns <= r.left ||
                                   r.top + r.rows <= s.top || s.top + s.rows <= r.top;
                EXPECT_TRUE(apart) << a.pane << " and " << b.pane;
            }
        }
    }
    SplitTree tree;
};

} // namespace

TEST_F(SplitTreeTest, SplitsOnAllSides) {
    ASSERT_TRUE(split(1, Direction::right, 2));
    EXPECT_EQ(at(1), (Rect{0, 0, 40, 25}));
    EXPECT_EQ(at(2), (Rect{41, 0, 40, 25}));
    ASSERT_TRUE(split(1, Direction::up, 3, {SplitSize::Unit::cells, 5}));
    EXPECT_EQ(at(3), (Rect{0, 0, 40, 5}));
    EXPECT_EQ(at(1), (Rect{0, 6, 40, 19}));
    ASSERT_TRUE(split(2, Direction::left, 4, {SplitSize::Unit::percent, 25}));
    EXPECT_EQ(at(4).left, 41);
    EXPECT_EQ(at(4).columns, 10);
    EXPECT_EQ(order(), (std::vector<Id>{3, 1, 4, 2}));
    expect_sound();
}

TEST_F(SplitTreeTest, TopLevelSplitsTheWholeArea) {
    split(1, Direction::right, 2);
    ASSERT_TRUE(split(2, Direction::down, 3, {SplitSize::Unit::cells, 4}, true));
    EXPECT_EQ(at(3), (Rect{0, 21, 81, 4}));
    expect_sound();
}

TEST_F(SplitTreeTest, SizesAreClampedToWhatFits) {
    ASSERT_TRUE(split(1, Direction::right, 2, {SplitSize::Unit::cells, 1000}));
    EXPECT_EQ(at(1).columns, 1);
    ASSERT_TRUE(split(2, Direction::right, 3, {SplitSize::Unit::percent, 0}));
    EXPECT_EQ(at(3).columns, 1);
    EXPECT_FALSE(split(1, Direction::right, 4)) << "one column cannot be shared";
    EXPECT_FALSE(split(77, Direction::right, 4)) << "no such pane";
    EXPECT_EQ(tree.placed().size(), 3u);
}

TEST_F(SplitTreeTest, ShrinkingAndGrowingBackGivesTheSamePicture) {
    split(1, Direction::right, 2, {SplitSize::Unit::percent, 30});
    split(2, Direction::down, 3);
    split(1, Direction::down, 4, {SplitSize::Unit::percent, 80});
    const auto before = tree.placed();
    for (int columns = 80; columns > 0; --columns) {
        tree.resize(columns, std::max(columns / 3, 1));
        expect_sound();
    }
    tree.resize(81, 25);
    EXPECT_EQ(tree.placed(), before);
}

TEST_F(SplitTreeTest, RemovingGivesThePlaceToTheOtherHalf) {
    split(1, Direction::right, 2);
    split(2, Direction::down, 3);
    ASSERT_TRUE(tree.remove(1));
    EXPECT_EQ(at(2).columns, 81);
    EXPECT_EQ(at(3).columns, 81);
    ASSERT_TRUE(tree.remove(3));
    EXPECT_EQ(at(2), (Rect{0, 0, 81, 25}));
    EXPECT_FALSE(tree.remove(3));
    ASSERT_TRUE(tree.remove(2));
    EXPECT_TRUE(tree.empty());
    EXPECT_TRUE(tree.placed().empty());
}

TEST_F(SplitTreeTest, AdjustMovesTheLineOnThatSide) {
    split(1, Direction::right, 2); // 1 | 2
    split(2, Direction::right, 3); // 1 | 2 | 3
    const int left = at(2).left;
    const int right = at(2).left + at(2).columns;
    ASSERT_TRUE(tree.adjust(2, Direction::right, 3));
    EXPECT_EQ(at(2).left, left);
    EXPECT_EQ(at(2).left + at(2).columns, right + 3);
    ASSERT_TRUE(tree.adjust(2, Direction::left, 4));
    EXPECT_EQ(at(2).left, left - 4);
    // At the rim the other line moves the same way.
    const int third = at(3).left;
    ASSERT_TRUE(tree.adjust(3, Direction::right, 2));
    EXPECT_EQ(at(3).left, third + 2);
    EXPECT_FALSE(tree.adjust(1, Direction::up, 1)) << "nothing is split that way";
    ASSERT_TRUE(tree.adjust(1, Direction::right, 10000));
    EXPECT_FALSE(tree.adjust(1, Direction::right, 1));
    expect_sound();
}

TEST_F(SplitTreeTest, NeighboursTouch) {
    split(1, Direction::right, 2);
    split(2, Direction::down, 3);
    EXPECT_EQ(tree.neighbours(1, Direction::right), (std::vector<Id>{2, 3}));
    EXPECT_EQ(tree.neighbours(3, Direction::left), (std::vector<Id>{1}));
    EXPECT_EQ(tree.neighbours(3, Direction::up), (std::vector<Id>{2}));
    EXPECT_TRUE(tree.neighbours(1, Direction::left).empty());
    EXPECT_TRUE(tree.neighbours(1, Direction::down).empty());
}

} // namespace lunette::mux
