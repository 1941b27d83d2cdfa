#pragma once

#include "model/records.h"

#include <lunette/bind.h>

#include <string>
#include <string_view>
#include <vector>

// Records as the objects of WezTerm's API. Script thread.
namespace lunette::wezterm {

// The place of each object in the list that install() registers, first of all objects. 0 stands for the first
// one over a schema.
inline constexpr ObjectType window_object = 0;
inline constexpr ObjectType mux_window_object = 1;
inline constexpr ObjectType mux_tab_object = 2;
inline constexpr ObjectType tab_information_object = 3;
inline constexpr ObjectType pane_object = 4;
inline constexpr ObjectType pane_information_object = 5;

// REQUIRES: the record's schema is T's.
template<class T>
const T& payload(const RecordRef& record) noexcept {
    return *static_cast<const T*>(record->payload());
}

// A live object for a record that may not be in this task's snapshot yet (one that a command just made): it
// finds its newest version by id.
inline Value pane_handle(Id id) { return Value{model::pane_schema().make(id, {}), pane_object}; }
inline Value tab_handle(Id id) { return Value{model::tab_schema().make(id, {}), mux_tab_object}; }
inline Value window_handle(Id id) { return Value{model::window_schema().make(id, {}), mux_window_object}; }

// active_tab() and active_pane(), which both objects over a window have.
void add_active_methods(Object& object);

// The records of an argument, or an error that names what was expected. A handle of either object over the
// schema will do, as plugins mix MuxWindow and Window.
Id require_record(const Value& value, const Schema& schema, std::string_view what);

// The items of a list of records as objects. Reads recorded by the caller.
template<class T>
Value handles(const List<T>& list, ObjectType as) {
    std::vector<Value> items;
    items.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) items.emplace_back(list[i], as);
    return Value::list(std::move(items));
}

// The newest root; null before the host has published one.
const model::AppInfo* app_info(Script& script);

// The options in force: of a window when it has overrides, else of the program. Records the reads. Nil before
// a configuration is loaded.
Value effective_options(Script& script, const RecordRef& window);

Value text_list(const std::vector<std::string>& texts);

// Throws BindError when it is no array of strings.
std::vector<std::string> require_texts(const Value& value);

} // namespace lunette::wezterm
