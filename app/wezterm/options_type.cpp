#include "wezterm/options_type.h"

#include <cassert>
#include <charconv>
#include <utility>

namespace lunette::wezterm {

namespace {

using Kind = OptionType::Kind;

struct Word {
    std::string_view text;
    Kind kind;
    std::string_view description;
};
constexpr Word words[] = {
    {"any", Kind::any, "any value"},
    {"bool", Kind::boolean, "boolean"},
    {"int", Kind::integer, "integer"},
    {"num", Kind::number, "number"},
    {"str", Kind::string, "string"},
    {"color", Kind::color, "color"},
    {"spec", Kind::color_spec, "{AnsiColor=…}, {Color=…} or \"Default\""},
    {"dim", Kind::dimension, "number, or string with px, %, pt or cell"},
    {"mods", Kind::modifiers, "modifiers"},
    {"key", Kind::key, "name of a key"},
    {"action", Kind::action, "key assignment"},
    {"enum", Kind::words, ""},
    {"flags", Kind::flags, ""},
};

// Recursive descent over the notation of options.inc.
class Reader {
public:
    Reader(std::string_view text, const OptionStructs& structs) : rest_{text}, structs_{structs} {}

    OptionType type() {
        OptionType first = single();
        if (!take('/')) return first;
        OptionType either;
        either.kind = Kind::either;
        either.nullable = first.nullable;
        either.parts.push_back(std::move(first));
        do either.parts.push_back(single());
        while (take('/'));
        return either;
    }
    bool done() const noexcept { return rest_.empty(); }

private:
    OptionType single() {
        OptionType type;
        if (take('[') || take('{')) {
            const bool list = rest_.data()[-1] == '[';
            type.kind = list ? Kind::list : Kind::map;
            type.parts.push_back(this->type());
            const bool closed = take(list ? ']' : '}');
            assert(closed);
            static_cast<void>(closed);
        } else if (take('@')) {
            type.kind = Kind::structure;
            const std::string_view name = until_sign();
            for (const OptionStruct& one : structs_)
                if (one.name == name) type.structure = &one;
            assert(type.structure);
        } else {
            const std::string_view name = until_sign();
            const Word* word = nullptr;
            for (const Word& candidate : words)
                if (candidate.text == name) word = &candidate;
            assert(word);
            type.kind = word->kind;
            if (take('(')) parameters(type);
        }
        type.nullable = take('?');
        return type;
    }

    void parameters(OptionType& type) {
        const std::size_t end = rest_.find(')');
        std::string_view inner = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        if (type.kind == Kind::words || type.kind == Kind::flags) {
            for (;;) {
                const std::size_t bar = inner.find('|');
                type.words.push_back(inner.substr(0, bar));
                if (bar == std::string_view::npos) return;
                inner.remove_prefix(bar + 1);
            }
        }
        const std::size_t comma = inner.find(',');
        bound(inner.substr(0, comma), type.least);
        bound(inner.substr(comma + 1), type.most);
    }
    static void bound(std::string_view text, double& bound) {
        if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), bound);
    }

    bool take(char sign) {
        if (rest_.empty() || rest_.front() != sign) return false;
        rest_.remove_prefix(1);
        return true;
    }
    std::string_view until_sign() {
        const std::string_view name = rest_.substr(0, rest_.find_first_of("/[]{}()?"));
        rest_.remove_prefix(name.size());
        return name;
    }

    std::string_view rest_;
    const OptionStructs& structs_;
};

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += i + 1 == parts.size() ? " or " : ", ";
        text += parts[i];
    }
    return text;
}

std::string bound_text(double bound) { return std::to_string(static_cast<long long>(bound)); }

} // namespace

OptionType parse_option_type(std::string_view text, const OptionStructs& structs) {
    Reader reader{text, structs};
    OptionType type = reader.type();
    assert(reader.done());
    return type;
}

std::string OptionType::describe() const {
    switch (kind) {
    case Kind::list: return "array of " + parts.front().describe();
    case Kind::map: return "table of " + parts.front().describe();
    case Kind::structure: return "table (" + std::string{structure->name} + ")";
    case Kind::words: {
        std::vector<std::string> quoted;
        for (const std::string_view word : words) quoted.push_back('"' + std::string{word} + '"');
        return joined(quoted);
    }
    case Kind::flags: return "flags joined by '|'";
    case Kind::either: {
        std::vector<std::string> described;
        for (const OptionType& part : parts) described.push_back(part.describe());
        return joined(described);
    }
    case Kind::integer:
    case Kind::number: {
        std::string text = kind == Kind::integer ? "integer" : "number";
        const bool low = least > -std::numeric_limits<double>::infinity();
        if (most < std::numeric_limits<double>::infinity())
            text += (low ? " from " + bound_text(least) + " to " : " up to ") + bound_text(most);
        else if (low)
            text += " from " + bound_text(least);
        return text;
    }
    default:
        for (const Word& word : wezterm::words)
            if (word.kind == kind) return std::string{word.description};
        return "value";
    }
}

const OptionField* OptionStruct::find(std::string_view field) const noexcept {
    for (const OptionField& candidate : fields)
        if (candidate.name == field) return &candidate;
    return nullptr;
}

} // namespace lunette::wezterm
