#include "mux/command_applier.h"

#include "mux/tab_operations.h"

#include <algorithm>
#include <utility>

namespace lunette::mux {

namespace {

tl::unexpected<std::string> gone(std::string_view what) {
    return tl::unexpected<std::string>{"this " + std::string{what} + " does not exist any more"};
}

constexpr std::size_t longest_name = 4096; // of titles, statuses and workspaces, in bytes

std::string bounded(const std::string& text) {
    if (text.size() <= longest_name) return text;
    std::size_t end = longest_name;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end; // not inside a character
    return text.substr(0, end);
}

constexpr std::size_t longest_status = 64U << 10; // statuses carry escapes

} // namespace

Reply CommandApplier::operator()(const model::SetLeftStatus& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    if (command.text.size() > longest_status) return tl::unexpected{std::string{"the status is too long"}};
    window->state.left_status = command.text;
    mux_.objects_.touch_window(command.window);
    return Value{};
}

Reply CommandApplier::operator()(const model::SetRightStatus& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    if (command.text.size() > longest_status) return tl::unexpected{std::string{"the status is too long"}};
    window->state.right_status = command.text;
    mux_.objects_.touch_window(command.window);
    return Value{};
}

Reply CommandApplier::operator()(const model::SetConfigOverrides& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    // {} and nil are the same: no overrides.
    const Value overrides = command.overrides.size() == 0 ? Value{} : command.overrides;
    if (window->state.config_overrides == overrides) return Value{};
    window->state.config_overrides = overrides;
    mux_.objects_.touch_window(command.window);
    mux_.emit(ConfigOverridesChanged{command.window});
    return Value{};
}

Reply CommandApplier::operator()(const model::PerformAction& command) {
    if (auto reply = mux_.perform(command.window, command.pane, command.action)) return std::move(*reply);
    return tl::unexpected{command.action.name + " belongs to the user interface"};
}

Reply CommandApplier::operator()(const model::Toast& command) {
    mux_.emit(Notification{0, command.window, command.title, command.message, command.url.value_or(""),
                           command.timeout_ms.value_or(0)});
    return Value{};
}

Reply CommandApplier::operator()(const model::CopyToClipboard& command) {
    using model::Clipboard;
    const char* selections = command.destination == Clipboard::primary     ? "p"
                             : command.destination == Clipboard::clipboard ? "c"
                                                                           : "cp";
    mux_.emit(ClipboardWrite{selections, command.text});
    return Value{};
}

Reply CommandApplier::operator()(const model::FocusWindow& command) {
    if (!mux_.objects_.window(command.window)) return gone("window");
    mux_.show_window(command.window);
    return Value{};
}

Reply CommandApplier::operator()(const model::WindowRequest& command) {
    if (!mux_.objects_.window(command.window)) return gone("window");
    return Value{}; // the outer terminal's window is not ours to move
}

Reply CommandApplier::operator()(const model::SetWindowTitle& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    if (window->state.title == command.title) return Value{};
    window->state.title = bounded(command.title);
    mux_.objects_.touch_tabs_of(*window); // they carry it as window_title
    return Value{};
}

Reply CommandApplier::operator()(const model::SetWorkspace& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    window->state.workspace = bounded(command.workspace);
    mux_.objects_.touch_window(command.window);
    mux_.objects_.touch_app();
    if (mux_.app_.active_window == command.window) mux_.show_window(command.window);
    return Value{};
}

Reply CommandApplier::operator()(const model::SetTabTitle& command) {
    Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    tab->title = bounded(command.title);
    mux_.objects_.touch_tab(command.tab);
    return Value{};
}

Reply CommandApplier::operator()(const model::ActivateTab& command) {
    const Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    mux_.activate_tab(*mux_.objects_.window(tab->window), command.tab);
    return Value{};
}

Reply CommandApplier::operator()(const model::MoveTab& command) {
    const Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    Window& window = *mux_.objects_.window(tab->window);
    std::erase(window.tabs, command.tab);
    const auto index =
        std::clamp<std::int64_t>(command.index, 0, static_cast<std::int64_t>(window.tabs.size()));
    window.tabs.insert(window.tabs.begin() + index, command.tab);
    mux_.objects_.touch_tabs_of(window);
    return Value{};
}

Reply CommandApplier::operator()(const model::CloseTab& command) {
    if (!mux_.objects_.tab(command.tab)) return gone("tab");
    mux_.close_tab(command.tab);
    return Value{};
}

Reply CommandApplier::operator()(const model::SetZoomed& command) {
    Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    const bool before = tab->zoomed != 0;
    // Zooming the only pane of a tab changes nothing, as in WezTerm.
    if (command.zoomed && !before && tab->tree.placed().size() < 2) return before;
    if (command.zoomed != before) set_zoomed(mux_.objects_, *tab, command.zoomed ? tab->active() : 0);
    return before;
}

Reply CommandApplier::operator()(const model::RotatePanes& command) {
    Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    rotate(mux_.objects_, *tab, command.clockwise);
    return Value{};
}

Reply CommandApplier::operator()(const model::SendText& command) {
    if (!mux_.pane(command.pane)) return gone("pane");
    mux_.send_bytes(command.pane, command.text);
    return Value{};
}

Reply CommandApplier::operator()(const model::SendPaste& command) {
    Pane* pane = mux_.pane(command.pane);
    if (!pane) return gone("pane");
    const bool taken = pane->paste(command.text);
    mux_.update_writable(command.pane);
    if (!taken) return tl::unexpected{std::string{"the program in this pane does not read its input"}};
    return Value{};
}

Reply CommandApplier::operator()(const model::InjectOutput& command) {
    Pane* pane = mux_.pane(command.pane);
    if (!pane) return gone("pane");
    pane->inject(command.text);
    mux_.after_output(command.pane);
    return Value{};
}

Reply CommandApplier::operator()(const model::ActivatePane& command) {
    Tab* tab = mux_.objects_.tab_of(command.pane);
    if (!tab) return gone("pane");
    Window& window = *mux_.objects_.window(tab->window);
    if (tab->zoomed && tab->zoomed != command.pane && !mux_.settings_of(window.record).unzoom_on_switch_pane)
        return Value{};
    focus_pane(mux_.objects_, *tab, command.pane);
    mux_.activate_tab(window, tab->record);
    return Value{};
}

Reply CommandApplier::operator()(const model::ActivatePaneDirection& command) {
    Tab* tab = mux_.objects_.tab(command.tab);
    if (!tab) return gone("tab");
    if (tab->zoomed && !mux_.settings_of(tab->window).unzoom_on_switch_pane) return Value{};
    if (const Id target = pane_in_direction(*tab, tab->active(), command.direction))
        focus_pane(mux_.objects_, *tab, target);
    return Value{};
}

Reply CommandApplier::operator()(const model::AdjustPaneSize& command) {
    Tab* tab = mux_.objects_.tab_of(command.pane);
    if (!tab) return gone("pane");
    const auto cells = static_cast<int>(std::clamp<std::int64_t>(command.cells, -4096, 4096));
    adjust_size(mux_.objects_, *tab, command.pane, command.direction, cells);
    return Value{};
}

Reply CommandApplier::operator()(const model::ClosePane& command) {
    if (!mux_.pane(command.pane)) return gone("pane");
    mux_.close_pane(command.pane);
    return Value{};
}

Reply CommandApplier::operator()(const model::WatchProcess& command) {
    if (!mux_.pane(command.pane)) return gone("pane");
    mux_.watch_process(command.pane);
    return Value{};
}

Reply CommandApplier::operator()(const model::SplitPane& command) {
    auto added = mux_.split(command);
    if (!added) return tl::unexpected{std::move(added.error())};
    return Value{*added};
}

Reply CommandApplier::operator()(const model::SpawnTab& command) {
    Window* window = mux_.objects_.window(command.window);
    if (!window) return gone("window");
    auto spawned = mux_.open_tab(*window, command.spawn);
    if (!spawned) return tl::unexpected{std::move(spawned.error())};
    return spawned->to_value();
}

Reply CommandApplier::operator()(const model::SpawnWindow& command) {
    auto spawned = mux_.open_window(command);
    if (!spawned) return tl::unexpected{std::move(spawned.error())};
    return spawned->to_value();
}

Reply CommandApplier::operator()(const model::MovePaneToNewTab& command) {
    const Tab* tab = mux_.objects_.tab_of(command.pane);
    if (!tab) return gone("pane");
    const Id target = command.window ? command.window : tab->window;
    Window* window = mux_.objects_.window(target);
    if (!window) return gone("window");
    if (tab->window == target && tab->tree.placed().size() == 1)
        return model::Spawned{tab->record, command.pane, target}.to_value(); // it has a tab of its own
    mux_.detach_pane(command.pane);
    return mux_.adopt_in_new_tab(*window, command.pane).to_value();
}

Reply CommandApplier::operator()(const model::MovePaneToNewWindow& command) {
    if (!mux_.pane(command.pane)) return gone("pane");
    const std::string workspace = command.workspace.value_or(mux_.app_.active_workspace);
    const Id window = mux_.new_window(workspace, {}, {}).record;
    mux_.detach_pane(command.pane);
    const model::Spawned moved = mux_.adopt_in_new_tab(*mux_.objects_.window(window), command.pane);
    if (workspace == mux_.app_.active_workspace) mux_.show_window(window);
    return moved.to_value();
}

Reply CommandApplier::operator()(const model::SetActiveWorkspace& command) {
    if (mux_.show_workspace(command.workspace)) return Value{};
    return tl::unexpected{"there is no workspace \"" + command.workspace + "\""};
}

Reply CommandApplier::operator()(const model::RenameWorkspace& command) {
    const std::string to = bounded(command.to);
    for (const auto& window : mux_.objects_.windows()) {
        if (window->state.workspace != command.from) continue;
        window->state.workspace = to;
        mux_.objects_.touch_window(window->record);
        mux_.objects_.touch_app();
    }
    if (const auto last = mux_.last_shown_.extract(command.from)) mux_.last_shown_[to] = last.mapped();
    if (mux_.app_.active_workspace == command.from && command.from != to) {
        mux_.app_.active_workspace = to;
        mux_.objects_.touch_app();
        mux_.emit(ActiveWorkspaceChanged{to});
    }
    return Value{};
}

Reply CommandApplier::operator()(const model::AttachDomain&) { return Value{}; } // each always is

Reply CommandApplier::operator()(const model::DetachDomain&) {
    return tl::unexpected{
        std::string{"domains of a session cannot be detached; it outlives its terminals itself"}};
}

Reply CommandApplier::operator()(const model::SetDefaultDomain& command) {
    for (const Ref<model::DomainInfo>& domain : mux_.snapshots_.domains())
        if (domain.id() == command.domain) mux_.domains_.set_default(domain->domain_id);
    mux_.show_domains();
    return Value{};
}

Reply CommandApplier::operator()(const model::ReloadConfiguration&) {
    return tl::unexpected{std::string{"reloading belongs to the server"}};
}

Reply Mux::apply(const model::Command& command) { return std::visit(CommandApplier{*this}, command); }

std::vector<Reply> Mux::apply(std::span<const model::Command> batch) {
    std::vector<Reply> replies;
    replies.reserve(batch.size());
    for (const model::Command& command : batch) replies.push_back(apply(command));
    return replies;
}

} // namespace lunette::mux
