#include <lunette/bind.h>

#include <algorithm>

#include "lua/call.h"

namespace lunette {

std::string_view to_string(Impurity impurity) noexcept {
    switch (impurity) {
    case Impurity::clock: return "clock";
    case Impurity::process: return "process";
    case Impurity::file: return "file";
    case Impurity::environment: return "environment";
    case Impurity::random: return "random";
    case Impurity::shared_state: return "shared_state";
    case Impurity::untracked: return "untracked";
    }
    return "";
}

std::string_view to_string(LogLevel level) noexcept {
    switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
    }
    return "";
}

namespace {

std::string label_of(const Call& call, int index) {
    const auto* in_lua = dynamic_cast<const lua::LuaCall*>(&call);
    return in_lua ? in_lua->argument_label(index) : "argument " + std::to_string(index + 1);
}

} // namespace

void Call::bad_argument(int index, std::string_view expected) const {
    throw BindError{label_of(*this, index) + ": " + std::string{expected} + " expected, got " +
                    std::string{type_name(index)}};
}

void Call::out_of_range(int index, std::int64_t least, std::uint64_t most) {
    throw BindError{label_of(*this, index) + ": a number from " + std::to_string(least) + " to " +
                    std::to_string(most) + " expected, got " + std::string{text(index)}};
}

Module& Module::doc(std::string signature, std::string text) {
    if (!functions_.empty()) {
        functions_.back().signature = std::move(signature);
        functions_.back().documentation = std::move(text);
    }
    return *this;
}

Module& Module::constant(std::string name, Value value) {
    constants_.emplace_back(std::move(name), std::move(value));
    return *this;
}

Module& Module::value(std::string name, std::function<Value(Script&)> get) {
    values_.emplace_back(std::move(name), std::move(get));
    return *this;
}

Module& Module::submodule(Module module) {
    submodules_.push_back(std::move(module));
    return *this;
}

Module& Module::chunk(std::string name, std::string_view source) {
    chunks_.emplace_back(std::move(name), source);
    return *this;
}

Object& Object::getter(std::string method, std::string field) {
    getters_[std::move(method)] = std::move(field);
    return *this;
}

Object& Object::as(std::string field, std::string object) {
    field_objects_[std::move(field)] = std::move(object);
    return *this;
}

Object& Object::hide(std::string field) {
    hidden_.push_back(std::move(field));
    return *this;
}

// Functions and properties are kept apart, so the signature says which of the two newest ones is meant.
Object& Object::doc(std::string signature, std::string text) {
    const std::string name = signature.substr(0, signature.find_first_of("(: "));
    const bool property =
        !properties_.empty() &&
        (functions_.empty() || (properties_.back().name == name && functions_.back().name != name));
    if (!property && functions_.empty()) return *this;
    BoundFunction& target = property ? properties_.back() : functions_.back();
    target.signature = std::move(signature);
    target.documentation = std::move(text);
    return *this;
}

} // namespace lunette
