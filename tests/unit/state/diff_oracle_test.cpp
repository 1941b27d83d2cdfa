// diff() and RecordIndex against a deep comparison that knows nothing of sharing, on random trees.

#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "state/record_index.h"
#include "state/tree.h"

namespace {

using namespace tree;
using Random = std::minstd_rand;

/// Everything that a root reaches, found through the structs and not through the schemas.
struct Reached {
    std::map<Id, const Pane*> panes;
    std::map<Id, const Tab*> tabs;
    std::map<Id, const Window*> windows;

    explicit Reached(const Ref<Window>& root) {
        if (!root) return;
        windows[root.id()] = &*root;
        for (std::size_t i = 0; i < root->tabs.size(); ++i) add(root->tabs[i]);
        add(root->active);
    }

    void add(const Ref<Tab>& tab) {
        if (!tab) return;
        tabs[tab.id()] = &*tab;
        for (std::size_t i = 0; i < tab->panes.size(); ++i) add(tab->panes[i]);
        add(tab->active);
        add(tab->extra);
    }
    void add(const Ref<Pane>& pane) {
        if (pane) panes[pane.id()] = &*pane;
    }
    void add(const Value& value) {
        if (const Pane* pane = value.payload<Pane>(pane_schema)) panes[value.record()->id()] = pane;
        for (const Value& item : value.items()) add(item);
    }
};

/// Of the kinds that occur here. Records by their ids.
bool same(const Value& a, const Value& b) {
    if (a.kind() != b.kind() || a.size() != b.size()) return false;
    if (a.record()) return a.record()->id() == b.record()->id();
    for (std::size_t i = 0; i < a.items().size(); ++i) {
        if (!same(a.items()[i], b.items()[i])) return false;
    }
    return a.integer_or(0) == b.integer_or(0) && a.text() == b.text();
}

template<class T>
void compare_lists(Id id, const std::string& name, const List<T>& a, const List<T>& b,
                   std::vector<Seen>& out) {
    if (a.size() != b.size()) out.push_back(length(id, name));
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
        const Id from = i < a.size() ? a[i].id() : 0;
        const Id to = i < b.size() ? b[i].id() : 0;
        if (from != to) out.push_back(item(id, name, static_cast<std::uint32_t>(i)));
    }
}

void compare(Id id, const Pane& a, const Pane& b, std::vector<Seen>& out) {
    if (a.title != b.title) out.push_back(field(id, "title"));
    if (a.number != b.number) out.push_back(field(id, "number"));
    if (!same(a.vars, b.vars)) out.push_back(field(id, "vars"));
}
void compare(Id id, const Tab& a, const Tab& b, std::vector<Seen>& out) {
    if (a.title != b.title) out.push_back(field(id, "title"));
    if (a.active.id() != b.active.id()) out.push_back(field(id, "active"));
    if (!same(a.extra, b.extra)) out.push_back(field(id, "extra"));
    compare_lists(id, "panes", a.panes, b.panes, out);
}
void compare(Id id, const Window& a, const Window& b, std::vector<Seen>& out) {
    if (a.ratio != b.ratio) out.push_back(field(id, "ratio"));
    if (a.active.id() != b.active.id()) out.push_back(field(id, "active"));
    compare_lists(id, "tabs", a.tabs, b.tabs, out);
}

template<class T>
void compare_all(const std::map<Id, const T*>& a, const std::map<Id, const T*>& b, std::vector<Seen>& out) {
    for (const auto& [id, was] : a) {
        const auto is = b.find(id);
        if (is == b.end())
            out.push_back(gone(id));
        else
            compare(id, *was, *is->second, out);
    }
    for (const auto& [id, is] : b) {
        if (!a.count(id)) out.push_back(appeared(id));
    }
}

std::vector<Seen> expected(const Reached& a, const Reached& b) {
    std::vector<Seen> out;
    compare_all(a.panes, b.panes, out);
    compare_all(a.tabs, b.tabs, out);
    compare_all(a.windows, b.windows, out);
    return sorted(std::move(out));
}

/// Changes at random; builds roots that share what did not change, and sometimes copies what did not.
class Model {
public:
    explicit Model(unsigned seed) : random_{seed} {
        for (int i = 0; i < 4; ++i) add_tab();
    }

    void change() {
        switch (below(13)) {
        case 0: return add_tab();
        case 1:
            if (!order_.empty()) order_.erase(order_.begin() + below(order_.size()));
            return;
        case 2: std::shuffle(order_.begin(), order_.end(), random_); return;
        case 3: active_ = order_.empty() || below(4) == 0 ? 0 : order_[below(order_.size())]; return;
        case 4: ratio_ = below(3) ? std::optional<double>{below(3)} : std::nullopt; return;
        case 5: return with_tab([&](TabState& tab) { tab.title = text(); });
        case 6:
            return with_tab([&](TabState& tab) {
                tab.panes.insert(tab.panes.begin() + below(tab.panes.size() + 1), new_pane());
            });
        case 7:
            return with_tab([&](TabState& tab) {
                if (!tab.panes.empty()) tab.panes.erase(tab.panes.begin() + below(tab.panes.size()));
            });
        case 8: return with_tab([&](TabState& tab) { tab.active = below(4) ? any_pane() : 0; });
        case 9: return with_tab([&](TabState& tab) { tab.panes.push_back(any_pane()); });
        case 10:
            return with_tab([&](TabState& tab) {
                tab.held.clear();
                for (std::size_t i = below(3); i > 0; --i) tab.held.push_back(any_pane());
            });
        case 11: return with_pane([&](PaneState& pane) { pane.title = text(); });
        default: return with_pane([&](PaneState& pane) { pane.number = below(3); });
        }
    }

    Ref<Window> root() {
        settled_.clear();
        std::vector<Ref<Tab>> tabs;
        for (const Id id : order_) tabs.push_back(tab(id));
        Window window{ratio_, List<Tab>{std::move(tabs)}, active_ ? tab(active_) : Ref<Tab>{}};
        if (last_ && below(3) && last_->ratio == window.ratio && last_->active == window.active &&
            last_->tabs.size() == window.tabs.size()) {
            bool same_items = true;
            for (std::size_t i = 0; i < window.tabs.size(); ++i)
                same_items &= last_->tabs[i] == window.tabs[i];
            if (same_items) window.tabs = last_->tabs;
        }
        return last_ = window_schema.make(1, std::move(window));
    }

private:
    struct PaneState {
        std::string title;
        std::int64_t number = 0;
        Ref<Pane> built;
    };
    struct TabState {
        std::string title;
        std::vector<Id> panes;
        Id active = 0;
        std::vector<Id> held;
        Ref<Tab> built;
    };

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_); }
    std::string text() { return std::string(below(3), 'x'); }

    Id new_pane() {
        const Id id = next_++;
        panes_[id].title = text();
        return id;
    }
    Id any_pane() {
        if (panes_.empty() || below(8) == 0) return new_pane();
        return std::next(panes_.begin(), static_cast<long>(below(panes_.size())))->first;
    }
    void add_tab() {
        const Id id = next_++;
        tabs_[id].panes = {new_pane(), any_pane()};
        order_.insert(order_.begin() + static_cast<long>(below(order_.size() + 1)), id);
    }
    template<class Edit>
    void with_tab(Edit edit) {
        if (!order_.empty()) edit(tabs_[order_[below(order_.size())]]);
    }
    template<class Edit>
    void with_pane(Edit edit) {
        if (!panes_.empty()) edit(std::next(panes_.begin(), static_cast<long>(below(panes_.size())))->second);
    }

    Ref<Pane> pane(Id id) {
        PaneState& state = panes_[id];
        // A root has one version of a record, so the decision to copy for no reason is made once for each
        // root.
        if (!settled_.insert(id).second) return state.built;
        const bool same =
            state.built && state.built->title == state.title && state.built->number == state.number;
        if (same && below(10)) return state.built;
        state.built = pane_schema.make(id, {state.title, state.number, Value::list({state.number, "x"})});
        return state.built;
    }

    Ref<Tab> tab(Id id) {
        TabState& state = tabs_[id];
        std::vector<Ref<Pane>> panes;
        for (const Id pane_id : state.panes) panes.push_back(pane(pane_id));
        const Ref<Pane> active = state.active ? pane(state.active) : Ref<Pane>{};
        std::vector<Value> held;
        for (const Id pane_id : state.held) held.emplace_back(pane(pane_id));
        const Tab built{state.title, List<Pane>{std::move(panes)}, active, Value::list(std::move(held))};
        if (state.built && unchanged(*state.built, built)) return state.built;
        state.built = tab_schema.make(id, built);
        return state.built;
    }

    /// Down to the versions of the records.
    static bool unchanged(const Tab& a, const Tab& b) {
        if (a.title != b.title || !(a.active == b.active) || a.panes.size() != b.panes.size()) return false;
        for (std::size_t i = 0; i < a.panes.size(); ++i) {
            if (!(a.panes[i] == b.panes[i])) return false;
        }
        if (a.extra.size() != b.extra.size()) return false;
        for (std::size_t i = 0; i < a.extra.size(); ++i) {
            if (a.extra.items()[i].record() != b.extra.items()[i].record()) return false;
        }
        return true;
    }

    Random random_;
    Id next_ = 10;
    std::map<Id, PaneState> panes_;
    std::map<Id, TabState> tabs_;
    std::vector<Id> order_;
    Id active_ = 0;
    std::optional<double> ratio_;
    Ref<Window> last_;
    std::set<Id> settled_; ///< panes of the root that is being built
};

TEST(DiffOracle, AgreesWithADeepComparison) {
    constexpr unsigned seeds = 150;
    constexpr int steps = 60;
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        Model model{seed};
        lunette::state::RecordIndex index;
        Ref<Window> before;
        for (int step = 0; step < steps; ++step) {
            SCOPED_TRACE("seed " + std::to_string(seed) + " step " + std::to_string(step));
            const int edits = (seed + static_cast<unsigned>(step)) % 5;
            for (int i = 0; i < edits; ++i) model.change();
            const Ref<Window> after = model.root();
            const Reached was{before};
            const Reached is{after};

            std::vector<lunette::Change> changes;
            diff(before.record(), after.record(), changes);
            const std::vector<Seen> oracle = expected(was, is);
            ASSERT_EQ(seen(changes), oracle);
            ASSERT_EQ(seen(index.adopt(after.record())), oracle);

            ASSERT_EQ(index.size(), is.panes.size() + is.tabs.size() + is.windows.size());
            for (const auto& [id, pane] : is.panes) ASSERT_EQ(index.find(id)->payload(), pane);
            for (const auto& [id, tab] : is.tabs) ASSERT_EQ(index.find(id)->payload(), tab);
            for (const auto& change : changes) {
                ASSERT_EQ(change.now, index.find(change.record));
            }
            before = after;
        }
    }
}

} // namespace
