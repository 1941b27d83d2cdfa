#include "server/close_question.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::size_t most_named = 4;
constexpr std::string_view other_shells[] = {"dash", "ash", "ksh", "mksh", "csh", "tcsh", "elvish", "xonsh"};

std::string base_name(std::string_view path) {
    std::string_view name = path.substr(path.rfind('/') + 1);
    if (!name.empty() && name.front() == '-') name.remove_prefix(1); // a login shell
    return std::string{name};
}

} // namespace

std::vector<std::string> foreground_programs(const mux::Mux& mux, const model::AppInfo& root,
                                             const std::vector<Id>& panes) {
    std::vector<std::string> programs;
    for (const Id id : panes) {
        const mux::Pane* pane = mux.pane(id);
        if (!pane || pane->is_dead()) continue;
        const model::PanePlace place = model::place_of(root, id);
        std::string name = place ? base_name(place.pane->foreground_process_name) : std::string{};
        // The report may be older than the program.
        if (const auto group = pane->foreground_group()) {
            const std::string first = base_name(pane->program());
            if (*group != pane->pid()) {
                if (name == first) name.clear();
            } else if (name.empty()) {
                name = first;
            }
        }
        programs.push_back(name.empty() ? "a program" : name);
    }
    return programs;
}

std::optional<std::vector<std::string>> close_question(std::string_view what,
                                                       const std::vector<std::string>& stateful,
                                                       const std::vector<std::string>& others,
                                                       const Value& stateless) {
    const auto is_named = [&](std::string_view program) {
        const auto names = stateless.items();
        return std::any_of(names.begin(), names.end(),
                           [&](const Value& name) { return name.text() == program; });
    };
    // Where `sh` may go, what other systems call so may too.
    const bool shells = is_named("sh");
    std::vector<std::string> asked;
    const auto add = [&asked](const std::string& program) {
        if (std::find(asked.begin(), asked.end(), program) == asked.end()) asked.push_back(program);
    };
    std::for_each(stateful.begin(), stateful.end(), add);
    for (const std::string& program : others) {
        const bool kin = shells && std::find(std::begin(other_shells), std::end(other_shells), program) !=
                                       std::end(other_shells);
        if (!kin && !is_named(program)) add(program);
    }
    if (asked.empty()) return std::nullopt;
    std::string running;
    for (std::size_t i = 0; i < std::min(asked.size(), most_named); ++i)
        running += (i == 0 ? "" : i + 1 == asked.size() ? " and " : ", ") + asked[i];
    if (asked.size() > most_named) running += " and others";
    running += asked.size() == 1 ? " is running." : " are running.";
    return std::vector<std::string>{std::move(running), "Close " + std::string{what} + " all the same?"};
}

} // namespace lunette::server
