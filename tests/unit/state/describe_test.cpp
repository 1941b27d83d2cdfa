#include <limits>

#include <gtest/gtest.h>

#include <lunette/record.h>

namespace {

using lunette::describe;
using lunette::Value;

TEST(Describe, WritesScalarsAsLuaDoes) {
    EXPECT_EQ(describe(Value{}), "nil");
    EXPECT_EQ(describe(Value{true}), "true");
    EXPECT_EQ(describe(Value{-7}), "-7");
    EXPECT_EQ(describe(Value{2.0}), "2.0");
    EXPECT_EQ(describe(Value{-0.0}), "-0.0");
    EXPECT_EQ(describe(Value{0.1}), "0.1");
    EXPECT_EQ(describe(Value{1e100}), "1e+100");
    EXPECT_EQ(describe(Value{std::numeric_limits<double>::infinity()}), "inf");
    EXPECT_EQ(describe(Value{-std::numeric_limits<double>::quiet_NaN()}), "nan");
}

TEST(Describe, QuotesStrings) {
    EXPECT_EQ(describe(Value{"a\"b\\c\n\t"}), R"("a\"b\\c\n\t")");
    EXPECT_EQ(describe(Value{std::string("\x1b[0m\0\x7f", 6)}), R"("\x1B[0m\x00\x7F")");
    EXPECT_EQ(describe(Value{"grün 🦀"}), "\"grün 🦀\"");
}

TEST(Describe, EscapesInvalidUtf8) {
    EXPECT_EQ(describe(Value{"a\xff"}), R"("a\xFF")");
    EXPECT_EQ(describe(Value{"\xc3"}), R"("\xC3")");
    EXPECT_EQ(describe(Value{"\xc0\x80"}), R"("\xC0\x80")");
    EXPECT_EQ(describe(Value{"\xed\xa0\x80"}), R"("\xED\xA0\x80")");
    EXPECT_EQ(describe(Value{"\xf4\x90\x80\x80"}), R"("\xF4\x90\x80\x80")");
}

struct Titled {
    std::string text;
};
struct Bare {
    std::int64_t number = 0;
};

TEST(Describe, RecordsByTheirTextIfTheyHaveOne) {
    static const auto titled = lunette::schema<Titled>("Title").field("text", &Titled::text);
    static const auto bare = lunette::schema<Bare>("Bare").field("number", &Bare::number);
    EXPECT_EQ(describe(Value{titled.make(14, {"1: vim"})}), "\"1: vim\"");
    EXPECT_EQ(describe(Value::list({Value{titled.make(14, {"a\n"})}})), "{\"a\\n\"}");
    EXPECT_EQ(describe(Value{bare.make(7, {1})}), "Bare 7");
}

TEST(Describe, WritesTablesInLuaSyntax) {
    EXPECT_EQ(describe(Value::list({})), "{}");
    EXPECT_EQ(describe(Value::list({1, "x", nullptr})), R"({1, "x", nil})");
    EXPECT_EQ(describe(Value::map({{"name", 1}, {"a b", 2}, {3, Value::list({4})}, {true, 5}})),
              R"({[3] = {4}, [true] = 5, ["a b"] = 2, name = 1})");
}

TEST(Describe, NamesRecords) {
    struct Empty {};
    const auto schema = lunette::schema<Empty>("Tab");
    EXPECT_EQ(describe(Value{schema.make(12, {})}), "Tab 12");
}

TEST(Describe, IsCutAtWholeCharacters) {
    const Value long_text{std::string(1000, 'x')};
    EXPECT_EQ(describe(long_text).size(), 200U);
    EXPECT_EQ(describe(long_text, 10), "\"xxxxxx…");
    EXPECT_EQ(describe(Value{"ääääää"}, 8), "\"ää…");
    EXPECT_EQ(describe(Value{"ääääää"}, 14), "\"ääääää\"");
    EXPECT_EQ(describe(Value{"abc"}, 2), "\"a");
    EXPECT_EQ(describe(Value{"abc"}, 0), "");
    for (std::size_t limit = 0; limit < 40; ++limit) {
        EXPECT_LE(describe(Value::list({"äöü", 1.5, "🦀🦀🦀🦀🦀", true}), limit).size(), limit);
    }
}

TEST(Describe, StopsAtTheLimitHoweverBigTheValue) {
    Value wide{1};
    for (int i = 0; i < 64; ++i) wide = Value::list({wide, wide});
    EXPECT_LE(describe(wide, 5000).size(), 5000U);
    EXPECT_NE(describe(wide, 100'000).find("{…}"), std::string::npos);
}

} // namespace
