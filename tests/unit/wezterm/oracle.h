#pragma once

#include "oracle_handlers.h"
#include "session.h"

#include "model/tab_bar_content.h"

#include <filesystem>
#include <fstream>
#include <random>

#include <unistd.h>

namespace lunette::wezterm::testing {

// Random changes of everything that handlers can read. After each, when all is quiet, every view must be what
// an evaluation gives that runs everything anew.
class Oracle {
public:
    explicit Oracle(std::uint64_t seed, const std::string& forget = {})
        : random_{seed},
          file_{std::filesystem::temp_directory_path() /
                ("lunette-oracle-" + std::to_string(getpid()) + "-" + std::to_string(seed))},
          session_{"local FILE = '" + file_.string() + "'\n" + oracle_handlers, [&](EngineOptions& options) {
                       options.forget = forget == "file" ? "state.file:" + file_.string() : forget;
                   }} {
        session_.answer = [this](const Command& command) { return answer(command); };
        while (world().panes.size() < 12) add_tab();
        bar_ = session_.engine->view("tab-bar", {Value{world().window_id}});
        title_ = session_.engine->view("window-title", {Value{world().window_id}});
        calm();
    }
    ~Oracle() {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }

    // One to three changes, perhaps with replies under way, then a look. What differs, or "".
    std::string step() {
        done_.clear();
        const int count = 1 + below(3);
        for (int i = 0; i < count; ++i) {
            change();
            session_.publish();
            if (below(2)) {
                EXPECT_TRUE(session_.engine->settle(patience));
            }
            if (below(4) == 0) advance(below(60));
        }
        calm();
        return look();
    }
    const std::string& done() const { return done_; }

private:
    World& world() { return session_.world; }
    int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
    std::size_t some_tab() { return static_cast<std::size_t>(below(static_cast<int>(world().panes.size()))); }
    void note(const std::string& what) { done_ += what + "; "; }

    void advance(std::int64_t ms) { session_.advance(std::chrono::milliseconds{ms}); }

    // Throttles, paces, waits and timers are over, and a second does not end soon.
    void calm() {
        session_.publish();
        session_.settle();
        session_.emit("update-status");
        for (const int ms : {60, 60, 60, 120, 300, 30}) advance(ms);
        if (std::exchange(wrote_file_, false)) advance(1100);
        for (int i = 0; i < 70 && !unfinished().empty(); ++i) advance(500); // the longest back-off
        const auto into_second = [this] { return session_.clock.wall_us() / 1000 % 1000; };
        if (into_second() > 500) advance(1001 - into_second());
        for (int i = 0; i < 2; ++i) advance(60);
    }

    template<class F>
    void edit_pane(std::size_t i, F edit) {
        model::PaneInfo pane = *world().panes[i];
        edit(pane);
        world().panes[i] = model::pane_schema().make(world().panes[i].id(), std::move(pane));
    }

    void add_tab() {
        const auto number = static_cast<std::int64_t>(next_tab_++);
        world().panes.push_back(make_pane(number, "new " + std::to_string(number)));
        model::TabInfo tab;
        tab.tab_id = number;
        world().tab_data.push_back(tab);
        world().tab_ids.push_back(next_id());
        renumber();
    }
    void remove_tab(std::size_t i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        world().panes.erase(world().panes.begin() + at);
        world().tab_data.erase(world().tab_data.begin() + at);
        world().tab_ids.erase(world().tab_ids.begin() + at);
        renumber();
    }
    void swap_tabs(std::size_t a, std::size_t b) {
        std::swap(world().panes[a], world().panes[b]);
        std::swap(world().tab_data[a], world().tab_data[b]);
        std::swap(world().tab_ids[a], world().tab_ids[b]);
        renumber();
    }
    void renumber() {
        world().active = std::min(world().active, world().panes.size() - 1);
        for (std::size_t i = 0; i < world().tab_data.size(); ++i) {
            world().tab_data[i].tab_index = static_cast<std::int64_t>(i);
            world().tab_data[i].is_active = i == world().active;
        }
    }

    void change();
    void change_tabs();
    void change_window();
    void change_state();
    void change_file();
    std::string look();
    std::string shown();
    std::string unfinished(); // calls that are out of date
    Expected<Value> answer(const Command& command);

    std::mt19937_64 random_;
    std::filesystem::path file_;
    Session session_;
    View bar_, title_;
    std::string done_;
    std::size_t next_tab_ = 3;
    bool wrote_file_ = false;
};

} // namespace lunette::wezterm::testing
