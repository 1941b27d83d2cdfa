#include "script/io/glob.h"

#include <gmock/gmock.h>

#include "script/io/glob_pattern.h"
#include "script_io/support.h"

namespace lunette::script::test {
namespace {

using testing::ElementsAre;

TEST(GlobNames, Match) {
    EXPECT_TRUE(matches_name("*.lua", "a.lua"));
    EXPECT_FALSE(matches_name("*.lua", "a.luac"));
    EXPECT_TRUE(matches_name("a*b*c", "a-b-b-c"));
    EXPECT_FALSE(matches_name("a*b*c", "a-b-b-"));
    EXPECT_TRUE(matches_name("?", "é"));
    EXPECT_FALSE(matches_name("?", "ab"));
    EXPECT_TRUE(matches_name("[a-c]x", "bx"));
    EXPECT_FALSE(matches_name("[!a-c]x", "bx"));
    EXPECT_TRUE(matches_name("[^a-c]x", "dx"));
    EXPECT_TRUE(matches_name("[]]", "]"));
    EXPECT_TRUE(matches_name("[à-ü]", "é"));
    EXPECT_TRUE(matches_name("[a", "[a"));
    EXPECT_TRUE(matches_name("\\*", "*"));
    EXPECT_FALSE(matches_name("\\*", "x"));
    EXPECT_TRUE(matches_name("", ""));
    EXPECT_FALSE(matches_name("", "a"));
    EXPECT_TRUE(matches_name("**", "anything"));
}

TEST(GlobNames, ALeadingDotMustBeWritten) {
    EXPECT_FALSE(matches_name("*", ".hidden"));
    EXPECT_FALSE(matches_name("?hidden", ".hidden"));
    EXPECT_FALSE(matches_name("[.]hidden", ".hidden"));
    EXPECT_TRUE(matches_name(".*", ".hidden"));
}

TEST(GlobNames, ManyStarsTakeNoExponentialTime) {
    std::string pattern;
    for (int i = 0; i < 200; ++i) pattern += "*a";
    EXPECT_FALSE(matches_name(pattern + "b", std::string(4000, 'a')));
}

TEST(GlobNames, BytesThatAreNotUtf8StandForThemselves) {
    EXPECT_TRUE(matches_name("?\xFF*", "\xFE\xFF\xC3"));
    EXPECT_TRUE(matches_name("[", "["));
    EXPECT_TRUE(matches_name("[\xC3]", "\xC3"));
}

TEST(GlobBraces, Expand) {
    EXPECT_THAT(expand_braces("a"), ElementsAre("a"));
    EXPECT_THAT(expand_braces("{a,b}c"), ElementsAre("ac", "bc"));
    EXPECT_THAT(expand_braces("{a,b{1,2}}"), ElementsAre("a", "b1", "b2"));
    EXPECT_THAT(expand_braces("x{,y}"), ElementsAre("x", "xy"));
    EXPECT_THAT(expand_braces("{a,b"), ElementsAre("{a,b"));
    EXPECT_THAT(expand_braces("\\{a,b}"), ElementsAre("\\{a,b}"));
    EXPECT_THAT(expand_braces("{a}{b,c}"), ElementsAre("ab", "ac"));
}

TEST(GlobBraces, AreBounded) {
    std::string pattern;
    for (int i = 0; i < 30; ++i) pattern += "{a,b}";
    EXPECT_LE(expand_braces(pattern).size(), 1024U);
}

class GlobFiles : public testing::Test {
protected:
    GlobFiles() {
        for (const char* name : {"a.lua", "b.lua", "c.txt", ".hidden.lua", "sub/d.lua", "sub/deep/e.lua",
                                 "other/f.lua", ".git/g.lua"}) {
            std::filesystem::create_directories(std::filesystem::path{directory / name}.parent_path());
            write_file(directory / name, "");
        }
        std::filesystem::create_directory_symlink(directory.path(), directory / "sub/loop");
    }
    std::vector<std::string> find(const std::string& pattern) {
        return glob(pattern, directory.path(), stop).paths;
    }
    TemporaryDirectory directory;
    std::atomic<bool> stop = false;
};

TEST_F(GlobFiles, AreFoundSortedAndRelative) {
    EXPECT_THAT(find("*.lua"), ElementsAre("a.lua", "b.lua"));
    EXPECT_THAT(find("*/*.lua"), ElementsAre("other/f.lua", "sub/d.lua"));
    EXPECT_THAT(find("{other,sub}/?.lua"), ElementsAre("other/f.lua", "sub/d.lua"));
    EXPECT_THAT(find(".*.lua"), ElementsAre(".hidden.lua"));
    EXPECT_THAT(find("a.lua"), ElementsAre("a.lua"));
    EXPECT_THAT(find("missing.lua"), ElementsAre());
    EXPECT_THAT(find("missing/*"), ElementsAre());
    EXPECT_THAT(find("*/"), ElementsAre("other", "sub"));
    EXPECT_THAT(find("a.lua/*"), ElementsAre());
    EXPECT_THAT(find(""), ElementsAre());
    EXPECT_THAT(find("{a,a}.lua"), ElementsAre("a.lua"));
}

TEST_F(GlobFiles, InAnyDirectory) {
    EXPECT_THAT(find("**/*.lua"),
                ElementsAre("a.lua", "b.lua", "other/f.lua", "sub/d.lua", "sub/deep/e.lua"));
    EXPECT_THAT(find("sub/**"), ElementsAre("sub/d.lua", "sub/deep", "sub/deep/e.lua", "sub/loop"));
    EXPECT_THAT(find("**/deep/*"), ElementsAre("sub/deep/e.lua"));
}

TEST_F(GlobFiles, AbsolutePatternsIgnoreTheBase) {
    EXPECT_THAT(find(directory.path() + "/*.txt"), ElementsAre(directory / "c.txt"));
}

TEST_F(GlobFiles, TellWhatTheyLookedThrough) {
    const auto result = glob("*/*.lua", directory.path(), stop);
    EXPECT_THAT(result.directories,
                ElementsAre(directory.path(), directory.path() + "/other", directory.path() + "/sub"));
    EXPECT_FALSE(result.cut);
}

TEST_F(GlobFiles, StopAtLimitsAndWhenTold) {
    EXPECT_TRUE(glob("**/*", directory.path(), stop, {.directories = 2}).cut);
    EXPECT_TRUE(glob("**", directory.path(), stop, {.paths = 2}).cut);
    stop = true;
    EXPECT_TRUE(glob("*", directory.path(), stop).cut);
}

} // namespace
} // namespace lunette::script::test
