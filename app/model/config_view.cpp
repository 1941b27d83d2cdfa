#include "model/config_view.h"

#include <algorithm>

namespace lunette::model {

namespace {

std::optional<KeyChord> chord_of(const Value& entry) {
    const auto key = parse_key_name(entry["key"].text());
    const auto modifiers = parse_modifiers(entry["mods"].text());
    if (!key || !modifiers) return {};
    return normalized({*key, *modifiers});
}

std::vector<KeyBinding> read_keys(const Value& entries) {
    std::vector<KeyBinding> bindings;
    bindings.reserve(entries.size());
    for (const Value& entry : entries.items()) {
        auto chord = chord_of(entry);
        auto action = KeyAssignment::parse(entry["action"]);
        if (chord && action)
            bindings.push_back({*chord, std::move(*action), entry["user"].boolean_or(false)});
    }
    return bindings;
}

std::optional<LeaderKey> read_leader(const Value& entry) {
    const auto chord = chord_of(entry);
    if (!chord) return {};
    return LeaderKey{*chord, std::max<std::int64_t>(entry["timeout_milliseconds"].integer_or(1000), 0)};
}

PrefixKey read_prefix(const Value& prefix) {
    if (prefix.kind() == Kind::boolean) return {PrefixKey::Use::never};
    const auto chord = chord_of(prefix);
    if (!chord) return {};
    return {PrefixKey::Use::always, *chord};
}

using Button = MouseBinding::Button;
struct ButtonName {
    std::string_view name;
    Button button;
};
constexpr ButtonName button_names[] = {
    {"Left", Button::left},
    {"Middle", Button::middle},
    {"Right", Button::right},
    {"None", Button::none},
    {"WheelUp", Button::wheel_up},
    {"WheelDown", Button::wheel_down},
    {"WheelLeft", Button::wheel_left},
    {"WheelRight", Button::wheel_right},
};

// {Down={streak=1, button="Left"}}, {Down={streak=1, button={WheelUp=1}}}
bool read_event(const Value& event, MouseBinding& binding) {
    if (event.entries().size() != 1) return false;
    const std::string_view on = event.entries().front().key.text();
    const Value& details = event.entries().front().value;
    if (on == "Down")
        binding.on = MouseBinding::On::down;
    else if (on == "Drag")
        binding.on = MouseBinding::On::drag;
    else if (on == "Up")
        binding.on = MouseBinding::On::up;
    else
        return false;
    const Value& button = details["button"];
    const bool wheel = button.entries().size() == 1;
    const std::string_view name = wheel ? button.entries().front().key.text() : button.text();
    const auto* found = std::find_if(std::begin(button_names), std::end(button_names),
                                     [name](const ButtonName& b) { return b.name == name; });
    if (found == std::end(button_names)) return false;
    binding.button = found->button;
    binding.streak = static_cast<int>(std::clamp<std::int64_t>(details["streak"].integer_or(1), 1, 1000));
    return true;
}

std::vector<MouseBinding> read_mouse(const Value& entries) {
    std::vector<MouseBinding> bindings;
    bindings.reserve(entries.size());
    for (const Value& entry : entries.items()) {
        MouseBinding binding;
        const auto modifiers = parse_modifiers(entry["mods"].text());
        auto action = KeyAssignment::parse(entry["action"]);
        if (!modifiers || !action || !read_event(entry["event"], binding)) continue;
        binding.modifiers = *modifiers;
        binding.mouse_reporting = entry["mouse_reporting"].boolean_or(false);
        if (const Value& alt = entry["alt_screen"]; alt.kind() == Kind::boolean)
            binding.alt_screen = alt.boolean_or(false);
        binding.action = std::move(*action);
        binding.by_user = entry["user"].boolean_or(false);
        bindings.push_back(std::move(binding));
    }
    return bindings;
}

} // namespace

KeyChord PrefixKey::usual() noexcept {
    KeyChord chord;
    chord.key.key = Key::character;
    chord.key.code_point = U'b';
    chord.modifiers.set = Modifiers::ctrl;
    return chord;
}

ConfigView::ConfigView(const Ref<ConfigInfo>& config) {
    if (config) options_ = config->options;
    palette_ = ConfigPalette::from_options(options_);
    tab_bar_colors_ = model::tab_bar_colors(options_, palette_);
    if (!config) return;
    const Value& bindings = config->bindings;
    keys_ = read_keys(bindings["keys"]);
    for (const MapEntry& entry : bindings["key_tables"].entries())
        key_tables_.emplace(entry.key.text(), read_keys(entry.value));
    leader_ = read_leader(bindings["leader"]);
    mouse_ = read_mouse(bindings["mouse"]);
    prefix_ = read_prefix(config->setup["prefix"]);
    outer_palette_ = config->setup["palette"].text() == "outer";
}

bool ConfigView::flag(std::string_view name, bool otherwise) const noexcept {
    return options_[name].boolean_or(otherwise);
}

std::int64_t ConfigView::number(std::string_view name, std::int64_t otherwise, std::int64_t least,
                                std::int64_t most) const noexcept {
    return std::clamp(options_[name].integer_or(otherwise), least, most);
}

std::string_view ConfigView::text(std::string_view name, std::string_view otherwise) const noexcept {
    return options_[name].string_or(otherwise);
}

std::vector<std::string> ConfigView::texts(std::string_view name) const {
    std::vector<std::string> texts;
    for (const Value& item : options_[name].items()) texts.emplace_back(item.text());
    return texts;
}

std::int64_t ConfigView::status_update_interval_ms() const noexcept {
    const std::int64_t interval = number("status_update_interval", 1000, 0, std::int64_t{1} << 40);
    return interval == 0 ? 0 : std::max<std::int64_t>(interval, 20);
}

int ConfigView::max_fps() const noexcept { return static_cast<int>(number("max_fps", 60, 10, 240)); }

std::int64_t ConfigView::scrollback_lines() const noexcept {
    return number("scrollback_lines", 3500, 0, 1'000'000);
}

std::optional<std::string> ConfigView::default_cwd() const {
    const Value& cwd = option("default_cwd");
    if (cwd.kind() != Kind::string) return {};
    return std::string{cwd.text()};
}

std::map<std::string, std::string> ConfigView::set_environment_variables() const {
    std::map<std::string, std::string> variables;
    for (const MapEntry& entry : option("set_environment_variables").entries())
        variables.emplace(entry.key.text(), entry.value.text());
    return variables;
}

TextColor ConfigView::color(std::string_view name) const noexcept { return parse_config_color(text(name)); }

const std::vector<KeyBinding>* ConfigView::key_table(std::string_view name) const {
    const auto found = key_tables_.find(std::string{name});
    return found == key_tables_.end() ? nullptr : &found->second;
}

} // namespace lunette::model
