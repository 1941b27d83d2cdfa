#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <lunette/bind.h>
#include <lunette/record.h>

#include "lua/lua_api.h"

namespace lunette::lua {

struct ObjectInfo;

/// What a bound closure knows of itself.
struct Entry {
    const BoundFunction* function = nullptr;
    const ObjectInfo* self = nullptr; ///< of a method or property: what the first argument has to be
    std::string label;                ///< "Pane:send_text", "text.truncate_right"
    std::vector<int> reads;           ///< fields of self that it uses
};

/// A name that Lua can read from a handle without calling.
struct Member {
    int field = -1; ///< or a property
    Entry property;
};

/// One Object, resolved against its schema.
struct ObjectInfo {
    static constexpr ObjectType undeclared = 0; ///< the type of values made from objects nobody declared

    std::string name;
    const Schema* schema = nullptr;
    ObjectType index = 0; ///< as values carry it
    std::uint16_t serial = 0;
    bool live = false;
    bool text = false;                            ///< stands for what its __tostring gives
    std::vector<const ObjectInfo*> field_objects; ///< by field; null for the child schema's default
    std::map<std::string, Member, std::less<>> members;
    std::map<std::string, int, std::less<>> getters; ///< method -> field
    std::map<std::string, Entry, std::less<>> methods;
    std::map<std::string, Entry, std::less<>> metamethods;
    int label_field = -1; ///< the field that tells records apart for people: "tab_id"
    int metatable = LUA_NOREF;

    /// "did you mean" for a name that is none of its members or methods; empty when nothing is close.
    std::string closest(std::string_view name) const;

    /// Bytes that one record of it is taken to weigh; an average over samples.
    std::size_t weight(const RecordNode& record) noexcept;

private:
    std::size_t average_ = 0;
    unsigned asked_ = 0;
};

/// All objects of one VM.
///
/// Thread: script thread. Owned by a Vm. The Objects outlive it.
class ObjectTypes {
public:
    /// Throws std::invalid_argument when an object names a field or another object that does not exist.
    explicit ObjectTypes(const std::vector<Object>& objects);
    ObjectTypes(const ObjectTypes&) = delete;
    ObjectTypes& operator=(const ObjectTypes&) = delete;

    /// How a record shows itself: as `type` if that is one over its schema, else as the first declared for
    /// it, else as an object of the schema's own name that is read-only and pinned.
    ObjectInfo& resolve(const Schema& schema, ObjectType type = 0);
    /// Null when there is none of this name.
    ObjectInfo* find(std::string_view name);
    const std::vector<std::unique_ptr<ObjectInfo>>& all() const noexcept { return infos_; }

private:
    void describe(ObjectInfo& info, const Object& object);
    ObjectInfo& undeclared(const Schema& schema);

    std::vector<std::unique_ptr<ObjectInfo>> infos_; ///< the declared ones first
    std::size_t declared_;
    std::map<const Schema*, ObjectInfo*> defaults_;
};

} // namespace lunette::lua
