#include "wezterm/data_formats.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lunette::wezterm {
namespace {

Value decoded(DataFormat format, std::string_view text) {
    auto value = decode_data(format, text);
    if (!value) {
        ADD_FAILURE() << value.error();
        return {};
    }
    return *value;
}

std::string encoded(DataFormat format, const Value& value, DataStyle style = DataStyle::compact) {
    auto text = encode_data(format, value, style);
    return text ? *text : "error: " + text.error();
}

Value sample() {
    return Value::map({{"name", "x \"y\"\n"},
                       {"n", 3},
                       {"f", 1.0},
                       {"on", true},
                       {"list", Value::list({1, "two", Value::list({})})},
                       {"sub", Value::map({{"k v", "1"}, {"deep", Value::map({{"a", 0.5}})}})}});
}

std::string nested(std::string_view open, std::string_view close, int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += open;
    for (int i = 0; i < depth; ++i) text += close;
    return text;
}

Value nested_list(int depth) {
    Value value = Value::list({});
    for (int i = 1; i < depth; ++i) value = Value::list({value});
    return value;
}

TEST(Json, Decodes) {
    EXPECT_EQ(decoded(DataFormat::json, R"({"a":[1,2.5,null,true,"x\u00e9"],"b":{}})"),
              Value::map({{"a", Value::list({1, 2.5, Value{}, true, "x\xC3\xA9"})}, {"b", Value::map({})}}));
    EXPECT_EQ(decoded(DataFormat::json, " -7 "), Value{-7});
    EXPECT_EQ(decoded(DataFormat::json, "9223372036854775807"), Value{INT64_MAX});
    EXPECT_EQ(decoded(DataFormat::json, "18446744073709551615").kind(), Kind::number);
    EXPECT_EQ(decoded(DataFormat::json, "1.0").kind(), Kind::number);
    EXPECT_EQ(decoded(DataFormat::json, R"({"a":1,"a":2})")["a"], Value{2});
}

TEST(Json, RefusesWithAPlace) {
    for (const char* text :
         {"", "{", "[1,]", "{\"a\":}", "1 2", "nul", "{a:1}", "'x'", "\"\xFF\"", "NaN", "[1}"}) {
        EXPECT_FALSE(decode_data(DataFormat::json, text)) << text;
    }
    EXPECT_NE(decode_data(DataFormat::json, "{\n  x").error().find("line 2"), std::string::npos);
}

TEST(Json, DepthIsBounded) {
    EXPECT_TRUE(decode_data(DataFormat::json, nested("[", "]", max_data_depth)));
    EXPECT_FALSE(decode_data(DataFormat::json, nested("[", "]", max_data_depth + 1)));
    EXPECT_FALSE(decode_data(DataFormat::json, nested("[", "]", 100'000)));
    EXPECT_FALSE(decode_data(DataFormat::json, nested("{\"a\":", "}", 100'000)));
    EXPECT_TRUE(encode_data(DataFormat::json, nested_list(max_data_depth)));
    EXPECT_FALSE(encode_data(DataFormat::json, nested_list(max_data_depth + 2)));
}

TEST(Json, Encodes) {
    EXPECT_EQ(
        encoded(DataFormat::json, sample()),
        R"({"f":1.0,"list":[1,"two",[]],"n":3,"name":"x \"y\"\n","on":true,"sub":{"deep":{"a":0.5},"k v":"1"}})");
    EXPECT_EQ(encoded(DataFormat::json, Value::map({{"a", Value::list({1, 2})}, {"b", Value::map({})}}),
                      DataStyle::pretty),
              "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}");
    EXPECT_EQ(encoded(DataFormat::json, Value{}), "null");
    EXPECT_EQ(encoded(DataFormat::json, "\x01\x7f\\u007f"), "\"\\u0001\x7f\\\\u007f\"");
    EXPECT_EQ(encoded(DataFormat::json, 1e21), "1e+21");
}

TEST(Json, WhatCannotBeWritten) {
    EXPECT_FALSE(encode_data(DataFormat::json, std::nan("")));
    EXPECT_FALSE(encode_data(DataFormat::json, std::numeric_limits<double>::infinity()));
    EXPECT_FALSE(encode_data(DataFormat::json, "\xFF"));
    EXPECT_FALSE(encode_data(DataFormat::json, Value::map({{1, "x"}})));
}

TEST(Formats, RoundTrips) {
    for (DataFormat format : {DataFormat::json, DataFormat::toml, DataFormat::yaml}) {
        for (DataStyle style : {DataStyle::compact, DataStyle::pretty}) {
            const std::string text = encoded(format, sample(), style);
            EXPECT_EQ(decoded(format, text), sample()) << text;
        }
    }
}

TEST(Toml, Decodes) {
    const Value value =
        decoded(DataFormat::toml, "a = 1\nf = 2.5\n[t.u]\nx = 'y'\n[[l]]\nn = 1\n[[l]]\nn = 2\n");
    EXPECT_EQ(value["a"], Value{1});
    EXPECT_EQ(value["f"], Value{2.5});
    EXPECT_EQ(value["t"]["u"]["x"], Value{"y"});
    EXPECT_EQ(value["l"].size(), 2U);
    EXPECT_EQ(decoded(DataFormat::toml, "d = 2024-01-02\nt = 03:04:05\n")["d"], Value{"2024-01-02"});
    EXPECT_EQ(decoded(DataFormat::toml, "").kind(), Kind::map);
}

TEST(Toml, RefusesWithAPlace) {
    for (const char* text : {"a", "a = ", "a = 1\na = 2\n", "[a\n", "a = [1", "= 1", "a = \"\xFF\""}) {
        EXPECT_FALSE(decode_data(DataFormat::toml, text)) << text;
    }
    EXPECT_NE(decode_data(DataFormat::toml, "ok = 1\nbad").error().find("line 2"), std::string::npos);
}

TEST(Toml, DepthIsBounded) {
    EXPECT_TRUE(decode_data(DataFormat::toml, "a = " + nested("[", "]", 100)));
    EXPECT_FALSE(decode_data(DataFormat::toml, "a = " + nested("[", "]", 100'000)));
    EXPECT_FALSE(decode_data(DataFormat::toml, "a = " + nested("{a=", "}", 100'000)));
    const std::string dotted = nested("a.", "", 500'000) + "a";
    EXPECT_FALSE(decode_data(DataFormat::toml, dotted + " = 1"));
    EXPECT_FALSE(decode_data(DataFormat::toml, "[" + dotted + "]"));
    EXPECT_FALSE(decode_data(DataFormat::toml, "x = '" + nested("a.", "", 1000) + "'\n[" + dotted + "]"));
    EXPECT_TRUE(decode_data(DataFormat::toml, "x = '" + dotted + "' # " + dotted));
    EXPECT_TRUE(
        decode_data(DataFormat::toml, "x = \"\"\"\n" + dotted + "\"\"\"\ny = \"\\\"" + dotted + "\""));
}

TEST(Toml, Encodes) {
    const Value value = Value::map({{"b", Value::map({{"c", Value::list({"x", "y"})}})},
                                    {"a", 1},
                                    {"l", Value::list({Value::map({{"n", 1}}), Value::map({})})},
                                    {"m", Value::list({1, Value::map({{"z", true}})})}});
    EXPECT_EQ(encoded(DataFormat::toml, value),
              "a = 1\nm = [1, { z = true }]\n\n[b]\nc = [\"x\", \"y\"]\n\n[[l]]\nn = 1\n\n[[l]]\n");
    EXPECT_EQ(encoded(DataFormat::toml, Value::map({{"c", Value::list({"x", "y"})}}), DataStyle::pretty),
              "c = [\n    \"x\",\n    \"y\",\n]\n");
    EXPECT_EQ(encoded(DataFormat::toml, Value::map({})), "");
    EXPECT_FALSE(encode_data(DataFormat::toml, Value::map({{"a", Value::list({Value{}})}})));
    EXPECT_FALSE(encode_data(DataFormat::toml, 1));
}

TEST(Yaml, DecodesTheCoreSchema) {
    const Value value = decoded(DataFormat::yaml,
                                "a: 1\nb: 'true'\nc: yes\nd: ~\ne: 0x1F\nf: 1e3\ng: \"2\"\nh: 007\ni: -.inf\n"
                                "j: true\nk: [x, 2]\n3: three\nl: |\n  text\n  more\n");
    EXPECT_EQ(value["a"], Value{1});
    EXPECT_EQ(value["b"], Value{"true"});
    EXPECT_EQ(value["c"], Value{"yes"});
    EXPECT_TRUE(value["d"].is_nil());
    EXPECT_EQ(value["e"], Value{31});
    EXPECT_EQ(value["f"], Value{1000.0});
    EXPECT_EQ(value["g"], Value{"2"});
    EXPECT_EQ(value["h"], Value{"007"});
    EXPECT_EQ(value["i"], Value{-std::numeric_limits<double>::infinity()});
    EXPECT_EQ(value["j"], Value{true});
    EXPECT_EQ(value["k"], Value::list({"x", 2}));
    EXPECT_EQ(value["3"], Value{"three"});
    EXPECT_EQ(value["l"], Value{"text\nmore\n"});
    EXPECT_TRUE(decoded(DataFormat::yaml, "").is_nil());
}

TEST(Yaml, RefusesWithAPlace) {
    for (const char* text :
         {"a: [1", "a: b: c", "- x\ny: 1", "? [a]\n: b", "--- 1\n--- 2", "&a [*a]", "*nope", "a: \"x"}) {
        EXPECT_FALSE(decode_data(DataFormat::yaml, text)) << text;
    }
    EXPECT_NE(decode_data(DataFormat::yaml, "a: 1\nb: [").error().find("line "), std::string::npos);
}

TEST(Yaml, AliasesAndDepthAreBounded) {
    EXPECT_EQ(decoded(DataFormat::yaml, "a: &x [1]\nb: *x\n")["b"], Value::list({1}));
    std::string bomb = "a0: &a0 [x]\n";
    for (int i = 1; i < 40; ++i) {
        const std::string last = std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + last + ", *a" + last + "]\n";
    }
    EXPECT_FALSE(decode_data(DataFormat::yaml, bomb));
    EXPECT_FALSE(decode_data(DataFormat::yaml, nested("[", "]", 400)));
    EXPECT_FALSE(decode_data(DataFormat::yaml, nested("[", "]", 20'000)));
    EXPECT_FALSE(decode_data(DataFormat::yaml, nested("- ", "", 20'000) + "x"));
}

TEST(Yaml, Encodes) {
    EXPECT_EQ(encoded(DataFormat::yaml,
                      Value::map({{"a", Value::list({1, Value::map({{"b", 2}, {"c", Value::list({"x"})}})})},
                                  {"e", Value::list({})},
                                  {"m", Value::map({{"q", Value::list({Value{}})}})}})),
              "a:\n- 1\n- b: 2\n  c:\n  - x\ne: []\nm:\n  q:\n  - null\n");
    EXPECT_EQ(encoded(DataFormat::yaml, "x"), "x\n");
    EXPECT_EQ(encoded(DataFormat::yaml, Value::list({Value::list({1, 2}), Value::list({3})})),
              "- - 1\n  - 2\n- - 3\n");
}

TEST(Yaml, StringsThatLookLikeSomethingElseAreQuoted) {
    for (const char* text : {"",
                             "true",
                             "null",
                             "~",
                             "1",
                             "1.5",
                             "0x10",
                             ".inf",
                             "yes",
                             "- x",
                             "a: b",
                             "a #b",
                             "#x",
                             "'q'",
                             "\"q\"",
                             "[x",
                             "{x",
                             "*x",
                             "&x",
                             "!x",
                             "%x",
                             "@x",
                             "`x",
                             "x:",
                             " x",
                             "x ",
                             "a\nb",
                             "tab\t",
                             "\xC3\xA9",
                             "it's",
                             "---",
                             "...",
                             "-",
                             "?",
                             "|",
                             ">",
                             ":",
                             "a,b",
                             "\x7f",
                             "\xC2\x85",
                             "<<",
                             "=",
                             "-.5",
                             "1_000",
                             "2024-01-01",
                             "\xEF\xBB\xBFx",
                             "\xE2\x80\xA8",
                             "\xC2\x80",
                             "\xC2\x9F"}) {
        const Value value = Value::map({{text, Value::list({text})}});
        const std::string yaml = encoded(DataFormat::yaml, value);
        EXPECT_EQ(decoded(DataFormat::yaml, yaml), value) << yaml;
    }
}

TEST(Formats, NumberOfValuesIsBounded) {
    std::string items;
    for (std::size_t i = 0; i < max_data_values; ++i) items += "1,";
    EXPECT_FALSE(decode_data(DataFormat::json, "[" + items + "1]"));
    EXPECT_FALSE(decode_data(DataFormat::toml, "a = [" + items + "1]"));
    EXPECT_FALSE(encode_data(DataFormat::json, Value::list(std::vector<Value>(max_data_values, Value{1}))));
}

TEST(Formats, TextSizeIsBounded) {
    for (DataFormat format : {DataFormat::json, DataFormat::toml, DataFormat::yaml}) {
        EXPECT_FALSE(decode_data(format, std::string(max_data_bytes(format) + 1, ' ')));
    }
}

} // namespace
} // namespace lunette::wezterm
