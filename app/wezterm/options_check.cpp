#include "wezterm/options_type.h"

#include "model/ansi_color_names.h"
#include "model/key_assignment.h"
#include "model/key_name.h"
#include "model/nearest.h"
#include "wezterm/color.h"
#include "wezterm/schemes.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace lunette::wezterm {

namespace {

using Kind = OptionType::Kind;
using Checked = tl::expected<Value, std::string>;
using lunette::Kind::boolean;
using lunette::Kind::integer;
using lunette::Kind::number;
using lunette::Kind::string;

struct Notes {
    Warnings& warnings;
    BadParts bad_parts;

    // Whether a part with this error may be left out.
    bool leave_out(const std::string& error) {
        if (bad_parts == BadParts::refuse) return false;
        warnings.push_back(error + left_out);
        return true;
    }
};

Checked check(const OptionType& type, const Value& value, const std::string& path, Notes& notes);

tl::unexpected<std::string> failed(const std::string& path, const std::string& what) {
    return tl::unexpected<std::string>{path + ": " + what};
}

tl::unexpected<std::string> wrong(const OptionType& type, const Value& value, const std::string& path) {
    return failed(path, type.describe() + " expected, got " + describe(value, 60));
}

std::string did_you_mean(std::string_view word) {
    return word.empty() ? std::string{} : "; did you mean '" + std::string{word} + "'?";
}

bool is_table(const Value& value) {
    return value.kind() == lunette::Kind::map || value.kind() == lunette::Kind::list;
}

// The path of an entry: "colors.indexed[16]", "key_tables.resize".
std::string entry_path(const std::string& path, const Value& key) {
    if (key.kind() == string) return path + '.' + std::string{key.text()};
    return path + '[' + describe(key, 40) + ']';
}

Checked check_number(const OptionType& type, const Value& value, const std::string& path) {
    double wanted = std::nan("");
    if (value.kind() == integer || value.kind() == number) wanted = value.number_or(wanted);
    // An integer beyond 2^53 has no number of the same value.
    if (value.kind() == integer && std::isnan(wanted)) wanted = static_cast<double>(value.integer_or(0));
    if (!(wanted >= type.least && wanted <= type.most)) return wrong(type, value, path);
    if (type.kind == Kind::number) return Value{wanted};
    const std::int64_t whole = value.integer_or(0);
    if (whole != value.integer_or(1)) return wrong(type, value, path);
    return Value{whole};
}

Checked check_color(const OptionType& type, const Value& value, const std::string& path) {
    const auto color = value.kind() == string ? parse_color(value.text()) : std::nullopt;
    if (!color) return wrong(type, value, path);
    return Value{color->to_string()};
}

Checked check_color_spec(const OptionType& type, const Value& value, const std::string& path) {
    if (value.text() == "Default") return value;
    if (value.size() == 1 && model::ansi_color_index(value["AnsiColor"].text())) return value;
    if (value.size() == 1)
        if (const auto color = parse_color(value["Color"].text()))
            return Value::map({{"Color", color->to_string()}});
    return wrong(type, value, path);
}

Checked check_dimension(const OptionType& type, const Value& value, const std::string& path) {
    if (value.kind() == integer || value.kind() == number) return value;
    const std::string_view text = value.text();
    double amount = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc{}) return wrong(type, value, path);
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
    for (const std::string_view known : {"", "px", "%", "pt", "cell"})
        if (unit == known) return value;
    return wrong(type, value, path);
}

Checked check_modifiers(const OptionType& type, const Value& value, const std::string& path) {
    if (value.kind() != string) return wrong(type, value, path);
    model::BadModifier bad;
    const auto modifiers = model::parse_modifiers(value.text(), &bad);
    if (modifiers) return Value{to_string(*modifiers)};
    return failed(path, "unknown modifier '" + bad.word +
                            "'; there are SHIFT, ALT, CTRL, SUPER and LEADER, joined by '|'");
}

Checked check_key(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    if (value.kind() != string) return wrong(type, value, path);
    if (!model::parse_key_name(value.text()))
        notes.warnings.push_back(path + ": unknown key '" + std::string{value.text()} +
                                 "': nothing can press it" +
                                 did_you_mean(model::nearest_key_name(value.text())));
    return value;
}

// The name of the assignment that does not exist, if one is the trouble.
Checked check_action(const Value& value, const std::string& path) {
    std::string_view name = value.text();
    const Value* argument = nullptr;
    if (value.kind() == lunette::Kind::map && value.size() == 1) {
        name = value.entries().front().key.text();
        argument = &value.entries().front().value;
    }
    if (!name.empty() && !model::find_assignment(name)) {
        model::Nearest nearest{name};
        for (const model::KnownAssignment& known : model::known_assignments()) nearest.offer(known.name);
        return failed(path,
                      "unknown key assignment '" + std::string{name} + "'" + did_you_mean(nearest.word()));
    }
    if (name == "Multiple" && argument)
        for (std::size_t i = 0; i < argument->items().size(); ++i)
            if (auto inner =
                    check_action(argument->items()[i], path + ".Multiple[" + std::to_string(i + 1) + "]");
                !inner)
                return inner;
    auto parsed = model::KeyAssignment::parse(value);
    if (!parsed) return failed(path, parsed.error());
    return parsed->to_value();
}

Checked check_words(const OptionType& type, const Value& value, const std::string& path) {
    if (value.kind() != string) return wrong(type, value, path);
    model::Nearest nearest{value.text()};
    for (const std::string_view word : type.words) {
        if (word == value.text()) return value;
        nearest.offer(word);
    }
    return failed(path,
                  type.describe() + " expected, got " + describe(value, 60) + did_you_mean(nearest.word()));
}

Checked check_flags(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    if (value.kind() != string) return wrong(type, value, path);
    std::string normal;
    std::string_view rest = value.text();
    for (bool more = true; more;) {
        const std::size_t bar = rest.find('|');
        std::string_view word = rest.substr(0, bar);
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        bool known = word.empty();
        for (const std::string_view flag : type.words) known = known || flag == word;
        if (!known) notes.warnings.push_back(path + ": unknown flag '" + std::string{word} + "'");
        if (!word.empty()) normal += (normal.empty() ? "" : "|") + std::string{word};
        more = bar != std::string_view::npos;
        if (more) rest.remove_prefix(bar + 1);
    }
    return Value{std::move(normal)};
}

Checked check_list(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    if (!is_table(value)) return wrong(type, value, path);
    std::vector<Value> items;
    items.reserve(value.size());
    const auto add = [&](std::int64_t index, const Value& given) -> tl::expected<void, std::string> {
        auto item = check(type.parts.front(), given, path + '[' + std::to_string(index) + ']', notes);
        // Items of simple types are known by their places: colors 0 to 7.
        if (!item && type.parts.front().kind == Kind::structure && notes.leave_out(item.error())) return {};
        if (!item) return tl::unexpected{item.error()};
        items.push_back(std::move(*item));
        return {};
    };
    for (std::size_t i = 0; i < value.items().size(); ++i)
        if (auto added = add(static_cast<std::int64_t>(i) + 1, value.items()[i]); !added)
            return tl::unexpected{added.error()};
    // Lua's {a, nil, b} is no sequence: what is there counts.
    for (const MapEntry& entry : value.entries()) {
        if (entry.key.kind() != lunette::Kind::integer)
            return failed(path,
                          type.describe() + " expected, got a table with the key " + describe(entry.key, 40));
        if (auto added = add(entry.key.integer_or(0), entry.value); !added)
            return tl::unexpected{added.error()};
    }
    if (!value.entries().empty())
        notes.warnings.push_back(path +
                                 ": the list has gaps (nil); the items behind them count all the same");
    return Value::list(std::move(items));
}

Checked check_map(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    if (!is_table(value)) return wrong(type, value, path);
    if (value.size() != 0 && value.kind() == lunette::Kind::list)
        return failed(path, type.describe() + " expected, got an array");
    std::vector<MapEntry> entries;
    entries.reserve(value.size());
    for (const MapEntry& entry : value.entries()) {
        auto item = check(type.parts.front(), entry.value, entry_path(path, entry.key), notes);
        if (!item && notes.leave_out(item.error())) continue;
        if (!item) return item;
        entries.push_back({entry.key, std::move(*item)});
    }
    return Value::map(std::move(entries));
}

Checked check_structure(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    const OptionStruct& wanted = *type.structure;
    if (!is_table(value) || !value.items().empty()) return wrong(type, value, path);
    std::vector<MapEntry> entries;
    for (const OptionField& field : wanted.fields) {
        const Value& given = value[field.name];
        if (given.is_nil() && field.required) {
            const std::string what =
                "the field '" + std::string{field.name} + "' is missing in " + describe(value, 80);
            if (notes.bad_parts == BadParts::refuse || field.default_value.is_nil())
                return failed(path, what);
            notes.warnings.push_back(path + ": " + what + "; " + describe(field.default_value) + " is used");
        }
        if (given.is_nil() && field.name == "action")
            notes.warnings.push_back(path + ": has no action and does nothing when it is pressed");
        const Value& used = given.is_nil() ? field.default_value : given;
        if (used.is_nil()) continue;
        auto checked = check(field.type, used, path + '.' + std::string{field.name}, notes);
        // Open structs are bindings and commands: without one of its fields, such a thing does what nobody
        // asked for.
        if (!checked && !field.required && !wanted.open && notes.leave_out(checked.error())) {
            if (field.default_value.is_nil()) continue;
            checked = check(field.type, field.default_value, path, notes);
        }
        if (!checked) return checked;
        entries.push_back({field.name, std::move(*checked)});
    }
    for (const MapEntry& entry : value.entries()) {
        if (wanted.find(entry.key.text())) continue;
        entries.push_back(entry);
        if (wanted.open) continue;
        model::Nearest nearest{entry.key.text()};
        for (const OptionField& field : wanted.fields) nearest.offer(field.name);
        notes.warnings.push_back(entry_path(path, entry.key) + ": " + std::string{wanted.name} +
                                 " has no such field" + did_you_mean(nearest.word()));
    }
    return Value::map(std::move(entries));
}

Checked check_either(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    std::string inner; // of the one alternative that is a table, when the value is one
    for (const OptionType& part : type.parts) {
        Notes strict{notes.warnings, BadParts::refuse};
        auto checked = check(part, value, path, strict);
        if (checked) return checked;
        const bool table = part.kind == Kind::structure || part.kind == Kind::map || part.kind == Kind::list;
        if (table == is_table(value) && part.kind == Kind::structure) inner = checked.error();
    }
    if (!inner.empty()) return tl::unexpected<std::string>{inner};
    return wrong(type, value, path);
}

Checked check(const OptionType& type, const Value& value, const std::string& path, Notes& notes) {
    if (value.is_nil()) {
        if (type.nullable || type.kind == Kind::any) return value;
        return wrong(type, value, path);
    }
    switch (type.kind) {
    case Kind::any: return value;
    case Kind::boolean: return value.kind() == boolean ? Checked{value} : wrong(type, value, path);
    case Kind::integer:
    case Kind::number: return check_number(type, value, path);
    case Kind::string: return value.kind() == string ? Checked{value} : wrong(type, value, path);
    case Kind::color: return check_color(type, value, path);
    case Kind::color_spec: return check_color_spec(type, value, path);
    case Kind::dimension: return check_dimension(type, value, path);
    case Kind::modifiers: return check_modifiers(type, value, path);
    case Kind::key: return check_key(type, value, path, notes);
    case Kind::action: return check_action(value, path);
    case Kind::words: return check_words(type, value, path);
    case Kind::flags: return check_flags(type, value, path, notes);
    case Kind::list: return check_list(type, value, path, notes);
    case Kind::map: return check_map(type, value, path, notes);
    case Kind::structure: return check_structure(type, value, path, notes);
    case Kind::either: return check_either(type, value, path, notes);
    }
    return value;
}

} // namespace

Checked check_value(const OptionType& type, const Value& value, const std::string& path, Warnings& warnings,
                    BadParts bad_parts) {
    Notes notes{warnings, bad_parts};
    return check(type, value, path, notes);
}

} // namespace lunette::wezterm
