#include "wezterm/color_object.h"
#include "wezterm/handles.h"
#include "wezterm/objects.h"

#include <tuple>

namespace lunette::wezterm {

namespace {

const Rgba& color(const RecordRef& self) { return payload<Rgba>(self); }

const Rgba& other_color(const Value& value) {
    const auto* other = value.payload<Rgba>(color_schema());
    if (!other) throw BindError{"Color expected, got " + describe(value, 60)};
    return *other;
}

void add_changes(Object& object) {
    object.method("complement", [](RecordRef self) { return color_value(color(self).complement()); })
        .method("complement_ryb", [](RecordRef self) { return color_value(color(self).complement_ryb()); })
        .method("triad",
                [](RecordRef self) {
                    const auto [a, b] = color(self).triad();
                    return std::tuple{color_value(a), color_value(b)};
                })
        .method("square",
                [](RecordRef self) {
                    const auto [a, b, c] = color(self).square();
                    return std::tuple{color_value(a), color_value(b), color_value(c)};
                })
        .method("saturate", [](RecordRef self, double by) { return color_value(color(self).saturate(by)); })
        .method("desaturate",
                [](RecordRef self, double by) { return color_value(color(self).saturate(-by)); })
        .method("saturate_fixed",
                [](RecordRef self, double by) { return color_value(color(self).saturate_fixed(by)); })
        .method("desaturate_fixed",
                [](RecordRef self, double by) { return color_value(color(self).saturate_fixed(-by)); })
        .method("lighten", [](RecordRef self, double by) { return color_value(color(self).lighten(by)); })
        .method("darken", [](RecordRef self, double by) { return color_value(color(self).lighten(-by)); })
        .method("lighten_fixed",
                [](RecordRef self, double by) { return color_value(color(self).lighten_fixed(by)); })
        .method("darken_fixed",
                [](RecordRef self, double by) { return color_value(color(self).lighten_fixed(-by)); })
        .method("adjust_hue_fixed",
                [](RecordRef self, double by) { return color_value(color(self).adjust_hue_fixed(by)); })
        .method("adjust_hue_fixed_ryb",
                [](RecordRef self, double by) { return color_value(color(self).adjust_hue_fixed_ryb(by)); });
}

void add_readings(Object& object) {
    object
        .method("hsla",
                [](RecordRef self) {
                    const Hsla c = color(self).hsla();
                    return std::tuple{c.hue, c.saturation, c.lightness, c.alpha};
                })
        .method("laba",
                [](RecordRef self) {
                    const Laba c = color(self).laba();
                    return std::tuple{c.lightness, c.a, c.b, c.alpha};
                })
        .method("linear_rgba",
                [](RecordRef self) {
                    const auto [r, g, b, a] = color(self).linear();
                    return std::tuple{r, g, b, a};
                })
        .method("srgba_u8",
                [](RecordRef self) {
                    const auto [r, g, b, a] = color(self).bytes();
                    return std::tuple{static_cast<int>(r), static_cast<int>(g), static_cast<int>(b),
                                      static_cast<int>(a)};
                })
        .method("contrast_ratio",
                [](RecordRef self, Value other) { return color(self).contrast_ratio(other_color(other)); })
        .method("delta_e",
                [](RecordRef self, Value other) { return color(self).delta_e(other_color(other)); })
        .metamethod("__tostring", [](RecordRef self) { return color(self).to_string(); })
        .metamethod("__eq", [](RecordRef self, Value other) {
            const auto* right = other.payload<Rgba>(color_schema());
            return right && color(self) == *right;
        });
}

} // namespace

const TypedSchema<Rgba>& color_schema() {
    static const TypedSchema<Rgba> schema = lunette::schema<Rgba>("Color");
    return schema;
}

Value color_value(const Rgba& color) { return Value{color_schema().make(color)}; }

Rgba require_color(const Value& value) {
    if (const auto* color = value.payload<Rgba>(color_schema())) return *color;
    if (value.kind() == Kind::string)
        if (const auto color = parse_color(value.text())) return *color;
    throw BindError{"color expected, got " + describe(value, 60)};
}

Object color_object() {
    Object object{"Color", color_schema(), Binding::pinned};
    add_changes(object);
    add_readings(object);
    return object;
}

} // namespace lunette::wezterm
