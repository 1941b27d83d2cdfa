#include "model/tab_bar_content.h"

#include <utility>

namespace lunette::model {

namespace {

void append_number(std::string& out, std::uint64_t number) { (out += std::to_string(number)) += ','; }

void append_color(std::string& out, const TextColor& color) {
    append_number(out, static_cast<std::uint64_t>(color.kind()));
    if (color.kind() == TextColor::Kind::indexed) append_number(out, color.index());
    if (color.kind() == TextColor::Kind::direct)
        append_number(out, static_cast<std::uint64_t>(color.red()) << 16 |
                               static_cast<std::uint64_t>(color.green()) << 8 | color.blue());
}

void append_text(std::string& out, const StyledText& text) {
    append_number(out, text.runs().size());
    for (const StyledRun& run : text.runs()) {
        const TextStyle& s = run.style;
        append_number(out, run.text.size());
        out += run.text;
        append_color(out, s.foreground);
        append_color(out, s.background);
        append_color(out, s.underline_color);
        append_number(out, s.set);
        append_number(out, static_cast<std::uint64_t>(s.intensity));
        append_number(out, static_cast<std::uint64_t>(s.underline));
        append_number(out, static_cast<std::uint64_t>(s.blink));
        append_number(out, static_cast<std::uint64_t>(s.italic) |
                               static_cast<std::uint64_t>(s.strikethrough) << 1 |
                               static_cast<std::uint64_t>(s.inverse) << 2 |
                               static_cast<std::uint64_t>(s.invisible) << 3 |
                               static_cast<std::uint64_t>(s.overline) << 4);
    }
}

std::string signature_of(const TabBarContent& content) {
    std::string out;
    append_number(out, static_cast<std::uint64_t>(content.columns));
    append_number(out, static_cast<std::uint64_t>(content.width_cap));
    append_number(out, content.tabs.size());
    for (const TabBarContent::Tab& tab : content.tabs) {
        append_number(out, static_cast<std::uint64_t>(tab.tab_id));
        append_text(out, tab.title);
        append_text(out, tab.hovered);
    }
    append_text(out, content.left_status);
    append_text(out, content.right_status);
    return out;
}

} // namespace

const TypedSchema<TabBarContent>& tab_bar_content_schema() {
    static const TypedSchema<TabBarContent> schema =
        lunette::schema<TabBarContent>("TabBarContent").field("signature", &TabBarContent::signature);
    return schema;
}

Ref<TabBarContent> make_tab_bar_content(Id id, TabBarContent content) {
    content.signature = signature_of(content);
    return tab_bar_content_schema().make(id, std::move(content));
}

} // namespace lunette::model
