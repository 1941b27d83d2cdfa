#pragma once

#include <string>
#include <vector>

#include <lunette/record.h>

namespace lunette {

// What a Value shares. Immutable; any thread.

class StringNode final : public Node {
public:
    explicit StringNode(std::string text) noexcept : text_{std::move(text)} {}
    const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
};

class ValueListNode final : public Node {
public:
    explicit ValueListNode(std::vector<Value> items) noexcept;
    const std::vector<Value>& items() const noexcept { return items_; }
    bool holds_records() const noexcept { return holds_records_; }

private:
    std::vector<Value> items_;
    bool holds_records_ = false;
};

class ValueMapNode final : public Node {
public:
    /// REQUIRES: sorted by key, no duplicates.
    explicit ValueMapNode(std::vector<MapEntry> entries) noexcept;
    const std::vector<MapEntry>& entries() const noexcept { return entries_; }
    bool holds_records() const noexcept { return holds_records_; }

private:
    std::vector<MapEntry> entries_;
    bool holds_records_ = false;
};

} // namespace lunette
