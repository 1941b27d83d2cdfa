#include <atomic>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include <lunette/record.h>

namespace {

using lunette::Counted;
using lunette::RetireScope;

struct Grave {
    std::atomic<int> dead{0};
    std::atomic<std::thread::id> where{}; ///< of the last death
};

class Mortal final : public lunette::Node {
public:
    explicit Mortal(Grave& grave, Counted<Mortal> next = {}) : grave_{grave}, next_{std::move(next)} {}
    ~Mortal() override {
        grave_.where = std::this_thread::get_id();
        grave_.dead.fetch_add(1);
    }

private:
    Grave& grave_;
    Counted<Mortal> next_;
};
using MortalRef = Counted<Mortal>;

void drop_elsewhere(MortalRef ref) {
    std::thread{[moved = std::move(ref)]() mutable { moved = {}; }}.join();
}

TEST(RetireStack, WithoutAScopeTheLastUserFrees) {
    Grave grave;
    drop_elsewhere(MortalRef{new Mortal{grave}});
    EXPECT_EQ(grave.dead, 1);
    EXPECT_NE(grave.where.load(), std::this_thread::get_id());
}

TEST(RetireStack, AtHomeNodesAreFreedAtOnce) {
    Grave grave;
    const RetireScope scope;
    MortalRef ref{new Mortal{grave}};
    const MortalRef copy = ref;
    ref = {};
    EXPECT_EQ(grave.dead, 0);
    MortalRef{copy};
    EXPECT_EQ(grave.dead, 0);
    { const MortalRef last{new Mortal{grave}}; }
    EXPECT_EQ(grave.dead, 1);
}

TEST(RetireStack, NodesDroppedElsewhereComeHome) {
    Grave grave;
    RetireScope scope;
    drop_elsewhere(MortalRef{new Mortal{grave}});
    EXPECT_EQ(grave.dead, 0);
    EXPECT_EQ(scope.drain(), 1U);
    EXPECT_EQ(grave.dead, 1);
    EXPECT_EQ(grave.where.load(), std::this_thread::get_id());
    EXPECT_EQ(scope.drain(), 0U);
}

TEST(RetireStack, DrainsNoMoreThanTheLimit) {
    Grave grave;
    RetireScope scope;
    for (int i = 0; i < 10; ++i) drop_elsewhere(MortalRef{new Mortal{grave}});
    EXPECT_EQ(scope.drain(4), 4U);
    EXPECT_EQ(grave.dead, 4);
    drop_elsewhere(MortalRef{new Mortal{grave}});
    EXPECT_EQ(scope.drain(0), 0U);
    EXPECT_EQ(scope.drain(4), 4U);
    EXPECT_EQ(scope.drain(4), 3U);
    EXPECT_EQ(grave.dead, 11);
}

TEST(RetireStack, WhatOnlyAReturnedNodeKeptGoesWithIt) {
    Grave grave;
    RetireScope scope;
    MortalRef chain{new Mortal{grave}};
    for (int i = 0; i < 9; ++i) chain = MortalRef{new Mortal{grave, std::move(chain)}};
    drop_elsewhere(std::move(chain));
    EXPECT_EQ(scope.drain(1), 1U);
    EXPECT_EQ(grave.dead, 10);
}

TEST(RetireStack, ClosingFreesWhatCameBack) {
    Grave grave;
    {
        RetireScope scope;
        for (int i = 0; i < 6; ++i) drop_elsewhere(MortalRef{new Mortal{grave}});
        EXPECT_EQ(scope.drain(2), 2U);
    }
    EXPECT_EQ(grave.dead, 6);
}

TEST(RetireStack, NodesOutliveTheirHome) {
    Grave grave;
    MortalRef kept;
    MortalRef kept_chain;
    std::thread{[&] {
        const RetireScope scope;
        kept = MortalRef{new Mortal{grave}};
        kept_chain = MortalRef{new Mortal{grave, MortalRef{new Mortal{grave}}}};
    }}.join();
    EXPECT_EQ(grave.dead, 0);
    kept = {};
    EXPECT_EQ(grave.dead, 1);
    drop_elsewhere(std::move(kept_chain));
    EXPECT_EQ(grave.dead, 3);
}

TEST(RetireStack, NodesOutliveTheirHomeOnTheSameThread) {
    Grave grave;
    MortalRef kept;
    {
        const RetireScope scope;
        kept = MortalRef{new Mortal{grave}};
    }
    {
        const RetireScope next_scope;
        kept = {};
        EXPECT_EQ(grave.dead, 1);
    }
}

TEST(RetireStack, NestedScopesShareTheOutermostStack) {
    Grave grave;
    RetireScope outer;
    MortalRef ref;
    {
        RetireScope inner;
        ref = MortalRef{new Mortal{grave}};
        drop_elsewhere(MortalRef{new Mortal{grave}});
        EXPECT_EQ(inner.drain(), 1U);
    }
    drop_elsewhere(std::move(ref));
    EXPECT_EQ(grave.dead, 1);
    EXPECT_EQ(outer.drain(), 1U);
    EXPECT_EQ(grave.dead, 2);
}

TEST(RetireStack, AChainOfAnyLengthNeedsNoDeepStack) {
    constexpr int length = 500'000;
    Grave grave;
    RetireScope scope;
    for (const bool elsewhere : {false, true}) {
        grave.dead = 0;
        MortalRef chain;
        for (int i = 0; i < length; ++i) chain = MortalRef{new Mortal{grave, std::move(chain)}};
        if (elsewhere) {
            drop_elsewhere(std::move(chain));
            scope.drain(1);
        } else {
            chain = {};
        }
        EXPECT_EQ(grave.dead, length);
    }
}

TEST(RetireStack, ANodeWhoseConstructorThrowsIsForgotten) {
    class Throws final : public lunette::Node {
    public:
        Throws() { throw 1; }
    };
    const RetireScope scope;
    EXPECT_THROW(new Throws, int);
}

/// Two threads pass nodes to each other through a few cells and drop them at random; each node must die once,
/// at home while home is open.
TEST(RetireStack, ManyNodesCrossThreads) {
    constexpr int rounds = 20'000;
    constexpr std::size_t cells = 8;
    std::atomic<const Mortal*> shelf[cells] = {};
    Grave grave;
    std::atomic<int> made{0};
    const auto work = [&](unsigned seed) {
        std::minstd_rand random{seed};
        RetireScope scope;
        std::vector<MortalRef> kept(16);
        for (int i = 0; i < rounds; ++i) {
            MortalRef& mine = kept[random() % kept.size()];
            if (random() % 2) {
                mine = MortalRef{new Mortal{grave, kept[random() % kept.size()]}};
                made.fetch_add(1);
            }
            const MortalRef outgoing = mine;
            if (outgoing) outgoing->ref();
            mine = MortalRef{shelf[random() % cells].exchange(outgoing.get())};
            if (i % 8 == 0) scope.drain(random() % 6);
        }
    };
    {
        std::thread a{work, 1};
        std::thread b{work, 2};
        a.join();
        b.join();
    }
    for (auto& cell : shelf) MortalRef{cell.load()};
    EXPECT_EQ(grave.dead, made);
}

} // namespace
