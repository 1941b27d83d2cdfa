#pragma once

#include "model/spawn_options.h"

#include <lunette/record.h>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace lunette::mux {

struct Rect {
    int left = 0;
    int top = 0;
    int columns = 0;
    int rows = 0;
    friend bool operator==(const Rect&, const Rect&) = default;
};

struct Placed {
    Id pane = 0;
    Rect rect;
    friend bool operator==(const Placed&, const Placed&) = default;
};

// How the panes of a tab divide its area: a binary tree whose leaves are panes and whose inner nodes are
// splits with one line of cells between their halves. A split remembers its halves' share rather than their
// cells, so that shrinking and growing back gives the same picture. A value of one tab; UI thread; does no
// I/O.
class SplitTree {
public:
    SplitTree() = default;
    SplitTree(SplitTree&&) noexcept = default;
    SplitTree& operator=(SplitTree&&) noexcept = default;

    // REQUIRES: empty().
    void set_root(Id pane, int columns, int rows);
    bool empty() const noexcept { return !root_; }
    int columns() const noexcept { return area_.columns; }
    int rows() const noexcept { return area_.rows; }
    void resize(int columns, int rows);
    // With less, some panes have no cell.
    int least_columns() const noexcept { return root_ ? smallest(*root_, true) : 1; }
    int least_rows() const noexcept { return root_ ? smallest(*root_, false) : 1; }

    // Divides the place of `pane`, or with `top_level` the whole area. False when there is no room for two.
    // REQUIRES: direction is left, right, up or down.
    bool split(Id pane, model::Direction direction, model::SplitSize size, bool top_level, Id added);
    // The neighbouring half takes the place. False when the pane is not here.
    bool remove(Id pane);
    // Puts the panes into the places in order. REQUIRES: as many as there are leaves.
    void assign(std::span<const Id> panes);

    // In reading order of the tree, which is that of pane_index.
    const std::vector<Placed>& placed() const noexcept { return placed_; }
    std::optional<Rect> place_of(Id pane) const noexcept;

    // Moves the line beside the pane in that direction by so many cells; at the rim of the area the opposite
    // one. False when there is none, or no room.
    bool adjust(Id pane, model::Direction direction, int cells);

    // Panes that touch `pane` on that side.
    std::vector<Id> neighbours(Id pane, model::Direction direction) const;

private:
    struct Node {
        Id pane = 0; // 0: a split
        bool side_by_side = false;
        double share = 0.5; // of the first half, of the cells that both halves have
        Rect rect;
        std::unique_ptr<Node> first;
        std::unique_ptr<Node> second;
    };

    static int smallest(const Node& node, bool horizontally) noexcept;
    static int extent(const Rect& rect, bool horizontally) noexcept;
    std::unique_ptr<Node>* find(std::unique_ptr<Node>& node, Id pane) noexcept;
    void arrange();
    void arrange(Node& node, const Rect& rect);
    bool path_to(Node& node, Id pane, std::vector<Node*>& path) noexcept;

    std::unique_ptr<Node> root_;
    Rect area_;
    std::vector<Placed> placed_;
};

} // namespace lunette::mux
