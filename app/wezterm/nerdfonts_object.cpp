#include "wezterm/nerdfonts_object.h"
#include "wezterm/nerdfonts.h"
#include "wezterm/objects.h"

#include <string>

namespace lunette::wezterm {

namespace {

struct Glyphs {};

const TypedSchema<Glyphs>& glyphs_schema() {
    static const TypedSchema<Glyphs> schema = lunette::schema<Glyphs>("nerdfonts");
    return schema;
}

} // namespace

Value nerdfonts_value() {
    static const Value value{glyphs_schema().make({})};
    return value;
}

// Indexed by name; nil for a name that no font has, as in WezTerm.
Object nerdfonts_object() {
    Object object{"nerdfonts", glyphs_schema(), Binding::pinned};
    object.metamethod("__index", [](Script& script, RecordRef, Value name) {
        auto glyph = nerdfont(name.text());
        if (!glyph)
            script.problem(false, "wezterm.nerdfonts." + std::string{name.text()} +
                                      " does not exist; it reads as nil");
        return glyph;
    });
    return object;
}

} // namespace lunette::wezterm
