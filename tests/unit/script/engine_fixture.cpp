#include "script/engine_fixture.h"

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include <lunette/bind.h>

namespace lunette::script::test {

class Marks {
public:
    void add(const std::string& name) {
        const std::scoped_lock lock{mutex_};
        ++counts_[name];
    }
    std::int64_t of(const std::string& name) {
        const std::scoped_lock lock{mutex_};
        return counts_[name];
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::int64_t> counts_;
};

// Never destroyed: threads that are left behind may have read them.
const TypedSchema<Tab>& tab_schema() {
    static const auto& schema = *new TypedSchema<Tab>{lunette::schema<Tab>("Tab")
                                                          .field("index", &Tab::index)
                                                          .field("title", &Tab::title)
                                                          .field("active", &Tab::active)};
    return schema;
}

const TypedSchema<App>& app_schema() {
    static const auto& schema = *new TypedSchema<App>{lunette::schema<App>("App")
                                                          .list("tabs", &App::tabs, tab_schema())
                                                          .field("mode", &App::mode)
                                                          .field("counter", &App::counter)
                                                          .field("options", &App::options)};
    return schema;
}

// --- the model

Model::Model() {
    App first;
    first.tabs = List<Tab>{{tab_schema().make({1, "shell", true}), tab_schema().make({2, "editor", false})}};
    first.options = Value::map({{"width", 80}, {"height", 24}});
    app = app_schema().make(std::move(first));
}

void Model::change(const std::function<void(App&)>& edit) {
    App next = *app;
    edit(next);
    app = app_schema().make(app.id(), std::move(next));
}

void Model::set_title(std::size_t index, std::string title) {
    change([&](App& next) {
        Tab changed = *next.tabs[index];
        changed.title = std::move(title);
        next.tabs = next.tabs.with(index, tab_schema().make(next.tabs[index].id(), std::move(changed)));
    });
}

void Model::add_tab(std::string title) {
    change([&](App& next) {
        std::vector<Ref<Tab>> tabs;
        for (std::size_t i = 0; i < next.tabs.size(); ++i) tabs.push_back(next.tabs[i]);
        tabs.push_back(
            tab_schema().make({static_cast<std::int64_t>(tabs.size()) + 1, std::move(title), false}));
        next.tabs = List<Tab>{std::move(tabs)};
    });
}

void Model::remove_tab(std::size_t index) {
    change([&](App& next) {
        std::vector<Ref<Tab>> tabs;
        for (std::size_t i = 0; i < next.tabs.size(); ++i)
            if (i != index) tabs.push_back(next.tabs[i]);
        next.tabs = List<Tab>{std::move(tabs)};
    });
}

Expected<Value> Model::apply(const Command& command) {
    applied.emplace_back(command.name());
    if (const auto* mode = command.get_if<SetMode>()) {
        change([&](App& next) { next.mode = mode->mode; });
    } else if (const auto* title = command.get_if<SetTitle>()) {
        for (std::size_t i = 0; i < app->tabs.size(); ++i)
            if (app->tabs[i].id() == title->tab) set_title(i, title->title);
    } else if (const auto* add = command.get_if<Add>()) {
        change([&](App& next) { next.counter += add->by; });
    } else if (const auto* made = command.get_if<NewTab>()) {
        if (made->title == "forbidden") return failure("no tab of this name");
        add_tab(made->title);
        return Value{app->tabs[app->tabs.size() - 1].id()};
    } else if (const auto* question = command.get_if<Question>()) {
        return Value{question->number * 2};
    }
    return Value{};
}

// --- what Lua sees

namespace {

Module host_module(const std::shared_ptr<Marks>& marks) {
    Module module{"host"};
    module
        .function("on", [](Script& script, std::string event,
                           Function handler) { script.on(event, std::move(handler)); })
        .function("callback",
                  [](Script& script, Function handler) { return script.callback(std::move(handler)); })
        .function("call_after",
                  [](Script& script, std::int64_t ms, Function function) {
                      script.call_after(std::chrono::milliseconds{ms}, std::move(function));
                  })
        .function("set_mode",
                  [](Script& script, std::string mode) { script.command(SetMode{std::move(mode)}); })
        .function("add", [](Script& script, std::int64_t by) { script.command(Add{by}); })
        .function("find", [](Script& script, std::int64_t id) {
            return Value{script.find(static_cast<Id>(id)), ObjectType{2}};
        });
    module.function("root", [](Script& script) { return Value{script.root()}; })
        .function("mark", [marks](std::string name) { marks->add(name); })
        .function("reads_state", [](Script& script, std::string name) { script.reads_state(name); })
        .function("changed", [](Script& script, std::string name) { script.changed(name); })
        .function("watch", [](Script& script, std::string path) { script.watch(path); })
        .function("reload_on_change", [](Script& script, bool does) { script.reload_on_change(does); })
        .function("reads_clock",
                  [](Script& script, std::int64_t ms) { script.reads_clock(std::chrono::milliseconds{ms}); })
        .function("log", [](Script& script, std::string text) { script.log(LogLevel::info, text); })
        .async("sleep_ms",
               [](Io& io, std::int64_t ms) -> Async<void> {
                   auto wait = io.sleep(std::chrono::milliseconds{ms});
                   co_await std::move(wait);
               })
        .async("new_tab",
               [](Io& io, std::string title) -> Async<Expected<Value>> {
                   auto wait = io.command(NewTab{std::move(title)});
                   co_return co_await std::move(wait);
               })
        .async("ask", [](Io& io, std::int64_t number) -> Async<Expected<Value>> {
            auto wait = io.query(Question{number});
            co_return co_await std::move(wait);
        });
    module.chunk("host", "local host, library = ... host.emit = library.emit");
    return module;
}

std::vector<Object> objects() {
    std::vector<Object> all;
    all.push_back(Object{"App", app_schema()}.command(
        "set_mode", [](RecordRef, std::string mode) { return SetMode{std::move(mode)}; }));
    all.push_back(Object{"TabInfo", tab_schema(), Binding::pinned});
    all.push_back(Object{"Tab", tab_schema()}
                      .command("set_title",
                               [](RecordRef self, std::string title) {
                                   return SetTitle{self->id(), std::move(title)};
                               })
                      .getter("get_title", "title"));
    return all;
}

} // namespace

EngineTest::EngineTest() : marks_{std::make_shared<Marks>()} {
    options.clock = &clock;
    options.hard_limit =
        60s; // a sanitizer on a busy machine takes its time; tests of the limit set their own
    options.modules.push_back(host_module(marks_));
    options.objects = objects();
}

EngineTest::~EngineTest() = default;

Engine& EngineTest::make(std::string source) {
    options.source = std::move(source);
    engine_ = std::make_unique<Engine>(options);
    for (const auto& [name, policy] : pure_events) engine_->pure_event(name, policy);
    for (const auto& [name, policy] : effect_events) engine_->effect_event(name, policy);
    return *engine_;
}

Engine& EngineTest::start(std::string source) {
    if (!source.empty()) source = "local host = require 'host'\n" + source;
    make(std::move(source));
    settle();
    return *engine_;
}

std::size_t EngineTest::take_commands() {
    return engine_->take_commands([this](const Command& command) { return model.apply(command); });
}

void EngineTest::frame() {
    publish();
    take_commands();
    for (LogRecord& record : engine_->take_log()) log_.push_back(std::move(record));
}

void EngineTest::settle() {
    for (int round = 0; round < 1000; ++round) {
        publish();
        ASSERT_TRUE(engine_->settle(patience)) << log_text();
        if (take_commands() == 0) break;
    }
    frame();
}

bool EngineTest::eventually(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
        frame();
        if (condition()) return true;
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

void EngineTest::advance(std::chrono::microseconds by) {
    clock.advance(by);
    engine_->clock_changed();
    settle();
}

View EngineTest::view(std::string_view event, Args arguments) {
    return engine_->view(event, std::move(arguments), [event = std::string{event}](const RecordRef&) {
        return Value{"default " + event};
    });
}

void EngineTest::emit(std::string_view event, Args more, EmitOptions emit_options) {
    more.insert(more.begin(), Value{model.app});
    engine_->emit(event, std::move(more), emit_options);
    settle();
}

EngineReport EngineTest::report() {
    auto result = engine_->report(patience);
    if (!result) {
        ADD_FAILURE() << result.error().message;
        return {};
    }
    return std::move(*result);
}

HandlerReport EngineTest::handler(std::string_view event, std::size_t which) {
    for (HandlerReport& row : report().handlers)
        if (row.event == event && which-- == 0) return std::move(row);
    ADD_FAILURE() << "no handler of " << event;
    return {};
}

std::int64_t EngineTest::marks(const std::string& name) { return marks_->of(name); }

std::size_t EngineTest::logged(std::string_view part) {
    for (LogRecord& record : engine_->take_log()) log_.push_back(std::move(record));
    std::size_t count = 0;
    for (const LogRecord& record : log_)
        if (record.message.find(part) != std::string::npos) ++count;
    return count;
}

std::string EngineTest::log_text() {
    std::string text;
    logged("");
    for (const LogRecord& record : log_) text += record.message + "\n";
    return text;
}

// --- files

TemporaryDirectory::TemporaryDirectory() {
    std::string name = std::filesystem::temp_directory_path() / "lunette-script-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error{"mkdtemp"};
    path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(std::string_view name, std::string_view content) const {
    const std::string full = path(name);
    std::filesystem::create_directories(std::filesystem::path{full}.parent_path());
    std::ofstream{full, std::ios::binary} << content;
    return full;
}

} // namespace lunette::script::test
