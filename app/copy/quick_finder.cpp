#include "copy/quick_finder.h"

#include "copy/labels.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace lunette::copy {

using model::Regex;
using terminal::LogicalLines;

QuickFinder::QuickFinder(const std::vector<std::string>& patterns, std::string alphabet,
                         std::vector<std::string>& problems)
    : alphabet_{std::move(alphabet)} {
    for (const std::string& pattern : patterns) {
        auto regex = Regex::compile(pattern);
        if (regex)
            patterns_.push_back(std::move(*regex));
        else
            problems.push_back("the pattern " + pattern + " is left out: " + regex.error());
    }
}

void QuickFinder::start(const terminal::Terminal& terminal, std::int64_t first, std::int64_t last) {
    const auto above = static_cast<std::int64_t>(terminal.scrolled_rows());
    matches_.clear();
    next_ = std::max(first, above - static_cast<std::int64_t>(terminal.scrollback_size()));
    last_ = std::min(last, above + terminal.rows() - 1);
    began_ = false;
    done_ = false;
}

bool QuickFinder::step(const terminal::Terminal& terminal, std::int64_t rows) {
    if (done_) return false;
    LogicalLines lines{terminal, next_, LogicalLines::Direction::down,
                       began_ ? LogicalLines::Begin::exactly : LogicalLines::Begin::whole_line};
    began_ = true;
    while (rows > 0) {
        if (next_ > last_ || matches_.size() >= most_matches || !lines.next()) {
            give_labels();
            return false;
        }
        find(lines);
        rows -= lines.last_row() - lines.first_row() + 1;
        next_ = lines.resume_row();
    }
    return true;
}

void QuickFinder::find(const LogicalLines& line) {
    const std::string& text = line.text();
    // Where each pattern matches next.
    std::vector<std::optional<Regex::Found>> nexts;
    for (Regex& pattern : patterns_) nexts.push_back(pattern.find(text));
    while (matches_.size() < most_matches) {
        const Regex::Found* best = nullptr;
        for (const auto& next : nexts)
            if (next && (!best || next->whole.begin < best->whole.begin)) best = &*next;
        if (!best) return;
        const auto [whole, part] = *best;
        matches_.push_back({{line.position(part.begin), line.position(part.end - 1)},
                            text.substr(part.begin, part.end - part.begin),
                            {}});
        for (std::size_t i = 0; i < nexts.size(); ++i)
            if (nexts[i] && nexts[i]->whole.begin < whole.end) nexts[i] = patterns_[i].find(text, whole.end);
    }
}

void QuickFinder::give_labels() {
    done_ = true;
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (std::size_t i = matches_.size(); i-- > 0;) numbers.try_emplace(matches_[i].text, numbers.size());
    const std::vector<std::string> labels = make_labels(alphabet_, numbers.size());
    for (Match& match : matches_)
        if (const std::size_t number = numbers.at(match.text); number < labels.size())
            match.label = labels[number];
}

const QuickFinder::Match* QuickFinder::labelled(std::string_view label) const noexcept {
    const auto found = std::find_if(matches_.rbegin(), matches_.rend(), [&](const Match& match) {
        return !label.empty() && match.label == label;
    });
    return found == matches_.rend() ? nullptr : &*found;
}

bool QuickFinder::is_prefix(std::string_view text) const noexcept {
    return std::any_of(matches_.begin(), matches_.end(), [&](const Match& match) {
        return std::string_view{match.label}.substr(0, text.size()) == text;
    });
}

} // namespace lunette::copy
