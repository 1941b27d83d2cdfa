#include "ui/line_editor.h"

#include "model/utf8.h"
#include "model/width.h"

#include <algorithm>

namespace lunette::ui {

using model::Key;
using model::Modifiers;

namespace {

bool is_space(char c) noexcept { return c == ' '; }

char keypad_character(Key key) noexcept {
    if (key >= Key::keypad_0 && key <= Key::keypad_9)
        return static_cast<char>('0' + (static_cast<int>(key) - static_cast<int>(Key::keypad_0)));
    switch (key) {
    case Key::keypad_decimal: return '.';
    case Key::keypad_divide: return '/';
    case Key::keypad_multiply: return '*';
    case Key::keypad_subtract: return '-';
    case Key::keypad_add: return '+';
    case Key::keypad_equal: return '=';
    default: return 0;
    }
}

} // namespace

std::size_t LineEditor::before(std::size_t at) const {
    std::size_t last = 0;
    for (std::size_t next = 0; next < at;
         next += model::next_grapheme(std::string_view{text_}.substr(next)).text.size())
        last = next;
    return last;
}

std::size_t LineEditor::after(std::size_t at) const {
    return at + model::next_grapheme(std::string_view{text_}.substr(at)).text.size();
}

// Words end at blanks.
std::size_t LineEditor::word_before(std::size_t at) const {
    while (at > 0 && is_space(text_[at - 1])) --at;
    while (at > 0 && !is_space(text_[at - 1])) --at;
    return at;
}

std::size_t LineEditor::word_after(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    while (at < text_.size() && !is_space(text_[at])) ++at;
    return at;
}

void LineEditor::cut(std::size_t from, std::size_t to, bool keep) {
    if (from >= to) return;
    if (keep) killed_ = text_.substr(from, to - from);
    text_.erase(from, to - from);
    cursor_ = from;
}

void LineEditor::insert(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const std::size_t before = clean.size();
        const model::Decoded next = model::decode_utf8(text);
        const char32_t c = next.length ? next.code_point : model::replacement_character;
        text.remove_prefix(next.length ? next.length : text.size());
        if (c == U'\n' || c == U'\t')
            clean += ' ';
        else if (c >= U' ' && c != 0x7F && !(c >= 0x80 && c < 0xA0))
            model::append_utf8(clean, c);
        if (text_.size() + clean.size() > most_bytes) {
            clean.resize(before);
            break;
        }
    }
    text_.insert(cursor_, clean);
    const std::size_t end = cursor_ + clean.size();
    // What was inserted may have joined the cluster behind it.
    cursor_ = 0;
    while (cursor_ < end) cursor_ = after(cursor_);
}

bool LineEditor::named(Key key, Modifiers modifiers) {
    const bool word = modifiers == Modifiers::ctrl || modifiers == Modifiers::alt;
    if (modifiers != Modifiers::none && modifiers != Modifiers::shift && !word) return false;
    switch (key) {
    case Key::left: cursor_ = word ? word_before(cursor_) : before(cursor_); return true;
    case Key::right: cursor_ = word ? word_after(cursor_) : after(cursor_); return true;
    case Key::home: cursor_ = 0; return true;
    case Key::end: cursor_ = text_.size(); return true;
    case Key::backspace: cut(word ? word_before(cursor_) : before(cursor_), cursor_, word); return true;
    case Key::delete_: {
        const std::size_t at = cursor_;
        cut(at, word ? word_after(at) : after(at), word);
        return true;
    }
    default: break;
    }
    const char typed = word ? char{} : keypad_character(key);
    if (typed) insert({&typed, 1});
    return typed != 0;
}

bool LineEditor::with_ctrl(char32_t letter) {
    switch (letter) {
    case U'a': cursor_ = 0; return true;
    case U'e': cursor_ = text_.size(); return true;
    case U'b': cursor_ = before(cursor_); return true;
    case U'f': cursor_ = after(cursor_); return true;
    case U'h': cut(before(cursor_), cursor_, false); return true;
    case U'd': cut(cursor_, after(cursor_), false); return true;
    case U'w': cut(word_before(cursor_), cursor_, true); return true;
    case U'u': cut(0, cursor_, true); return true;
    case U'k': cut(cursor_, text_.size(), true); return true;
    case U'y': insert(std::string{killed_}); return true;
    default: return false;
    }
}

bool LineEditor::with_alt(char32_t letter) {
    switch (letter) {
    case U'b': cursor_ = word_before(cursor_); return true;
    case U'f': cursor_ = word_after(cursor_); return true;
    case U'd': cut(cursor_, word_after(cursor_), true); return true;
    default: return false;
    }
}

bool LineEditor::key(const model::KeyEvent& key) {
    const Modifiers modifiers = effective(key.modifiers);
    if (key.key != Key::character) return named(key.key, modifiers);
    if (modifiers == Modifiers::ctrl) return with_ctrl(key.code_point);
    if (modifiers == Modifiers::alt) return with_alt(key.code_point);
    if (modifiers != Modifiers::none && modifiers != Modifiers::shift) return false;
    std::string typed;
    model::append_utf8(typed, key.code_point);
    insert(typed);
    return true;
}

int LineEditor::draw(Frame& frame, int x, int y, int width, const FrameStyle& style) {
    const std::string_view text{text_};
    // A cell is left for the cursor at the end of the line.
    first_ = std::min(first_, cursor_);
    if (first_ > 0) first_ = before(after(first_)); // edits may have moved the cluster's start
    while (first_ < cursor_ && model::text_width(text.substr(first_, cursor_ - first_)) > width - 1)
        first_ = after(first_);
    put_line(frame, x, y, width, text.substr(first_), style);
    return x + model::text_width(text.substr(first_, cursor_ - first_));
}

} // namespace lunette::ui
