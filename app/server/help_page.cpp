#include "server/help_page.h"

#include "server/action_text.h"
#include "server/key_arrival.h"
#include "server/prefix_keys.h"

#include "model/width.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

using Line = ui::PageView::Line;

constexpr int key_cells = 24;

void add_heading(std::vector<Line>& lines, std::string text) {
    if (!lines.empty()) lines.push_back({});
    lines.push_back({model::StyledText{text}, true});
}

// Configurations and defaults may differ in what they leave out.
bool is_same(const model::KeyAssignment& a, const model::KeyAssignment& b) {
    if (a.name != b.name) return false;
    const auto plain = [](const Value& argument) {
        return argument.is_nil() || argument.text() == "CurrentPaneDomain" ||
               argument["domain"].text() == "CurrentPaneDomain" ||
               (argument.kind() == Kind::map && argument.size() == 0);
    };
    return a.argument == b.argument || (plain(a.argument) && plain(b.argument));
}

std::string note_of(const model::KeyBinding& binding, const HelpFacts& facts) {
    const KeyArrival arrival = arrival_of(binding.chord);
    std::string note;
    if (!arrival.possible(facts.modern_keys)) {
        note = "cannot arrive here";
    } else if (arrival.may_be_kept) {
        note = "may be kept by " +
               std::string{facts.outer_program.empty() ? "your terminal" : facts.outer_program};
    } else {
        return note;
    }
    return note + ": " + way_round(binding.action, facts.config, facts.prefix_is_on);
}

void add_bindings(std::vector<Line>& lines, const std::vector<model::KeyBinding>& bindings, bool by_user,
                  const HelpFacts& facts, bool notes) {
    for (const model::KeyBinding& binding : bindings) {
        if (binding.by_user != by_user || binding.action.name == "DisableDefaultAssignment") continue;
        const std::string key = chord_text(binding.chord, facts.config.leader());
        if (key.empty()) continue;
        model::StyledText text{model::pad_right(key, key_cells) + " " +
                               action_text(binding.action, facts.callbacks)};
        if (const std::string note = notes ? note_of(binding, facts) : std::string{}; !note.empty()) {
            model::TextStyle faint;
            faint.set = model::TextStyle::sets_intensity;
            faint.intensity = model::TextIntensity::half;
            text.append("   " + note, faint);
        }
        lines.push_back({std::move(text), false});
    }
}

} // namespace

std::string way_round(const model::KeyAssignment& action, const model::ConfigView& config,
                      bool prefix_is_on) {
    if (prefix_is_on)
        for (const PrefixBinding& entry : prefix_bindings())
            if (is_same(entry.binding.action, action))
                return prefix_text(config) + " " + chord_text(entry.binding.chord, std::nullopt);
    return "in the palette";
}

std::vector<Line> help_lines(const HelpFacts& facts) {
    std::vector<Line> lines;
    if (facts.prefix_is_on) {
        const std::string prefix = prefix_text(facts.config);
        add_heading(lines,
                    "Behind " + prefix + ", in every terminal (" + prefix + " " + prefix + " sends it)");
        for (const PrefixBinding& entry : prefix_bindings())
            lines.push_back(
                {model::StyledText{
                     model::pad_right(prefix + " " + chord_text(entry.binding.chord, std::nullopt),
                                      key_cells) +
                     " " + std::string{entry.label}},
                 false});
    }
    const auto& keys = facts.config.keys();
    const bool has_own = std::any_of(keys.begin(), keys.end(), [](const auto& key) { return key.by_user; });
    if (const auto& leader = facts.config.leader()) {
        std::string text = "Your leader key is " + chord_text(leader->chord, std::nullopt);
        if (!arrival_of(leader->chord).possible(facts.modern_keys)) text += ", which cannot arrive here";
        add_heading(lines, std::move(text));
    }
    if (has_own) {
        add_heading(lines, "Keys of your configuration");
        add_bindings(lines, keys, true, facts, true);
    }
    for (const auto& [name, table] : facts.config.key_tables()) {
        const bool own = std::any_of(table.begin(), table.end(), [](const auto& key) { return key.by_user; });
        if (!own) continue;
        add_heading(lines, "Key table " + name);
        add_bindings(lines, table, true, facts, false);
        add_bindings(lines, table, false, facts, false);
    }
    add_heading(lines, "WezTerm's keys");
    add_bindings(lines, keys, false, facts, true);
    for (const auto& [name, table] : facts.config.key_tables()) {
        const bool own = std::any_of(table.begin(), table.end(), [](const auto& key) { return key.by_user; });
        if (own) continue;
        add_heading(lines, "Key table " + name);
        add_bindings(lines, table, false, facts, false);
    }
    return lines;
}

} // namespace lunette::server
