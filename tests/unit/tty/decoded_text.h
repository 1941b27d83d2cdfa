#pragma once

#include "tty/decoder.h"

#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace lunette::tty {

inline std::string describe(const model::KeyEvent& key) {
    std::ostringstream out;
    out << (key.action == model::KeyAction::press    ? "key"
            : key.action == model::KeyAction::repeat ? "again"
                                                     : "up");
    out << ' ' << static_cast<int>(key.key) << " m" << static_cast<int>(key.modifiers) << " c"
        << static_cast<unsigned long>(key.code_point) << '/' << static_cast<unsigned long>(key.unshifted)
        << '/' << static_cast<unsigned long>(key.base_layout);
    return out.str();
}

inline std::string describe(const Reply& reply) {
    std::ostringstream out;
    out << "reply " << reply.index();
    if (const auto* r = std::get_if<AttributesReply>(&reply))
        for (const int n : r->attributes) out << ' ' << n;
    if (const auto* r = std::get_if<ModeReply>(&reply)) out << ' ' << r->mode << ' ' << r->state;
    if (const auto* r = std::get_if<CursorReply>(&reply)) out << ' ' << r->row << ' ' << r->column;
    if (const auto* r = std::get_if<KittyFlagsReply>(&reply)) out << ' ' << r->flags;
    if (const auto* r = std::get_if<ColorReply>(&reply))
        out << ' ' << r->slot << ' ' << r->index.value_or(-1) << ' ' << int{r->color.red} << ' '
            << int{r->color.green} << ' ' << int{r->color.blue};
    if (const auto* r = std::get_if<SettingReply>(&reply)) out << ' ' << r->valid << ' ' << r->text;
    if (const auto* r = std::get_if<TermcapReply>(&reply))
        out << ' ' << r->valid << ' ' << r->name << ' ' << r->value;
    if (const auto* r = std::get_if<VersionReply>(&reply)) out << ' ' << r->text;
    if (const auto* r = std::get_if<AppearanceReply>(&reply)) out << ' ' << r->dark;
    if (const auto* r = std::get_if<CellSizeReply>(&reply)) out << ' ' << r->width << ' ' << r->height;
    return out.str();
}

// What a decoder told, one line each; the pieces of a paste joined, so that it does not matter how many there
// were.
class Transcript {
public:
    Decoder::Sink sink() {
        return [this](Decoded&& decoded) { add(decoded); };
    }
    std::string take() { return std::exchange(text_, {}); }

private:
    void add(const Decoded& decoded) {
        if (const auto* paste = std::get_if<PasteEvent>(&decoded)) {
            if (paste->first) text_ += "paste <";
            text_ += paste->bytes;
            if (paste->last) text_ += ">\n";
            return;
        }
        if (const auto* key = std::get_if<model::KeyEvent>(&decoded)) text_ += describe(*key);
        if (const auto* reply = std::get_if<Reply>(&decoded)) text_ += describe(*reply);
        if (const auto* focus = std::get_if<FocusEvent>(&decoded)) text_ += focus->focused ? "focus" : "blur";
        if (const auto* mouse = std::get_if<MouseEvent>(&decoded)) {
            text_ += "mouse " + std::to_string(static_cast<int>(mouse->kind)) + " b" +
                     std::to_string(mouse->button) + " " + std::to_string(mouse->x) + "," +
                     std::to_string(mouse->y) + " m" + std::to_string(static_cast<int>(mouse->modifiers));
        }
        text_ += '\n';
    }

    std::string text_;
};

} // namespace lunette::tty
