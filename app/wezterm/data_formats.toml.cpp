#include "wezterm/data_formats.h"

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>
#include <vector>

namespace lunette::wezterm::data_format {

namespace {

template<class T>
std::string printed(const T& value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

Value from_node(const toml::node& node) {
    if (const auto* table = node.as_table()) {
        std::vector<MapEntry> entries;
        entries.reserve(table->size());
        for (const auto& [key, child] : *table) {
            entries.push_back({Value{std::string_view{key.str()}}, from_node(child)});
        }
        return Value::map(std::move(entries));
    }
    if (const auto* array = node.as_array()) {
        std::vector<Value> items;
        items.reserve(array->size());
        for (const toml::node& child : *array) items.push_back(from_node(child));
        return Value::list(std::move(items));
    }
    if (const auto* text = node.as_string()) return Value{text->get()};
    if (const auto* integer = node.as_integer()) return Value{integer->get()};
    if (const auto* number = node.as_floating_point()) return Value{number->get()};
    if (const auto* boolean = node.as_boolean()) return Value{boolean->get()};
    if (const auto* date = node.as_date()) return Value{printed(date->get())};
    if (const auto* time = node.as_time()) return Value{printed(time->get())};
    if (const auto* moment = node.as_date_time()) return Value{printed(moment->get())};
    return {};
}

// toml++ bounds the nesting of values (256 levels), but a key "a.a.a…" nests as deep as it is long, and
// freeing that recurses. So keys are measured before it sees them: the most dots between two of "=,[]{}"
// and line ends, outside of strings and comments. (Text that is read wrongly here is invalid, and toml++
// stops there as well.)
class KeyScanner {
public:
    explicit KeyScanner(std::string_view text) noexcept : rest_{text} {}

    int most_dots() noexcept {
        int most = 0;
        int dots = 0;
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '"' || c == '\'') {
                skip_string(c);
                continue;
            }
            if (c == '#')
                rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
            else
                rest_.remove_prefix(1);
            if (c == '.')
                most = std::max(most, ++dots);
            else if (std::string_view{"=,[]{}\n"}.find(c) != std::string_view::npos)
                dots = 0;
        }
        return most;
    }

private:
    void skip_string(char quote) noexcept {
        const bool long_form = rest_.size() >= 3 && rest_[1] == quote && rest_[2] == quote;
        rest_.remove_prefix(long_form ? 3 : 1);
        int run = 0;
        while (!rest_.empty()) {
            const char c = rest_.front();
            const bool escape = c == '\\' && quote == '"';
            rest_.remove_prefix(escape ? std::min<std::size_t>(2, rest_.size()) : 1);
            if (!long_form && (c == quote || c == '\n')) return;
            run = c == quote ? run + 1 : 0;
            if (!long_form || run < 3) continue;
            // Up to two more quotes belong to the string.
            for (int more = 0; more < 2 && rest_.starts_with(quote); ++more) rest_.remove_prefix(1);
            return;
        }
    }

    std::string_view rest_;
};

// Empty when a tree is within the bounds. toml++ bounds the nesting of values itself, not their number.
std::string problem_of(const toml::node& node, int depth, std::size_t& values) {
    if (depth > max_data_depth) return too_deep();
    if (++values > max_data_values) return too_many();
    if (const auto* table = node.as_table()) {
        for (const auto& [key, child] : *table) {
            if (std::string problem = problem_of(child, depth + 1, values); !problem.empty()) return problem;
        }
    } else if (const auto* array = node.as_array()) {
        for (const toml::node& child : *array) {
            if (std::string problem = problem_of(child, depth + 1, values); !problem.empty()) return problem;
        }
    }
    return {};
}

bool bare_key(std::string_view key) noexcept {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

bool is_table(const Value& value) noexcept { return value.kind() == Kind::map; }

// An array that is written as [[headers]].
bool is_array_of_tables(const Value& value) noexcept {
    return value.kind() == Kind::list && value.size() > 0 &&
           std::all_of(value.items().begin(), value.items().end(), is_table);
}

class Writer {
public:
    explicit Writer(DataStyle style) : pretty_{style == DataStyle::pretty} {}

    // Values first, then the tables, since a header ends the table before it.
    bool table(const Value& value, const std::string& path) {
        for (const MapEntry& entry : value.entries()) {
            if (is_table(entry.value) || is_array_of_tables(entry.value)) continue;
            std::string name;
            if (!key(entry.key, name)) return false;
            out_ += name + " = ";
            if (!inline_value(entry.value, pretty_)) return false;
            out_ += '\n';
        }
        for (const MapEntry& entry : value.entries()) {
            std::string name;
            if (is_table(entry.value)) {
                if (!key(entry.key, name) || !section(entry.value, path + name, "[", "]")) return false;
            } else if (is_array_of_tables(entry.value)) {
                if (!key(entry.key, name)) return false;
                for (const Value& item : entry.value.items()) {
                    if (!section(item, path + name, "[[", "]]")) return false;
                }
            }
        }
        return true;
    }

    tl::expected<std::string, std::string> take(bool good) {
        if (!good) return tl::make_unexpected(std::move(error_));
        return std::move(out_);
    }

private:
    bool section(const Value& value, const std::string& path, std::string_view open, std::string_view close) {
        if (!out_.empty()) out_ += '\n';
        out_.append(open).append(path).append(close) += '\n';
        return table(value, path + ".");
    }

    bool key(const Value& value, std::string& name) {
        if (value.kind() == Kind::string)
            name = bare_key(value.text()) ? std::string{value.text()} : quoted(value.text());
        else if (value.kind() == Kind::integer)
            name = std::to_string(value.integer_or(0));
        else
            return fail("toml keys must be strings");
        return true;
    }

    bool inline_value(const Value& value, bool over_lines) {
        switch (value.kind()) {
        case Kind::boolean: out_ += value.boolean_or(false) ? "true" : "false"; return true;
        case Kind::integer: out_ += std::to_string(value.integer_or(0)); return true;
        case Kind::number: out_ += number(value.number_or(0)); return true;
        case Kind::string: out_ += quoted(value.text()); return true;
        case Kind::list: return inline_list(value, over_lines);
        case Kind::map: return inline_map(value);
        case Kind::nil: return fail("TOML cannot hold nil");
        case Kind::record: break;
        }
        return fail("cannot write an object of the program");
    }

    static std::string number(double value) {
        if (std::isnan(value)) return "nan";
        if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
        return number_text(value);
    }

    bool inline_list(const Value& value, bool over_lines) {
        if (value.size() == 0) {
            out_ += "[]";
            return true;
        }
        out_ += over_lines ? "[\n" : "[";
        bool first = true;
        for (const Value& item : value.items()) {
            if (over_lines)
                out_ += "    ";
            else if (!first)
                out_ += ", ";
            first = false;
            if (!inline_value(item, false)) return false;
            if (over_lines) out_ += ",\n";
        }
        out_ += ']';
        return true;
    }

    bool inline_map(const Value& value) {
        out_ += "{ ";
        bool first = true;
        for (const MapEntry& entry : value.entries()) {
            std::string name;
            if (!key(entry.key, name)) return false;
            if (!first) out_ += ", ";
            first = false;
            out_ += name + " = ";
            if (!inline_value(entry.value, false)) return false;
        }
        out_ += first ? "}" : " }";
        return true;
    }

    bool fail(std::string_view why) {
        error_ = why;
        return false;
    }

    bool pretty_;
    std::string out_;
    std::string error_;
};

} // namespace

tl::expected<Value, std::string> decode_toml(std::string_view text) {
    if (KeyScanner{text}.most_dots() >= max_data_depth) return tl::make_unexpected(too_deep());
    const toml::parse_result result = toml::parse(text);
    if (!result) {
        const toml::parse_error& error = result.error();
        return tl::make_unexpected(std::string{error.description()} + " at line " +
                                   std::to_string(error.source().begin.line) + ", column " +
                                   std::to_string(error.source().begin.column));
    }
    std::size_t values = 0;
    if (std::string problem = problem_of(result.table(), 0, values); !problem.empty()) {
        return tl::make_unexpected(std::move(problem));
    }
    return from_node(result.table());
}

tl::expected<std::string, std::string> encode_toml(const Value& value, DataStyle style) {
    const bool empty_list = value.kind() == Kind::list && value.size() == 0; // Lua's {} may arrive as either
    if (!is_table(value) && !empty_list)
        return tl::make_unexpected(std::string{"a TOML document must be a table"});
    Writer writer{style};
    const bool good = writer.table(value, "");
    return writer.take(good);
}

} // namespace lunette::wezterm::data_format
