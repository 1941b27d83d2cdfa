#pragma once

#include <cstddef>
#include <string_view>

// "Did you mean …": the known word most like an unknown one. Pure; any thread.
namespace lunette::model {

// Letters to insert, delete, replace or swap with their neighbour to make one of the other (optimal string
// alignment). Bytes; the cost is the product of the lengths.
std::size_t edit_distance(std::string_view a, std::string_view b);

// Collects the nearest of the words offered to it; the first of equals wins.
class Nearest {
public:
    explicit Nearest(std::string_view wanted) : wanted_{wanted}, distance_{1 + wanted.size() / 4 + 1} {}

    // `word` must outlive this.
    void offer(std::string_view word);
    // Empty when none is near: about a quarter of the letters may differ.
    std::string_view word() const noexcept { return word_; }

private:
    std::string_view wanted_;
    std::string_view word_;
    std::size_t distance_; // of word_, or one more than allowed
};

} // namespace lunette::model
