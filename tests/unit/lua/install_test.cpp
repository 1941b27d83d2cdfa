#include "fixture.h"

namespace lunette::lua::test {

using testing::ElementsAre;
using testing::HasSubstr;

class InstallTest : public LuaTest {
protected:
    static const Module& module() {
        static const Module m = [] {
            Module text{"text"};
            text.function("add", [](std::int64_t a, std::int64_t b) { return a + b; });
            text.function("small", [](int n) { return n; });
            text.function("size", [](std::string_view s) { return s.size(); });
            text.function("half", [](double d) { return d / 2; });
            text.function("flag", [](bool b) { return b; });
            text.function("maybe", [](std::optional<std::string> s) { return s.value_or("none"); });
            text.function("nothing", [] {});
            text.function("two", [] { return std::tuple<std::string, int>{"a", 2}; });
            text.function("rest", [](std::string first, Rest rest) {
                return first + std::to_string(rest.values.size());
            });
            text.function("echo", [](Value v) { return v; });
            text.function("keep", [](Function f) { return f; });
            text.function("where", [](Function f) { return f.where(); });
            text.function("fails", []() -> Expected<int> { return failure("cannot do it"); });
            text.function("throws", [] { throw std::runtime_error{"thrown\nhere"}; });
            text.function("no_memory", [] { throw std::bad_alloc{}; });
            text.function("raw", [](Call& call) {
                call.push_text(call.type_name(0));
                call.push(Value{call.count()});
            });
            text.function("logs", [](Script& script, std::string s) { script.log(LogLevel::warning, s); });
            text.function("pane_title", [](RecordRef r) {
                return Ref<Pane> { r } -> title;
            });
            text.async("later", [](Io&, std::string s) -> Async<std::string> { co_return s; });
            text.constant("version", "1.2");
            text.constant("numbers", Value::list({1, 2}));
            text.value("file", [](Script& script) { return Value{script.config_file()}; });
            Module inner{"inner"};
            inner.function("deep", [](std::int64_t i) { return i * 2; });
            text.submodule(std::move(inner));
            text.hidden("secret", [](int n) { return n + 1; });
            text.chunk("glue", "local m, library, hidden = ...\n"
                               "function m.twice(n) return m.inner.deep(n) end\n"
                               "function m.bad() local sum = m.add('x', 1) return sum end\n"
                               "m.library = library\n"
                               "hidden.found = hidden.secret(1)");
            text.chunk("more glue", "local m, _, hidden = ...\n"
                                    "m.found = hidden.found\n"
                                    "function m.fail() return (hidden.secret('x')) end");
            return text;
        }();
        return m;
    }
    void SetUp() override {
        host.fake_script.file = "/home/me/wezterm.lua";
        const auto done = install_module(vm(), module());
        ASSERT_TRUE(done) << done.error().message;
        run("text = require 'text'");
    }
};

TEST_F(InstallTest, FunctionsTakeAndGiveTheTypesOfTheirLambdas) {
    EXPECT_EQ(eval("text.add(2, 3)"), Value{5});
    EXPECT_EQ(eval("text.add(2.0, 3)"), Value{5});
    EXPECT_EQ(eval("text.add(1.9, -1.9)"), Value{0}) << "fractions are cut";
    EXPECT_EQ(eval("text.add('2', ' 0x10 ')"), Value{18}) << "what Lua takes for a number";
    EXPECT_EQ(eval("text.half('3')"), Value{1.5});
    EXPECT_EQ(eval("text.size('a\\0b')"), Value{3});
    EXPECT_EQ(eval("text.size(12)"), Value{2});
    EXPECT_EQ(eval("text.half(3)"), Value{1.5});
    EXPECT_EQ(eval("text.flag(nil)"), Value{false});
    EXPECT_EQ(eval("text.flag({})"), Value{true});
    EXPECT_EQ(eval("text.maybe()").text(), "none");
    EXPECT_EQ(eval("text.maybe('x')").text(), "x");
    EXPECT_EQ(run("return text.nothing()").size(), 0u);
    EXPECT_THAT(run("return text.two()"), ElementsAre(Value{"a"}, Value{2}));
    EXPECT_EQ(eval("text.rest('n', 1, nil, {})").text(), "n3");
    EXPECT_EQ(eval("text.echo({1, {a = 2}})"), Value::list({1, Value::map({{"a", 2}})}));
    EXPECT_THAT(run("return text.raw()"), ElementsAre(Value{"no value"}, Value{0}));
    EXPECT_EQ(eval("text.later('x')").text(), "async later with 1");
}

TEST_F(InstallTest, ErrorsNameFunctionArgumentAndPlace) {
    EXPECT_EQ(error_of("\nlocal x = text.add(1, 'y')"),
              "text.add: argument 2: integer expected, got string (test.lua:2)");
    EXPECT_EQ(error_of("text.add(1)"), "text.add: argument 2: integer expected, got no value (test.lua:1)");
    EXPECT_EQ(error_of("text.add(1, true)"),
              "text.add: argument 2: integer expected, got boolean (test.lua:1)");
    EXPECT_EQ(error_of("text.small(1 << 31)"), "text.small: argument 1: a number from -2147483648 to "
                                               "2147483647 expected, got 2147483648 (test.lua:1)");
    for (const char* number : {"1e30", "-1e30", "0/0", "1/0"})
        EXPECT_NE(error_of("text.inner.deep(" + std::string{number} + ")")
                      .find("a number from -9223372036854775808 to 9223372036854775807 expected"),
                  std::string::npos)
            << number;
    EXPECT_EQ(error_of("text.size({})"), "text.size: argument 1: string expected, got table (test.lua:1)");
    EXPECT_EQ(error_of("text.inner.deep('z')"),
              "text.inner.deep: argument 1: integer expected, got string (test.lua:1)");
    EXPECT_EQ(error_of("text.keep(1)"), "text.keep: argument 1: function expected, got number (test.lua:1)");
    EXPECT_EQ(error_of("text.echo({a = {print}})"),
              "text.echo: argument 1: a[1]: function cannot be converted (test.lua:1)");
    EXPECT_EQ(error_of("text.pane_title(3)"),
              "text.pane_title: argument 1: object expected, got number (test.lua:1)");
    EXPECT_EQ(error_of("text.fails()"), "text.fails: cannot do it (test.lua:1)");
    EXPECT_EQ(error_of("text.throws()"), "text.throws: thrown here (test.lua:1)");
    EXPECT_EQ(error_of("text.no_memory()"), "not enough memory");
}

TEST_F(InstallTest, MethodsCountArgumentsWithoutSelf) {
    const auto pane = make_pane(1, "sh");
    host.live[pane.id()] = pane.record();
    set_global("pane", pane);
    run("pane:send_text('ls')");
    EXPECT_THAT(host.fake_script.commands, ElementsAre("send_text"));
    EXPECT_EQ(error_of("pane:send_text({})"),
              "Pane:send_text: argument 1: string expected, got table (test.lua:1)");
    EXPECT_EQ(error_of("pane:send_text(pane)"),
              "Pane:send_text: argument 1: string expected, got Pane (test.lua:1)");
    EXPECT_EQ(error_of("pane:fail()"), "Pane:fail: broken (test.lua:1)");
    EXPECT_EQ(eval("pane:get_text()").text(), "async get_text with 1");
    host.reads.clear();
    EXPECT_EQ(eval("pane:shout()").text(), "sh!");
    EXPECT_THAT(host.reads, ElementsAre("title"));
    EXPECT_EQ(eval("text.pane_title(pane)").text(), "sh");
}

TEST_F(InstallTest, ErrorsInTheHostsOwnChunksNameTheUsersPlace) {
    EXPECT_EQ(error_of("\n\nlocal x = text.bad()"),
              "text.add: argument 1: integer expected, got string (test.lua:3)");
}

TEST_F(InstallTest, EveryCallAsksWhetherTheTaskMayLive) {
    const int before = host.checks;
    run("text.add(1, 1) text.add(1, 1)");
    EXPECT_EQ(host.checks, before + 2);
}

TEST_F(InstallTest, ConstantsValuesSubmodulesAndChunks) {
    EXPECT_EQ(eval("text.version").text(), "1.2");
    EXPECT_EQ(eval("text.numbers[2]"), Value{2});
    EXPECT_EQ(eval("text.file").text(), "/home/me/wezterm.lua");
    EXPECT_EQ(eval("require('text.inner').deep(4)"), Value{8});
    EXPECT_EQ(eval("text.inner == require 'text.inner'"), Value{true});
    EXPECT_EQ(eval("text.twice(3)"), Value{6});
    EXPECT_EQ(eval("type(text.library)").text(), "table");
}

TEST_F(InstallTest, ABrokenChunkIsAnErrorOfInstalling) {
    Module broken{"broken"};
    broken.chunk("glue", "local local");
    const auto done = install_module(vm(), broken);
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("(lunette) glue:1:"));
    Module raising{"raising"};
    raising.chunk("glue", "error({message = 'no'})");
    EXPECT_EQ(install_module(vm(), raising).error().message, "no");
}

TEST_F(InstallTest, HiddenFunctionsAreForTheModulesChunksAlone) {
    EXPECT_EQ(eval("text.found"), Value{2}) << "chunks share them";
    EXPECT_TRUE(eval("text.secret").is_nil());
    EXPECT_EQ(error_of("text.fail()"), "text.secret: argument 1: integer expected, got string (test.lua:1)");
}

TEST_F(InstallTest, FunctionsAreHeldAndComeBack) {
    EXPECT_EQ(eval("text.keep(print) == print"), Value{true});
    EXPECT_EQ(eval("\n\ntext.where(function() end)").text(), "test.lua:3");
    EXPECT_EQ(eval("text.where(print)").text(), "[C]");
}

} // namespace lunette::lua::test
