#include "model/commands.h"

#include <type_traits>
#include <utility>

namespace lunette::model {

namespace {

template<class... T>
Value list_of(const T&... items) {
    return Value::list({Value{items}...});
}

// One overload per command that takes arguments besides its object.
template<class T>
Value arguments(const T&) {
    return Value::list({});
}
Value arguments(const SetLeftStatus& c) { return list_of(c.text); }
Value arguments(const SetRightStatus& c) { return list_of(c.text); }
Value arguments(const SetConfigOverrides& c) { return list_of(c.overrides); }
Value arguments(const PerformAction& c) { return list_of(c.action.to_value()); }
Value arguments(const Toast& c) { return list_of(c.title, c.message, c.url, c.timeout_ms); }
Value arguments(const CopyToClipboard& c) { return list_of(c.text, to_string(c.destination)); }
Value arguments(const WindowRequest& c) {
    return c.argument.is_nil() ? Value::list({}) : list_of(c.argument);
}
Value arguments(const SetWindowTitle& c) { return list_of(c.title); }
Value arguments(const SetWorkspace& c) { return list_of(c.workspace); }
Value arguments(const SetTabTitle& c) { return list_of(c.title); }
Value arguments(const MoveTab& c) { return list_of(c.index); }
Value arguments(const SetZoomed& c) { return list_of(c.zoomed); }
Value arguments(const RotatePanes& c) { return list_of(c.clockwise ? "Clockwise" : "CounterClockwise"); }
Value arguments(const SendText& c) { return list_of(c.text); }
Value arguments(const SendPaste& c) { return list_of(c.text); }
Value arguments(const InjectOutput& c) { return list_of(c.text); }
Value arguments(const ActivatePaneDirection& c) { return list_of(to_string(c.direction)); }
Value arguments(const AdjustPaneSize& c) { return list_of(to_string(c.direction), c.cells); }
Value arguments(const SplitPane& c) {
    return list_of(to_string(c.direction), c.size.to_value(), c.top_level, c.spawn.to_value());
}
Value arguments(const SpawnTab& c) { return list_of(c.spawn.to_value()); }
Value arguments(const SpawnWindow& c) { return list_of(c.spawn.to_value(), c.workspace, c.columns, c.rows); }
Value arguments(const MovePaneToNewWindow& c) { return list_of(c.workspace); }
Value arguments(const SetActiveWorkspace& c) { return list_of(c.workspace); }
Value arguments(const RenameWorkspace& c) { return list_of(c.from, c.to); }

} // namespace

Description describe(const Command& command) {
    return std::visit(
        [](const auto& c) {
            using T = std::remove_cvref_t<decltype(c)>;
            std::string_view name = T::name;
            if constexpr (std::is_same_v<T, WindowRequest>) {
                // "maximize" says more than that something was requested.
                if (!c.request.empty()) name = c.request;
            }
            return Description{name, arguments(c)};
        },
        command);
}

Value Spawned::to_value() const { return Value::map({{"tab", tab}, {"pane", pane}, {"window", window}}); }

Spawned Spawned::from_value(const Value& value) {
    const auto id = [&](std::string_view key) { return static_cast<Id>(value[key].integer_or(0)); };
    return Spawned{id("tab"), id("pane"), id("window")};
}

} // namespace lunette::model
