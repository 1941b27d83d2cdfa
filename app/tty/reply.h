#pragma once

#include "tty/events.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

// Answers of a terminal to questions. Values.
namespace lunette::tty {

struct AttributesReply { // DA1
    std::vector<int> attributes;
};
struct SecondaryAttributesReply { // DA2
    std::vector<int> attributes;
};
struct ModeReply { // DECRPM of a private mode
    int mode = 0;
    int state = 0; // 0 unknown, 1 set, 2 reset, 3 always set, 4 always reset
};
struct CursorReply { // CPR, 1-based
    int row = 0;
    int column = 0;
};
struct KittyFlagsReply {
    int flags = 0;
};
struct ColorReply {             // OSC 4, 10, 11, 12
    int slot = 0;               // the OSC's number
    std::optional<int> index{}; // of OSC 4
    Rgb color;
};
struct SettingReply { // DECRQSS
    bool valid = false;
    std::string text;
};
struct TermcapReply { // XTGETTCAP, one name
    bool valid = false;
    std::string name;
    std::string value;
};
struct VersionReply { // XTVERSION
    std::string text;
};
struct AppearanceReply { // DSR 997
    bool dark = false;
};
struct CellSizeReply { // CSI 6 t
    int width = 0;
    int height = 0;
};

using Reply =
    std::variant<AttributesReply, SecondaryAttributesReply, ModeReply, CursorReply, KittyFlagsReply,
                 ColorReply, SettingReply, TermcapReply, VersionReply, AppearanceReply, CellSizeReply>;

} // namespace lunette::tty
