// Costs of sharing state between the threads. Run with --benchmark_min_time=0.2 on a quiet machine.
//
// ReadView reports percentiles of single reads, clock overhead subtracted; the other numbers are means.

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <lunette/record.h>
#include <lunette/view.h>

#include "state/record_index.h"
#include "state/snapshot.h"
#include "view/latest.h"
#include "view/view_table.h"

namespace {

using namespace lunette;

struct Tab {
    std::string title;
    std::int64_t index = 0;
    bool is_active = false;
    double ratio = 0;
    std::optional<std::string> directory;
};
const auto tab_schema = schema<Tab>("Tab")
                            .field("title", &Tab::title)
                            .field("index", &Tab::index)
                            .field("is_active", &Tab::is_active)
                            .field("ratio", &Tab::ratio)
                            .field("directory", &Tab::directory);

struct Window {
    std::string title;
    List<Tab> tabs;
    Ref<Tab> active;
};
const auto window_schema = schema<Window>("Window")
                               .field("title", &Window::title)
                               .list("tabs", &Window::tabs, tab_schema)
                               .record("active", &Window::active, tab_schema);

Ref<Window> make_window(std::size_t tabs) {
    std::vector<Ref<Tab>> list;
    for (std::size_t i = 0; i < tabs; ++i)
        list.push_back(tab_schema.make({"a title of some length", 1, false, 0.5, {}}));
    return window_schema.make({"window", List<Tab>{list}, list[0]});
}

Ref<Window> with_title(const Ref<Window>& window, std::size_t index, std::string title) {
    Tab tab = window->tabs.at(index);
    tab.title = std::move(title);
    Window changed = *window;
    changed.tabs = window->tabs.with(index, tab_schema.make(window->tabs[index].id(), std::move(tab)));
    return window_schema.make(window.id(), std::move(changed));
}

ViewValue fresh(const Value& value) {
    return {.value = value, .revision = 1, .serial = 0, .published_us = 0, .freshness = Freshness::fresh};
}

void percentiles(benchmark::State& state, std::vector<double>& nanoseconds) {
    std::sort(nanoseconds.begin(), nanoseconds.end());
    const auto at = [&](double part) {
        return nanoseconds[static_cast<std::size_t>(part * (nanoseconds.size() - 1))];
    };
    state.counters["p50_ns"] = at(0.5);
    state.counters["p99_ns"] = at(0.99);
}

/// Batches of 16 views, as many as a bar has, so that the clock's own cost is small beside them. A third of
/// the reads finds a new value.
void ReadView(benchmark::State& state) {
    using Clock = std::chrono::steady_clock;
    constexpr std::size_t batch = 16;
    ViewTable table;
    std::vector<View> views;
    for (std::size_t i = 0; i < batch; ++i)
        views.emplace_back(&table.create("e", Value::list({i}), "default"));
    const Value value = Value::list({"text"});
    std::vector<double> samples;
    for (auto _ : state) {
        for (std::size_t i = 0; i < batch; i += 3)
            table.find("e", views[i].entry()->arguments())->mailbox().publish(fresh(value));
        const auto clock_begin = Clock::now();
        const auto begin = Clock::now();
        for (View& view : views) benchmark::DoNotOptimize(view.latest().serial);
        const auto end = Clock::now();
        const std::chrono::duration<double, std::nano> spent = (end - begin) - (begin - clock_begin);
        state.SetIterationTime(spent.count() / batch / 1e9);
        samples.push_back(spent.count() / batch);
    }
    percentiles(state, samples);
}
BENCHMARK(ReadView)->UseManualTime();

void ReadUnchangedView(benchmark::State& state) {
    ViewTable table;
    View view{&table.create("e", {}, "default")};
    view.entry()->mailbox().publish(fresh("text"));
    for (auto _ : state) benchmark::DoNotOptimize(view.latest().serial);
}
BENCHMARK(ReadUnchangedView);

void PublishView(benchmark::State& state) {
    ViewTable table;
    ViewMailbox& mailbox = table.create("e", {}, "default").mailbox();
    const Value values[] = {Value::list({"a"}), Value::list({"b"})};
    std::size_t i = 0;
    for (auto _ : state) benchmark::DoNotOptimize(mailbox.publish(fresh(values[++i & 1])));
}
BENCHMARK(PublishView);

void PublishSnapshot(benchmark::State& state) {
    const RetireScope scope;
    view::Latest<state::SnapshotRef> latest;
    const RecordRef root = make_window(20).record();
    std::uint64_t revision = 0;
    for (auto _ : state) {
        latest.back() = state::SnapshotRef{new state::Snapshot{root, ++revision, 0}};
        latest.publish();
    }
}
BENCHMARK(PublishSnapshot);

void CopyPathOfOneTab(benchmark::State& state) {
    const RetireScope scope;
    Ref<Window> window = make_window(static_cast<std::size_t>(state.range(0)));
    std::size_t i = 0;
    for (auto _ : state) {
        ++i;
        window = with_title(window, i % window->tabs.size(), i % 2 ? "one" : "two");
    }
}
BENCHMARK(CopyPathOfOneTab)->Arg(20)->Arg(1000);

void DiffOneTabChanged(benchmark::State& state) {
    const RetireScope scope;
    const Ref<Window> before = make_window(static_cast<std::size_t>(state.range(0)));
    const Ref<Window> after = with_title(before, before->tabs.size() / 2, "another");
    std::vector<Change> changes;
    for (auto _ : state) {
        changes.clear();
        diff(before.record(), after.record(), changes);
        benchmark::DoNotOptimize(changes.data());
    }
    if (changes.size() != 1) state.SkipWithError("one change expected");
}
BENCHMARK(DiffOneTabChanged)->Arg(20)->Arg(1000);

void IndexOneTabChanged(benchmark::State& state) {
    const RetireScope scope;
    const Ref<Window> before = make_window(static_cast<std::size_t>(state.range(0)));
    const Ref<Window> after = with_title(before, before->tabs.size() / 2, "another");
    state::RecordIndex index;
    index.adopt(before.record());
    bool forth = false;
    for (auto _ : state)
        benchmark::DoNotOptimize(index.adopt(((forth = !forth) ? after : before).record()).data());
}
BENCHMARK(IndexOneTabChanged)->Arg(20)->Arg(1000);

/// What a handle does for `tab.title`: find the field by name, read it.
void ReadFieldByName(benchmark::State& state) {
    const Ref<Tab> tab = tab_schema.make({"a title", 1, false, 0.5, {}});
    const RecordNode& record = *tab.record();
    const std::string_view names[] = {"title", "is_active", "directory", "index"};
    std::size_t i = 0;
    for (auto _ : state) {
        const Field& field =
            record.schema().field(static_cast<std::size_t>(record.schema().find(names[++i & 3])));
        benchmark::DoNotOptimize(field.get(field, record.payload()));
    }
}
BENCHMARK(ReadFieldByName);

void CompareEqualLists(benchmark::State& state) {
    const auto make = [] {
        std::vector<Value> items;
        for (int i = 0; i < 50; ++i)
            items.push_back(Value::map({{"text", "segment " + std::to_string(i)}, {"bold", true}}));
        return Value::list(std::move(items));
    };
    const Value a = make();
    const Value b = make();
    for (auto _ : state) benchmark::DoNotOptimize(a == b);
}
BENCHMARK(CompareEqualLists);

} // namespace

BENCHMARK_MAIN();
