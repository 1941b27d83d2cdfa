#pragma once

#include <lunette/record.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

// The arguments that commands, actions and the command line share.
namespace lunette::model {

enum class Direction : std::uint8_t { left, right, up, down, next, previous };
std::string_view to_string(Direction direction) noexcept; // "Left", …, "Prev"
// Also takes "Top" and "Bottom", as Pane:split() does, and "Previous".
std::optional<Direction> parse_direction(std::string_view text) noexcept;

enum class Clipboard : std::uint8_t { clipboard, primary, both };
std::string_view to_string(Clipboard destination) noexcept; // WezTerm's ClipboardCopyDestination
std::optional<Clipboard> parse_clipboard(std::string_view text) noexcept;

// WezTerm's SpawnTabDomain: which domain a new pane belongs to.
struct DomainChoice {
    enum class Kind : std::uint8_t { default_domain, current_pane, by_name, by_id };
    Kind kind = Kind::current_pane;
    std::string name;    // of by_name
    std::int64_t id = 0; // of by_id: a domain_id

    // "DefaultDomain", "CurrentPaneDomain", {DomainName=…}, {DomainId=…}.
    static tl::expected<DomainChoice, std::string> parse(const Value& value);
    Value to_value() const;
    friend bool operator==(const DomainChoice&, const DomainChoice&) = default;
};

// WezTerm's SpawnCommand, as far as it says what to start.
struct SpawnOptions {
    std::vector<std::string> args; // empty: default_prog, else the user's shell
    std::optional<std::string> cwd;
    std::map<std::string, std::string> environment; // set on top of the usual one
    DomainChoice domain;

    // From a SpawnCommand; nil gives the defaults. Unknown fields are ignored, as callers have more.
    static tl::expected<SpawnOptions, std::string> parse(const Value& value);
    Value to_value() const;
    friend bool operator==(const SpawnOptions&, const SpawnOptions&) = default;
};

// Of the new pane.
struct SplitSize {
    enum class Unit : std::uint8_t { percent, cells };
    Unit unit = Unit::percent;
    std::int64_t value = 50;

    // {Percent=…} or {Cells=…}; nil gives the half.
    static tl::expected<SplitSize, std::string> parse(const Value& value);
    Value to_value() const;
    friend bool operator==(const SplitSize&, const SplitSize&) = default;
};

} // namespace lunette::model
