#include "terminal/interpreter.h"

#include "terminal/sanitize.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace lunette::terminal {

namespace {

// Cuts the part before the next `separator` off `text`.
std::string_view next_part(std::string_view& text, char separator = ';') {
    const std::size_t at = text.find(separator);
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(at == text.npos ? text.size() : at + 1);
    return part;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

} // namespace

void Interpreter::osc(std::string_view content) {
    screen_.end_cluster();
    const std::optional<int> command = number(next_part(content));
    if (!command) return;
    switch (*command) {
    case 0:
        set_title(content);
        set_icon_title(content);
        break;
    case 1: set_icon_title(content); break;
    case 2: set_title(content); break;
    case 4: set_palette_colors(content); break;
    case 7:
        cwd_ = clean_text(content, max_title_bytes);
        events_.push(CwdChanged{});
        break;
    case 8: set_hyperlink(content); break;
    case 9: notify_or_progress(content); break;
    case 10:
    case 11:
    case 12: set_special_colors(*command, content); break;
    case 52: write_clipboard(content); break;
    case 104: reset_palette_colors(content); break;
    case 110:
    case 111:
    case 112: reset_special_color(*command - 100); break;
    case 133: prompt_mark(content); break;
    case 777: notify_urxvt(content); break;
    case 1337: iterm_command(content); break;
    default: break;
    }
}

void Interpreter::set_title(std::string_view text) {
    title_ = clean_text(text, max_title_bytes);
    events_.push(TitleChanged{});
    content_changed();
}

void Interpreter::set_icon_title(std::string_view text) {
    icon_title_ = clean_text(text, max_title_bytes);
    events_.push(TitleChanged{});
}

// XTWINOPS, of which only what is safe and has a meaning here: size in cells, the title stack.
void Interpreter::window_operation(const Params& params) {
    switch (params.at(0)) {
    case 18: reply(fmt::format("\x1B[8;{};{}t", screen_.rows(), screen_.columns())); break;
    case 22:
        if (title_stack_.size() == max_title_stack) title_stack_.erase(title_stack_.begin());
        title_stack_.push_back(title_);
        break;
    case 23:
        if (title_stack_.empty()) break;
        title_ = std::move(title_stack_.back());
        title_stack_.pop_back();
        events_.push(TitleChanged{});
        break;
    default: break;
    }
}

void Interpreter::set_hyperlink(std::string_view content) {
    std::string_view parameters = next_part(content);
    std::string_view id;
    while (!parameters.empty()) {
        const std::string_view parameter = next_part(parameters, ':');
        if (parameter.substr(0, 3) == "id=") id = parameter.substr(3);
    }
    const std::string uri = clean_text(content, HyperlinkTable::max_uri_bytes + 1);
    screen_.pen().link = screen_.links().intern(clean_text(id, HyperlinkTable::max_parameter_bytes), uri);
    screen_.pen_changed();
}

void Interpreter::set_palette_colors(std::string_view content) {
    bool changed = false;
    while (!content.empty()) {
        const std::optional<int> index = number(next_part(content));
        const std::string_view value = next_part(content);
        if (!index || *index > 255) continue;
        Rgb& color = palette_.colors[static_cast<std::size_t>(*index)];
        if (value == "?") {
            reply(fmt::format("\x1B]4;{};{}\x1B\\", *index, format_color(color)));
        } else if (const std::optional<Rgb> parsed = parse_color(value)) {
            color = *parsed;
            changed = true;
        }
    }
    if (changed) events_.push(PaletteChanged{});
}

void Interpreter::reset_palette_colors(std::string_view content) {
    if (content.empty()) palette_.colors = configured_palette_.colors;
    while (!content.empty()) {
        const std::optional<int> index = number(next_part(content));
        if (!index || *index > 255) continue;
        palette_.colors[static_cast<std::size_t>(*index)] =
            configured_palette_.colors[static_cast<std::size_t>(*index)];
    }
    events_.push(PaletteChanged{});
}

// OSC 10 with several values goes on with 11 and 12.
void Interpreter::set_special_colors(int first, std::string_view content) {
    constexpr Rgb Palette::*members[] = {&Palette::foreground, &Palette::background, &Palette::cursor};
    for (int command = first; command <= 12 && !content.empty(); ++command) {
        const std::string_view value = next_part(content);
        Rgb& color = palette_.*members[command - 10];
        if (value == "?") {
            reply(fmt::format("\x1B]{};{}\x1B\\", command, format_color(color)));
        } else if (const std::optional<Rgb> parsed = parse_color(value)) {
            color = *parsed;
            events_.push(PaletteChanged{});
        }
    }
}

void Interpreter::reset_special_color(int number) {
    constexpr Rgb Palette::*members[] = {&Palette::foreground, &Palette::background, &Palette::cursor};
    palette_.*members[number - 10] = configured_palette_.*members[number - 10];
    events_.push(PaletteChanged{});
}

// Writing only: a program must not read what the user copied elsewhere.
void Interpreter::write_clipboard(std::string_view content) {
    std::string selections;
    for (const char c : next_part(content)) {
        if ((c == 'c' || c == 'p' || c == 's') && selections.find(c) == std::string::npos) selections += c;
    }
    if (selections.empty()) selections += 'c';
    if (std::optional<std::string> text = decode_base64(content))
        events_.push(ClipboardWrite{std::move(selections), std::move(*text)});
}

// ConEmu's OSC 9;4 is progress; anything else is iTerm2's notification.
void Interpreter::notify_or_progress(std::string_view content) {
    std::string_view rest = content;
    if (next_part(rest) != "4" || content == "4") {
        events_.push(Notification{{}, clean_text(content, max_notification_bytes)});
        return;
    }
    const std::optional<int> state = number(next_part(rest));
    if (!state || *state > 4) return;
    Progress progress;
    progress.state = static_cast<Progress::State>(*state);
    const std::optional<int> percent = number(next_part(rest));
    const bool counted =
        progress.state != Progress::State::none && progress.state != Progress::State::indeterminate;
    if (counted) progress.percent = percent ? std::min(*percent, 100) : progress_.percent;
    if (progress == progress_) return;
    progress_ = progress;
    events_.push(ProgressChanged{});
}

void Interpreter::notify_urxvt(std::string_view content) {
    if (next_part(content) != "notify") return;
    const std::string_view title = next_part(content);
    events_.push(
        Notification{clean_text(title, max_notification_bytes), clean_text(content, max_notification_bytes)});
}

void Interpreter::prompt_mark(std::string_view content) {
    const std::string_view kind = next_part(content);
    if (kind.size() != 1 || kind[0] < 'A' || kind[0] > 'D') return;
    PromptMark mark{kind[0], -1};
    if (mark.kind == 'D') mark.exit_code = number(next_part(content)).value_or(-1);
    screen_.mark_prompt(mark.kind);
    events_.push(mark);
}

void Interpreter::iterm_command(std::string_view content) {
    const std::string_view command = next_part(content, '=');
    if (command != "SetUserVar") return;
    const std::string name = clean_text(next_part(content, '='), max_user_var_name);
    const std::optional<std::string> value = decode_base64(content);
    if (name.empty() || !value || value->size() > max_user_var_value) return;
    events_.push(UserVarSet{name, clean_text(*value, max_user_var_value)});
}

} // namespace lunette::terminal
