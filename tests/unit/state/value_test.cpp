#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include <lunette/record.h>

#include "state/value_equal.h"

namespace {

using lunette::Kind;
using lunette::Value;
using lunette::state::RecordsBy;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

struct Leaf {
    std::string name;
    Value extra;
    double ratio = 0;
};
const auto leaf_schema = lunette::schema<Leaf>("Leaf")
                             .field("name", &Leaf::name)
                             .field("extra", &Leaf::extra)
                             .field("ratio", &Leaf::ratio);

struct Branch {
    lunette::Ref<Leaf> main;
    lunette::List<Leaf> leaves;
};
const auto branch_schema = lunette::schema<Branch>("Branch")
                               .record("main", &Branch::main, leaf_schema)
                               .list("leaves", &Branch::leaves, leaf_schema);

TEST(Value, KnowsItsKind) {
    EXPECT_EQ(Value{}.kind(), Kind::nil);
    EXPECT_EQ(Value{true}.kind(), Kind::boolean);
    EXPECT_EQ(Value{7}.kind(), Kind::integer);
    EXPECT_EQ(Value{7.0}.kind(), Kind::number);
    EXPECT_EQ(Value{"a"}.kind(), Kind::string);
    EXPECT_EQ(Value::list({}).kind(), Kind::list);
    EXPECT_EQ(Value::map({}).kind(), Kind::map);
    EXPECT_EQ(Value{leaf_schema.make({})}.kind(), Kind::record);
    EXPECT_EQ(Value{lunette::Ref<Leaf>{}}.kind(), Kind::nil);
    EXPECT_EQ(Value{std::optional<int>{}}.kind(), Kind::nil);
    EXPECT_EQ(kind_name(Kind::integer), "integer");
}

TEST(Value, IsTrueAsInLua) {
    EXPECT_FALSE(Value{});
    EXPECT_FALSE(Value{false});
    EXPECT_TRUE(Value{true});
    EXPECT_TRUE(Value{0});
    EXPECT_TRUE(Value{""});
}

TEST(Value, ConvertsNumbersOnlyWithoutLoss) {
    EXPECT_EQ(Value{3.0}.integer_or(-1), 3);
    EXPECT_EQ(Value{3.5}.integer_or(-1), -1);
    EXPECT_EQ(Value{nan_value}.integer_or(-1), -1);
    EXPECT_EQ(Value{infinity}.integer_or(-1), -1);
    EXPECT_EQ(Value{0x1p63}.integer_or(-1), -1);
    EXPECT_EQ(Value{-0x1p63}.integer_or(-1), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(Value{5}.number_or(-1), 5.0);
    EXPECT_EQ(Value{(std::int64_t{1} << 53) + 1}.number_or(-1), -1);
    EXPECT_EQ(Value{std::numeric_limits<std::int64_t>::max()}.number_or(-1), -1);
    EXPECT_EQ(Value{"5"}.integer_or(-1), -1);
    EXPECT_EQ(Value{true}.integer_or(-1), -1);
    EXPECT_TRUE(Value{1}.boolean_or(true));
    EXPECT_EQ(Value{1}.string_or("no"), "no");
    EXPECT_EQ(Value{1}.text(), "");
}

TEST(Value, CopiesShareAndMovesLeaveNil) {
    Value a{"a string that is too long to be stored in place"};
    Value b = a;
    EXPECT_EQ(a.text().data(), b.text().data());
    Value c = std::move(a);
    EXPECT_TRUE(a.is_nil()); // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(c, b);
    const Value& same = c;
    c = same;
    EXPECT_EQ(c, b);
    b = Value{1};
    EXPECT_EQ(c.text().size(), 47U);
}

TEST(Value, StringsKeepZeroBytes) {
    const std::string text("a\0b", 3);
    EXPECT_EQ(Value{text}.text(), text);
    EXPECT_NE(Value{text}, Value{"a"});
}

TEST(ValueMap, NumbersWithIntegerValueAreIntegerKeys) {
    const Value map = Value::map({{2.0, "two"}, {-0.0, "zero"}, {2.5, "more"}});
    EXPECT_EQ(map[Value{2}].text(), "two");
    EXPECT_EQ(map[Value{2.0}].text(), "two");
    EXPECT_EQ(map[Value{0}].text(), "zero");
    EXPECT_EQ(map[Value{2.5}].text(), "more");
    EXPECT_EQ(map.entries()[0].key.kind(), Kind::integer);
    EXPECT_EQ(Value::map({{2, 1}, {2.0, 3}}).size(), 1U);
}

TEST(ValueMap, SortsKeysByKindThenValue) {
    const Value map =
        Value::map({{"b", 1}, {true, 2}, {1.5, 3}, {9, 4}, {"a", 5}, {-3, 6}, {false, 7}, {-infinity, 8}});
    std::vector<std::int64_t> order;
    for (const auto& entry : map.entries()) order.push_back(entry.value.integer_or(0));
    EXPECT_EQ(order, (std::vector<std::int64_t>{6, 4, 8, 3, 7, 2, 5, 1}));
}

TEST(ValueMap, LaterDuplicateWinsAndNilRemoves) {
    EXPECT_EQ(Value::map({{"k", 1}, {"x", 2}, {"k", 3}})["k"], Value{3});
    const Value map = Value::map({{"k", 1}, {"k", nullptr}});
    EXPECT_EQ(map.size(), 0U);
    EXPECT_EQ(map, Value::map({}));
}

TEST(ValueMap, LeavesOutWhatIsNoKey) {
    const Value map =
        Value::map({{nullptr, 1}, {nan_value, 2}, {Value::list({}), 3}, {leaf_schema.make({}), 4}, {"k", 5}});
    EXPECT_EQ(map.size(), 1U);
    EXPECT_TRUE(map[Value{nan_value}].is_nil());
    EXPECT_TRUE(map[Value{}].is_nil());
}

TEST(ValueMap, FindsAmongKeysOfAllKinds) {
    std::vector<lunette::MapEntry> entries;
    for (int i = 0; i < 500; ++i) {
        entries.push_back({(i * 7919) % 500, i});
        entries.push_back({"key " + std::to_string(i), i});
    }
    entries.push_back({true, "yes"});
    const Value map = Value::map(std::move(entries));
    ASSERT_EQ(map.size(), 1001U);
    for (int i = 0; i < 500; ++i) {
        EXPECT_EQ(map[Value{(i * 7919) % 500}], Value{i});
        EXPECT_EQ(map["key " + std::to_string(i)], Value{i});
        EXPECT_EQ(map[Value{"key " + std::to_string(i)}], Value{i});
    }
    EXPECT_EQ(map[Value{true}].text(), "yes");
    EXPECT_TRUE(map[Value{false}].is_nil());
    EXPECT_TRUE(map["key 500"].is_nil());
    EXPECT_TRUE(map["zzz"].is_nil());
    EXPECT_TRUE(map[Value{-1}].is_nil());
}

TEST(ValueList, IsIndexedFromOne) {
    const Value list = Value::list({"a", "b"});
    EXPECT_EQ(list[Value{1}].text(), "a");
    EXPECT_EQ(list[Value{2.0}].text(), "b");
    EXPECT_TRUE(list[Value{0}].is_nil());
    EXPECT_TRUE(list[0].is_nil());
    EXPECT_EQ(list[2].text(), "b");
    EXPECT_TRUE(list[Value{3}].is_nil());
    EXPECT_TRUE(list[Value{-1}].is_nil());
    EXPECT_TRUE(list[Value{std::numeric_limits<std::int64_t>::min()}].is_nil());
    EXPECT_TRUE(list["a"].is_nil());
    EXPECT_TRUE(Value{5}[Value{1}].is_nil());
}

TEST(ValueEquality, TellsApartWhatLuaCan) {
    EXPECT_EQ(Value{nan_value}, Value{nan_value});
    EXPECT_NE(Value{2}, Value{2.0});
    EXPECT_NE(Value{0.0}, Value{-0.0});
    EXPECT_NE(Value{}, Value{false});
    EXPECT_NE(Value::list({}), Value::map({}));
    EXPECT_NE(Value::list({1, 2}), Value::list({1}));
    EXPECT_EQ(Value::list({1, Value::map({{"a", "x"}})}), Value::list({1, Value::map({{"a", "x"}})}));
    EXPECT_NE(Value::list({1, Value::map({{"a", "x"}})}), Value::list({1, Value::map({{"a", "y"}})}));
    EXPECT_NE(Value::map({{"a", 1}}), Value::map({{"b", 1}}));
}

TEST(ValueEquality, RecordsAreEqualByIdAndContent) {
    const auto one = leaf_schema.make(100, {"x", Value::list({1}), nan_value});
    const auto again = leaf_schema.make(100, {"x", Value::list({1}), nan_value});
    const auto other_id = leaf_schema.make(101, {"x", Value::list({1}), nan_value});
    const auto changed = leaf_schema.make(100, {"x", Value::list({2}), nan_value});
    EXPECT_EQ(Value{one}, Value{again});
    EXPECT_NE(Value{one}, Value{other_id});
    EXPECT_NE(Value{one}, Value{changed});
    EXPECT_NE((Value{one, 1}), (Value{one, 2}));
    EXPECT_TRUE(lunette::state::equal(Value{one}, Value{changed}, RecordsBy::id));
    EXPECT_FALSE(lunette::state::equal(Value{one}, Value{other_id}, RecordsBy::id));

    const auto tree = [](const lunette::Ref<Leaf>& main, std::vector<lunette::Ref<Leaf>> leaves) {
        return Value{branch_schema.make(200, {main, lunette::List<Leaf>{std::move(leaves)}})};
    };
    EXPECT_EQ(tree(one, {one, other_id}), tree(again, {again, other_id}));
    EXPECT_NE(tree(one, {one, other_id}), tree(again, {changed, other_id}));
    EXPECT_NE(tree(one, {one}), tree(changed, {one}));
    EXPECT_NE(tree(one, {one}), tree({}, {one}));
    EXPECT_NE(tree(one, {one}), tree(one, {}));
}

TEST(ValueEquality, SharedPartsDoNotMultiplyTheWork) {
    Value a{1};
    Value b{1};
    for (int i = 0; i < 200; ++i) { // 2^200 paths
        a = Value::list({a, a});
        b = Value::list({b, b});
    }
    EXPECT_EQ(a, b);
    EXPECT_EQ(lunette::state::hash(a), lunette::state::hash(b));
}

TEST(ValueEquality, DepthDoesNotMatter) {
    constexpr int depth = 300'000;
    Value a{1};
    Value b{1};
    Value c{2};
    for (int i = 0; i < depth; ++i) {
        a = i % 2 ? Value::list({a}) : Value::map({{"k", a}});
        b = i % 2 ? Value::list({b}) : Value::map({{"k", b}});
        c = i % 2 ? Value::list({c}) : Value::map({{"k", c}});
    }
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
    EXPECT_EQ(lunette::state::hash(a), lunette::state::hash(b));
    EXPECT_FALSE(describe(a).empty());
}

TEST(ValueEquality, ALongChainOfRecordsIsComparedAndFreed) {
    constexpr int depth = 100'000;
    const auto chain = [&](const char* end) {
        Value value{end};
        for (int i = 0; i < depth; ++i) value = Value{leaf_schema.make(1000 + i, {"link", value, 0})};
        return value;
    };
    EXPECT_EQ(chain("end"), chain("end"));
    EXPECT_NE(chain("end"), chain("END"));
}

TEST(ValueHash, EqualValuesHashAlike) {
    const auto one = leaf_schema.make(100, {"x", {}, 0});
    const auto changed = leaf_schema.make(100, {"y", {}, 0});
    EXPECT_EQ(lunette::state::hash(Value::list({one, "a"})),
              lunette::state::hash(Value::list({changed, "a"})));
    EXPECT_NE(lunette::state::hash(Value::list({one, "a"})), lunette::state::hash(Value::list({one, "b"})));
    EXPECT_EQ(lunette::state::hash(Value{nan_value}), lunette::state::hash(Value{-nan_value}));
    EXPECT_NE(lunette::state::hash(Value{1}), lunette::state::hash(Value{2}));
}

TEST(Value, KnowsWhetherItHoldsRecords) {
    const auto record = leaf_schema.make({});
    EXPECT_TRUE(Value{record}.holds_records());
    EXPECT_TRUE(Value::list({1, Value::map({{"k", Value::list({record})}})}).holds_records());
    EXPECT_FALSE(Value::list({1, Value::map({{"k", "v"}})}).holds_records());
    EXPECT_FALSE(Value{}.holds_records());
}

TEST(Value, GivesThePayloadOfItsSchemaOnly) {
    const Value value{leaf_schema.make({"x", {}, 0})};
    ASSERT_NE(value.payload<Leaf>(leaf_schema), nullptr);
    EXPECT_EQ(value.payload<Leaf>(leaf_schema)->name, "x");
    EXPECT_EQ(value.payload<Branch>(branch_schema), nullptr);
    EXPECT_EQ(Value{1}.payload<Leaf>(leaf_schema), nullptr);
    EXPECT_EQ(value.record_ref().get(), value.record());
    EXPECT_FALSE(Value{1}.record_ref());
}

} // namespace
