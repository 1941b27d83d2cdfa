#include "model/spawn_options.h"

#include <array>
#include <limits>
#include <utility>

namespace lunette::model {

namespace {

struct DirectionName {
    std::string_view text;
    Direction direction;
};
// The first name of a direction is the one written.
constexpr std::array<DirectionName, 9> direction_names{{
    {"Left", Direction::left},
    {"Right", Direction::right},
    {"Up", Direction::up},
    {"Down", Direction::down},
    {"Next", Direction::next},
    {"Prev", Direction::previous},
    {"Top", Direction::up},
    {"Bottom", Direction::down},
    {"Previous", Direction::previous},
}};

struct ClipboardName {
    std::string_view text;
    Clipboard destination;
};
constexpr std::array<ClipboardName, 3> clipboard_names{{
    {"Clipboard", Clipboard::clipboard},
    {"PrimarySelection", Clipboard::primary},
    {"ClipboardAndPrimarySelection", Clipboard::both},
}};

tl::unexpected<std::string> wrong(std::string_view what, std::string_view wanted, const Value& got) {
    return tl::unexpected<std::string>{std::string{what} + ": " + std::string{wanted} + " expected, got " +
                                       describe(got, 60)};
}

bool is_text_without_nul(const Value& value) {
    return value.kind() == Kind::string && value.text().find('\0') == std::string_view::npos;
}

tl::expected<std::vector<std::string>, std::string> parse_args(const Value& value) {
    std::vector<std::string> args;
    if (value.is_nil() || (value.kind() == Kind::map && value.size() == 0))
        return args; // {} is an empty list
    if (value.kind() != Kind::list) return wrong("args", "an array of strings", value);
    for (const Value& item : value.items()) {
        if (!is_text_without_nul(item)) return wrong("args", "an array of strings", value);
        args.emplace_back(item.text());
    }
    return args;
}

tl::expected<std::map<std::string, std::string>, std::string> parse_environment(const Value& value) {
    std::map<std::string, std::string> environment;
    if (value.is_nil() || (value.kind() == Kind::list && value.size() == 0)) return environment;
    if (value.kind() != Kind::map) return wrong("set_environment_variables", "a table of strings", value);
    for (const MapEntry& entry : value.entries()) {
        const std::string_view name = entry.key.text();
        if (!is_text_without_nul(entry.key) || name.empty() || name.find('=') != std::string_view::npos)
            return wrong("set_environment_variables", "the name of a variable", entry.key);
        if (!is_text_without_nul(entry.value))
            return wrong("set_environment_variables: " + std::string{name}, "a string", entry.value);
        environment.insert_or_assign(std::string{name}, std::string{entry.value.text()});
    }
    return environment;
}

} // namespace

std::string_view to_string(Direction direction) noexcept {
    for (const DirectionName& name : direction_names)
        if (name.direction == direction) return name.text;
    return {};
}

std::optional<Direction> parse_direction(std::string_view text) noexcept {
    for (const DirectionName& name : direction_names)
        if (name.text == text) return name.direction;
    return std::nullopt;
}

std::string_view to_string(Clipboard destination) noexcept {
    for (const ClipboardName& name : clipboard_names)
        if (name.destination == destination) return name.text;
    return {};
}

std::optional<Clipboard> parse_clipboard(std::string_view text) noexcept {
    for (const ClipboardName& name : clipboard_names)
        if (name.text == text) return name.destination;
    return std::nullopt;
}

tl::expected<DomainChoice, std::string> DomainChoice::parse(const Value& value) {
    DomainChoice choice;
    if (value.is_nil() || value.text() == "CurrentPaneDomain") return choice;
    if (value.text() == "DefaultDomain") {
        choice.kind = Kind::default_domain;
        return choice;
    }
    if (value.kind() == lunette::Kind::map && value.size() == 1) {
        const MapEntry& entry = value.entries().front();
        if (entry.key.text() == "DomainName" && entry.value.kind() == lunette::Kind::string) {
            choice.kind = Kind::by_name;
            choice.name = entry.value.text();
            return choice;
        }
        if (entry.key.text() == "DomainId" && entry.value.kind() == lunette::Kind::integer) {
            choice.kind = Kind::by_id;
            choice.id = entry.value.integer_or(0);
            return choice;
        }
    }
    return wrong("domain", "DefaultDomain, CurrentPaneDomain, {DomainName=…} or {DomainId=…}", value);
}

Value DomainChoice::to_value() const {
    switch (kind) {
    case Kind::default_domain: return "DefaultDomain";
    case Kind::current_pane: return "CurrentPaneDomain";
    case Kind::by_name: return Value::map({{"DomainName", name}});
    case Kind::by_id: return Value::map({{"DomainId", id}});
    }
    return {};
}

tl::expected<SpawnOptions, std::string> SpawnOptions::parse(const Value& value) {
    SpawnOptions options;
    if (value.is_nil() || (value.kind() == Kind::list && value.size() == 0)) return options;
    if (value.kind() != Kind::map) return wrong("spawn command", "a table", value);
    auto args = parse_args(value["args"]);
    if (!args) return tl::unexpected{std::move(args.error())};
    options.args = std::move(*args);
    if (const Value& cwd = value["cwd"]; !cwd.is_nil()) {
        if (!is_text_without_nul(cwd)) return wrong("cwd", "a string", cwd);
        options.cwd = cwd.text();
    }
    auto environment = parse_environment(value["set_environment_variables"]);
    if (!environment) return tl::unexpected{std::move(environment.error())};
    options.environment = std::move(*environment);
    auto domain = DomainChoice::parse(value["domain"]);
    if (!domain) return tl::unexpected{std::move(domain.error())};
    options.domain = std::move(*domain);
    return options;
}

Value SpawnOptions::to_value() const {
    std::vector<MapEntry> entries;
    if (!args.empty()) {
        std::vector<Value> items;
        for (const std::string& arg : args) items.emplace_back(arg);
        entries.push_back({"args", Value::list(std::move(items))});
    }
    if (cwd) entries.push_back({"cwd", *cwd});
    if (!environment.empty()) {
        std::vector<MapEntry> variables;
        for (const auto& [name, text] : environment) variables.push_back({name, text});
        entries.push_back({"set_environment_variables", Value::map(std::move(variables))});
    }
    entries.push_back({"domain", domain.to_value()});
    return Value::map(std::move(entries));
}

tl::expected<SplitSize, std::string> SplitSize::parse(const Value& value) {
    SplitSize size;
    if (value.is_nil()) return size;
    if (value.kind() == Kind::map && value.size() == 1) {
        const MapEntry& entry = value.entries().front();
        const std::int64_t number = entry.value.integer_or(-1);
        if (entry.key.text() == "Percent" && number >= 0 && number <= 100) {
            size.value = number;
            return size;
        }
        if (entry.key.text() == "Cells" && number >= 0 &&
            number <= std::numeric_limits<std::int32_t>::max()) {
            size.unit = Unit::cells;
            size.value = number;
            return size;
        }
    }
    return wrong("size", "{Percent=0…100} or {Cells=…}", value);
}

Value SplitSize::to_value() const {
    return Value::map({{unit == Unit::percent ? "Percent" : "Cells", value}});
}

} // namespace lunette::model
