#include "wezterm/title_value.h"

#include <utility>

#include <fmt/format.h>

namespace lunette::wezterm {

namespace {

std::uint32_t color_bits(const model::TextColor& color) noexcept {
    const auto kind = static_cast<std::uint32_t>(color.kind()) << 24;
    if (color.kind() == model::TextColor::Kind::indexed) return kind | color.index();
    if (color.kind() != model::TextColor::Kind::direct) return kind;
    return kind | static_cast<std::uint32_t>(color.red()) << 16 |
           static_cast<std::uint32_t>(color.green()) << 8 | color.blue();
}

std::string signature_of(const model::StyledText& title) {
    std::string out;
    for (const model::StyledRun& run : title.runs()) {
        const model::TextStyle& s = run.style;
        fmt::format_to(std::back_inserter(out), "{}:{}{:x},{:x},{:x},{:x},{}{}{}{}{}{}{}{};", run.text.size(),
                       run.text, color_bits(s.foreground), color_bits(s.background),
                       color_bits(s.underline_color), s.set, static_cast<int>(s.intensity),
                       static_cast<int>(s.underline), static_cast<int>(s.blink), int{s.italic},
                       int{s.strikethrough}, int{s.inverse}, int{s.invisible}, int{s.overline});
    }
    return out;
}

} // namespace

const TypedSchema<TitleValue>& title_schema() {
    static const TypedSchema<TitleValue> schema = lunette::schema<TitleValue>("Title")
                                                      .field("text", &TitleValue::text)
                                                      .field("signature", &TitleValue::signature);
    return schema;
}

Value title_value(model::StyledText title) {
    // Records are equal when their ids and fields are: titles are told apart by their fields alone.
    static const Id id = next_id();
    std::string text = title.plain();
    std::string signature = signature_of(title);
    return Value{title_schema().make(id, {std::move(title), std::move(text), std::move(signature)})};
}

const model::StyledText* title_of(const Value& value) {
    const auto* title = value.payload<TitleValue>(title_schema());
    return title ? &title->title : nullptr;
}

} // namespace lunette::wezterm
