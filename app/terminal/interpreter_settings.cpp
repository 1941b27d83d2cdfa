#include "terminal/interpreter.h"
#include "terminal/osc_fields.h"

#include <fmt/format.h>

#include <optional>

// DECRQSS and XTGETTCAP: what programs ask by device control strings.
namespace lunette::terminal {

namespace {

void append_color(std::string& out, Color color, int basic, int extended) {
    switch (color.kind()) {
    case Color::Kind::default_: return;
    case Color::Kind::indexed:
        if (basic > 0 && color.index() < 8)
            out += fmt::format(";{}", basic + color.index());
        else if (basic > 0 && color.index() < 16)
            out += fmt::format(";{}", basic + 60 + color.index() - 8);
        else
            out += fmt::format(";{}:5:{}", extended, color.index());
        return;
    case Color::Kind::direct:
        out += fmt::format(";{}:2::{}:{}:{}", extended, color.rgb().red, color.rgb().green, color.rgb().blue);
        return;
    }
}

std::string sgr_of(const Style& style) {
    std::string out = "0";
    constexpr std::pair<std::uint16_t, std::string_view> codes[] = {
        {attribute::bold, ";1"},    {attribute::faint, ";2"},       {attribute::italic, ";3"},
        {attribute::blink, ";5"},   {attribute::rapid_blink, ";6"}, {attribute::inverse, ";7"},
        {attribute::conceal, ";8"}, {attribute::strike, ";9"},      {attribute::overline, ";53"}};
    for (const auto& [bits, code] : codes) {
        if (style.has(bits)) out += code;
    }
    if (style.underline == Underline::single)
        out += ";4";
    else if (style.underline != Underline::none)
        out += fmt::format(";4:{}", static_cast<int>(style.underline));
    append_color(out, style.foreground, 30, 38);
    append_color(out, style.background, 40, 48);
    append_color(out, style.underline_color, 0, 58);
    return out;
}

struct Capability {
    std::string_view name;
    std::string_view value; // empty: a flag
};

// terminfo(5) names and the extensions of tmux and ncurses that programs ask for.
constexpr Capability capabilities[] = {
    {"Co", "256"},
    {"colors", "256"},
    {"RGB", "8/8/8"},
    {"Tc", ""},
    {"Su", ""},
    {"XT", ""},
    {"Smulx", "\x1B[4:%p1%dm"},
    {"Setulc", "\x1B[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m"},
    {"Smol", "\x1B[53m"},
    {"Rmol", "\x1B[55m"},
    {"Ms", "\x1B]52;%p1%s;%p2%s\x1B\\"},
    {"Ss", "\x1B[%p1%d q"},
    {"Se", "\x1B[0 q"},
    {"Sync", "\x1B[?2026%?%p1%{1}%-%tl%eh%;"},
    {"setrgbf", "\x1B[38:2:%p1%d:%p2%d:%p3%dm"},
    {"setrgbb", "\x1B[48:2:%p1%d:%p2%d:%p3%dm"},
    {"sitm", "\x1B[3m"},
    {"ritm", "\x1B[23m"},
    {"smxx", "\x1B[9m"},
    {"rmxx", "\x1B[29m"},
};

std::string to_hex(std::string_view bytes) {
    std::string hex;
    for (const char c : bytes) hex += fmt::format("{:02X}", static_cast<unsigned char>(c));
    return hex;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (; !hex.empty(); hex.remove_prefix(2)) {
        unsigned value = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + 2, value, 16);
        if (error != std::errc{} || end != hex.data() + 2) return std::nullopt;
        bytes += static_cast<char>(value);
    }
    return bytes;
}

} // namespace

void Interpreter::dcs(const Sequence& head, std::string_view content) {
    screen_.end_cluster();
    if (head.prefix != 0 || head.final != 'q') return;
    if (head.intermediate('$')) report_setting(content);
    if (head.intermediate('+')) report_capabilities(content);
}

// DECRQSS.
void Interpreter::report_setting(std::string_view request) {
    std::string setting;
    const Rectangle& margins = screen_.margins();
    if (request == "m")
        setting = sgr_of(screen_.pen());
    else if (request == " q")
        setting = fmt::format("{}", cursor_style_);
    else if (request == "r")
        setting = fmt::format("{};{}", margins.top + 1, margins.bottom + 1);
    else if (request == "s")
        setting = fmt::format("{};{}", margins.left + 1, margins.right + 1);
    else if (request == "t" || request == "*|")
        setting = fmt::format("{}", screen_.rows());
    else if (request == "$|")
        setting = fmt::format("{}", screen_.columns());
    else if (request == "\"p")
        setting = fmt::format("{};1", 60 + level_);
    else if (request == "\"q")
        setting = screen_.pen().has(attribute::guarded) ? "1" : "0";
    else if (request == "*x")
        setting = fmt::format("{}", attribute_extent_);
    else if (request == "$}" || request == "$~") // no status line
        setting = "0";
    if (setting.empty())
        reply("\x1BP0$r\x1B\\");
    else
        reply(fmt::format("\x1BP1$r{}{}\x1B\\", setting, request));
}

// XTGETTCAP: names in hexadecimal; the answers end at the first unknown one, as xterm's do.
void Interpreter::report_capabilities(std::string_view names) {
    while (!names.empty()) {
        const std::string_view hex = next_field(names);
        const std::optional<std::string> name = from_hex(hex);
        if (!name) return reply("\x1BP0+r\x1B\\");
        if (*name == "TN" || *name == "name") {
            reply(fmt::format("\x1BP1+r{}={}\x1B\\", hex, to_hex(terminal_name_)));
            continue;
        }
        const Capability* found = nullptr;
        for (const Capability& capability : capabilities) {
            if (capability.name == *name) found = &capability;
        }
        if (found == nullptr) return reply(fmt::format("\x1BP0+r{}\x1B\\", hex));
        reply(found->value.empty() ? fmt::format("\x1BP1+r{}\x1B\\", hex)
                                   : fmt::format("\x1BP1+r{}={}\x1B\\", hex, to_hex(found->value)));
    }
}

} // namespace lunette::terminal
