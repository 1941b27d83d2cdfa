#include <gtest/gtest.h>

#include "state/tree.h"

namespace {

using namespace tree;

Ref<Pane> pane(Id id, std::string title) { return pane_schema.make(id, {std::move(title), 0, {}}); }
Ref<Tab> tab(Id id, std::vector<Ref<Pane>> panes, Ref<Pane> active = {}, Value extra = {}) {
    return tab_schema.make(id, {"tab", List<Pane>{std::move(panes)}, std::move(active), std::move(extra)});
}
Ref<Window> window(std::vector<Ref<Tab>> tabs, Ref<Tab> active = {}) {
    return window_schema.make(1, {{}, List<Tab>{std::move(tabs)}, std::move(active)});
}

TEST(Diff, NothingChangedIsNothing) {
    const auto root = window({tab(10, {pane(100, "a")})});
    EXPECT_TRUE(difference(root, root).empty());
    EXPECT_TRUE(difference(root, window({tab(10, {pane(100, "a")})})).empty());
    EXPECT_TRUE(difference(Ref<Window>{}, Ref<Window>{}).empty());
}

TEST(Diff, AChangedFieldIsReportedForItsRecordAlone) {
    const auto before = window({tab(10, {pane(100, "a"), pane(101, "b")})});
    const auto after = window({tab(10, {pane(100, "a"), pane(101, "c")})});
    std::vector<lunette::Change> changes;
    diff(before.record(), after.record(), changes);
    EXPECT_EQ(seen(changes), (std::vector<Seen>{field(101, "title")}));
    EXPECT_EQ(changes.at(0).now, after->tabs.at(0).panes[1].record().get());
}

TEST(Diff, AppendsToWhatIsThere) {
    std::vector<lunette::Change> changes(3);
    diff(window({}).record(), window({tab(10, {})}).record(), changes);
    EXPECT_GT(changes.size(), 3U);
    EXPECT_EQ(changes[0], lunette::Change{});
}

TEST(Diff, AnInsertionMovesTheItemsBehindIt) {
    const auto a = tab(10, {pane(100, "a")});
    const auto b = tab(11, {});
    const auto fresh = tab(12, {pane(102, "c")});
    EXPECT_EQ(difference(window({a, b}), window({fresh, a, b})),
              sorted({length(1, "tabs"), item(1, "tabs", 0), item(1, "tabs", 1), item(1, "tabs", 2),
                      appeared(12), appeared(102)}));
}

TEST(Diff, RemovalTakesTheWholeSubtree) {
    const auto kept = tab(11, {pane(101, "b")});
    EXPECT_EQ(difference(window({tab(10, {pane(100, "a")}), kept}), window({kept})),
              sorted({length(1, "tabs"), item(1, "tabs", 0), item(1, "tabs", 1), gone(10), gone(100)}));
}

TEST(Diff, MovedItemsAreComparedByTheirFields) {
    const auto before = window({tab(10, {pane(100, "a")}), tab(11, {pane(101, "b")})});
    const auto after = window({tab(11, {pane(101, "B")}), tab(10, {pane(100, "a")})});
    EXPECT_EQ(difference(before, after),
              sorted({item(1, "tabs", 0), item(1, "tabs", 1), field(101, "title")}));
}

TEST(Diff, APaneThatMovesToAnotherTabIsNotGone) {
    const auto a = pane(100, "a");
    const auto b = pane(101, "b");
    EXPECT_EQ(
        difference(window({tab(10, {a, b}), tab(11, {})}), window({tab(10, {a}), tab(11, {pane(101, "B")})})),
        sorted({length(10, "panes"), item(10, "panes", 1), length(11, "panes"), item(11, "panes", 0),
                field(101, "title")}));
}

TEST(Diff, APaneThatMovesToANewTabIsNotNew) {
    const auto a = pane(100, "a");
    const auto b = pane(101, "b");
    EXPECT_EQ(difference(window({tab(10, {a, b})}), window({tab(10, {a}), tab(11, {b})})),
              sorted({length(10, "panes"), item(10, "panes", 1), length(1, "tabs"), item(1, "tabs", 1),
                      appeared(11)}));
    EXPECT_EQ(
        difference(window({tab(10, {a}), tab(11, {b})}), window({tab(10, {a, b})})),
        sorted({length(10, "panes"), item(10, "panes", 1), length(1, "tabs"), item(1, "tabs", 1), gone(11)}));
}

TEST(Diff, AnotherActiveTabIsAFieldAndNobodyIsGone) {
    const auto a = tab(10, {});
    const auto b = tab(11, {});
    const List<Tab> shared{{a, b}};
    const auto before = window_schema.make(1, {{}, shared, a});
    EXPECT_EQ(difference(before, window_schema.make(1, {{}, shared, b})),
              (std::vector<Seen>{field(1, "active")}));
    EXPECT_EQ(difference(before, window_schema.make(1, {{}, shared, {}})),
              (std::vector<Seen>{field(1, "active")}));
    EXPECT_EQ(difference(window_schema.make(1, {{}, shared, {}}), before),
              (std::vector<Seen>{field(1, "active")}));
}

TEST(Diff, ANewVersionOfAReferencedRecordIsNoChangeOfItsParent) {
    const auto a = pane(100, "a");
    const auto b = pane(100, "b");
    EXPECT_EQ(difference(window({tab(10, {a}, a)}), window({tab(10, {b}, b)})),
              (std::vector<Seen>{field(100, "title")}));
}

TEST(Diff, ValuesAreComparedDeeply) {
    const auto with = [](Value vars) { return pane_schema.make(100, {"a", 0, std::move(vars)}); };
    const auto root = [](const Ref<Pane>& p) { return window({tab(10, {p})}); };
    const auto value = [](const char* text) { return Value::map({{"k", Value::list({1, text})}}); };
    EXPECT_TRUE(difference(root(with(value("x"))), root(with(value("x")))).empty());
    EXPECT_EQ(difference(root(with(value("x"))), root(with(value("y")))),
              (std::vector<Seen>{field(100, "vars")}));
    EXPECT_EQ(difference(root(with(value("x"))), root(with({}))), (std::vector<Seen>{field(100, "vars")}));
}

TEST(Diff, RecordsInsideValuesAreChildren) {
    const auto held = [](std::vector<Value> items) {
        return Value::map({{"held", Value::list(std::move(items))}});
    };
    const auto root = [](Value extra, std::vector<Ref<Pane>> panes = {}) {
        return window({tab(10, std::move(panes), {}, std::move(extra))});
    };
    const auto a = pane(100, "a");
    EXPECT_EQ(difference(root({}), root(held({a}))), sorted({field(10, "extra"), appeared(100)}));
    EXPECT_EQ(difference(root(held({a})), root(held({}))), sorted({field(10, "extra"), gone(100)}));
    EXPECT_EQ(difference(root(held({a})), root(held({pane(100, "b")}))), sorted({field(100, "title")}));
    EXPECT_TRUE(difference(root(held({a})), root(held({pane(100, "a")}))).empty());
    EXPECT_EQ(difference(root(Value{a}), root(Value{pane(101, "a")})),
              sorted({field(10, "extra"), gone(100), appeared(101)}));
    EXPECT_EQ(difference(root((Value{a, 1})), root((Value{a, 2}))), (std::vector<Seen>{field(10, "extra")}));
}

TEST(Diff, AnotherRootIsAllGoneAndAllNew) {
    const auto before = window_schema.make(1, {{}, List<Tab>{{tab(10, {})}}, {}});
    const auto after = window_schema.make(2, {{}, List<Tab>{{tab(11, {})}}, {}});
    EXPECT_EQ(difference(before, after), sorted({gone(1), gone(10), appeared(2), appeared(11)}));
    EXPECT_EQ(difference(Ref<Window>{}, after), sorted({appeared(2), appeared(11)}));
    EXPECT_EQ(difference(before, Ref<Window>{}), sorted({gone(1), gone(10)}));
}

TEST(Diff, AnEmptyReferenceInAListIsNoRecord) {
    const auto a = tab(10, {});
    EXPECT_EQ(difference(window({a, {}}), window({a, tab(11, {})})),
              sorted({item(1, "tabs", 1), appeared(11)}));
    EXPECT_EQ(difference(window({a, {}}), window({a})), sorted({length(1, "tabs")}));
}

TEST(Diff, ARecordOfAnotherKindUnderTheSameIdChangesAltogether) {
    struct Other {
        std::int64_t x = 0;
    };
    const auto other_schema = lunette::schema<Other>("Other").field("x", &Other::x);
    const lunette::RecordRef before = window({tab(10, {})}).record();
    const lunette::RecordRef after = other_schema.make(1, {}).record();
    std::vector<lunette::Change> changes;
    diff(before, after, changes);
    EXPECT_EQ(seen(changes), sorted({field(1, "x"), gone(10)}));
}

// Records that nest in each other: each level has two references to the next.
struct Twice {
    std::int64_t number = 0;
    Value left;
    Value right;
};
const auto twice_schema = lunette::schema<Twice>("Twice")
                              .field("number", &Twice::number)
                              .field("left", &Twice::left)
                              .field("right", &Twice::right);

TEST(Diff, ARecordReachedOnManyPathsIsVisitedOnce) {
    constexpr int depth = 40; // 2^40 paths
    const auto build = [&](std::int64_t number) {
        Ref<Twice> node = twice_schema.make(1000, {number, {}, {}});
        for (int i = 1; i < depth; ++i) node = twice_schema.make(1000 + i, {0, node, node});
        return node;
    };
    const auto changed = difference(build(1), build(2));
    EXPECT_EQ(changed.front(), field(1000, "number"));
    EXPECT_EQ(std::count(changed.begin(), changed.end(), field(1000, "number")), 1);
    EXPECT_EQ(difference(Ref<Twice>{}, build(1)).size(), static_cast<std::size_t>(depth));
}

struct Link {
    std::int64_t number = 0;
    Value next; ///< holds a Link
};
const auto link_schema =
    lunette::schema<Link>("Link").field("number", &Link::number).field("next", &Link::next);

TEST(Diff, DepthDoesNotMatter) {
    constexpr int depth = 100'000;
    const auto build = [&](std::int64_t number, int levels) {
        Ref<Link> node = link_schema.make(1000, {number, {}});
        for (int i = 1; i < levels; ++i) node = link_schema.make(1000 + i, {0, node});
        return node;
    };
    EXPECT_EQ(difference(Ref<Link>{}, build(1, depth)).size(), static_cast<std::size_t>(depth));
    EXPECT_EQ(difference(build(1, depth), Ref<Link>{}).size(), static_cast<std::size_t>(depth));
    EXPECT_TRUE(difference(build(1, depth), build(1, depth)).empty());
}

} // namespace
