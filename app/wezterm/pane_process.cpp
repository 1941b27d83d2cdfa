#include "wezterm/pane_process.h"

#include "wezterm/handles.h"
#include "wezterm/places.h"
#include "wezterm/process_table.h"
#include "wezterm/url.h"

namespace lunette::wezterm {

namespace {

using model::PaneInfo;

// The process in the foreground of the pane's terminal, while the pane's own program lives.
std::optional<std::int64_t> foreground(const PaneInfo& pane) {
    if (pane.pid <= 0 || pane.is_dead) return std::nullopt;
    return foreground_process(pane.pid);
}

} // namespace

std::optional<std::string> foreground_process_name(Script& script, const RecordRef& pane) {
    const auto& info = payload<PaneInfo>(pane);
    script.read(*pane, "foreground_process_name");
    if (const auto pid = foreground(info))
        if (auto executable = process_executable(*pid)) return executable;
    if (info.foreground_process_name.empty()) return std::nullopt;
    return info.foreground_process_name;
}

Value foreground_process_info(Script& script, const RecordRef& pane) {
    const auto& info = payload<PaneInfo>(pane);
    script.read(*pane, "foreground_process_info");
    if (const auto pid = foreground(info))
        if (Value found = process_info(*pid); !found.is_nil()) return found;
    return info.foreground_process_info;
}

Value working_directory(Script& script, const RecordRef& pane) {
    const auto& info = payload<PaneInfo>(pane);
    script.read(*pane, "current_working_dir");
    if (info.current_working_dir) return url_value(*info.current_working_dir);
    if (const auto pid = foreground(info))
        if (const auto directory = process_directory(*pid))
            return url_value("file://" + local_host_name() + percent_encode_path(*directory));
    return {};
}

} // namespace lunette::wezterm
