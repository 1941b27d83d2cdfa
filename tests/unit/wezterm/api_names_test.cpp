#include "session.h"

#include "wezterm/options.h"

#include <string_view>

namespace lunette::wezterm::testing {
namespace {

constexpr std::string_view data =
#include "api_names.inc"
    ;

struct Name {
    std::string_view kind;
    std::string_view text;
    std::string_view count;
};

std::vector<Name> names() {
    std::vector<Name> all;
    std::string_view rest = data.substr(data.find('\n') + 1);
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const std::size_t first = line.find('\t'), second = line.rfind('\t');
        if (first == second) continue;
        all.push_back(
            {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
    return all;
}

// Lua that calls `need(kind, name, count)` for the names that `wanted` takes.
template<class F>
std::string asking(F wanted) {
    std::string source;
    for (const Name& name : names())
        if (wanted(name))
            source += "need('" + std::string{name.kind} + "', '" + std::string{name.text} + "', '" +
                      std::string{name.count} + "')\n";
    return source;
}

bool is_member(const Name& name) {
    return name.kind == "method" || name.kind == "field" || name.kind == "nullable";
}

// Beginning of a chunk in which `missing` lists what is not there, with the number of configurations.
constexpr const char* prelude = R"lua(
    local missing = {}
    local function miss(name, count) missing[#missing + 1] = name .. ' (in ' .. count .. ')' end
)lua";

TEST(ApiNames, AreReadWhole) {
    std::map<std::string_view, int> kinds;
    for (const Name& name : names()) ++kinds[name.kind];
    EXPECT_EQ(kinds["option"], 208);
    EXPECT_EQ(kinds["copy-mode"], 40);
    EXPECT_EQ(kinds["action"], 83);
    EXPECT_GT(kinds["value"], 110);
    EXPECT_GT(kinds["method"], 110);
    EXPECT_GT(kinds["field"], 30);
}

TEST(ApiNames, OfTheModuleAndOfActionsExist) {
    Session session{prelude + std::string{R"lua(
        local function need(kind, name, count)
            local value
            if kind == 'value' then
                value = _G
                for part in name:gmatch '[^.]+' do
                    if part == 'wezterm' then value = wezterm else value = value and value[part] end
                end
            elseif kind == 'action' then
                value = wezterm.has_action(name) and wezterm.action[name]
            else
                value = pcall(wezterm.action.CopyMode, name)
                    or pcall(wezterm.action.CopyMode, { [name] = 0.5 })
                    or pcall(wezterm.action.CopyMode, { [name] = 'Output' })
                    or pcall(wezterm.action.CopyMode, { [name] = {} })
            end
            if value == nil or value == false then miss(kind .. ' ' .. name, count) end
        end)lua"} + "\n" +
                    asking([](const Name& name) { return !is_member(name) && name.kind != "option"; }) +
                    "return missing"};
    EXPECT_EQ(session.error(), "");
    EXPECT_EQ(describe(session.result(), 4000), "{}");
}

TEST(ApiNames, OfObjectsExist) {
    Session session{prelude + std::string{R"lua(
        local objects = {
            Color = wezterm.color.parse 'red', Time = wezterm.time.now(),
            Url = wezterm.url.parse 'https://me:secret@host:1/path?query#fragment',
            LocalProcessInfo = wezterm.procinfo.get_info_for_pid(wezterm.procinfo.pid()),
        }
        local function need(kind, name, count)
            local object, member = name:match '^(%S+) (%S+)$'
            local ok, value = pcall(function() return objects[object][member] end)
            if ok and kind == 'method' then ok = type(value) == 'function' end
            if ok and kind == 'field' then ok = value ~= nil end
            if not ok then miss(name, count) end
        end
        wezterm.on('format-window-title', function(tab, pane)
            objects.TabInformation, objects.PaneInformation = tab, pane
            )lua"} + asking([](const Name& name) {
                        return is_member(name) && name.text.find("Information ") != std::string_view::npos;
                    }) +
                    R"lua(
            return 'missing: ' .. table.concat(missing, ', ')
        end)
        wezterm.on('mine', function(window, pane)
            objects.Window, objects.Pane, objects.MuxWindow = window, pane, window:mux_window()
            objects.MuxTab, objects.MuxDomain = window:active_tab(), wezterm.mux.all_domains()[1]
            )lua" + asking([](const Name& name) {
                        return is_member(name) && name.text.find("Information ") == std::string_view::npos;
                    }) +
                    R"lua(
            window:set_left_status('missing: ' .. table.concat(missing, ', '))
        end)
        return {})lua"};
    ASSERT_EQ(session.error(), "");
    const View title = session.engine->view("window-title", {Value{session.world.window}});
    session.settle();
    EXPECT_EQ(title.latest().value, Value{"missing: "});
    session.emit("mine");
    ASSERT_FALSE(session.log.empty());
    EXPECT_NE(session.log.back().find("\"missing: \""), std::string::npos) << session.log.back();
}

TEST(ApiNames, OfOptionsExist) {
    for (const Name& name : names()) {
        if (name.kind != "option") continue;
        EXPECT_TRUE(find_option(name.text)) << name.text << " (in " << name.count << ")";
    }
}

} // namespace
} // namespace lunette::wezterm::testing
