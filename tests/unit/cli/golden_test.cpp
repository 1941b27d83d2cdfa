#include "cli/check.h"
#include "cli/lua_text.h"
#include "cli/show_keys.h"
#include "server/key_chords.h"
#include "server/key_router.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

// What tests/golden/NAME.lua does, against NAME.golden beside it: its options, the values and commands of its
// events on the fixed model, and the keys of its lines "--= press KEY…" one after the other. A file that is
// to be as it is now is written anew with LUNETTE_WRITE_GOLDEN=1, and read before it is committed.
namespace lunette::cli {

namespace {

namespace fs = std::filesystem;

const fs::path& folder() {
    static const fs::path path = fs::path{LUNETTE_SOURCE} / "tests/golden";
    return path;
}

std::string content_of(const fs::path& file) {
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::string> words_after(const std::string& source, const std::string& mark) {
    std::vector<std::string> words;
    std::istringstream in{source};
    for (std::string line; std::getline(in, line);) {
        if (line.rfind(mark, 0) != 0) continue;
        std::istringstream rest{line.substr(mark.size())};
        for (std::string word; rest >> word;) words.push_back(word);
    }
    return words;
}

// Callbacks have names that count them.
std::string without_numbers(std::string text) {
    const std::string mark = "user-defined-";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
        std::size_t end = at + mark.size();
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
        text.replace(at + mark.size(), end - at - mark.size(), "N");
    }
    return text;
}

std::string shown(const std::string& text) {
    std::string out;
    for (const char c : text)
        out += c == '\x1b' ? std::string{"\\e"} : c == '\n' ? std::string{"\\n"} : std::string{c};
    return out;
}

void add_check(std::ostream& out, const CheckResult& result) {
    out << (result.ok() ? "good" : "not good") << "\n";
    for (const Problem& problem : result.errors) out << "error " << problem.what << "\n";
    for (const Problem& problem : result.warnings) out << "warning " << problem.what << "\n";
    for (const CheckedOption& option : result.options)
        out << "option " << option.name << " " << option.effect << "\n";
    for (const CheckedEvent& event : result.events) {
        out << "event " << without_numbers(event.name) << " " << (event.pure ? "pure" : "effect") << " "
            << (event.error.empty()   ? "ok"
                : event.error.empty() ? "other"
                                      : event.error)
            << "\n";
        for (const CheckedEvent::Shown& value : event.values)
            out << "  "
                << (value.tab < 0
                        ? ""
                        : "tab " + std::to_string(value.tab) + (value.hover ? " hovered" : "") + " ")
                << "'" << shown(value.text) << "' " << value.cells << "\n";
        for (const auto& [command, args] : event.commands)
            out << "  " << command << " " << without_numbers(shown(describe(Value::list(args), 400))) << "\n";
    }
}

void add_keys(std::ostream& out, const fs::path& config, const std::vector<std::string>& keys) {
    const auto loaded = load_for_keys({config.string(), {}, {}});
    ASSERT_TRUE(loaded) << loaded.error();
    server::KeyRouter router;
    router.set_modern_keys(true);
    router.set_config(model::ConfigView{*loaded});
    using Kind = server::KeyRouter::Meaning::Kind;
    for (const std::string& key : keys) {
        const auto chord = server::parse_typed_chord(key);
        ASSERT_TRUE(chord) << key;
        const auto meaning = router.press(server::to_event(*chord), 0);
        out << "press " << key << ": ";
        switch (meaning.kind) {
        case Kind::to_pane: out << "to the program"; break;
        case Kind::swallowed: out << "swallowed"; break;
        case Kind::unknown_after_prefix: out << "unknown after the prefix"; break;
        case Kind::action: out << without_numbers(lua_text(meaning.action)); break;
        }
        if (const auto table = router.active_table()) out << "   [" << *table << "]";
        out << "\n";
        if (meaning.action.name == "ActivateKeyTable") router.activate(meaning.action.argument, 0);
        if (meaning.action.name == "PopKeyTable") router.pop();
    }
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, IsAsItWas) {
    const fs::path config = folder() / (GetParam() + ".lua");
    const std::string source = content_of(config);
    std::ostringstream now;
    add_check(now, check({{config.string(), {}, {}}, GetParam(), words_after(source, "--= run ")}));
    add_keys(now, config, words_after(source, "--= press "));
    const fs::path golden = folder() / (GetParam() + ".golden");
    if (std::getenv("LUNETTE_WRITE_GOLDEN")) std::ofstream{golden} << now.str();
    EXPECT_EQ(content_of(golden), now.str());
}

std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder()})
        if (entry.path().extension() == ".lua") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(All, Golden, ::testing::ValuesIn(names()),
                         [](const auto& one) { return one.param; });

} // namespace
} // namespace lunette::cli
