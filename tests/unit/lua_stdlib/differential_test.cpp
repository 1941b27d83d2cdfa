// The same generated calls in a stock VM and in ours, plain and with a yield at every checkpoint: what they
// return, the errors they raise (with names and positions), and what they do to tables must be the same.
#include "lua_stdlib/harness.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <random>

namespace lunette::lua::test {
namespace {

constexpr const char* prelude = R"lua(
local seed, share = ...
math.randomseed(seed, 17)
local random = math.random
local function count(calls) return calls // share end
local function pick(list) return list[random(#list)] end
local function some(list, most, separator)
    local result = ''
    for _ = 1, random(0, most) do result = result .. pick(list) end
    return result
end
local function show(...)
    local text = ''
    for i = 1, select('#', ...) do
        local value = select(i, ...)
        local has_address = type(value) == 'function' or type(value) == 'table'
        text = text .. ' ' .. math.type(value) .. type(value) .. (has_address and '' or '<' .. tostring(value) .. '>')
    end
    return text
end
local math_type = math.type
math.type = function(value) return math_type(value) or '' end
local function try(name, ...) record(name .. show(...) .. ' =>' .. show(pcall(...))) end
local function maybe(value) if random(4) > 1 then return value end end
)lua";

constexpr const char* pattern_generator = R"lua(
local letters = {'a', 'b', 'c', 'A', '1', ' ', '.', '-', '\n', '\0', '(', ')', '%', ']', '^', '$', '\xe9', 'ab', 'aab'}
local items = {'a', 'b', '.', '%a', '%d', '%s', '%W', '%.', '%%', '[abc]', '[^a]', '[a-c%d]', '[%w_-]', '[]]', '[^]a]',
    '%z', '%u', '%L', '%x', '%p', '%c', '%g', '-', '^', '$', '[a-]', '[%a-z]', '%q', '\0', '\xe9', '[\x80-\xff]'}
local suffixes = {'', '', '', '*', '+', '-', '?'}
local specials = {'()', '%1', '%2', '%b()', '%bab', '%f[%w]', '%f[^a]', '%0'}
local broken = {'[a', '%', '(', ')', '%b', '%ba', '%f', '%fa', '[^', '[%', '(()', '[a-%', '%9'}
local function piece(depth)
    local dice = random(20)
    if dice == 1 and depth < 4 then return pick(specials) end
    if dice <= 4 and depth < 4 then
        local inner = ''
        for _ = 1, random(0, 2) do inner = inner .. piece(depth + 1) end
        return '(' .. inner .. ')'
    end
    if dice == 5 and random(6) == 1 then return pick(broken) end
    return pick(items) .. pick(suffixes)
end
local function pattern()
    local result = random(6) == 1 and '^' or ''
    for _ = 1, random(0, 4) do result = result .. piece(0) end
    if random(6) == 1 then result = result .. '$' end
    return result
end
local function subject() return some(letters, 24) end
)lua";

struct Family {
    const char* name;
    std::string body;
};

std::string with_patterns(const char* calls) { return std::string(pattern_generator) + calls; }

const Family families[] = {
    {"find", with_patterns(R"lua(
for _ = 1, count(4000) do try('find', string.find, subject(), pattern(), maybe(random(-30, 30)), random(8) == 1) end
for _ = 1, count(500) do try('plain', string.find, some({'a', 'b', 'ab'}, 40), some({'a', 'b'}, 6), random(-9, 9), true) end
for _, bad in ipairs{{}, {'a'}, {nil, 'a'}, {'a', {}}, {'a', 'a', 'x'}, {'a', 'a', 1.5}, {12, 2}, {'a', ('('):rep(33)}} do
    try('find', string.find, bad[1], bad[2], bad[3])
end
for _, n in ipairs{190, 198, 199, 200, 201, 250} do
    for _, what in ipairs{'a?', 'a*', 'a-', 'b?', 'b*', '.-', '()'} do
        try('deep', string.find, ('a'):rep(300), what:rep(n))
        try('deep', string.find, 'b', what:rep(n))
    end
end)lua")},
    {"match", with_patterns(R"lua(
for _ = 1, count(5000) do try('match', string.match, subject(), pattern(), maybe(random(-30, 30))) end
for _, name in ipairs{'match', 'find', 'gsub', 'gmatch'} do
    try(name, pcall, load('local s = "x" return s:' .. name .. '()', '=call'))
end)lua")},
    {"gmatch", with_patterns(R"lua(
local function all(...)
    local text, n = '', 0
    for a, b, c in string.gmatch(...) do
        n = n + 1
        text = text .. '|' .. tostring(a) .. ',' .. tostring(b) .. ',' .. tostring(c)
        if n > 60 then break end
    end
    return text
end
for _ = 1, count(3000) do try('gmatch', all, subject(), pattern(), maybe(random(-30, 30))) end
for _, p in ipairs{'a*$*', 'a*$b', '(a*)$-b', 'a*)', '(a*$)', '(a+)b?$', '((a*)b)', '(a*)%$', 'a*\0', '[ab]*\0*', '.*-', '.*-$', '.*^', '.*-?b'} do
    for _, s in ipairs{'aab', 'aa$', 'aa$$b', 'aa\0', 'aab-a-', '', 'a^b', 'xaabb$'} do try('follower', all, s, p) end
end
local iterator = string.gmatch('a b', '%a')
for _ = 1, 5 do try('again', iterator, 'ignored', 5) end)lua")},
    {"gsub", with_patterns(R"lua(
local texts = {'', 'x', '<%0>', '%1', '%2', '%%', '[%1%2]', '%', '%x', 'a%9', '\0%0', '%1%1'}
local seen
local function by_function(...)
    seen = seen .. show(...)
    local dice = random(6)
    if dice == 1 then return nil elseif dice == 2 then return false elseif dice == 3 then return 42 end
    if dice == 4 and random(10) == 1 then return {} and nil, 1 elseif dice == 5 and random(30) == 1 then return true end
    return '<' .. tostring((...)) .. '>'
end
local table_ = {a = 'X', b = false, aa = 7, [1] = 'one', [2] = 'two', c = true}
local chained = setmetatable({a = 'own'}, {__index = function(_, key) if key ~= 'b' then return tostring(key) .. '!' end end})
local twice = setmetatable({}, {__index = chained})
for _ = 1, count(4000) do
    seen = ''
    local replacement = pick{pick(texts), by_function, table_, chained, twice, 5}
    local how = type(replacement) == 'table' and 'table' or type(replacement) == 'function' and 'function' or replacement
    local s, p, n = subject(), pattern(), maybe(random(-1, 5))
    record('gsub' .. show(s, p, how, n) .. show(pcall(string.gsub, s, p, replacement, n)) .. seen)
end
try('bad', pcall, string.gsub, 'a', 'a', nil)
try('bad', string.gsub, 'a', 'a', true, 'x')
try('bad', string.gsub, 'a', 'a')
try('bad', string.gsub, 'abc', 'b', function() return true end)
record(show(string.gsub(('ab'):rep(3000), 'b', '<%0%0%0>')))
record(show(string.gsub(('ab'):rep(3000), '(a)(b)', function(a, b) return b .. a .. b end))))lua")},
    {"rep", R"lua(
for _ = 1, count(400) do try('rep', string.rep, some({'a', 'bc', '\0'}, 5), random(-2, 40), maybe(some({',', '; '}, 2))) end
try('rep', string.rep, 'x', 1 << 62)
try('rep', string.rep, 'xyz', math.maxinteger, ',')
try('rep', string.rep, 'x', 3.0, 7)
try('rep', string.rep, 'x', 3.5)
try('rep', string.rep)
try('rep', string.rep, 'x', {})
try('rep', string.rep, 'x', 3, {}))lua"},
    {"format", R"lua(
local flags = {'', '', '-', '+', ' ', '#', '0', '-0', '+#'}
local widths = {'', '', '1', '5', '12', '99', '100', '20'}
local precisions = {'', '', '.', '.0', '.3', '.20', '.99', '.100'}
local letters = {'d', 'i', 'u', 'c', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A', 's', 'q', 'p', '%', 'n', 'l', 'z'}
local values = {0, 1, -1, 65, 255, math.maxinteger, math.mininteger, 0.0, -0.0, 1.5, -2.75, 1e300, 5e-324, 1/0, -1/0, 0.1,
    3.0, 2^53, '12', '0x10', '1.5', 'x', '', 'a\0b', 'quote " \\ \n \r \0001 \127', ('long'):rep(40), true, false}
for _ = 1, count(6000) do
    local form = some({'', 'x', 'text ', '%%'}, 2)
    local list = {}
    for i = 1, random(0, 3) do
        local plain = random(2) == 1
        form = form .. '%' .. (plain and '' or pick(flags) .. pick(widths) .. pick(precisions)) .. pick(letters) .. some({'', ',', '%'}, 1)
        list[i] = values[random(#values)]
    end
    local letter_p = false
    for i = 1, #form do if form:sub(i, i) == 'p' then letter_p = true end end
    if letter_p then for i = 1, 3 do list[i] = i end end
    try('format', string.format, form, list[1], list[2], list[3])
end
for _, form in ipairs{'%q', '%s', '%d', '%5s', '%.3s', '%-8s|', '%x', '%c', '%a', '%p', '%', '%10q', '%0000000000000000000000d', '%5.5'} do
    try('format', string.format, form)
    try('format', string.format, form, nil)
    if form ~= '%p' then try('format', string.format, form, 'a\0b') end
    if form ~= '%p' then try('format', string.format, form, ('x'):rep(3000)) end
    record(show(pcall(string.format, form, setmetatable({}, {__tostring = function() return 'shown' end, __name = 'N'}))) == nil)
end
local object = setmetatable({}, {__tostring = function() return 'shown' end})
record(show(string.format('%s|%10s|%-10s|%.2s', object, object, object, object)))
record(show(pcall(string.format, '%s', setmetatable({}, {__tostring = function() return 1 end}))))
record(show(pcall(string.format, '%s', setmetatable({}, {__tostring = function() error('inside') end}))))
record(show(pcall(string.format, '%d', {})))
record(show(pcall(string.format, '%q', object)))
for _ = 1, count(500) do
    local number = (random() - 0.5) * 10 ^ random(-30, 30)
    record(string.format('%q %a %.14g %g %f %e %5.1f', number, number, number, number, number, number, number))
    record(string.format('%q %d %5d %-5d| %x', random(0), random(0), random(99), random(99), random(0)))
end)lua"},
    {"sort", R"lua(
local function dump(list) local text = '' for i = 1, #list do text = text .. ' ' .. tostring(list[i].key or list[i]) .. (list[i].tag or '') end return text end
local object = {}
object.__lt = function(a, b) return a.key < b.key end
object.__index = function() end
debug.setmetatable(0, {__index = function() end})
getmetatable('').__index = string
local function less(a, b) return a < b end
local function greater(a, b) return a > b end
for round = 1, count(300) do
    local n, range = random(0, 150), random(1, 100)
    if round % 50 == 7 then n = 3000 end
    local list, objects = {}, {}
    for i = 1, n do
        list[i] = random(range)
        objects[i] = setmetatable({key = random(range), tag = ':' .. i}, object)
    end
    local calls = ''
    local function traced(a, b) calls = calls .. a.tag .. b.tag return a.key < b.key end
    table.sort(list)
    record(dump(list))
    table.sort(list, greater)
    record(dump(list))
    table.sort(objects)
    record(dump(objects))
    if n < 3000 then
        table.sort(objects, traced)
        record(dump(objects) .. calls)
    end
    local answers = random(5)
    local function invalid(a, b)
        if answers == 1 then return true elseif answers == 2 then return a <= b elseif answers == 3 then return false end
        return random(2) == 1
    end
    record(show(pcall(table.sort, list, invalid)) .. dump(list))
end
local proxy_log = ''
local store = {5, 2, 8, 1, 9, 3}
local proxy = setmetatable({}, {__len = function() return 6 end,
    __index = function(_, i) proxy_log = proxy_log .. 'r' .. i return store[i] end,
    __newindex = function(_, i, v) proxy_log = proxy_log .. 'w' .. i store[i] = v end})
table.sort(proxy)
record(dump(store) .. proxy_log)
for _, bad in ipairs{{}, {5}, {{3, 'x', 2}}, {{1, 2}, 5}, {{1}, 5}, {{3, 2, nil, 1}}} do
    record(show(pcall(table.sort, bad[1], bad[2])):gsub('0x%x+', ''))
end
record(show(pcall(table.sort, setmetatable({}, {__len = function() return math.maxinteger end}))))
record(show(pcall(table.sort, {3, 2, 1}, function() error('inside') end)))
record(show(pcall(table.sort, {{}, {}, {}}))))lua"},
    {"tables", R"lua(
local function dump(list) local text = '' for i = -3, 40 do if list[i] ~= nil then text = text .. i .. '=' .. tostring(list[i]) .. ' ' end end return text end
local function fresh() local list = {} for i = 1, random(0, 30) do list[i] = random(99) end return list end
local edges = {math.maxinteger, math.mininteger, math.maxinteger - 1, 0, 1, -1, '3', 2.0, 2.5}
local function index() if random(12) == 1 then return pick(edges) end return random(-2, 34) end
for _ = 1, count(1500) do
    local list = fresh()
    record('insert' .. dump(list) .. show(pcall(table.insert, list, index(), 'new')) .. dump(list))
    record('insert' .. show(pcall(table.insert, list, 'end')) .. dump(list))
    record('remove' .. dump(list) .. show(pcall(table.remove, list, maybe(index()))) .. dump(list))
    local first, last, to = index(), index(), index()
    if math_type(last) == 'integer' and last < 1000 and math_type(first) == 'integer' and first > -1000 then
        local other = maybe(fresh())
        record('move' .. show(first, last, to) .. dump(list) .. type(select(2, pcall(table.move, list, first, last, to, other))) ..
            dump(list) .. dump(other or {}))
        record('concat' .. show(pcall(table.concat, list, maybe(some({',', '--'}, 2)), maybe(first), maybe(last))))
        record('unpack' .. show(pcall(table.unpack, list, maybe(first), maybe(last))))
    end
end
local log = ''
local store = {'a', 'b', 'c', 'd'}
local proxy = setmetatable({}, {__len = function() return #store end,
    __index = function(_, i) log = log .. 'r' .. i return store[i] end,
    __newindex = function(_, i, v) log = log .. 'w' .. i .. tostring(v) store[i] = v end})
table.insert(proxy, 2, 'x') table.insert(proxy, 'y') table.remove(proxy, 1) table.remove(proxy)
table.move(proxy, 1, 3, 2) table.move(proxy, 2, 4, 1) table.move(proxy, 1, 2, 1, {})
record(table.concat(proxy, ',') .. show(table.unpack(proxy)) .. log)
record(show(table.concat({1, 2.5, 'x'}, 7)))
for _, call in ipairs{'concat', 'insert', 'remove', 'move', 'unpack'} do
    for _, value in ipairs{5, 'text', true, setmetatable({}, {__len = function() return 'x' end})} do
        try(call, function() return (table[call](value, 1, 1, 1)) and 'returned' end)
    end
    try(call, table[call])
    record(show(pcall(table[call], debug.setmetatable and io.stdout, 1, 2)):gsub('0x%x+', ''))
end
try('concat', table.concat, {1, {}, 3} and nil)
record(show(pcall(table.concat, {1, {}, 3})))
record(show(pcall(table.concat, {1, 2}, ',', 1, 3)))
record(show(pcall(table.concat, {}, ',', math.maxinteger - 1, math.maxinteger)))
record(show(pcall(table.insert, {}, 1, 2, 3)))
record(show(pcall(table.unpack, {}, 1, 1e8)))
record(show(pcall(table.unpack, {}, math.mininteger, math.maxinteger)))
record(show(pcall(table.unpack, {}, math.maxinteger, math.maxinteger)))
record(show(pcall(table.move, {}, math.mininteger, 1, 1)))
record(show(pcall(table.move, {}, 1, math.maxinteger, 2)))
local many = {} for i = 1, 20000 do many[i] = i end
record(show(select('#', table.unpack(many))) .. show(select(19999, table.unpack(many))))
record(table.concat(many, ' ')))lua"},
    {"utf8", R"lua(
local pieces = {'a', 'é', '€', '😀', '\xff', '\x80', '\xc3', '\xed\xa0\x80', '\xf4\x90\x80\x80', '\0', '\xc0\x80', '\xe0\x80\x80', '\xfd\xbf\xbf\xbf\xbf\xbf', '\xfe'}
for round = 1, count(2000) do
    local text = ''
    for _ = 1, random(0, 12) do text = text .. pieces[random(random(2) == 1 and 4 or #pieces)] end
    local i, j, lax = maybe(random(-20, 20)), maybe(random(-20, 20)), random(2) == 1
    try('len', utf8.len, text, i, j, lax)
    try('codepoint', utf8.codepoint, text, i, j, lax)
    try('offset', utf8.offset, text, random(-15, 15), i)
end
local long = ('aé€😀'):rep(500)
record(show(utf8.len(long), utf8.offset(long, 1500), utf8.offset(long, -1500)) .. show(utf8.codepoint(long, 1, -1)))
for _, name in ipairs{'len', 'codepoint', 'offset'} do
    try(name, utf8[name])
    try(name, utf8[name], {})
    try(name, utf8[name], 'abc', 'x')
    try(name, utf8[name], 'abc', 99)
    try(name, utf8[name], 'abc', 1, 99)
end)lua"},
    {"load", R"lua(
local function result(chunk, message) return type(chunk), message, chunk and select(2, pcall(chunk, 'argument')) end
local function pieces(...) local list, n = {...}, 0 return function() n = n + 1 return list[n] end end
record(show(result(load('return 1 + 1'))))
record(show(result(load('return ...', 'name'))))
record(show(result(load('return x', 'name', 't', {x = 'env'}))))
record(show(result(load('return x', '=name', 'bt', nil))))
record(show(result(load('x = = 1'))))
record(show(result(load('x = = 1', '@file.lua'))))
record(show(result(load('return 1', 'name', 'b'))))
record(show(result(load('return 1', 'name', ''))))
record(show(result(load(pieces('return ', '4', '2')))))
record(show(result(load(pieces('return ', '4', '', '2')))))
record(show(result(load(pieces('return ', {}), 'name'))))
record(show(result(load(pieces('return 1'), 'name', 'b'))))
record(show(result(load(function() error('reader') end))))
record(show(result(load(function() return nil end))))
record(show(result(load(pieces('\27Lua'), 'name', 't'))))
record(show(result(load('\27Lua', 'name', 't'))))
record(show(result(load(string.dump(function() end), 'name', 't'))))
record(show(pcall(load)))
record(show(pcall(load, {})))
record(show(pcall(load, 'return 1', {})))
record(show(result(load(12)))))lua"},
};

lua_Integer seed() {
    static const lua_Integer chosen = [] {
        const char* given = std::getenv("LUNETTE_SEED");
        const lua_Integer value = given ? std::atoll(given) : std::random_device()();
        std::printf("LUNETTE_SEED=%lld\n", static_cast<long long>(value));
        return value;
    }();
    return chosen;
}

void expect_same(const std::vector<std::string>& wanted, const std::vector<std::string>& got) {
    ASSERT_GT(wanted.size(), 10u) << wanted.back();
    for (std::size_t i = 0; i < wanted.size() && i < got.size(); ++i)
        ASSERT_EQ(wanted[i].substr(0, 2000), got[i].substr(0, 2000)) << "line " << i << ", seed " << seed();
    ASSERT_EQ(wanted.size(), got.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) ASSERT_TRUE(wanted[i] == got[i]) << "line " << i;
    EXPECT_NE(wanted.back().substr(0, 7), "error: ") << wanted.back();
}

class Differential : public testing::TestWithParam<Family> {
protected:
    std::string source() const { return prelude + GetParam().body; }
    std::vector<std::string> stock(int share) const {
        return Script(Library::stock).run(source(), seed(), share);
    }
};

TEST_P(Differential, GivesTheSameResults) {
    Script ours(Library::budgeted);
    expect_same(stock(1), ours.run(source(), seed(), 1));
    EXPECT_EQ(ours.preemptions(), 0);
}

// A yield costs a C++ exception, so fewer calls are made.
TEST_P(Differential, GivesTheSameResultsWhenPreemptedAtEveryStep) {
    Script ours(Library::budgeted);
    EagerCheckpoint checkpoint;
    set_checkpoint(ours.state(), &checkpoint);
    set_limits(ours.state(), {.steps_per_check = 1});
    expect_same(stock(50), ours.run(source(), seed(), 50));
    const std::string name = GetParam().name;
    if (name != "rep" && name != "format" && name != "load") {
        EXPECT_GT(ours.preemptions(), 500);
    }
}

TEST_P(Differential, GivesTheSameResultsWhenPreemptedNowAndThen) {
    Script ours(Library::budgeted);
    EagerCheckpoint checkpoint;
    set_checkpoint(ours.state(), &checkpoint);
    set_limits(ours.state(), {.steps_per_check = 37});
    expect_same(stock(4), ours.run(source(), seed(), 4));
}

INSTANTIATE_TEST_SUITE_P(All, Differential, testing::ValuesIn(families),
                         [](const auto& info) { return std::string(info.param.name); });

} // namespace
} // namespace lunette::lua::test
