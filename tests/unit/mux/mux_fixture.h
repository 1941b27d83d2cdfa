#pragma once

#include "mux/mux.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <poll.h>

namespace lunette::mux {

// A Mux with a loop on poll(2), programs that are shell scripts, and an environment of its own.
class MuxTest : public ::testing::Test, public LoopPort {
protected:
    struct Watched {
        int fd = -1;
        int exit_fd = -1;
        bool write = false;
    };

    MuxTest() : mux{options()} {}
    explicit MuxTest(Mux::Options special) : mux{std::move(special)} {}

    Mux::Options options() {
        Mux::Options options;
        options.loop = this;
        options.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "SHELL=/bin/sh",
                               "WEZTERM_UNIX_SOCKET=/somewhere"};
        options.host = "here";
        return options;
    }

    void watch(Id pane, int fd, int exit_fd) override {
        watched[pane].fd = fd;
        watched[pane].exit_fd = exit_fd;
    }
    void want_write(Id pane, bool wanted) override { watched[pane].write = wanted; }
    void unwatch(Id pane) override { watched.erase(pane); }

    // Serves all panes until `done` or, as a failure, for half a minute.
    bool run_until(const std::function<bool()>& done) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (!done()) {
            if (std::chrono::steady_clock::now() > end) return false;
            turn();
        }
        return true;
    }
    void turn() {
        std::vector<pollfd> fds;
        std::vector<Id> ids;
        for (const auto& [pane, w] : watched) {
            fds.push_back({w.fd, static_cast<short>(POLLIN | (w.write ? POLLOUT : 0)), 0});
            ids.push_back(pane);
            fds.push_back({w.exit_fd, POLLIN, 0});
            ids.push_back(pane);
        }
        ::poll(fds.data(), fds.size(), 10);
        std::size_t budget = 1U << 20;
        for (std::size_t i = 0; i < fds.size(); ++i) {
            if (!fds[i].revents) continue;
            if (i % 2 == 1)
                mux.on_exit(ids[i]);
            else {
                if (fds[i].revents & POLLOUT) mux.on_writable(ids[i]);
                if (fds[i].revents & (POLLIN | POLLHUP)) mux.on_readable(ids[i], budget);
            }
        }
        mux.tick();
        for (Event& event : mux.take_events()) events.push_back(std::move(event));
    }

    static model::SpawnOptions script(const std::string& text) {
        model::SpawnOptions options;
        options.args = {"/bin/sh", "-c", text};
        return options;
    }
    // Stays and echoes.
    static model::SpawnOptions cat() { return script("exec cat"); }

    model::Spawned window(const model::SpawnOptions& spawn = cat(),
                          std::optional<std::string> workspace = {}) {
        Reply reply = mux.apply(model::SpawnWindow{spawn, std::move(workspace), 80, 24});
        EXPECT_TRUE(reply) << (reply ? "" : reply.error());
        return reply ? model::Spawned::from_value(*reply) : model::Spawned{};
    }
    model::Spawned tab(Id window, const model::SpawnOptions& spawn = cat()) {
        Reply reply = mux.apply(model::SpawnTab{window, spawn});
        EXPECT_TRUE(reply) << (reply ? "" : reply.error());
        return reply ? model::Spawned::from_value(*reply) : model::Spawned{};
    }
    Id split(Id pane, model::Direction direction, model::SplitSize size = {},
             const model::SpawnOptions& spawn = cat()) {
        Reply reply = mux.apply(model::SplitPane{pane, direction, size, false, 0, spawn});
        EXPECT_TRUE(reply) << (reply ? "" : reply.error());
        return reply ? static_cast<Id>(reply->integer_or(0)) : 0;
    }
    void attach(int columns, int rows, CellSize cell = {8, 16}) {
        model::OuterInfo outer;
        outer.is_attached = true;
        outer.is_focused = true;
        outer.columns = columns;
        outer.rows = rows;
        mux.set_outer(outer, cell);
    }
    void configure(std::vector<MapEntry> options) {
        model::ConfigInfo config;
        config.generation = 1;
        std::vector<Value> names;
        for (const MapEntry& option : options) names.push_back(option.key);
        config.set_options = Value::list(std::move(names));
        config.options = Value::map(std::move(options));
        mux.set_config(model::config_schema().make(std::move(config)));
    }
    std::string text(Id pane) {
        const Reply reply = mux.answer(model::PaneText{pane, {}, false, false});
        return reply ? std::string{reply->text()} : "error: " + reply.error();
    }
    bool run_until_text(Id pane, const std::string& wanted) {
        return run_until([&] { return text(pane).find(wanted) != std::string::npos; });
    }
    // The newest version of a pane in the snapshot; null when it is not there.
    Ref<model::PaneInfo> info(Id pane) {
        const Ref<model::AppInfo> app = mux.snapshot();
        for (std::size_t w = 0; w < app->windows.size(); ++w)
            for (std::size_t t = 0; t < app->windows.at(w).tabs.size(); ++t) {
                const auto& panes = app->windows.at(w).tabs.at(t).all_panes;
                for (std::size_t i = 0; i < panes.size(); ++i)
                    if (panes[i].id() == pane) return panes[i];
            }
        return {};
    }
    template<class T>
    std::vector<T> seen() const {
        std::vector<T> found;
        for (const Event& event : events)
            if (const T* match = std::get_if<T>(&event)) found.push_back(*match);
        return found;
    }

    std::map<Id, Watched> watched;
    std::vector<Event> events;
    Mux mux;
};

} // namespace lunette::mux
