#include <gtest/gtest.h>

#include "state/record_index.h"
#include "state/tree.h"

namespace {

using namespace tree;
using lunette::state::RecordIndex;
using lunette::state::Snapshot;
using lunette::state::SnapshotRef;

Ref<Pane> pane(Id id, std::string title) { return pane_schema.make(id, {std::move(title), 0, {}}); }
Ref<Tab> tab(Id id, std::vector<Ref<Pane>> panes, Ref<Pane> active = {}) {
    return tab_schema.make(id, {"tab", List<Pane>{std::move(panes)}, std::move(active), {}});
}
Ref<Window> window(std::vector<Ref<Tab>> tabs, Ref<Tab> active = {}) {
    return window_schema.make(1, {{}, List<Tab>{std::move(tabs)}, std::move(active)});
}

TEST(RecordIndex, IsEmptyAtFirst) {
    RecordIndex index;
    EXPECT_EQ(index.find(1), nullptr);
    EXPECT_EQ(index.revision(), 0U);
    EXPECT_TRUE(index.adopt(lunette::RecordRef{}).empty());
    EXPECT_EQ(index.size(), 0U);
}

TEST(RecordIndex, FindsTheNewestVersion) {
    RecordIndex index;
    const auto first = pane(100, "a");
    index.adopt(window({tab(10, {first})}).record());
    EXPECT_EQ(index.find(100), first.record().get());
    const auto second = pane(100, "b");
    EXPECT_EQ(seen(index.adopt(window({tab(10, {second})}).record())),
              (std::vector<Seen>{field(100, "title")}));
    EXPECT_EQ(index.find(100), second.record().get());
    EXPECT_EQ(index.size(), 3U);
}

TEST(RecordIndex, ARecordStaysWhileOneParentRemains) {
    RecordIndex index;
    const auto shared = pane(100, "a");
    index.adopt(window({tab(10, {shared}, shared), tab(11, {shared})}).record());
    index.adopt(window({tab(11, {shared})}).record());
    EXPECT_NE(index.find(100), nullptr);
    EXPECT_EQ(index.find(10), nullptr);
    EXPECT_EQ(seen(index.adopt(window({tab(11, {}, shared)}).record())),
              sorted({field(11, "active"), length(11, "panes"), item(11, "panes", 0)}));
    EXPECT_NE(index.find(100), nullptr);
    EXPECT_EQ(seen(index.adopt(window({tab(11, {})}).record())), sorted({field(11, "active"), gone(100)}));
    EXPECT_EQ(index.find(100), nullptr);
    EXPECT_EQ(index.size(), 2U);
}

TEST(RecordIndex, TheSameRootAgainIsNoChange) {
    RecordIndex index;
    const auto root = window({tab(10, {})});
    EXPECT_EQ(index.adopt(root.record()).size(), 2U);
    EXPECT_TRUE(index.adopt(root.record()).empty());
    EXPECT_EQ(index.revision(), 1U);
}

TEST(RecordIndex, TakesTheRevisionOfASnapshot) {
    RecordIndex index;
    const auto root = window({});
    index.adopt(SnapshotRef{new Snapshot{root.record(), 42, 7}});
    EXPECT_EQ(index.revision(), 42U);
    index.adopt(window({tab(10, {})}).record());
    EXPECT_EQ(index.revision(), 43U);
    EXPECT_EQ(index.root()->id(), 1U);
}

TEST(RecordIndex, EmptiesWithItsRoot) {
    RecordIndex index;
    index.adopt(window({tab(10, {pane(100, "a")})}).record());
    EXPECT_EQ(seen(index.adopt(lunette::RecordRef{})), sorted({gone(1), gone(10), gone(100)}));
    EXPECT_EQ(index.size(), 0U);
}

TEST(RecordIndex, SurvivesTwoVersionsOfOneRecord) {
    RecordIndex index;
    for (int i = 0; i < 20; ++i) {
        const auto old_version = pane(100, "old" + std::to_string(i));
        const auto new_version = pane(100, "new" + std::to_string(i));
        index.adopt(
            window({tab(10, {old_version}), tab(11, {new_version}, i % 2 ? old_version : new_version)})
                .record());
        ASSERT_NE(index.find(100), nullptr);
    }
    index.adopt(window({}).record());
    EXPECT_EQ(index.size(), 1U);
}

} // namespace
