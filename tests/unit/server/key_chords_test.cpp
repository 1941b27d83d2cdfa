#include "server/key_chords.h"

#include <gtest/gtest.h>

namespace lunette::server {

namespace {

TEST(KeyChordsTest, TypedChords) {
    const auto ctrl_x = parse_typed_chord("CTRL+x");
    ASSERT_TRUE(ctrl_x);
    EXPECT_EQ(ctrl_x->key.code_point, U'x');
    EXPECT_EQ(ctrl_x->modifiers.set, model::Modifiers::ctrl);
    EXPECT_EQ(parse_typed_chord("CTRL|SHIFT+Enter"), parse_typed_chord("SHIFT+CTRL+Enter"));
    const auto plus = parse_typed_chord("CTRL++");
    ASSERT_TRUE(plus);
    EXPECT_EQ(plus->key.code_point, U'+');
    EXPECT_TRUE(parse_typed_chord("+"));
    EXPECT_FALSE(parse_typed_chord("CTRL+Nowhere"));
    EXPECT_FALSE(parse_typed_chord("HYPHEN+x"));
}

TEST(KeyChordsTest, ASignMayBeBoundWithOrWithoutItsShift) {
    model::KeyEvent bang = model::character_key(U'!', model::Modifiers::shift);
    bang.unshifted = U'1';
    const auto chords = chords_of(bang, false);
    for (const char* text : {"SHIFT+!", "!", "SHIFT+1"}) {
        const auto chord = parse_typed_chord(text);
        ASSERT_TRUE(chord);
        EXPECT_NE(std::find(chords.begin(), chords.end(), *chord), chords.end()) << text;
    }
    EXPECT_LE(chords.size(), 4U);
}

TEST(KeyChordsTest, LocksDoNotCount) {
    const auto chords = chords_of(model::character_key(U'x', model::Modifiers::num_lock), false);
    ASSERT_EQ(chords.size(), 1U);
    EXPECT_EQ(chords[0], *parse_typed_chord("x"));
}

TEST(KeyChordsTest, NamesBindingsByChordOrKey) {
    const Value binding = Value::map({{"key", "h"}, {"mods", "CTRL|SHIFT"}});
    EXPECT_TRUE(names_key("h", binding));
    EXPECT_TRUE(names_key("SHIFT+CTRL+h", binding));
    EXPECT_FALSE(names_key("CTRL+h", binding));
    EXPECT_FALSE(names_key("j", binding));
    const Value tab = Value::map({{"key", "\t"}, {"mods", "LEADER"}});
    for (const char* text : {"LEADER+\t", "LEADER+\\x09", "\\x09", "LEADER+Tab"})
        EXPECT_TRUE(names_key(text, tab)) << text;
    EXPECT_FALSE(names_key("LEADER+\\x1b", tab));
    EXPECT_TRUE(names_key("ALT+phys:0", Value::map({{"key", "phys:0"}, {"mods", "ALT"}})));
}

TEST(KeyChordsTest, FindsTheEventsOfAnAction) {
    const Value emit = Value::map({{"EmitEvent", "one"}});
    EXPECT_EQ(events_of(emit), std::vector<std::string>{"one"});
    const Value multiple =
        Value::map({{"Multiple", Value::list({"Nop", emit, Value::map({{"EmitEvent", "two"}})})}});
    EXPECT_EQ(events_of(multiple), (std::vector<std::string>{"one", "two"}));
    EXPECT_TRUE(events_of("Nop").empty());
}

} // namespace

} // namespace lunette::server
