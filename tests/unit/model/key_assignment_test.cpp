#include "model/commands.h"
#include "model/key_assignment.h"
#include "model/spawn_options.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lunette::model {

namespace {

std::string error_of(const Value& value) {
    const auto parsed = KeyAssignment::parse(value);
    return parsed ? "" : parsed.error();
}

} // namespace

TEST(KeyAssignment, IsANameOrATableOfOneName) {
    const auto plain = KeyAssignment::parse("ActivateCopyMode");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->to_value(), Value{"ActivateCopyMode"});
    const Value table = Value::map({{"ActivateTab", -1}});
    const auto with_argument = KeyAssignment::parse(table);
    ASSERT_TRUE(with_argument);
    EXPECT_EQ(with_argument->name, "ActivateTab");
    EXPECT_EQ(with_argument->to_value(), table);
}

TEST(KeyAssignment, SaysWhatIsWrong) {
    EXPECT_NE(error_of("NoSuchThing").find("NoSuchThing"), std::string::npos);
    EXPECT_NE(error_of("ActivateTab").find("integer expected"), std::string::npos);
    EXPECT_NE(error_of(Value::map({{"ActivateTab", "x"}})).find("ActivateTab"), std::string::npos);
    EXPECT_NE(error_of(Value::map({{"ActivateTab", 1.5}})), "");
    EXPECT_NE(error_of(Value::map({{"Nop", 1}})), "");
    EXPECT_NE(error_of(5), "");
    EXPECT_NE(error_of({}), "");
    EXPECT_NE(error_of(Value::map({{"Nop", {}}, {"Hide", {}}})), "");
    EXPECT_EQ(error_of(Value::map({{"ActivateTab", 2.0}})), "");
}

TEST(KeyAssignment, AnEmptyTableIsAListOrAMap) {
    EXPECT_EQ(error_of(Value::map({{"SplitHorizontal", Value::list({})}})), "");
    EXPECT_EQ(error_of(Value::map({{"Multiple", Value::map({})}})), "");
    EXPECT_NE(error_of(Value::map({{"SplitHorizontal", Value::list({1})}})), "");
}

TEST(KeyAssignment, LooksIntoMultipleAndCopyMode) {
    EXPECT_EQ(error_of(Value::map({{"Multiple", Value::list({"Nop", Value::map({{"SendString", "x"}})})}})),
              "");
    EXPECT_NE(error_of(Value::map({{"Multiple", Value::list({"Nop", "Nonsense"})}})).find("Nonsense"),
              std::string::npos);
    EXPECT_EQ(error_of(Value::map({{"CopyMode", Value::map({{"MoveByPage", 0.5}})}})), "");
    EXPECT_EQ(error_of(Value::map({{"CopyMode", "Close"}})), "");
    EXPECT_NE(error_of(Value::map({{"CopyMode", "Open"}})), "");
    Value nested = "Nop";
    for (int i = 0; i < 100; ++i) nested = Value::map({{"Multiple", Value::list({nested})}});
    EXPECT_NE(error_of(nested).find("deep"), std::string::npos);
}

TEST(KeyAssignment, LooksIntoSearchAndSelecting) {
    const auto search = [](Value argument) {
        return error_of(Value::map({{"Search", std::move(argument)}}));
    };
    EXPECT_EQ(search("CurrentSelectionOrEmptyString"), "");
    for (const char* kind : {"CaseSensitiveString", "CaseInSensitiveString", "CaseSmartString", "Regex"})
        EXPECT_EQ(search(Value::map({{kind, ""}})), "");
    EXPECT_NE(search("CaseSensitiveString"), "");
    EXPECT_NE(search(Value::map({{"Regexp", ""}})), "");
    EXPECT_NE(search(Value::map({{"Regex", 1}})), "");
    const auto copy = [](const char* name, Value argument) {
        return error_of(Value::map({{"CopyMode", Value::map({{name, std::move(argument)}})}}));
    };
    EXPECT_EQ(copy("SetSelectionMode", "Block"), "");
    EXPECT_NE(copy("SetSelectionMode", "Blocks"), "");
    EXPECT_EQ(copy("MoveForwardZoneOfType", "Prompt"), "");
    EXPECT_NE(copy("MoveBackwardZoneOfType", "Prompts"), "");
}

TEST(KeyAssignment, LooksIntoQuickSelect) {
    const auto quick = [](Value argument) {
        return error_of(Value::map({{"QuickSelectArgs", std::move(argument)}}));
    };
    EXPECT_EQ(quick(Value::map({{"action", "Nop"}, {"patterns", Value::list({"x"})}})), "");
    EXPECT_NE(quick(Value::map({{"action", "Nope"}})).find("Nope"), std::string::npos);
    EXPECT_NE(quick(Value::map({{"patterns", "x"}})), "");
    EXPECT_NE(quick(Value::map({{"patterns", Value::list({1})}})), "");
    EXPECT_NE(quick(Value::map({{"patterns", Value::list({"("})}})).find("missing closing"),
              std::string::npos);
    EXPECT_NE(quick(Value::map({{"scope_lines", "many"}})).find("scope_lines: integer expected"),
              std::string::npos);
    EXPECT_EQ(quick(Value::map({{"scope_lines", 10}, {"label", "open"}, {"alphabet", "ab"}})), "");
}

TEST(KeyAssignment, EveryNameIsFound) {
    EXPECT_EQ(known_assignments().size(), 84u);
    EXPECT_EQ(known_copy_mode_assignments().size(), 40u);
    const auto by_name = [](const KnownAssignment& a, const KnownAssignment& b) { return a.name < b.name; };
    EXPECT_TRUE(std::is_sorted(known_assignments().begin(), known_assignments().end(), by_name));
    EXPECT_TRUE(
        std::is_sorted(known_copy_mode_assignments().begin(), known_copy_mode_assignments().end(), by_name));
    for (const KnownAssignment& known : known_assignments()) {
        EXPECT_EQ(find_assignment(known.name), &known);
        EXPECT_EQ(known.note.empty(), known.effect == Effect::applied) << known.name;
    }
    EXPECT_EQ(find_assignment("Paste"), nullptr); // WezTerm removed it
}

TEST(SpawnOptions, ReadsASpawnCommand) {
    const auto parsed =
        SpawnOptions::parse(Value::map({{"args", Value::list({"top", "-d1"})},
                                        {"cwd", "/tmp"},
                                        {"label", "ignored"},
                                        {"set_environment_variables", Value::map({{"A", "b=c"}})},
                                        {"domain", Value::map({{"DomainName", "local"}})}}));
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(parsed->args, (std::vector<std::string>{"top", "-d1"}));
    EXPECT_EQ(parsed->environment.at("A"), "b=c");
    EXPECT_EQ(parsed->domain.name, "local");
    EXPECT_EQ(*SpawnOptions::parse(parsed->to_value()), *parsed);
    EXPECT_EQ(*SpawnOptions::parse({}), SpawnOptions{});
}

TEST(SpawnOptions, RefusesWhatNoProgramCanBeStartedWith) {
    EXPECT_FALSE(SpawnOptions::parse("top"));
    EXPECT_FALSE(SpawnOptions::parse(Value::map({{"args", "top"}})));
    EXPECT_FALSE(
        SpawnOptions::parse(Value::map({{"args", Value::list({"a", std::string_view{"b\0c", 3}})}})));
    EXPECT_FALSE(
        SpawnOptions::parse(Value::map({{"set_environment_variables", Value::map({{"A=B", "c"}})}})));
    EXPECT_FALSE(SpawnOptions::parse(Value::map({{"set_environment_variables", Value::map({{"A", 1}})}})));
    EXPECT_FALSE(SpawnOptions::parse(Value::map({{"domain", "Elsewhere"}})));
}

TEST(SplitSize, IsPercentOrCells) {
    EXPECT_EQ(SplitSize::parse({})->value, 50);
    EXPECT_EQ(SplitSize::parse(Value::map({{"Cells", 7}}))->unit, SplitSize::Unit::cells);
    EXPECT_FALSE(SplitSize::parse(Value::map({{"Percent", 101}})));
    EXPECT_FALSE(SplitSize::parse(Value::map({{"Rows", 1}})));
}

TEST(Commands, DescribeThemselvesAsInLua) {
    const Description status = describe(SetRightStatus{1, "12:00"});
    EXPECT_EQ(status.name, "set_right_status");
    EXPECT_EQ(status.arguments, Value::list({"12:00"}));
    EXPECT_EQ(describe(ActivateTab{1}).arguments, Value::list({}));
    EXPECT_EQ(describe(WindowRequest{1, "maximize", {}}).name, "maximize");
    EXPECT_EQ(describe(Toast{1, "t", "m", {}, 4000}).arguments, Value::list({"t", "m", {}, 4000}));
}

} // namespace lunette::model
