#include "terminal/interpreter.h"

#include "terminal/osc_fields.h"
#include "terminal/sanitize.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace lunette::terminal {

void Interpreter::osc(std::string_view content) {
    screen_.end_cluster();
    const std::optional<int> command = number_field(next_field(content));
    if (!command) return;
    switch (*command) {
    case 0:
        set_title(content);
        set_icon_title(content);
        break;
    case 1: set_icon_title(content); break;
    case 2: set_title(content); break;
    case 7:
        cwd_ = clean_text(content, max_title_bytes);
        events_.push(CwdChanged{});
        break;
    case 8: set_hyperlink(content); break;
    case 9: notify_or_progress(content); break;
    case 52: write_clipboard(content); break;
    case 133: prompt_mark(content); break;
    case 777: notify_urxvt(content); break;
    case 1337: iterm_command(content); break;
    default: color_command(*command, content); break;
    }
}

void Interpreter::set_title(std::string_view text) {
    titles_.window = clean_text(text, max_title_bytes);
    events_.push(TitleChanged{});
    content_changed();
}

void Interpreter::set_icon_title(std::string_view text) {
    titles_.icon = clean_text(text, max_title_bytes);
    events_.push(TitleChanged{});
}

void Interpreter::set_hyperlink(std::string_view content) {
    std::string_view parameters = next_field(content);
    std::string_view id;
    while (!parameters.empty()) {
        const std::string_view parameter = next_field(parameters, ':');
        if (parameter.substr(0, 3) == "id=") id = parameter.substr(3);
    }
    const std::string uri = clean_text(content, HyperlinkTable::max_uri_bytes + 1);
    screen_.pen().link = screen_.links().intern(clean_text(id, HyperlinkTable::max_parameter_bytes), uri);
    if (!uri.empty() && screen_.pen().link == 0) refuse(InputRefused::Kind::too_many_links);
    screen_.pen_changed();
}

// Writing only: a program must not read what the user copied elsewhere.
void Interpreter::write_clipboard(std::string_view content) {
    std::string selections;
    for (const char c : next_field(content)) {
        if ((c == 'c' || c == 'p' || c == 's') && selections.find(c) == std::string::npos) selections += c;
    }
    if (selections.empty()) selections += 'c';
    std::optional<std::string> text = decode_base64(content);
    if (text && text->size() > max_clipboard_bytes)
        refuse(InputRefused::Kind::clipboard_too_long);
    else if (text)
        events_.push(ClipboardWrite{std::move(selections), std::move(*text)});
}

// ConEmu's OSC 9;4 is progress; anything else is iTerm2's notification.
void Interpreter::notify_or_progress(std::string_view content) {
    std::string_view rest = content;
    if (next_field(rest) != "4" || content == "4") {
        events_.push(Notification{{}, clean_text(content, max_notification_bytes)});
        return;
    }
    const std::optional<int> state = number_field(next_field(rest));
    if (!state || *state > 4) return;
    Progress progress;
    progress.state = static_cast<Progress::State>(*state);
    const std::optional<int> percent = number_field(next_field(rest));
    const bool counted =
        progress.state != Progress::State::none && progress.state != Progress::State::indeterminate;
    if (counted) progress.percent = percent ? std::min(*percent, 100) : progress_.percent;
    if (progress == progress_) return;
    progress_ = progress;
    events_.push(ProgressChanged{});
}

void Interpreter::notify_urxvt(std::string_view content) {
    if (next_field(content) != "notify") return;
    const std::string_view title = next_field(content);
    events_.push(
        Notification{clean_text(title, max_notification_bytes), clean_text(content, max_notification_bytes)});
}

void Interpreter::prompt_mark(std::string_view content) {
    const std::string_view kind = next_field(content);
    if (kind.size() != 1) return;
    screen_.mark_prompt(kind[0]);
    if (kind[0] < 'A' || kind[0] > 'D') return;
    PromptMark mark{kind[0], -1};
    if (mark.kind == 'D') mark.exit_code = number_field(next_field(content)).value_or(-1);
    events_.push(mark);
}

void Interpreter::iterm_command(std::string_view content) {
    const std::string_view command = next_field(content, '=');
    if (command != "SetUserVar") return;
    const std::string name = clean_text(next_field(content, '='), max_user_var_name);
    const std::optional<std::string> value = decode_base64(content);
    if (name.empty() || !value || value->size() > max_user_var_value) return;
    events_.push(UserVarSet{name, clean_text(*value, max_user_var_value)});
}

} // namespace lunette::terminal
