#include <thread>

#include <gtest/gtest.h>

#include "view/view_table.h"

namespace {

using lunette::Freshness;
using lunette::Value;
using lunette::View;
using lunette::ViewEntry;
using lunette::ViewTable;
using lunette::ViewValue;

struct Tab {
    std::string title;
};
const auto tab_schema = lunette::schema<Tab>("Tab").field("title", &Tab::title);

ViewValue fresh(Value value) {
    return {.value = std::move(value),
            .revision = 1,
            .serial = 0,
            .published_us = 0,
            .freshness = Freshness::fresh};
}

TEST(ViewTable, FindsByEventAndArguments) {
    ViewTable table;
    EXPECT_EQ(table.find("e", Value::list({1})), nullptr);
    ViewEntry& one = table.create("e", Value::list({1}), "x");
    ViewEntry& two = table.create("e", Value::list({2}), "x");
    ViewEntry& other = table.create("f", Value::list({1}), "x");
    ViewEntry& none = table.create("e", {}, "x");
    EXPECT_EQ(table.find("e", Value::list({1})), &one);
    EXPECT_EQ(table.find("e", Value::list({2})), &two);
    EXPECT_EQ(table.find("f", Value::list({1})), &other);
    EXPECT_EQ(table.find("e", {}), &none);
    EXPECT_EQ(table.find("e", Value::list({3})), nullptr);
    EXPECT_EQ(table.size(), 4U);
}

TEST(ViewTable, RecordsInArgumentsStandForAllTheirVersions) {
    ViewTable table;
    ViewEntry& entry = table.create("title", Value::list({tab_schema.make(3, {"a"}), true}), {});
    EXPECT_EQ(table.find("title", Value::list({tab_schema.make(3, {"b"}), true})), &entry);
    EXPECT_EQ(table.find("title", Value::list({tab_schema.make(4, {"a"}), true})), nullptr);
    EXPECT_EQ(table.find("title", Value::list({tab_schema.make(3, {"a"}), false})), nullptr);
}

TEST(ViewTable, ManyViewsStayApart) {
    ViewTable table;
    std::vector<ViewEntry*> entries;
    for (int i = 0; i < 1000; ++i) entries.push_back(&table.create("e", Value::list({i}), i));
    for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(table.find("e", Value::list({i})), entries[i]);
        ASSERT_EQ(View{entries[i]}.latest().value, Value{i});
    }
    std::size_t visited = 0;
    table.for_each([&](ViewEntry&) { ++visited; });
    EXPECT_EQ(visited, 1000U);
}

TEST(ViewTable, NamesViewsForReports) {
    ViewTable table;
    EXPECT_EQ(table.create("format-tab-title", Value::list({tab_schema.make(3, {"a"}), 80}), {}).name(),
              "format-tab-title(Tab 3, 80)");
    EXPECT_EQ(table.create("update", {}, {}).name(), "update()");
    EXPECT_EQ(table.create("e", Value::list({1}), {}, "e(tab 3)").name(), "e(tab 3)");
}

TEST(View, CountsWhatItsReaderGot) {
    ViewTable table;
    ViewEntry& entry = table.create("e", {}, "default");
    const View view{&entry};
    view.latest();
    entry.mailbox().publish(fresh("a"));
    view.latest();
    view.latest();
    entry.mailbox().mark_stale();
    view.latest();
    EXPECT_EQ(entry.reads().reads, 4U);
    EXPECT_EQ(entry.reads().fallback, 1U);
    EXPECT_EQ(entry.reads().fresh, 2U);
    EXPECT_EQ(entry.reads().stale, 1U);
}

TEST(View, ShowsItsEntry) {
    ViewTable table;
    ViewEntry& entry = table.create("e", {}, "default", "name");
    View view{&entry};
    View copy = view;
    EXPECT_TRUE(view);
    EXPECT_EQ(view.name(), "name");
    EXPECT_EQ(view.latest().text(), "default");
    EXPECT_EQ(view.freshness(), Freshness::fallback);
    entry.mailbox().publish(fresh("a"));
    EXPECT_TRUE(copy.changed());
    EXPECT_FALSE(view.changed());
    EXPECT_EQ(view.latest().text(), "a");
    EXPECT_EQ(view.freshness(), Freshness::fresh);
}

TEST(View, WithoutEntryReadsAsNil) {
    View view;
    EXPECT_FALSE(view);
    EXPECT_TRUE(view.latest().value.is_nil());
    EXPECT_EQ(view.freshness(), Freshness::fallback);
    EXPECT_FALSE(view.changed());
    EXPECT_EQ(view.name(), "");
    EXPECT_FALSE(View{nullptr});
}

TEST(ViewTable, AReleasedViewIsFreedOnlyWhenTheScriptSideLetGo) {
    ViewTable table;
    ViewEntry& entry = table.create("e", {}, "x");
    lunette::ViewMailbox& mailbox = entry.mailbox();
    const View view{&entry};
    table.release(entry);
    EXPECT_EQ(table.find("e", {}), nullptr);
    EXPECT_EQ(table.size(), 0U);
    EXPECT_TRUE(mailbox.released());
    EXPECT_EQ(table.collect(), 0U);
    EXPECT_EQ(table.released(), 1U);
    mailbox.publish(fresh("late"));
    mailbox.let_go();
    EXPECT_EQ(table.collect(), 1U);
    EXPECT_EQ(table.released(), 0U);
    EXPECT_FALSE(view);
    EXPECT_TRUE(view.latest().value.is_nil());
}

TEST(ViewTable, AKeptViewDoesNotShowWhatItsEntryIsUsedForNext) {
    ViewTable table;
    ViewEntry& entry = table.create("e", {}, "first");
    const View kept{&entry};
    const lunette::Id id = entry.id();
    table.release(entry);
    ViewEntry& next = table.create("e", {}, "second");
    ASSERT_EQ(&next, &entry);
    EXPECT_NE(next.id(), id);
    EXPECT_EQ(View{&next}.latest().text(), "second");
    EXPECT_EQ(next.reads().reads, 1U);
    EXPECT_FALSE(kept);
    EXPECT_TRUE(kept.latest().value.is_nil());
}

TEST(ViewTable, CollectsNoMoreThanTheLimit) {
    ViewTable table;
    std::vector<lunette::ViewMailbox*> mailboxes;
    for (int i = 0; i < 10; ++i) {
        ViewEntry& entry = table.create("e", Value::list({i}), {});
        mailboxes.push_back(&entry.mailbox());
        table.release(entry);
    }
    for (int i = 0; i < 10; i += 2) mailboxes[i]->let_go();
    EXPECT_EQ(table.collect(3), 3U);
    EXPECT_EQ(table.collect(3), 2U);
    EXPECT_EQ(table.collect(3), 0U);
    EXPECT_EQ(table.released(), 5U);
    EXPECT_EQ(table.collect_all(), 5U);
}

TEST(ViewTable, ViewsComeAndGoBetweenThreads) {
    constexpr int rounds = 500;
    ViewTable table;
    std::atomic<lunette::ViewMailbox*> handed{nullptr};
    std::thread script{[&] {
        lunette::RetireScope scope;
        for (int i = 0; i < rounds; ++i) {
            lunette::ViewMailbox* mailbox = nullptr;
            while (!(mailbox = handed.exchange(nullptr))) std::this_thread::yield();
            for (int n = 0; !mailbox->released(); ++n) mailbox->publish(fresh("value " + std::to_string(n)));
            mailbox->let_go();
            scope.drain();
        }
    }};
    lunette::RetireScope scope;
    for (int i = 0; i < rounds; ++i) {
        ViewEntry& entry = table.create("e", Value::list({i}), "default " + std::to_string(i));
        const View view{&entry};
        handed = &entry.mailbox();
        while (view.latest().serial == 0) std::this_thread::yield();
        EXPECT_EQ(view.latest().text().substr(0, 6), "value ");
        table.release(entry);
        table.collect();
        scope.drain();
    }
    script.join();
    table.collect(rounds);
    EXPECT_EQ(table.released(), 0U);
}

} // namespace
