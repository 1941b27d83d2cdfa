#include "wezterm/handles.h"
#include "wezterm/objects.h"
#include "wezterm/process_interest.h"
#include "wezterm/url.h"

#include <memory>

namespace lunette::wezterm {

// Fields only, of the snapshot that the running callback began with.
Object tab_information() {
    Object object{"TabInformation", model::tab_schema(), Binding::pinned};
    for (const char* field : {"title", "all_panes", "cols", "rows", "pixel_width", "pixel_height", "dpi"})
        object.hide(field);
    object.as("panes", "PaneInformation").as("active_pane", "PaneInformation");
    return object;
}

Object pane_information(std::shared_ptr<ProcessInterest> interest) {
    Object object{"PaneInformation", model::pane_schema(), Binding::pinned};
    for (const char* field : {"cols", "viewport_rows", "current_working_dir", "foreground_process_info"})
        object.hide(field);
    object
        .property("current_working_dir",
                  [interest](Script& script, RecordRef self) {
                      interest->show(script, self->id());
                      const auto& directory = payload<model::PaneInfo>(self).current_working_dir;
                      return directory ? url_value(*directory) : Value{};
                  },
                  {"current_working_dir"})
        .property("foreground_process_name",
                  [interest](Script& script, RecordRef self) {
                      interest->show(script, self->id());
                      return payload<model::PaneInfo>(self).foreground_process_name;
                  },
                  {"foreground_process_name"});
    return object;
}

} // namespace lunette::wezterm
