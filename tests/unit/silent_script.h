#pragma once

#include <lunette/bind.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace lunette::fakes {

/// A Script without an engine: nothing is there, and what it is told it forgets. Tests and benchmarks
/// override what they look at.
class SilentScript : public Script {
public:
    std::string file;              ///< config_file()
    Value values = Value::map({}); ///< kept()

    void on(std::string_view, Function) override {}
    std::string callback(Function) override { return {}; }
    void call_after(std::chrono::microseconds, Function) override {}
    RecordRef root() const override { return {}; }
    RecordRef find(Id) override { return {}; }
    void read(const RecordNode&, std::string_view) override {}
    std::uint64_t command(Command) override { return 1; }
    void reads_clock(std::chrono::microseconds) override {}
    void reads_file(std::string_view) override {}
    void reads_environment(std::string_view) override {}
    void reads_random() override {}
    void reads_state(std::string_view) override {}
    void changed(std::string_view) override {}
    const Value& kept() const override { return values; }
    void keep(Value map) override { values = std::move(map); }
    void assume(const Function&, Assumption) override {}
    bool invalidate(std::string_view) override { return false; }
    void report(EngineReport&) override {}
    std::int64_t now_us() const override { return 0; }
    std::int64_t wall_us() const override { return 0; }
    void log(LogLevel, std::string_view) override {}
    void problem(bool, std::string_view) override {}
    std::string where() const override { return {}; }
    bool loading() const override { return false; }
    std::uint64_t generation() const override { return 1; }
    const std::string& config_file() const override { return file; }
    void request_reload() override {}
    void watch(std::string_view) override {}
    void add_search_path(std::string_view, bool) override {}
};

} // namespace lunette::fakes
