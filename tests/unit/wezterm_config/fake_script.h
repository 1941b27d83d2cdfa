#pragma once

#include <lunette/bind.h>

#include <string>
#include <vector>

namespace lunette::wezterm {

// A Script that only collects what is said to it.
class FakeScript final : public Script {
public:
    explicit FakeScript(std::string config_file = {}) : config_file_{std::move(config_file)} {}

    std::vector<std::string> warnings, errors, watched;

    void on(std::string_view, Function) override {}
    std::string callback(Function) override { return {}; }
    void call_after(std::chrono::microseconds, Function) override {}
    RecordRef root() const override { return {}; }
    RecordRef find(Id) override { return {}; }
    void read(const RecordNode&, std::string_view) override {}
    std::uint64_t command(Command) override { return 0; }
    void reads_clock(std::chrono::microseconds) override {}
    void reads_file(std::string_view) override {}
    void reads_environment(std::string_view) override {}
    void reads_random() override {}
    void reads_state(std::string_view) override {}
    void changed(std::string_view) override {}
    std::int64_t now_us() const override { return 0; }
    std::int64_t wall_us() const override { return 0; }
    void log(LogLevel, std::string_view) override {}
    void problem(bool is_error, std::string_view what) override {
        (is_error ? errors : warnings).emplace_back(what);
    }
    std::string where() const override { return {}; }
    bool loading() const override { return true; }
    std::uint64_t generation() const override { return 7; }
    const std::string& config_file() const override { return config_file_; }
    void request_reload() override {}
    void watch(std::string_view path) override { watched.emplace_back(path); }
    void add_search_path(std::string_view, bool) override {}

private:
    std::string config_file_;
};

} // namespace lunette::wezterm
