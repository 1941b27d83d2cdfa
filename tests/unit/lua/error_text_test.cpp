#include "fixture.h"

namespace lunette::lua::test {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(OneLine, KeepsOrdinaryText) {
    EXPECT_EQ(one_line("a.lua:3: oops"), "a.lua:3: oops");
    EXPECT_EQ(one_line(""), "");
    EXPECT_EQ(one_line("Grüße 日本 🌙"), "Grüße 日本 🌙");
}

TEST(OneLine, JoinsLines) {
    EXPECT_EQ(one_line("module 'x' not found:\n\tno field\r\n\tno file\n"),
              "module 'x' not found: no field no file");
    EXPECT_EQ(one_line(std::string_view{"a\0b\x1b[31m", 8}), "a b [31m");
}

TEST(OneLine, ReplacesInvalidUtf8) {
    EXPECT_EQ(one_line("\xff"), "\xEF\xBF\xBD");
    EXPECT_EQ(one_line("a\xC3"), "a\xEF\xBF\xBD");
    EXPECT_EQ(one_line("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(one_line("\xED\xA0\x80").find("\xED"), std::string::npos);
    EXPECT_EQ(one_line("\xF4\x90\x80\x80").find("\xF4"), std::string::npos);
}

TEST(OneLine, CutsButKeepsThePlace) {
    const std::string long_front = one_line("conf.lua:12: " + std::string(10'000'000, 'x'));
    EXPECT_THAT(long_front, StartsWith("conf.lua:12: xxx"));
    EXPECT_EQ(long_front.size(), error_text_limit);
    const std::string long_back = one_line(std::string(10'000, 'x') + " (conf.lua:12)");
    EXPECT_THAT(long_back, EndsWith("\xE2\x80\xA6 (conf.lua:12)"));
    EXPECT_LE(long_back.size(), error_text_limit);
    EXPECT_LE(one_line(std::string(499, '\xff')).size(), error_text_limit);
    EXPECT_LE(one_line(std::string(5000, '\xff') + " (a:1)").size(), error_text_limit);
    EXPECT_EQ(one_line("日本語日本語", 10), "日本\xE2\x80\xA6");
}

class ErrorTest : public LuaTest {};

TEST_F(ErrorTest, DescribesAnyErrorObject) {
    EXPECT_EQ(error_of("error('x')"), "test.lua:1: x");
    EXPECT_EQ(error_of("error('x', 0)"), "x");
    EXPECT_EQ(error_of("error()"), "error object is a nil value");
    EXPECT_EQ(error_of("error({})"), "error object is a table");
    EXPECT_EQ(error_of("error({message = 'in it\\n'})"), "in it");
    EXPECT_EQ(error_of("error({'first'})"), "first");
    EXPECT_EQ(error_of("error({message = {}})"), "error object is a table");
    EXPECT_EQ(error_of("error(setmetatable({}, {__tostring = error, __index = error}))"),
              "error object is a table");
    EXPECT_EQ(error_of("error(print)"), "error object is a function value");
    EXPECT_EQ(error_of("error(42)"), "42");
    EXPECT_EQ(error_of("error(1.5)"), "1.5");
    EXPECT_EQ(error_of("error(true)"), "true");
    EXPECT_EQ(error_of("error('\\xff\\xfe', 0)"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(error_of("error(('y'):rep(1e7))").size(), error_text_limit);
    EXPECT_THAT(error_of("return nil + 1"), HasSubstr("test.lua:1: attempt to perform arithmetic"));
}

} // namespace lunette::lua::test
