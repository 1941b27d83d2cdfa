#include "model/key_assignment.h"

namespace lunette::model {

// From WezTerm's KeyAssignment and CopyModeAssignment enumerations (config/src/keyassignment.rs).
namespace {

constexpr Kind any = Kind::nil;
constexpr Kind boolean = Kind::boolean;
constexpr Kind integer = Kind::integer;
constexpr Kind number = Kind::number;
constexpr Kind string = Kind::string;
constexpr Kind list = Kind::list;
constexpr Kind map = Kind::map;
constexpr ArgumentRule none = ArgumentRule::none;
constexpr ArgumentRule optional = ArgumentRule::optional;
constexpr ArgumentRule required = ArgumentRule::required;
constexpr Effect applied = Effect::applied;
constexpr Effect adapted = Effect::adapted;
constexpr Effect accepted = Effect::accepted;

constexpr KnownAssignment assignments[] = {
    {"ActivateCommandPalette", any, none, applied, ""},
    {"ActivateCopyMode", any, none, applied, ""},
    {"ActivateKeyTable", map, required, applied, ""},
    {"ActivateLastTab", any, none, applied, ""},
    {"ActivatePaneByIndex", integer, required, applied, ""},
    {"ActivatePaneDirection", string, required, applied, ""},
    {"ActivateTab", integer, required, applied, ""},
    {"ActivateTabRelative", integer, required, applied, ""},
    {"ActivateTabRelativeNoWrap", integer, required, applied, ""},
    {"ActivateWindow", integer, required, adapted, "shows another window of this workspace"},
    {"ActivateWindowRelative", integer, required, adapted, "shows another window of this workspace"},
    {"ActivateWindowRelativeNoWrap", integer, required, adapted, "shows another window of this workspace"},
    {"AdjustPaneSize", list, required, applied, ""},
    {"AttachDomain", string, required, applied, ""},
    {"CharSelect", map, optional, applied, ""},
    {"ClearKeyTableStack", any, none, applied, ""},
    {"ClearScrollback", string, required, applied, ""},
    {"ClearSelection", any, none, applied, ""},
    {"CloseCurrentPane", map, optional, applied, ""},
    {"CloseCurrentTab", map, optional, applied, ""},
    {"CompleteSelection", string, required, applied, ""},
    {"CompleteSelectionOrOpenLinkAtMouseCursor", string, required, applied, ""},
    {"Confirmation", map, required, applied, ""}, // of WezTerm's nightly builds
    {"CopyMode", any, required, applied, ""},
    {"CopyTextTo", map, required, applied, ""},
    {"CopyTo", string, required, applied, ""},
    {"DecreaseFontSize", any, none, accepted, "the font belongs to the outer terminal"},
    {"DetachDomain", any, required, applied, ""},
    {"DisableDefaultAssignment", any, none, applied, ""},
    {"EmitEvent", string, required, applied, ""},
    {"ExtendSelectionToMouseCursor", string, required, applied, ""},
    {"Hide", any, none, accepted, "windows belong to the outer terminal"},
    {"HideApplication", any, none, accepted, "windows belong to the outer terminal"},
    {"IncreaseFontSize", any, none, accepted, "the font belongs to the outer terminal"},
    {"InputSelector", map, required, applied, ""},
    {"MoveTab", integer, required, applied, ""},
    {"MoveTabRelative", integer, required, applied, ""},
    {"Multiple", list, required, applied, ""},
    {"Nop", any, none, applied, ""},
    {"OpenLinkAtMouseCursor", any, none, applied, ""},
    {"OpenUri", string, required, applied, ""},
    {"PaneSelect", map, optional, applied, ""},
    {"PasteFrom", string, required, applied, ""},
    {"PopKeyTable", any, none, applied, ""},
    {"PromptInputLine", map, required, applied, ""},
    {"QuickSelect", any, none, applied, ""},
    {"QuickSelectArgs", map, optional, applied, ""},
    {"QuitApplication", any, none, adapted, "ends the server and all its panes"},
    {"ReloadConfiguration", any, none, applied, ""},
    {"ResetFontAndWindowSize", any, none, accepted, "the font belongs to the outer terminal"},
    {"ResetFontSize", any, none, accepted, "the font belongs to the outer terminal"},
    {"ResetTerminal", any, none, applied, ""},
    {"RotatePanes", string, required, applied, ""},
    {"ScrollByCurrentEventWheelDelta", any, none, applied, ""},
    {"ScrollByLine", integer, required, applied, ""},
    {"ScrollByPage", number, required, applied, ""},
    {"ScrollToBottom", any, none, applied, ""},
    {"ScrollToPrompt", integer, required, applied, ""},
    {"ScrollToTop", any, none, applied, ""},
    {"Search", any, required, applied, ""},
    {"SelectTextAtMouseCursor", string, required, applied, ""},
    {"SendKey", map, required, applied, ""},
    {"SendString", string, required, applied, ""},
    {"SetPaneZoomState", boolean, required, applied, ""},
    {"SetWindowLevel", string, required, accepted, "windows belong to the outer terminal"},
    {"Show", any, none, accepted, "windows belong to the outer terminal"},
    {"ShowDebugOverlay", any, none, applied, ""},
    {"ShowLauncher", any, none, applied, ""},
    {"ShowLauncherArgs", map, required, applied, ""},
    {"ShowTabNavigator", any, none, applied, ""},
    {"SpawnCommandInNewTab", map, optional, applied, ""},
    {"SpawnCommandInNewWindow", map, optional, adapted, "opens a window in this workspace and shows it"},
    {"SpawnTab", any, required, applied, ""},
    {"SpawnWindow", any, none, adapted, "opens a window in this workspace and shows it"},
    {"SplitHorizontal", map, optional, applied, ""},
    {"SplitPane", map, required, applied, ""},
    {"SplitVertical", map, optional, applied, ""},
    {"StartWindowDrag", any, none, accepted, "windows belong to the outer terminal"},
    {"SwitchToWorkspace", map, optional, applied, ""},
    {"SwitchWorkspaceRelative", integer, required, applied, ""},
    {"ToggleAlwaysOnBottom", any, none, accepted, "windows belong to the outer terminal"},
    {"ToggleAlwaysOnTop", any, none, accepted, "windows belong to the outer terminal"},
    {"ToggleFullScreen", any, none, accepted, "the outer terminal is full screen or not"},
    {"TogglePaneZoomState", any, none, applied, ""},
};

constexpr KnownAssignment copy_mode_assignments[] = {
    {"AcceptPattern", any, none, applied, ""},
    {"ClearPattern", any, none, applied, ""},
    {"ClearSelectionMode", any, none, applied, ""},
    {"Close", any, none, applied, ""},
    {"CycleMatchType", any, none, applied, ""},
    {"EditPattern", any, none, applied, ""},
    {"JumpAgain", any, none, applied, ""},
    {"JumpBackward", map, required, applied, ""},
    {"JumpForward", map, required, applied, ""},
    {"JumpReverse", any, none, applied, ""},
    {"MoveBackwardSemanticZone", any, none, applied, ""},
    {"MoveBackwardWord", any, none, applied, ""},
    {"MoveBackwardZoneOfType", string, required, applied, ""},
    {"MoveByPage", number, required, applied, ""},
    {"MoveDown", any, none, applied, ""},
    {"MoveForwardSemanticZone", any, none, applied, ""},
    {"MoveForwardWord", any, none, applied, ""},
    {"MoveForwardWordEnd", any, none, applied, ""},
    {"MoveForwardZoneOfType", string, required, applied, ""},
    {"MoveLeft", any, none, applied, ""},
    {"MoveRight", any, none, applied, ""},
    {"MoveToEndOfLineContent", any, none, applied, ""},
    {"MoveToScrollbackBottom", any, none, applied, ""},
    {"MoveToScrollbackTop", any, none, applied, ""},
    {"MoveToSelectionOtherEnd", any, none, applied, ""},
    {"MoveToSelectionOtherEndHoriz", any, none, applied, ""},
    {"MoveToStartOfLine", any, none, applied, ""},
    {"MoveToStartOfLineContent", any, none, applied, ""},
    {"MoveToStartOfNextLine", any, none, applied, ""},
    {"MoveToViewportBottom", any, none, applied, ""},
    {"MoveToViewportMiddle", any, none, applied, ""},
    {"MoveToViewportTop", any, none, applied, ""},
    {"MoveUp", any, none, applied, ""},
    {"NextMatch", any, none, applied, ""},
    {"NextMatchPage", any, none, applied, ""},
    {"PageDown", any, none, applied, ""},
    {"PageUp", any, none, applied, ""},
    {"PriorMatch", any, none, applied, ""},
    {"PriorMatchPage", any, none, applied, ""},
    {"SetSelectionMode", string, optional, applied, ""},
};

} // namespace

std::span<const KnownAssignment> known_assignments() noexcept { return assignments; }
std::span<const KnownAssignment> known_copy_mode_assignments() noexcept { return copy_mode_assignments; }

} // namespace lunette::model
