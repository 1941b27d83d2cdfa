#include "server/mouse/link_mouse.h"

#include "server/ui_loop.h"

#include "wezterm/requests.h"

#include <algorithm>
#include <utility>

namespace lunette::server {

namespace {

// Lower case; empty when it has none.
std::string scheme_of(std::string_view uri) {
    std::string scheme;
    for (const char c : uri) {
        if (c == ':') return scheme;
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const bool letter = lower >= 'a' && lower <= 'z';
        const bool other = (lower >= '0' && lower <= '9') || lower == '+' || lower == '-' || lower == '.';
        if (!letter && (scheme.empty() || !other)) break;
        scheme += lower;
    }
    return {};
}

} // namespace

std::vector<std::string> LinkMouse::set_config(const model::ConfigView& config) {
    std::vector<std::string> problems;
    rules_.clear();
    for (const Value& rule : config.option("hyperlink_rules").items()) {
        if (rules_.size() == terminal::most_link_rules) {
            problems.push_back("hyperlink_rules: only the first " +
                               std::to_string(terminal::most_link_rules) + " are used");
            break;
        }
        auto regex = model::Regex::compile(rule["regex"].text());
        if (!regex) {
            problems.push_back("hyperlink_rules: " + regex.error() + "; this rule is left out");
            continue;
        }
        const auto highlight =
            static_cast<std::size_t>(std::max<std::int64_t>(rule["highlight"].integer_or(0), 0));
        rules_.push_back({std::move(*regex), std::string{rule["format"].string_or("$0")}, highlight});
    }
    at_.reset();
    return problems;
}

std::optional<terminal::FoundLink> LinkMouse::find(const PanePoint& at) {
    const mux::Pane* pane = loop_.mux_.pane(at.pane);
    if (!pane) return std::nullopt;
    return terminal::find_link(pane->terminal(), rules_, at.cell.x, at.cell.y);
}

void LinkMouse::hover(const std::optional<PanePoint>& at) {
    const mux::Pane* pane = at ? loop_.mux_.pane(at->pane) : nullptr;
    const std::uint64_t sequence = pane ? pane->terminal().content_sequence() : 0;
    if (at == at_ && sequence == sequence_) return;
    at_ = at;
    sequence_ = sequence;
    const auto link = pane ? find(*at) : std::nullopt;
    if (link)
        show(at->pane, model::CellRange{link->first, link->last});
    else
        show(0, {});
}

void LinkMouse::observe(const std::optional<PanePoint>& at) {
    if (shown_pane_) hover(at);
}

void LinkMouse::show(Id pane, const std::optional<model::CellRange>& range) {
    if (pane == shown_pane_ && range == shown_) return;
    if (TerminalCells* before = shown_pane_ ? loop_.cells(shown_pane_) : nullptr) before->set_link({});
    if (TerminalCells* now = pane ? loop_.cells(pane) : nullptr) now->set_link(range);
    shown_pane_ = pane;
    shown_ = range;
    loop_.pacer_.damage(monotonic_ns());
}

bool LinkMouse::open_at(Id window, const PanePoint& at) {
    const auto link = find(at);
    if (!link) return false;
    EmitOptions options;
    options.otherwise = wezterm::request(model::PerformAction{window, at.pane, {"OpenUri", link->uri}});
    if (loop_.engine_.has_handler("open-uri"))
        loop_.events_.emit("open-uri", {link->uri}, at.pane, std::move(options));
    else if (const auto reply = open(window, at.pane, link->uri); !reply)
        loop_.notify(reply.error());
    return true;
}

mux::Reply LinkMouse::open(Id window, Id pane, std::string uri) {
    const std::string scheme = scheme_of(uri);
    if (scheme == "http" || scheme == "https" || scheme == "mailto") {
        launch(window, uri);
    } else if (scheme == "file") {
        std::vector<std::string> lines{"Open this file?", uri};
        loop_.overlays_.ask(pane, std::move(lines),
                            [this, window, uri = std::move(uri)] { launch(window, uri); });
    } else {
        return tl::unexpected{
            "not opened: " + (scheme.empty() ? "\"" + uri + "\"" : "links to " + scheme + ":") +
            " are left to a handler of open-uri"};
    }
    return Value{};
}

void LinkMouse::launch(Id window, const std::string& uri) {
    if (loop_.clipboard_.has_desktop() &&
        loop_.helpers_.start({{"xdg-open", uri}, loop_.clipboard_.environment(), {}, 0, 60'000'000'000},
                             {})) {
        loop_.notify("opens " + uri);
        return;
    }
    loop_.mux_.apply(model::CopyToClipboard{window, uri, model::Clipboard::both});
    loop_.notify("no desktop here to open it: copied " + uri);
}

} // namespace lunette::server
