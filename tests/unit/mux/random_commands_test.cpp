#include "mux/mux_fixture.h"

#include <random>
#include <set>

namespace lunette::mux {

namespace {

class RandomCommandsTest : public MuxTest {
protected:
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random() % count); }

    model::Command some_command(const model::AppInfo& app) {
        const model::WindowInfo& window = app.windows.at(pick(app.windows.size()));
        const auto tab = window.tabs[pick(window.tabs.size())];
        const auto pane = tab->all_panes[pick(tab->all_panes.size())];
        const auto window_id = pane->window_record;
        const auto direction = static_cast<model::Direction>(pick(6));
        const bool crowded = mux.panes().size() > 12;
        switch (pick(14)) {
        case 0:
        case 1:
            if (crowded) return model::ClosePane{pane.id()};
            return model::SplitPane{pane.id(), direction, {}, pick(4) == 0, 0, cat()};
        case 2:
            if (crowded) return model::CloseTab{tab.id()};
            return model::SpawnTab{window_id, cat()};
        case 3:
            if (crowded) return model::ClosePane{pane.id()};
            return model::SpawnWindow{cat(), pick(2) ? "one" : "two", 40, 12};
        case 4: return model::ClosePane{pane.id()};
        case 5: return model::MovePaneToNewTab{pane.id(), 0};
        case 6: return model::MovePaneToNewWindow{pane.id(), {}};
        case 7: return model::SetZoomed{tab.id(), pick(2) == 0};
        case 8: return model::RotatePanes{tab.id(), pick(2) == 0};
        case 9: return model::ActivatePane{pane.id()};
        case 10: return model::AdjustPaneSize{pane.id(), static_cast<model::Direction>(pick(4)), 3};
        case 11: return model::MoveTab{tab.id(), static_cast<std::int64_t>(pick(5))};
        case 12: {
            const auto ids = mux.panes();
            return model::SplitPane{pane.id(), direction, {}, false, ids[pick(ids.size())], {}};
        }
        default: return model::SetActiveWorkspace{pick(2) ? "one" : "two"};
        }
    }

    void expect_consistent(const model::AppInfo& app) {
        std::set<Id> panes;
        bool shown = false;
        for (std::size_t w = 0; w < app.windows.size(); ++w) {
            const model::WindowInfo& window = app.windows.at(w);
            shown |= app.windows[w] == app.active_window;
            ASSERT_GT(window.tabs.size(), 0u);
            ASSERT_TRUE(window.active_tab);
            ASSERT_TRUE(window.active_pane);
            int active_tabs = 0;
            for (std::size_t t = 0; t < window.tabs.size(); ++t) {
                const model::TabInfo& tab = window.tabs.at(t);
                EXPECT_EQ(tab.tab_index, static_cast<std::int64_t>(t));
                EXPECT_EQ(tab.window_id, window.window_id);
                active_tabs += tab.is_active;
                int active_panes = 0;
                for (std::size_t p = 0; p < tab.all_panes.size(); ++p) {
                    const model::PaneInfo& pane = tab.all_panes.at(p);
                    EXPECT_TRUE(panes.insert(tab.all_panes[p].id()).second);
                    EXPECT_EQ(pane.pane_index, static_cast<std::int64_t>(p));
                    EXPECT_EQ(pane.tab_id, tab.tab_id);
                    EXPECT_EQ(pane.window_id, window.window_id);
                    active_panes += pane.is_active;
                    EXPECT_LE(pane.left + pane.width, tab.cols);
                    EXPECT_LE(pane.top + pane.height, tab.rows);
                    const terminal::Terminal& terminal = mux.pane(tab.all_panes[p].id())->terminal();
                    if (!tab.is_zoomed || pane.is_zoomed) {
                        EXPECT_EQ(terminal.columns(), pane.width);
                        EXPECT_EQ(terminal.rows(), pane.height);
                    }
                }
                EXPECT_EQ(active_panes, 1);
                EXPECT_EQ(tab.panes.size(), tab.is_zoomed ? 1u : tab.all_panes.size());
                EXPECT_TRUE(tab.active_pane->is_active);
            }
            EXPECT_EQ(active_tabs, 1);
            EXPECT_TRUE(window.active_tab->is_active);
            EXPECT_EQ(window.active_pane, window.active_tab->active_pane);
        }
        EXPECT_EQ(panes.size(), mux.panes().size());
        EXPECT_EQ(shown, !app.windows.empty());
        if (app.active_window) {
            EXPECT_EQ(app.active_workspace, app.active_window->workspace);
        }
    }

    std::mt19937 random{20240611};
};

} // namespace

TEST_F(RandomCommandsTest, EverySnapshotIsConsistent) {
    for (int step = 0; step < 400; ++step) {
        Ref<model::AppInfo> app = mux.snapshot();
        if (app->windows.empty()) {
            window();
            app = mux.snapshot();
        }
        const model::Command command = some_command(*app);
        mux.apply(command);
        expect_consistent(*mux.snapshot());
        if (HasFailure()) FAIL() << "after " << model::describe(command).name << ", step " << step;
        if (step % 50 == 0) turn();
    }
    // Nothing is watched that is gone, and all that lives is.
    std::set<Id> live;
    for (const Id pane : mux.panes()) live.insert(pane);
    std::set<Id> known;
    for (const auto& [pane, w] : watched) known.insert(pane);
    EXPECT_EQ(known, live);
}

} // namespace lunette::mux
