#include "lua/stubs.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "lua/object_types.h"
#include "lua/signature.h"

namespace lunette::lua {

namespace {

constexpr std::array<std::string_view, 22> keywords{
    "and", "break", "do",  "else", "elseif", "end",    "false",  "for",  "function", "goto",  "if",
    "in",  "local", "nil", "not",  "or",     "repeat", "return", "then", "true",     "until", "while"};

/// Module names have dots, which the name of a local cannot.
std::string local_name(std::string name) {
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
    return name;
}

std::string parameter_name(std::string name) {
    if (!name.empty() && name.back() == '?') name.pop_back();
    if (std::find(keywords.begin(), keywords.end(), name) != keywords.end()) name += "_";
    return name;
}

class Writer {
public:
    explicit Writer(const std::vector<Object>& objects) : types_{objects} {}

    std::string write(const std::vector<Module>& modules, const std::vector<Object>& objects) {
        text_ = "---@meta\n";
        for (std::size_t i = 0; i < objects.size(); ++i) object(objects[i], *types_.all()[i]);
        for (const Module& module : modules) this->module(module, module.name());
        require(modules);
        return std::move(text_);
    }

private:
    void object(const Object& object, const ObjectInfo& info) {
        line("");
        line("---@class " + info.name);
        for (const auto& [name, member] : info.members)
            if (member.field >= 0)
                line("---@field " + name + " " + field_type(info, member.field));
            else
                line("---@field " + name + " " + property_type(*member.property.function));
        line("local " + info.name + " = {}");
        for (const auto& [name, field] : info.getters) {
            line("");
            line("---@return " + field_type(info, field));
            line("function " + info.name + ":" + name + "() end");
        }
        for (const BoundFunction& function : object.functions())
            if (function.name.rfind("__", 0) != 0) this->function(function, info.name + ":" + function.name);
    }

    void module(const Module& module, const std::string& path) {
        const std::string table = local_name(path);
        line("");
        line("---@class " + path);
        for (const Module& inner : module.submodules())
            line("---@field " + inner.name() + " " + path + "." + inner.name());
        for (const auto& [name, value] : module.constants())
            line("---@field " + name + " " + constant_type(value));
        for (const auto& [name, unused] : module.values()) line("---@field " + name + " any");
        line("local " + table + " = {}");
        for (const BoundFunction& function : module.functions())
            this->function(function, table + "." + function.name);
        for (const Module& inner : module.submodules()) this->module(inner, path + "." + inner.name());
    }

    void require(const std::vector<Module>& modules) {
        line("");
        for (const Module& module : modules) require(module, module.name());
        line("---@param modname string");
        line("---@return any");
        line("function require(modname) end");
    }

    void require(const Module& module, const std::string& path) {
        line("---@overload fun(modname: \"" + path + "\"): " + path);
        for (const Module& inner : module.submodules()) require(inner, path + "." + inner.name());
    }

    void function(const BoundFunction& function, const std::string& name) {
        const DocSignature signature = parse_signature(function.signature);
        line("");
        if (!function.documentation.empty()) line("--- " + function.documentation);
        std::string names;
        for (const auto& parameter : signature.parameters) {
            const bool optional = parameter.name.size() > 1 && parameter.name.back() == '?';
            const std::string plain = parameter_name(parameter.name);
            line("---@param " + plain + (optional ? "? " : " ") + parameter.type);
            names += (names.empty() ? "" : ", ") + plain;
        }
        for (const std::string& result : signature.results) line("---@return " + result);
        line("function " + name + "(" + names + ") end");
    }

    std::string field_type(const ObjectInfo& info, int index) {
        const auto at = static_cast<std::size_t>(index);
        const Field& field = info.schema->field(at);
        const std::string end = field.nullable ? "?" : "";
        switch (field.kind) {
        case Kind::nil:
        case Kind::map: return "any";
        case Kind::record:
        case Kind::list: {
            const ObjectInfo* child = info.field_objects[at];
            if (!child && field.child) child = &types_.resolve(*field.child);
            return (child ? child->name : "any") + (field.kind == Kind::list ? "[]" : end);
        }
        default: return std::string{kind_name(field.kind)} + end;
        }
    }

    static std::string property_type(const BoundFunction& property) {
        const std::size_t colon = property.signature.find(": ");
        return colon == std::string::npos ? "any" : property.signature.substr(colon + 2);
    }

    static std::string constant_type(const Value& value) {
        switch (value.kind()) {
        case Kind::list: return value.size() > 0 ? constant_type(value.items()[0]) + "[]" : "table";
        case Kind::map: {
            const auto& entries = value.entries();
            const auto is_text = [](const MapEntry& entry) {
                return entry.key.kind() == Kind::string && entry.value.kind() == Kind::string;
            };
            return std::all_of(entries.begin(), entries.end(), is_text) ? "table<string, string>" : "table";
        }
        case Kind::nil:
        case Kind::record: return "any";
        default: return std::string{kind_name(value.kind())};
        }
    }

    void line(const std::string& text) { text_ += text + "\n"; }

    ObjectTypes types_;
    std::string text_;
};

} // namespace

std::string stubs(const std::vector<Module>& modules, const std::vector<Object>& objects) {
    return Writer{objects}.write(modules, objects);
}

} // namespace lunette::lua
