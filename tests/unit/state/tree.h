#pragma once

// A small model for the tests of diff() and RecordIndex: windows of tabs of panes, with references across.

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

#include <lunette/record.h>

namespace tree {

using lunette::Id;
using lunette::List;
using lunette::Ref;
using lunette::Value;

struct Pane {
    std::string title;
    std::int64_t number = 0;
    Value vars;
};

struct Tab {
    std::string title;
    List<Pane> panes;
    Ref<Pane> active;
    Value extra; ///< may hold panes
};

struct Window {
    std::optional<double> ratio;
    List<Tab> tabs;
    Ref<Tab> active;
};

inline const auto pane_schema = lunette::schema<Pane>("Pane")
                                    .field("title", &Pane::title)
                                    .field("number", &Pane::number)
                                    .field("vars", &Pane::vars);
inline const auto tab_schema = lunette::schema<Tab>("Tab")
                                   .field("title", &Tab::title)
                                   .list("panes", &Tab::panes, pane_schema)
                                   .record("active", &Tab::active, pane_schema)
                                   .field("extra", &Tab::extra);
inline const auto window_schema = lunette::schema<Window>("Window")
                                      .field("ratio", &Window::ratio)
                                      .list("tabs", &Window::tabs, tab_schema)
                                      .record("active", &Window::active, tab_schema);

/// A Change without its pointer; field by name.
struct Seen {
    Id record = 0;
    lunette::Change::What what{};
    std::string field;
    std::uint32_t index = 0;

    friend bool operator==(const Seen&, const Seen&) = default;
    friend bool operator<(const Seen& a, const Seen& b) {
        return std::tie(a.record, a.what, a.field, a.index) < std::tie(b.record, b.what, b.field, b.index);
    }
    friend std::ostream& operator<<(std::ostream& out, const Seen& seen) {
        constexpr const char* names[] = {"field", "length", "item", "appeared", "gone"};
        return out << seen.record << ' ' << names[static_cast<int>(seen.what)] << ' ' << seen.field << ' '
                   << seen.index;
    }
};

inline Seen field(Id id, std::string name) { return {id, lunette::Change::What::field, std::move(name), 0}; }
inline Seen length(Id id, std::string name) {
    return {id, lunette::Change::What::length, std::move(name), 0};
}
inline Seen item(Id id, std::string name, std::uint32_t index) {
    return {id, lunette::Change::What::item, std::move(name), index};
}
inline Seen appeared(Id id) { return {id, lunette::Change::What::appeared, "", 0}; }
inline Seen gone(Id id) { return {id, lunette::Change::What::gone, "", 0}; }

/// Sorted.
inline std::vector<Seen> seen(const std::vector<lunette::Change>& changes) {
    using What = lunette::Change::What;
    std::vector<Seen> result;
    for (const auto& change : changes) {
        const bool of_field = change.what != What::appeared && change.what != What::gone;
        result.push_back({change.record, change.what,
                          of_field ? change.now->schema().field(change.field).name : std::string{},
                          change.index});
    }
    std::sort(result.begin(), result.end());
    return result;
}

inline std::vector<Seen> sorted(std::vector<Seen> expected) {
    std::sort(expected.begin(), expected.end());
    return expected;
}

template<class T>
std::vector<Seen> difference(const Ref<T>& before, const Ref<T>& after) {
    std::vector<lunette::Change> changes;
    diff(before.record(), after.record(), changes);
    return seen(changes);
}

} // namespace tree
