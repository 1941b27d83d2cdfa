#include "script/memo/dependency_index.h"

#include "script/engine_fixture.h"
#include "script/memo/recorder.h"

namespace lunette::script::test {
namespace {

struct Counter final : Reader {
    void invalidate(const std::string& why, std::int64_t pace) override {
        ++count;
        cause = why;
        pace_us = pace;
    }
    int count = 0;
    std::string cause;
    std::int64_t pace_us = 0;
};

class DependencyIndexTest : public ::testing::Test {
protected:
    ~DependencyIndexTest() override {
        for (Counter* counter : {&first, &second}) index.remove(*counter);
    }
    static Ref<Tab> tab(std::string title) { return tab_schema().make({1, std::move(title), false}); }
    static std::vector<Dependency> reads(std::initializer_list<const RecordNode*> tabs) {
        Recorder recorder;
        for (const RecordNode* record : tabs) recorder.field(*record, record->schema().find("title"));
        return recorder.take();
    }
    void change(const Ref<Tab>& before, std::string title) {
        Tab changed = *before;
        changed.title = std::move(title);
        const auto after = tab_schema().make(before.id(), std::move(changed));
        std::vector<Change> changes;
        diff(before.record(), after.record(), changes);
        index.apply(changes);
    }

    DependencyIndex index{{{&tab_schema().erased(), "index", 250ms}}};
    Counter first, second;
    Ref<Tab> one = tab("one"), two = tab("two");
};

TEST_F(DependencyIndexTest, ReadersOfTheSameShareASet) {
    index.set(first, reads({one.record().get(), two.record().get()}));
    index.set(second, reads({one.record().get(), two.record().get()}));
    EXPECT_EQ(index.sets(), 1U);
    EXPECT_EQ(&first.dependencies(), &second.dependencies());
    change(one, "changed");
    EXPECT_EQ(first.count, 1);
    EXPECT_EQ(second.count, 1);
    index.set(second, reads({two.record().get()}));
    EXPECT_EQ(index.sets(), 2U);
    change(one, "again");
    EXPECT_EQ(first.count, 2);
    EXPECT_EQ(second.count, 1);
    index.remove(first);
    index.set(second, {});
    EXPECT_EQ(index.sets(), 0U);
}

TEST_F(DependencyIndexTest, ValuesSeenTellSetsApart) {
    Dependency narrow{one.id(), 0, 0, Dependency::On::key, &tab_schema().erased(), "width", Value{80}};
    Dependency wide = narrow;
    wide.seen = 81;
    index.set(first, {narrow});
    index.set(second, {wide});
    EXPECT_EQ(index.sets(), 2U);
}

TEST_F(DependencyIndexTest, APacedFieldSaysHowLongItMayWait) {
    Recorder recorder;
    recorder.field(*one.record(), one.record()->schema().find("index"));
    index.set(first, recorder.take());
    Tab changed = *one;
    changed.index = 2;
    std::vector<Change> changes;
    const auto after = tab_schema().make(one.id(), std::move(changed));
    diff(one.record(), after.record(), changes);
    index.apply(changes);
    EXPECT_EQ(first.count, 1);
    EXPECT_EQ(first.pace_us, 250'000);
}

TEST_F(DependencyIndexTest, BeyondTheBoundFieldsOfAnyRecordCount) {
    Recorder recorder;
    std::vector<Ref<Tab>> tabs;
    for (std::size_t i = 0; i <= Recorder::bound; ++i) {
        tabs.push_back(tab("t"));
        recorder.field(*tabs.back().record(), tabs.back().record()->schema().find("title"));
    }
    recorder.lookup(one.id(), &tab_schema().erased());
    EXPECT_TRUE(recorder.coarse());
    ASSERT_EQ(recorder.dependencies().size(), 2U);
    EXPECT_EQ(recorder.dependencies()[0].describe(), "any Tab.title");
    index.set(first, recorder.take());
    change(two, "changed"); // which it has not read, as far as anybody knows
    EXPECT_EQ(first.count, 1);
    EXPECT_NE(first.cause.find("Tab.title of"), std::string::npos) << first.cause;
    Tab active = *two;
    active.active = true;
    std::vector<Change> changes;
    const auto after = tab_schema().make(two.id(), std::move(active));
    diff(two.record(), after.record(), changes);
    index.apply(changes);
    EXPECT_EQ(first.count, 1); // another field
    changes.clear();
    diff({}, one.record(), changes);
    index.apply(changes);
    EXPECT_EQ(first.count, 2); // a record that was looked up, perhaps
}

TEST_F(DependencyIndexTest, BeyondTheBoundAnyStateCounts) {
    Recorder recorder;
    for (std::size_t i = 0; i < Recorder::bound + 5; ++i) recorder.state("s" + std::to_string(i));
    EXPECT_LE(recorder.dependencies().size(), Recorder::bound + 1);
    EXPECT_TRUE(recorder.has_state("s" + std::to_string(Recorder::bound + 2)));
    index.set(first, recorder.take());
    index.state_changed("s" + std::to_string(Recorder::bound + 3));
    EXPECT_EQ(first.count, 1);
}

} // namespace
} // namespace lunette::script::test
