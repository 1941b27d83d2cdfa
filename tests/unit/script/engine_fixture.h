#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <lunette/engine.h>

namespace lunette::script::test {

using namespace std::chrono_literals;

struct Tab {
    std::int64_t index = 0;
    std::string title;
    bool active = false;
};

struct App {
    List<Tab> tabs;
    std::string mode = "normal";
    std::int64_t counter = 0;
    Value options; ///< a map, as a configuration is
};

const TypedSchema<Tab>& tab_schema();
const TypedSchema<App>& app_schema();

struct SetMode {
    static constexpr const char* name = "set_mode";
    std::string mode;
    bool operator==(const SetMode&) const = default;
};
struct SetTitle {
    static constexpr const char* name = "set_title";
    Id tab;
    std::string title;
    bool operator==(const SetTitle&) const = default;
};
struct Add {
    static constexpr const char* name = "add";
    std::int64_t by;
};
/// Replies with the id of the new tab.
struct NewTab {
    static constexpr const char* name = "new_tab";
    std::string title;
};
struct Question {
    static constexpr const char* name = "question";
    std::int64_t number;
};

/// The host's side: a model that commands change. One per test.
class Model {
public:
    Model();
    Ref<App> app;

    Expected<Value> apply(const Command& command);
    void change(const std::function<void(App&)>& edit);
    void set_title(std::size_t index, std::string title);
    void add_tab(std::string title);
    void remove_tab(std::size_t index);
    Ref<Tab> tab(std::size_t index) const { return app->tabs[index]; }

    std::vector<std::string> applied; ///< names, in order
};

/// Counts by name on the script thread, unseen by dependencies; read it when settled.
class Marks;

/// An engine over the model, with an API for Lua:
///   host.on(event, fn), host.emit(event, …), host.callback(fn), host.call_after(ms, fn),
///   host.set_mode(s), host.add(n), host.new_tab(title) (waits for its reply), host.ask(n) (query),
///   host.sleep_ms(n), host.find(id), host.root(), host.mark(name) (counts), host.reads_state(name),
///   host.changed(name), host.reads_clock(ms), host.run(argv), host.watch(path), host.reload_on_change(bool)
/// Objects over the schemas: App (live), TabInfo (pinned), Tab (live; as("Tab") through host.find and
/// app:tab).
class EngineTest : public ::testing::Test {
protected:
    static constexpr auto patience = 60s;

    EngineTest();
    ~EngineTest() override;

    /// Declares the events that the tests use and loads `source`.
    Engine& start(std::string source);
    /// Without publishing or waiting.
    Engine& make(std::string source);
    Engine& engine() { return *engine_; }
    void destroy() { engine_.reset(); }

    /// Publishes, lets Lua run, applies commands, until nothing more happens.
    void settle();
    /// One turn of a frame loop; never waits for Lua.
    void frame();
    /// Frames until the condition holds; false after a long time.
    bool eventually(const std::function<bool()>& condition);
    void publish() { engine_->publish(model.app); }
    std::size_t take_commands();
    /// Moves the manual clock and settles.
    void advance(std::chrono::microseconds by);

    View view(std::string_view event, Args arguments);
    /// The view of "title" with the app as its argument.
    View title() { return view("title", {model.app}); }
    std::string text(std::string_view event = "title") {
        return std::string{view(event, {model.app}).latest().text()};
    }
    /// Emits with the app as first argument and settles.
    void emit(std::string_view event, Args more = {}, EmitOptions options = {});

    EngineReport report();
    HandlerReport handler(std::string_view event, std::size_t which = 0);
    std::uint64_t runs(std::string_view event = "title") { return handler(event).runs; }
    std::int64_t marks(const std::string& name);
    std::size_t logged(std::string_view part);
    std::string log_text();

    EngineOptions options;
    ManualClock clock;
    Model model;
    std::map<std::string, EventPolicy> pure_events{{"title", {}}, {"other", {}}, {"tab", {}}};
    std::map<std::string, EventPolicy> effect_events{{"status", {}},
                                                     {"key", {.throttle = 0us, .queueing = Queueing::fifo}}};
    std::vector<LogRecord> log_; // of all of the engine's life

private:
    std::shared_ptr<Marks> marks_;
    std::unique_ptr<Engine> engine_;
};

/// Uses the machine's clock.
class RealTimeEngineTest : public EngineTest {
protected:
    RealTimeEngineTest() { options.clock = nullptr; }
};

/// A directory of its own, removed at the end.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    std::string path(std::string_view name) const { return path_ + "/" + std::string{name}; }
    std::string write(std::string_view name, std::string_view content) const;

private:
    std::string path_;
};

} // namespace lunette::script::test
