#include "lua/object_types.h"

#include <algorithm>
#include <stdexcept>

#include "lua/suggest.h"

namespace lunette::lua {

namespace {

constexpr unsigned sample_every = 64;
constexpr std::size_t bytes_per_field = 32;
constexpr std::size_t bytes_per_record = 64;

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::size_t measure(const RecordNode& record) {
    std::size_t bytes = bytes_per_record;
    for (const Field& field : record.schema().fields()) {
        const FieldView view = field.get(field, record.payload());
        bytes += bytes_per_field + view.string.size();
    }
    return bytes;
}

[[noreturn]] void bad_declaration(const ObjectInfo& info, const std::string& what) {
    throw std::invalid_argument{"object " + info.name + ": there is no " + what};
}

int existing_field(const ObjectInfo& info, const std::string& name) {
    const int field = info.schema->find(name);
    if (field < 0) bad_declaration(info, "field '" + name + "' in " + info.schema->name());
    return field;
}

Entry entry(const BoundFunction& function, const ObjectInfo& info, const Object& object) {
    Entry result{&function, &info, info.name + ":" + function.name, {}};
    if (const auto reads = object.reads().find(function.name); reads != object.reads().end())
        for (const std::string& name : reads->second) result.reads.push_back(existing_field(info, name));
    return result;
}

} // namespace

std::string ObjectInfo::closest(std::string_view name) const {
    std::vector<std::string_view> names;
    for (const auto& [member, unused] : members) names.push_back(member);
    for (const auto& [method, unused] : methods) names.push_back(method);
    for (const auto& [getter, unused] : getters) names.push_back(getter);
    return std::string{closest_name(name, names)};
}

std::size_t ObjectInfo::weight(const RecordNode& record) noexcept {
    if (asked_++ % sample_every == 0) {
        const std::size_t sample = measure(record);
        average_ = asked_ == 1 ? sample : (average_ * 3 + sample) / 4;
    }
    return average_;
}

ObjectTypes::ObjectTypes(const std::vector<Object>& objects) : declared_{objects.size()} {
    for (const Object& object : objects) {
        auto info = std::make_unique<ObjectInfo>();
        info->name = object.name();
        info->schema = &object.schema();
        info->serial = static_cast<std::uint16_t>(infos_.size());
        info->index = info->serial;
        info->live = object.binding() == Binding::live;
        info->text = object.is_text();
        defaults_.emplace(info->schema, info.get());
        infos_.push_back(std::move(info));
    }
    for (std::size_t i = 0; i < objects.size(); ++i) describe(*infos_[i], objects[i]);
}

void ObjectTypes::describe(ObjectInfo& info, const Object& object) {
    const auto& fields = info.schema->fields();
    const auto& hidden = object.hidden();
    info.field_objects.resize(fields.size(), nullptr);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        const int index = static_cast<int>(i);
        if (info.label_field < 0 && field.kind == Kind::integer && ends_with(field.name, "_id"))
            info.label_field = index;
        if (std::find(hidden.begin(), hidden.end(), field.name) != hidden.end()) continue;
        info.members[field.name].field = index;
        info.getters["get_" + field.name] = index;
    }
    for (const auto& [method, field] : object.getters()) info.getters[method] = existing_field(info, field);
    for (const auto& [field, name] : object.field_objects()) {
        const ObjectInfo* shown = find(name);
        if (!shown) bad_declaration(info, "object '" + name + "'");
        info.field_objects[static_cast<std::size_t>(existing_field(info, field))] = shown;
    }
    for (const std::string& name : hidden) existing_field(info, name);
    for (const BoundFunction& property : object.properties()) {
        Member& member = info.members[property.name];
        member.field = -1;
        member.property = entry(property, info, object);
    }
    for (const BoundFunction& function : object.functions()) {
        auto& table = function.name.rfind("__", 0) == 0 ? info.metamethods : info.methods;
        table[function.name] = entry(function, info, object);
    }
}

ObjectInfo& ObjectTypes::resolve(const Schema& schema, ObjectType type) {
    if (type != 0 && type < declared_ && infos_[type]->schema == &schema) return *infos_[type];
    if (const auto found = defaults_.find(&schema); found != defaults_.end()) return *found->second;
    return undeclared(schema);
}

ObjectInfo& ObjectTypes::undeclared(const Schema& schema) {
    auto info = std::make_unique<ObjectInfo>();
    info->name = schema.name();
    info->schema = &schema;
    info->serial = static_cast<std::uint16_t>(infos_.size());
    info->index = ObjectInfo::undeclared;
    describe(*info, Object{schema.name(), schema, Binding::pinned});
    ObjectInfo& result = *info;
    infos_.push_back(std::move(info));
    defaults_.emplace(&schema, &result);
    return result;
}

ObjectInfo* ObjectTypes::find(std::string_view name) {
    const auto end = infos_.begin() + static_cast<std::ptrdiff_t>(declared_);
    const auto found =
        std::find_if(infos_.begin(), end, [name](const auto& info) { return info->name == name; });
    return found == end ? nullptr : found->get();
}

} // namespace lunette::lua
