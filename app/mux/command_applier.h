#pragma once

#include "mux/mux.h"

namespace lunette::mux {

// What each command does. Lives for one call of Mux::apply().
class CommandApplier {
public:
    explicit CommandApplier(Mux& mux) noexcept : mux_{mux} {}

    Reply operator()(const model::SetLeftStatus& command);
    Reply operator()(const model::SetRightStatus& command);
    Reply operator()(const model::SetConfigOverrides& command);
    Reply operator()(const model::PerformAction& command);
    Reply operator()(const model::Toast& command);
    Reply operator()(const model::CopyToClipboard& command);
    Reply operator()(const model::FocusWindow& command);
    Reply operator()(const model::WindowRequest& command);
    Reply operator()(const model::SetWindowTitle& command);
    Reply operator()(const model::SetWorkspace& command);
    Reply operator()(const model::SetTabTitle& command);
    Reply operator()(const model::ActivateTab& command);
    Reply operator()(const model::MoveTab& command);
    Reply operator()(const model::CloseTab& command);
    Reply operator()(const model::SetZoomed& command);
    Reply operator()(const model::RotatePanes& command);
    Reply operator()(const model::SendText& command);
    Reply operator()(const model::SendPaste& command);
    Reply operator()(const model::InjectOutput& command);
    Reply operator()(const model::ActivatePane& command);
    Reply operator()(const model::ActivatePaneDirection& command);
    Reply operator()(const model::AdjustPaneSize& command);
    Reply operator()(const model::ClosePane& command);
    Reply operator()(const model::WatchProcess& command);
    Reply operator()(const model::SplitPane& command);
    Reply operator()(const model::SpawnTab& command);
    Reply operator()(const model::SpawnWindow& command);
    Reply operator()(const model::MovePaneToNewTab& command);
    Reply operator()(const model::MovePaneToNewWindow& command);
    Reply operator()(const model::SetActiveWorkspace& command);
    Reply operator()(const model::RenameWorkspace& command);
    Reply operator()(const model::AttachDomain& command);
    Reply operator()(const model::DetachDomain& command);
    Reply operator()(const model::SetDefaultDomain& command);
    Reply operator()(const model::ReloadConfiguration& command);

private:
    Mux& mux_;
};

} // namespace lunette::mux
