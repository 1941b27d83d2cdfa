#include "wezterm/handles.h"

#include <fmt/format.h>

namespace lunette::wezterm {

Id require_record(const Value& value, const Schema& schema, std::string_view what) {
    const RecordNode* record = value.record();
    if (!record || &record->schema() != &schema)
        throw BindError{fmt::format("{} expected, got {}", what,
                                    record ? record->schema().name() : kind_name(value.kind()))};
    return record->id();
}

void add_active_methods(Object& object) {
    object
        .method("active_tab",
                [](RecordRef self) {
                    return Value{payload<model::WindowInfo>(self).active_tab, mux_tab_object};
                },
                {"active_tab"})
        .method("active_pane",
                [](RecordRef self) {
                    return Value{payload<model::WindowInfo>(self).active_pane, pane_object};
                },
                {"active_pane"});
}

const model::AppInfo* app_info(Script& script) {
    const RecordRef root = script.root();
    if (!root || &root->schema() != &model::app_schema().erased()) return nullptr;
    return static_cast<const model::AppInfo*>(root->payload());
}

Value effective_options(Script& script, const RecordRef& window) {
    if (window) {
        script.read(*window, "config");
        if (const auto& config = payload<model::WindowInfo>(window).config; config) {
            script.read(*config.record(), "options");
            return config->options;
        }
    }
    const RecordRef root = script.root();
    if (!root || &root->schema() != &model::app_schema().erased()) return {};
    script.read(*root, "config");
    const auto& config = payload<model::AppInfo>(root).config;
    if (!config) return {};
    script.read(*config.record(), "options");
    return config->options;
}

Value text_list(const std::vector<std::string>& texts) {
    std::vector<Value> items;
    items.reserve(texts.size());
    for (const std::string& text : texts) items.emplace_back(text);
    return Value::list(std::move(items));
}

std::vector<std::string> require_texts(const Value& value) {
    const bool empty_table = value.kind() == Kind::map && value.size() == 0; // Lua's {} is either
    if (value.kind() != Kind::list && !empty_table && value[1].is_nil())
        throw BindError{"array of strings expected, got " + describe(value, 60)};
    std::vector<std::string> texts;
    for (std::int64_t i = 1; i <= static_cast<std::int64_t>(value.size()); ++i) {
        const Value& item = value[Value{i}];
        if (item.is_nil() && value.kind() == Kind::map) break; // a table with a hole ends before it
        switch (item.kind()) {
        case Kind::string: texts.emplace_back(item.text()); break;
        case Kind::integer:
        case Kind::number: texts.push_back(describe(item)); break;
        default: throw BindError{"array of strings expected, got " + describe(value, 60)};
        }
    }
    return texts;
}

} // namespace lunette::wezterm
