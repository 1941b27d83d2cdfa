#include "fixture.h"
#include "lua/signature.h"
#include "lua/stubs.h"
#include "lua/suggest.h"

namespace lunette::lua::test {

using testing::HasSubstr;
using testing::Not;

TEST(Signature, IsTakenApart) {
    const auto s = parse_signature("find(text: string, map?: table<string, integer>, f: fun(a: any, b: any), "
                                   "...: any): integer?, string");
    ASSERT_EQ(s.parameters.size(), 4u);
    EXPECT_EQ(s.parameters[1].name, "map?");
    EXPECT_EQ(s.parameters[1].type, "table<string, integer>");
    EXPECT_EQ(s.parameters[2].type, "fun(a: any, b: any)");
    EXPECT_EQ(s.parameters[3].name, "...");
    EXPECT_EQ(s.results, (std::vector<std::string>{"integer?", "string"}));
    EXPECT_TRUE(parse_signature("f()").parameters.empty());
    EXPECT_EQ(parse_signature("f(x)").parameters[0].type, "any");
    for (const char* bad : {"", "f", "f(a: string", "f(a: fun(b"})
        EXPECT_EQ(parse_signature(bad).parameters.at(0).name, "...") << bad;
}

TEST(Stubs, DescribeModulesAndObjects) {
    Module module{"text"};
    module.function("cut", [](std::string s) { return s; })
        .doc("cut(text: string, end?: integer): string", "Keeps the left part.");
    module.function("plain", [] {});
    module.constant("glyphs", Value::map({{"a", "b"}}));
    Module inner{"inner"};
    inner.function("deep", [] {}).doc("deep(): boolean", "");
    module.submodule(std::move(inner));
    const std::string text = stubs({module}, objects());
    EXPECT_THAT(text, HasSubstr("---@meta\n"));
    EXPECT_THAT(text, HasSubstr("--- Keeps the left part.\n---@param text string\n---@param end_? integer\n"
                                "---@return string\nfunction text.cut(text, end_) end\n"));
    EXPECT_THAT(text, HasSubstr("---@param ... any\nfunction text.plain(...) end\n"));
    EXPECT_THAT(text, HasSubstr("---@field glyphs table<string, string>\n"));
    EXPECT_THAT(text, HasSubstr("---@return boolean\nfunction text_inner.deep() end\n"));
    EXPECT_THAT(text, HasSubstr("---@overload fun(modname: \"text.inner\"): text.inner\n"));
    EXPECT_THAT(text, HasSubstr("---@class TabInformation\n"));
    EXPECT_THAT(text, HasSubstr("---@field panes PaneInformation[]\n"));
    EXPECT_THAT(text, HasSubstr("---@field active_pane PaneInformation?\n"));
    EXPECT_THAT(text, HasSubstr("---@field tty_name string?\n"));
    EXPECT_THAT(text, HasSubstr("---@return string\nfunction Pane:get_title() end\n"));
    EXPECT_THAT(text, HasSubstr("function Pane:send_text(...) end\n"));
    EXPECT_THAT(text, Not(HasSubstr("---@field secret")));
    EXPECT_THAT(text, Not(HasSubstr("__concat")));
}

TEST(Stubs, DocBelongsToTheMemberOfThatName) {
    Object object{"T", tab_schema()};
    object.method("m", [](RecordRef) {});
    object.property("p", [](RecordRef) { return 1; });
    object.doc("p: integer", "A property.").doc("m(x: string)", "A method.");
    EXPECT_EQ(object.properties()[0].documentation, "A property.");
    EXPECT_EQ(object.functions()[0].documentation, "A method.");
    EXPECT_THAT(stubs({}, {object}), HasSubstr("---@field p integer\n"));
}

TEST(ClosestName, FindsTyposOnly) {
    EXPECT_EQ(closest_name("tilte", {"title", "tab_id"}), "title");
    EXPECT_EQ(closest_name("get_titel", {"get_title", "get_tab"}), "get_title");
    EXPECT_EQ(closest_name("zzz", {"title"}), "");
    EXPECT_EQ(closest_name("", {"title"}), "");
    EXPECT_EQ(closest_name(std::string(1000, 'x'), {"title"}), "");
}

} // namespace lunette::lua::test
