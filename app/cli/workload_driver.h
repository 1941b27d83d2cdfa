#pragma once

#include "cli/command_line.h"
#include "cli/echo_probe.h"
#include "server/ui_loop.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace lunette::cli {

// Plays a workload into a loop: what a user and programs would do, each at its rate. The first tab echoes
// what is typed, the others are shells. UI thread.
class WorkloadDriver {
public:
    WorkloadDriver(server::UiLoop& loop, Workload workload, Id window, std::vector<Id> tabs,
                   std::vector<Id> panes);

    void begin(std::int64_t now_ns);
    // When something is to be done next.
    std::int64_t next() const noexcept;
    void run_due(std::int64_t now_ns);
    EchoProbe& echo() noexcept { return echo_; }

private:
    struct Activity {
        std::int64_t period_ns;
        std::int64_t next_ns;
        std::function<void(std::int64_t intended)> act;
    };
    void add(std::int64_t period_ms, std::int64_t phase_ms, std::function<void(std::int64_t)> act);
    bool includes(Workload part) const noexcept { return workload_ == part || workload_ == Workload::all; }
    void type(std::int64_t intended);
    void hover();
    void burst();
    void rename();
    void switch_tab();
    void spawn_or_close();
    void send(Id pane, std::string text) { loop_.mux().send_bytes(pane, std::move(text)); }

    server::UiLoop& loop_;
    Workload workload_;
    Id window_;
    std::vector<Id> tabs_, panes_;
    EchoProbe echo_;
    std::vector<Activity> activities_;
    Id extra_tab_ = 0;
    int column_ = 0;
    std::size_t turn_ = 0;
    char letter_ = 'a';
};

} // namespace lunette::cli
