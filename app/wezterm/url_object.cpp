#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/url.h"

namespace lunette::wezterm {

Object url_object() {
    Object object{"Url", url_schema(), Binding::pinned};
    object.hide("text")
        .stands_for_text() // which a pane's current_working_dir was
        .metamethod("__tostring", [](RecordRef self) { return payload<Url>(self).text; })
        .metamethod("__eq", [](RecordRef self, Value other) {
            const auto* right = other.payload<Url>(url_schema());
            return right && payload<Url>(self) == *right;
        });
    return object;
}

} // namespace lunette::wezterm
