#include "model/selection.h"

#include <gtest/gtest.h>

namespace lunette::model {

TEST(Selection, GoesInReadingOrderInEitherDirection) {
    const Selection down{{3, 10}, {1, 12}, false};
    const Selection up{{1, 12}, {3, 10}, false};
    EXPECT_TRUE(down.is_forward());
    EXPECT_FALSE(up.is_forward());
    EXPECT_EQ(down.first(), up.first());
    EXPECT_EQ(down.last(), up.last());
    EXPECT_TRUE(down.contains({3, 10}));
    EXPECT_FALSE(down.contains({2, 10}));
    EXPECT_TRUE(down.contains({900, 11}));
    EXPECT_TRUE(down.contains({1, 12}));
    EXPECT_FALSE(down.contains({2, 12}));
    EXPECT_FALSE(down.contains({0, 9}));
}

TEST(Selection, TellsTheColumnsOfARow) {
    const Selection lines{{3, 10}, {1, 12}, false};
    EXPECT_EQ(lines.columns_at(10, 8), (ColumnSpan{3, 7}));
    EXPECT_EQ(lines.columns_at(11, 8), (ColumnSpan{0, 7}));
    EXPECT_EQ(lines.columns_at(12, 8), (ColumnSpan{0, 1}));
    EXPECT_EQ(lines.columns_at(9, 8), std::nullopt);
    EXPECT_EQ(lines.columns_at(13, 8), std::nullopt);
    EXPECT_EQ(lines.columns_at(10, 3), std::nullopt) << "it begins behind the last column";
    EXPECT_EQ(lines.columns_at(10, 4), (ColumnSpan{3, 3}));
}

TEST(Selection, ARectangleHasTheSameColumnsInEveryRow) {
    for (const Selection& block : {Selection{{5, 1}, {2, 3}, true}, Selection{{2, 3}, {5, 1}, true},
                                   Selection{{2, 1}, {5, 3}, true}}) {
        for (const int y : {1, 2, 3}) EXPECT_EQ(block.columns_at(y, 80), (ColumnSpan{2, 5}));
        EXPECT_FALSE(block.contains({1, 2}));
        EXPECT_FALSE(block.contains({6, 1}));
        EXPECT_FALSE(block.contains({3, 4}));
    }
}

TEST(Selection, CoversBothUnitsWhole) {
    const CellRange word{{10, 5}, {14, 5}};
    const CellRange later{{2, 7}, {6, 7}};
    const CellRange earlier{{0, 5}, {3, 5}};
    EXPECT_EQ(selection_between(word, later), (Selection{{10, 5}, {6, 7}, false}));
    EXPECT_EQ(selection_between(word, earlier), (Selection{{14, 5}, {0, 5}, false}));
    EXPECT_EQ(selection_between(word, word), (Selection{{10, 5}, {14, 5}, false}));
    const CellRange inside{{11, 5}, {12, 5}};
    EXPECT_EQ(selection_between(word, inside), (Selection{{10, 5}, {14, 5}, false}));
    EXPECT_EQ(selection_between(inside, word), (Selection{{14, 5}, {10, 5}, false}));
}

TEST(Selection, ModesHaveWezTermsNames) {
    EXPECT_EQ(parse_selection_mode("SemanticZone"), SelectionMode::semantic_zone);
    EXPECT_EQ(parse_selection_mode("Block"), SelectionMode::block);
    EXPECT_EQ(parse_selection_mode("cell"), std::nullopt);
}

} // namespace lunette::model
