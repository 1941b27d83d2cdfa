#include "fixture.h"

namespace lunette::lua::test {

const TypedSchema<Pane>& pane_schema() {
    static const auto schema = lunette::schema<Pane>("PaneInfo")
                                   .field("pane_id", &Pane::pane_id)
                                   .field("title", &Pane::title)
                                   .field("tty_name", &Pane::tty_name)
                                   .field("user_vars", &Pane::user_vars);
    return schema;
}

const TypedSchema<Tab>& tab_schema() {
    static const auto schema = lunette::schema<Tab>("TabInfo")
                                   .field("title", &Tab::title)
                                   .field("tab_id", &Tab::tab_id)
                                   .field("is_active", &Tab::is_active)
                                   .field("share", &Tab::share)
                                   .list("panes", &Tab::panes, pane_schema())
                                   .record("active_pane", &Tab::active_pane, pane_schema())
                                   .field("secret", &Tab::secret);
    return schema;
}

const TypedSchema<Config>& config_schema() {
    static const auto schema = lunette::schema<Config>("ConfigInfo")
                                   .field("generation", &Config::generation)
                                   .field("options", &Config::options);
    return schema;
}

namespace {
struct SendText {
    static constexpr const char* name = "send_text";
    Id pane;
    std::string text;
};
} // namespace

const std::vector<Object>& objects() {
    static const std::vector<Object> all = [] {
        std::vector<Object> list;
        list.push_back(Object{"Pane", pane_schema(), Binding::live});
        list.back()
            .command("send_text",
                     [](RecordRef self, std::string text) {
                         return SendText{self->id(), std::move(text)};
                     })
            .method("shout",
                    [](RecordRef self) {
                        return Ref<Pane> { self } -> title + "!";
                    },
                    {"title"})
            .method("fail", [](RecordRef) { throw std::runtime_error{"broken"}; })
            .async("get_text", [](Io&, RecordRef) -> Async<std::string> { co_return ""; })
            .getter("get_name", "title");
        list.push_back(Object{"PaneInformation", pane_schema(), Binding::pinned});
        list.push_back(Object{"TabInformation", tab_schema(), Binding::pinned});
        list.back()
            .as("panes", "PaneInformation")
            .as("active_pane", "PaneInformation")
            .hide("secret")
            .getter("get_secret", "secret")
            .property("length",
                      [](RecordRef self) {
                          return Ref<Tab> { self } -> title.size();
                      },
                      {"title"})
            .metamethod("__concat", [](Call& call) { call.push_text("joined"); });
        return list;
    }();
    return all;
}

Ref<Pane> make_pane(std::int64_t id, std::string title) {
    Pane pane;
    pane.pane_id = id;
    pane.title = std::move(title);
    return pane_schema().make(std::move(pane));
}

Ref<Tab> make_tab(std::int64_t id, std::string title, int panes) {
    Tab tab;
    tab.tab_id = id;
    tab.title = std::move(title);
    std::vector<Ref<Pane>> items;
    for (int i = 0; i < panes; ++i) items.push_back(make_pane(10 + i, "pane " + std::to_string(10 + i)));
    if (panes > 0) tab.active_pane = items[0];
    tab.panes = List<Pane>{std::move(items)};
    return tab_schema().make(std::move(tab));
}

void LuaTest::set_global(const char* name, const Value& value) {
    const auto done = vm().protect([&](lua_State* state) {
        push_value(state, value);
        lua_setglobal(state, name);
    });
    ASSERT_TRUE(done) << done.error().message;
}

void LuaTest::set_field_global(const char* name, const RecordRef& record, std::string field,
                               std::string object) {
    const auto done = vm().protect([&](lua_State* state) {
        push_argument(state, Argument{Value{record}, std::move(field), std::move(object)});
        lua_setglobal(state, name);
    });
    ASSERT_TRUE(done) << done.error().message;
}

std::vector<Value> LuaTest::run(const std::string& source) {
    lua_State* main = L();
    const StackGuard guard{main};
    lua_State* thread = lua_newthread(main);
    if (luaL_loadbufferx(thread, source.data(), source.size(), "@test.lua", "t") != LUA_OK)
        return {Value{describe_error(thread, -1)}};
    int results = 0;
    int status = lua_resume(thread, main, 0, &results);
    for (; status == LUA_YIELD; ++yields) {
        lua_pop(thread, results);
        status = lua_resume(thread, main, 0, &results);
    }
    if (status != LUA_OK) return {Value{"error: " + describe_error(thread, -1)}};
    std::vector<Value> values;
    for (int i = -results; i < 0; ++i) {
        try {
            values.push_back(to_value(thread, i));
        } catch (const BindError& error) {
            values.emplace_back("unconvertible: " + error.message());
        }
    }
    return values;
}

Value LuaTest::eval(const std::string& expression) {
    const auto values = run("return " + expression);
    return values.empty() ? Value{} : values[0];
}

std::string LuaTest::error_of(const std::string& source) {
    const auto values = run(source);
    const std::string_view text = values.empty() ? std::string_view{} : values[0].text();
    return text.rfind("error: ", 0) == 0 ? std::string{text.substr(7)} : "no error";
}

} // namespace lunette::lua::test
