#include "view/view_table.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "state/value_equal.h"

namespace lunette {

namespace {

std::string make_name(std::string_view event, const Value& arguments) {
    constexpr std::size_t most_bytes_each = 40;
    std::string name{event};
    name += '(';
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (i > 0) name += ", ";
        name += describe(arguments.items()[i], most_bytes_each);
    }
    name += ')';
    return name;
}

} // namespace

std::size_t ViewTable::key(std::string_view event, const Value& arguments) noexcept {
    return std::hash<std::string_view>{}(event)*31 + state::hash(arguments);
}

ViewEntry* ViewTable::find(std::string_view event, const Value& arguments) noexcept {
    thread_.check();
    const auto [begin, end] = open_.equal_range(key(event, arguments));
    const auto found = std::find_if(begin, end, [&](const auto& item) {
        const ViewEntry& entry = *item.second;
        return entry.event() == event && state::equal(entry.arguments(), arguments, state::RecordsBy::id);
    });
    return found == end ? nullptr : found->second;
}

ViewEntry& ViewTable::create(std::string event, Value arguments, Value otherwise, std::string name) {
    assert(!find(event, arguments));
    if (name.empty()) name = make_name(event, arguments);
    const std::size_t hash = key(event, arguments);
    if (spare_.empty()) {
        entries_.push_back(std::make_unique<ViewEntry>());
        spare_.push_back(entries_.back().get());
    }
    ViewEntry& entry = *spare_.back();
    spare_.pop_back();
    entry.open(std::move(event), std::move(arguments), std::move(name), std::move(otherwise));
    open_.emplace(hash, &entry);
    return entry;
}

void ViewTable::release(ViewEntry& entry) {
    thread_.check();
    assert(entry.id() != 0);
    const auto [begin, end] = open_.equal_range(key(entry.event(), entry.arguments()));
    const auto found = std::find_if(begin, end, [&](const auto& item) { return item.second == &entry; });
    assert(found != end);
    open_.erase(found);

    entry.id_ = 0;
    entry.arguments_ = Value{};
    entry.mailbox_->release();
    released_.push_back(std::move(entry.mailbox_));
    spare_.push_back(&entry);
}

std::size_t ViewTable::collect(std::size_t limit) {
    thread_.check();
    std::size_t freed = 0;
    for (std::size_t i = released_.size(); i > 0 && freed < limit; --i) {
        if (!released_[i - 1]->is_free()) continue;
        free(i - 1);
        ++freed;
    }
    return freed;
}

std::size_t ViewTable::collect_all() {
    thread_.check();
    const std::size_t freed = released_.size();
    released_.clear();
    return freed;
}

std::vector<std::unique_ptr<ViewMailbox>> ViewTable::renew(ViewMailbox::Inherits inherits) {
    thread_.check();
    std::vector<std::unique_ptr<ViewMailbox>> old = std::exchange(released_, {});
    for (auto& [hash, entry] : open_) {
        old.push_back(std::move(entry->mailbox_));
        entry->mailbox_ = std::make_unique<ViewMailbox>(*old.back(), inherits);
    }
    return old;
}

void ViewTable::free(std::size_t index) {
    std::swap(released_[index], released_.back());
    released_.pop_back();
}

} // namespace lunette
