#include "terminal/hyperlink_table.h"

#include <utility>

namespace lunette::terminal {

namespace {

std::string key_of(std::string_view parameter, std::string_view uri) {
    std::string key{parameter};
    key += '\n'; // in neither: control characters are removed before
    key += uri;
    return key;
}

} // namespace

LinkId HyperlinkTable::intern(std::string_view parameter, std::string_view uri) {
    if (uri.empty() || uri.size() > max_uri_bytes || parameter.size() > max_parameter_bytes) return 0;
    std::string key = key_of(parameter, uri);
    const auto found = ids_.find(key);
    if (found != ids_.end()) return found->second;
    if (ids_.size() >= max_links || bytes_ + key.size() > max_total_bytes) {
        refused_ = true;
        return 0;
    }
    bytes_ += key.size();
    Link link{std::string{parameter}, std::string{uri}};
    LinkId id;
    if (free_.empty()) {
        links_.push_back(std::move(link));
        id = static_cast<LinkId>(links_.size());
    } else {
        id = free_.back();
        free_.pop_back();
        links_[id - 1] = std::move(link);
    }
    ids_.emplace(std::move(key), id);
    return id;
}

std::string_view HyperlinkTable::uri(LinkId id) const noexcept {
    return id > 0 && id <= links_.size() ? std::string_view{links_[id - 1].uri} : std::string_view{};
}

std::string_view HyperlinkTable::parameter(LinkId id) const noexcept {
    return id > 0 && id <= links_.size() ? std::string_view{links_[id - 1].parameter} : std::string_view{};
}

void HyperlinkTable::sweep() {
    refused_ = false;
    for (LinkId id = 1; id <= links_.size(); ++id) {
        Link& link = links_[id - 1];
        if (marks_[id - 1] || link.uri.empty()) continue;
        const std::string key = key_of(link.parameter, link.uri);
        bytes_ -= key.size();
        ids_.erase(key);
        link = {};
        free_.push_back(id);
    }
    marks_ = {};
}

} // namespace lunette::terminal
