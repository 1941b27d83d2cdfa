#include "lua/to_value.h"

#include <optional>
#include <vector>

#include "lua/handle.h"
#include "lua/lazy_table.h"
#include "lua/stack.h"

namespace lunette::lua {

namespace {

constexpr int deepest = 100;
constexpr int most_parts = 1'000'000;

bool is_identifier(std::string_view name) {
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
    for (const char c : name)
        if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            return false;
    return true;
}

class Converter {
public:
    explicit Converter(lua_State* L) : lua_{L}, vm_{Vm::of(L)} {}

    Value convert(int index) {
        if (++parts_ > most_parts) fail("a value of more than a million parts cannot be converted");
        switch (lua_type(lua_, index)) {
        case LUA_TNIL:
        case LUA_TNONE: return {};
        case LUA_TBOOLEAN: return lua_toboolean(lua_, index) != 0;
        case LUA_TNUMBER:
            if (lua_isinteger(lua_, index)) return static_cast<std::int64_t>(lua_tointeger(lua_, index));
            return static_cast<double>(lua_tonumber(lua_, index));
        case LUA_TSTRING: return *string_at(lua_, index);
        case LUA_TTABLE: return table(lua_absindex(lua_, index));
        case LUA_TUSERDATA: return userdata(index);
        default: fail(std::string{luaL_typename(lua_, index)} + " cannot be converted");
        }
    }

private:
    struct Level {
        const void* table;
        int key; ///< stack index of the key being converted
    };

    Value userdata(int index) {
        Handle* handle = handle_at(lua_, index);
        if (!handle) fail("userdata cannot be converted");
        const RecordNode* record = current_version(vm_, *handle);
        return Value{record ? RecordRef::share(record) : handle->record, handle->object->index};
    }

    Value table(int index) {
        if (levels_.size() >= deepest) fail("a table nested deeper than 100 levels cannot be converted");
        const void* address = lua_topointer(lua_, index);
        for (const Level& level : levels_) {
            if (level.table != address) continue;
            vm_.host().script().problem(false, message("a table that contains itself is nil there"));
            return {};
        }
        if (!lua_checkstack(lua_, 8)) fail("too little stack to convert a table");
        const StackGuard guard{lua_};
        if (counts_as_nil(index)) return {};
        levels_.push_back({address, 0});
        Value result = is_lazy(lua_, index) ? lazy(index) : plain(index);
        levels_.pop_back();
        return result;
    }

    /// A stand-in for something that is not there says so in its metatable.
    bool counts_as_nil(int index) {
        if (!lua_getmetatable(lua_, index)) return false;
        lua_pushliteral(lua_, "__counts_as_nil");
        return lua_rawget(lua_, -2) != LUA_TNIL;
    }

    Value plain(int index) {
        const std::size_t length = lua_rawlen(lua_, index);
        const int key = lua_gettop(lua_) + 1;
        std::vector<Value> items;
        std::vector<MapEntry> entries;
        lua_pushnil(lua_);
        // As a list for as long as the keys come as 1, 2, 3, …, which is the order of the array part.
        while (lua_next(lua_, index)) {
            levels_.back().key = key;
            if (length > 0 && entries.empty() &&
                integer_at(lua_, key) == static_cast<lua_Integer>(items.size()) + 1) {
                items.push_back(convert(key + 1));
            } else {
                move_to_entries(items, entries);
                Value name = key_value(key);
                entries.push_back({std::move(name), convert(key + 1)});
            }
            lua_pop(lua_, 1);
        }
        if (entries.empty() && !items.empty()) return Value::list(std::move(items));
        return list_or_map(std::move(entries));
    }

    /// Lists whose items lie in the hash part come in any order.
    Value list_or_map(std::vector<MapEntry> entries) {
        std::vector<Value> items(entries.size());
        for (const MapEntry& entry : entries) {
            const std::int64_t at = entry.key.kind() == Kind::integer ? entry.key.integer_or(0) : 0;
            if (at < 1 || static_cast<std::uint64_t>(at) > items.size())
                return Value::map(std::move(entries));
        }
        if (entries.empty()) return Value::map({});
        for (MapEntry& entry : entries)
            items[static_cast<std::size_t>(entry.key.integer_or(1)) - 1] = std::move(entry.value);
        return Value::list(std::move(items));
    }

    static void move_to_entries(std::vector<Value>& items, std::vector<MapEntry>& entries) {
        for (std::size_t i = 0; i < items.size(); ++i)
            entries.push_back({static_cast<std::int64_t>(i) + 1, std::move(items[i])});
        items.clear();
    }

    Value key_value(int key) {
        switch (lua_type(lua_, key)) {
        case LUA_TSTRING:
        case LUA_TNUMBER:
        case LUA_TBOOLEAN: return convert(key);
        default:
            levels_.back().key = 0;
            fail("a table with a " + std::string{luaL_typename(lua_, key)} + " as key cannot be converted");
        }
    }

    /// The host's own list or map, with those nested tables converted that the script got hold of.
    Value lazy(int index) {
        const LazyContent content = read_whole(lua_, index);
        const int handed_out = lua_gettop(lua_);
        if (content.list || !content.value) return records(content);
        if (lua_isnil(lua_, handed_out)) return *content.value;
        if (content.value->kind() == Kind::list) {
            std::vector<Value> items = content.value->items();
            for (std::size_t i = 0; i < items.size(); ++i)
                if (auto own = own_part(handed_out, Value{i + 1})) items[i] = std::move(*own);
            return Value::list(std::move(items));
        }
        std::vector<MapEntry> entries = content.value->entries();
        for (MapEntry& entry : entries)
            if (auto own = own_part(handed_out, entry.key)) entry.value = std::move(*own);
        return Value::map(std::move(entries));
    }

    Value records(const LazyContent& content) {
        std::vector<Value> items;
        if (content.list)
            for (const RecordRef& item : content.list->items())
                items.push_back(item ? Value{item, content.items ? content.items->index : ObjectType{0}}
                                     : Value{});
        return Value::list(std::move(items));
    }

    std::optional<Value> own_part(int handed_out, const Value& key) {
        const Kind kind = key.kind();
        if (kind == Kind::string)
            push_text(lua_, key.text());
        else if (kind == Kind::boolean)
            lua_pushboolean(lua_, key.boolean_or(false));
        else if (kind == Kind::integer)
            lua_pushinteger(lua_, key.integer_or(0));
        else
            lua_pushnumber(lua_, key.number_or(0));
        levels_.back().key = lua_gettop(lua_);
        lua_pushvalue(lua_, -1);
        std::optional<Value> part;
        if (lua_rawget(lua_, handed_out) == LUA_TTABLE) part = convert(-1);
        lua_pop(lua_, 2);
        return part;
    }

    [[noreturn]] void fail(const std::string& what) const { throw BindError{message(what)}; }

    /// With the path to the part that is being converted.
    std::string message(const std::string& what) const {
        std::string path;
        for (const Level& level : levels_) {
            if (level.key == 0) continue;
            if (const auto name = string_at(lua_, level.key)) {
                if (is_identifier(*name))
                    path += (path.empty() ? "" : ".") + std::string{*name};
                else
                    path += "[\"" + std::string{name->substr(0, 60)} + "\"]";
            } else if (const auto number = integer_at(lua_, level.key)) {
                path += "[" + std::to_string(*number) + "]";
            } else if (lua_type(lua_, level.key) == LUA_TNUMBER) {
                path += "[" + std::to_string(lua_tonumber(lua_, level.key)) + "]";
            } else {
                path += lua_toboolean(lua_, level.key) ? "[true]" : "[false]";
            }
        }
        return path.empty() ? what : path + ": " + what;
    }

    lua_State* lua_;
    Vm& vm_;
    std::vector<Level> levels_;
    int parts_ = 0;
};

} // namespace

Value to_value(lua_State* L, int index) {
    const StackGuard guard{L};
    if (!lua_checkstack(L, 4)) throw BindError{"too little stack to convert a value"};
    return Converter{L}.convert(index);
}

} // namespace lunette::lua
