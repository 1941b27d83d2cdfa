#include <limits>

#include <gtest/gtest.h>

#include <lunette/record.h>

namespace {

using lunette::Field;
using lunette::FieldView;
using lunette::Kind;
using lunette::Schema;
using lunette::Value;

struct Child {
    int number = 0;
};
const auto child_schema = lunette::schema<Child>("Child").field("number", &Child::number);

struct Everything {
    bool flag = false;
    std::uint16_t small = 0;
    double ratio = 0;
    std::string text;
    std::optional<std::string> maybe;
    std::optional<double> maybe_ratio;
    Value any;
    lunette::Ref<Child> child;
    lunette::List<Child> children;
};

std::string_view first_word(const Everything& e) {
    return std::string_view{e.text}.substr(0, e.text.find(' '));
}
const Value& any_again(const Everything& e) { return e.any; }

const auto everything = lunette::schema<Everything>("Everything")
                            .field("flag", &Everything::flag)
                            .field("small", &Everything::small)
                            .field("ratio", &Everything::ratio)
                            .field("text", &Everything::text)
                            .field("maybe", &Everything::maybe)
                            .field("maybe_ratio", &Everything::maybe_ratio)
                            .field("any", &Everything::any)
                            .computed("first_word", &first_word)
                            .computed("any_again", &any_again)
                            .record("child", &Everything::child, child_schema)
                            .list("children", &Everything::children, child_schema);

FieldView read(const lunette::Ref<Everything>& record, std::string_view name) {
    const Field& field = everything.erased().field(everything.erased().find(name));
    return field.get(field, record.record()->payload());
}

bool equal(const Everything& a, const Everything& b, std::string_view name) {
    const Field& field = everything.erased().field(everything.erased().find(name));
    return field.equal(field, &a, &b);
}

TEST(Schema, FindsEachFieldAndNothingElse) {
    const Schema& schema = everything;
    EXPECT_EQ(schema.name(), "Everything");
    for (std::size_t i = 0; i < schema.fields().size(); ++i) {
        EXPECT_EQ(schema.find(schema.field(i).name), static_cast<int>(i));
    }
    for (const char* name : {"", "fla", "flagg", "Flag", "children ", "any_agai"})
        EXPECT_EQ(schema.find(name), -1);
    EXPECT_EQ(Schema{"empty"}.find("x"), -1);
}

TEST(Schema, HoldsManyFields) {
    Schema schema{"Big"};
    const auto name = [](int i) {
        return "a_rather_long_option_name_" + std::to_string(i) + "_of_a_configuration";
    };
    for (int i = 0; i < 600; ++i) {
        Field field;
        field.name = name(i);
        schema.add(std::move(field));
    }
    for (int i = 0; i < 600; ++i) EXPECT_EQ(schema.find(name(i)), i);
    EXPECT_EQ(schema.find(name(600)), -1);
}

TEST(Schema, AFieldOfTheSameNameReplaces) {
    Schema schema{"S"};
    for (const Kind kind : {Kind::integer, Kind::string}) {
        Field field;
        field.name = "x";
        field.kind = kind;
        schema.add(std::move(field));
    }
    ASSERT_EQ(schema.fields().size(), 1U);
    EXPECT_EQ(schema.field(schema.find("x")).kind, Kind::string);
}

TEST(Schema, DescribesItsFields) {
    const auto field = [](std::string_view name) {
        return everything.erased().field(everything.erased().find(name));
    };
    EXPECT_EQ(field("flag").kind, Kind::boolean);
    EXPECT_EQ(field("small").kind, Kind::integer);
    EXPECT_EQ(field("ratio").kind, Kind::number);
    EXPECT_EQ(field("maybe").kind, Kind::string);
    EXPECT_TRUE(field("maybe").nullable);
    EXPECT_FALSE(field("text").nullable);
    EXPECT_EQ(field("any").kind, Kind::nil);
    EXPECT_EQ(field("first_word").kind, Kind::string);
    EXPECT_EQ(field("child").child, &child_schema.erased());
    EXPECT_EQ(field("children").kind, Kind::list);
}

TEST(Schema, ReadsFieldsInPlace) {
    Everything e;
    e.flag = true;
    e.small = 65535;
    e.ratio = 1.5;
    e.text = "hello there, this is long enough";
    e.child = child_schema.make({7});
    e.children = lunette::List<Child>{{child_schema.make({8}), child_schema.make({9})}};
    const auto record = everything.make(std::move(e));

    EXPECT_TRUE(read(record, "flag").boolean);
    EXPECT_EQ(read(record, "small").integer, 65535);
    EXPECT_EQ(read(record, "ratio").number, 1.5);
    EXPECT_EQ(read(record, "text").string.data(), record->text.data());
    EXPECT_EQ(read(record, "first_word").string, "hello");
    EXPECT_EQ(read(record, "maybe").kind, Kind::nil);
    EXPECT_EQ(read(record, "any").kind, Kind::nil);
    EXPECT_EQ(read(record, "child").record->id(), record->child.id());
    EXPECT_EQ(read(record, "children").list->items().size(), 2U);
    EXPECT_EQ(record->children.at(1).number, 9);
}

TEST(Schema, ReadsValuesOfAnyKind) {
    const auto with = [](Value any) {
        Everything e;
        e.any = std::move(any);
        return everything.make(std::move(e));
    };
    EXPECT_TRUE(read(with(true), "any").boolean);
    EXPECT_EQ(read(with(5), "any").integer, 5);
    EXPECT_EQ(read(with(5.5), "any").number, 5.5);
    const auto text = with("text");
    EXPECT_EQ(read(text, "any_again").string, "text");
    const auto list = with(Value::list({1, 2}));
    EXPECT_EQ(read(list, "any").kind, Kind::list);
    EXPECT_EQ(read(list, "any").value->size(), 2U);
    const auto child = child_schema.make({1});
    const auto record = with(Value{child, 3});
    EXPECT_EQ(read(record, "any").record, child.record().get());
    EXPECT_EQ(read(record, "any").object_type, 3);
    EXPECT_EQ(read(record, "children").kind, Kind::list);
}

TEST(Schema, ComparesFields) {
    constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
    Everything a;
    Everything b;
    EXPECT_TRUE(equal(a, b, "ratio"));
    b.ratio = nan_value;
    EXPECT_FALSE(equal(a, b, "ratio"));
    EXPECT_TRUE(equal(b, b, "ratio"));
    a.maybe_ratio = nan_value;
    EXPECT_FALSE(equal(a, b, "maybe_ratio"));
    b.maybe_ratio = nan_value;
    EXPECT_TRUE(equal(a, b, "maybe_ratio"));
    a.text = "x y";
    b.text = "x z";
    EXPECT_FALSE(equal(a, b, "text"));
    EXPECT_TRUE(equal(a, b, "first_word"));
    a.any = Value::list({"deep"});
    b.any = Value::list({"deep"});
    EXPECT_TRUE(equal(a, b, "any"));
    b.any = Value::list({"other"});
    EXPECT_FALSE(equal(a, b, "any_again"));
}

TEST(Record, IdsAreNeverUsedTwice) {
    const lunette::Id first = lunette::next_id();
    EXPECT_NE(first, 0U);
    EXPECT_GT(lunette::next_id(), first);
    EXPECT_NE(child_schema.make({}).id(), child_schema.make({}).id());
    EXPECT_EQ(lunette::Ref<Child>{}.id(), 0U);
}

TEST(Record, AListIsCopiedWithOneItemReplaced) {
    const auto a = child_schema.make({1});
    const auto b = child_schema.make({2});
    const lunette::List<Child> list{{a, b}};
    const auto changed = list.with(1, child_schema.make(b.id(), {3}));
    EXPECT_EQ(changed[0], a);
    EXPECT_EQ(changed.at(1).number, 3);
    EXPECT_EQ(list.at(1).number, 2);
    EXPECT_FALSE(changed == list);
    EXPECT_TRUE(lunette::List<Child>{}.empty());
}

} // namespace
