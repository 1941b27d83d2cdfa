#include "mux/split_tree.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace lunette::mux {

namespace {

using model::Direction;

constexpr bool is_horizontal(Direction direction) noexcept {
    return direction == Direction::left || direction == Direction::right;
}
constexpr bool is_forward(Direction direction) noexcept {
    return direction == Direction::right || direction == Direction::down;
}

// Cells of the first half, out of `both`, with the second having the rest.
int first_cells(double share, int both) noexcept { return static_cast<int>(std::lround(share * both)); }

} // namespace

void SplitTree::set_root(Id pane, int columns, int rows) {
    root_ = std::make_unique<Node>();
    root_->pane = pane;
    resize(columns, rows);
}

void SplitTree::resize(int columns, int rows) {
    area_ = {0, 0, columns, rows};
    arrange();
}

int SplitTree::extent(const Rect& rect, bool horizontally) noexcept {
    return horizontally ? rect.columns : rect.rows;
}

int SplitTree::smallest(const Node& node, bool horizontally) noexcept {
    if (node.pane) return 1;
    const int first = smallest(*node.first, horizontally);
    const int second = smallest(*node.second, horizontally);
    return node.side_by_side == horizontally ? first + 1 + second : std::max(first, second);
}

void SplitTree::arrange() {
    placed_.clear();
    if (root_) arrange(*root_, area_);
}

void SplitTree::arrange(Node& node, const Rect& rect) {
    node.rect = rect;
    if (node.pane) {
        placed_.push_back({node.pane, rect});
        return;
    }
    const int both = std::max(extent(rect, node.side_by_side) - 1, 0);
    int first = first_cells(node.share, both);
    const int least = smallest(*node.first, node.side_by_side);
    const int most = both - smallest(*node.second, node.side_by_side);
    // Too small for all: what is there goes to the first ones, the others get nothing.
    first = most < least ? std::min(least, both) : std::clamp(first, least, most);
    Rect a = rect;
    Rect b = rect;
    if (node.side_by_side) {
        a.columns = first;
        b.left = std::min(rect.left + first + 1, rect.left + rect.columns);
        b.columns = both - first;
    } else {
        a.rows = first;
        b.top = std::min(rect.top + first + 1, rect.top + rect.rows);
        b.rows = both - first;
    }
    arrange(*node.first, a);
    arrange(*node.second, b);
}

std::unique_ptr<SplitTree::Node>* SplitTree::find(std::unique_ptr<Node>& node, Id pane) noexcept {
    if (!node) return nullptr;
    if (node->pane) return node->pane == pane ? &node : nullptr;
    if (auto* found = find(node->first, pane)) return found;
    return find(node->second, pane);
}

bool SplitTree::split(Id pane, Direction direction, model::SplitSize size, bool top_level, Id added) {
    std::unique_ptr<Node>* place = top_level ? &root_ : find(root_, pane);
    if (!place || !*place) return false;
    const bool horizontally = is_horizontal(direction);
    const int whole = extent((*place)->rect, horizontally);
    const int kept_least = smallest(**place, horizontally);
    if (whole < kept_least + 2) return false;
    const int both = whole - 1;
    const auto wanted = size.unit == model::SplitSize::Unit::cells ? size.value : whole * size.value / 100;
    const int cells = static_cast<int>(std::clamp<std::int64_t>(wanted, 1, both - kept_least));

    auto split = std::make_unique<Node>();
    split->side_by_side = horizontally;
    auto leaf = std::make_unique<Node>();
    leaf->pane = added;
    split->first = std::move(*place);
    split->second = std::move(leaf);
    int first = both - cells;
    if (!is_forward(direction)) {
        std::swap(split->first, split->second);
        first = cells;
    }
    split->share = static_cast<double>(first) / both;
    *place = std::move(split);
    arrange();
    return true;
}

bool SplitTree::remove(Id pane) {
    std::vector<Node*> path;
    if (!root_ || !path_to(*root_, pane, path)) return false;
    if (path.size() == 1) {
        root_.reset();
    } else {
        Node* parent = path[path.size() - 2];
        auto other = std::move(parent->first.get() == path.back() ? parent->second : parent->first);
        *parent = std::move(*other);
    }
    arrange();
    return true;
}

void SplitTree::assign(std::span<const Id> panes) {
    std::size_t next = 0;
    const auto visit = [&](const auto& self, Node& node) -> void {
        if (node.pane) {
            node.pane = panes[next++];
            return;
        }
        self(self, *node.first);
        self(self, *node.second);
    };
    if (root_) visit(visit, *root_);
    arrange();
}

std::optional<Rect> SplitTree::place_of(Id pane) const noexcept {
    for (const Placed& placed : placed_)
        if (placed.pane == pane) return placed.rect;
    return std::nullopt;
}

bool SplitTree::path_to(Node& node, Id pane, std::vector<Node*>& path) noexcept {
    path.push_back(&node);
    if (node.pane ? node.pane == pane : path_to(*node.first, pane, path) || path_to(*node.second, pane, path))
        return true;
    path.pop_back();
    return false;
}

bool SplitTree::adjust(Id pane, Direction direction, int cells) {
    std::vector<Node*> path;
    if (!root_ || !path_to(*root_, pane, path)) return false;
    const bool horizontally = is_horizontal(direction);
    // The innermost split of this axis whose line lies on the wanted side; else the innermost of this axis.
    Node* chosen = nullptr;
    for (std::size_t i = path.size() - 1; i-- > 0;) {
        if (path[i]->side_by_side != horizontally) continue;
        const bool in_first = path[i]->first.get() == path[i + 1];
        if (in_first == is_forward(direction)) {
            chosen = path[i];
            break;
        }
        if (!chosen) chosen = path[i];
    }
    if (!chosen) return false;
    const int both = extent(chosen->rect, horizontally) - 1;
    const int least = smallest(*chosen->first, horizontally);
    const int most = both - smallest(*chosen->second, horizontally);
    if (most < least) return false;
    const int before = extent(chosen->first->rect, horizontally);
    const int after = std::clamp(before + (is_forward(direction) ? cells : -cells), least, most);
    if (after == before) return false;
    chosen->share = static_cast<double>(after) / both;
    arrange();
    return true;
}

std::vector<Id> SplitTree::neighbours(Id pane, Direction direction) const {
    std::vector<Id> found;
    const auto here = place_of(pane);
    if (!here) return found;
    const bool horizontally = is_horizontal(direction);
    for (const Placed& other : placed_) {
        const Rect& r = other.rect;
        const bool touches = horizontally ? (is_forward(direction) ? r.left == here->left + here->columns + 1
                                                                   : r.left + r.columns + 1 == here->left)
                                          : (is_forward(direction) ? r.top == here->top + here->rows + 1
                                                                   : r.top + r.rows + 1 == here->top);
        const bool overlaps = horizontally
                                  ? r.top < here->top + here->rows && here->top < r.top + r.rows
                                  : r.left < here->left + here->columns && here->left < r.left + r.columns;
        if (touches && overlaps) found.push_back(other.pane);
    }
    return found;
}

} // namespace lunette::mux
