#include "mux/domains.h"

#include <algorithm>
#include <utility>

namespace lunette::mux {

namespace {

constexpr std::string_view found_hosts[] = {"SSH:", "SSHMUX:"}; // as WezTerm calls those of ~/.ssh/config
constexpr std::size_t most_domains = 1000;

std::vector<std::string> texts(const Value& list) {
    std::vector<std::string> texts;
    for (const Value& item : list.items()) texts.emplace_back(item.text());
    return texts;
}

std::vector<std::string> ssh_to(std::string_view address, std::string_view user, const Value& options) {
    std::vector<std::string> client{"ssh", "-t"};
    // host, host:port, [v6]:port
    const std::size_t colon = address.rfind(':');
    const bool has_port = colon != std::string_view::npos &&
                          (address.find(':') == colon || address.substr(0, colon).ends_with(']'));
    if (has_port) {
        client.insert(client.end(), {"-p", std::string{address.substr(colon + 1)}});
        address = address.substr(0, colon);
    }
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    for (const MapEntry& option : options.entries())
        client.insert(client.end(),
                      {"-o", std::string{option.key.text()} + "=" + std::string{option.value.text()}});
    // Not taken for an option, whatever it is called.
    client.emplace_back("--");
    client.push_back((user.empty() ? "" : std::string{user} + "@") + std::string{address});
    return client;
}

std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return out + "'";
}

} // namespace

std::vector<std::string> Domain::command(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = client;
    std::string remote;
    for (const std::string& word : arguments.empty() ? program : arguments)
        remote += (remote.empty() ? "" : " ") + quoted(word);
    if (!remote.empty()) command.push_back(std::move(remote));
    return command;
}

Domains::Domains(const Value& options) {
    add("local", {}, {});
    for (const Value& domain : options["unix_domains"].items())
        add(std::string{domain["name"].text()}, {}, {});
    finds_hosts_ = options["ssh_domains"].is_nil();
    for (const Value& domain : options["ssh_domains"].items())
        add(std::string{domain["name"].text()},
            ssh_to(domain["remote_address"].text(), domain["username"].text(), domain["ssh_option"]),
            texts(domain["default_prog"]));
    for (const Value& domain : options["exec_domains"].items()) {
        const std::string name{domain["name"].text()};
        add(name, {}, {});
        if (all_.back().name != name) continue; // there is one already
        all_.back().fixup = domain["fixup_command"].text();
        all_.back().label = domain["label"]["Value"].text();
    }
    if (const Domain* chosen = find(options["default_domain"].text())) default_ = chosen->id;
}

void Domains::add(std::string name, std::vector<std::string> client, std::vector<std::string> program) {
    if (name.empty() || all_.size() >= most_domains) return;
    const auto same = [&name](const Domain& domain) { return domain.name == name; };
    if (std::any_of(all_.begin(), all_.end(), same)) return;
    Domain domain;
    domain.id = static_cast<std::int64_t>(all_.size());
    domain.name = std::move(name);
    domain.client = std::move(client);
    domain.program = std::move(program);
    all_.push_back(std::move(domain));
}

void Domains::set_label(std::string_view name, std::string label) {
    for (Domain& domain : all_)
        if (domain.name == name) domain.label = label;
}

const Domain& Domains::of(std::int64_t id) const noexcept {
    return id > 0 && static_cast<std::size_t>(id) < all_.size() ? all_[static_cast<std::size_t>(id)]
                                                                : all_.front();
}

const Domain* Domains::find(std::string_view name) {
    const auto named = [&] {
        return std::find_if(all_.begin(), all_.end(), [name](const Domain& d) { return d.name == name; });
    };
    if (const auto found = named(); found != all_.end()) return &*found;
    if (!finds_hosts_) return nullptr;
    for (const std::string_view prefix : found_hosts)
        if (name.starts_with(prefix) && name.size() > prefix.size())
            add(std::string{name}, ssh_to(name.substr(prefix.size()), {}, {}), {});
    const auto found = named();
    return found == all_.end() ? nullptr : &*found;
}

tl::expected<const Domain*, std::string> Domains::choose(const model::DomainChoice& choice,
                                                         std::optional<std::int64_t> here) {
    using Kind = model::DomainChoice::Kind;
    switch (choice.kind) {
    case Kind::default_domain: return &of(default_);
    case Kind::current_pane: return &of(here.value_or(default_));
    case Kind::by_name:
        if (const Domain* found = find(choice.name)) return found;
        return tl::unexpected{"there is no domain named \"" + choice.name + "\""};
    case Kind::by_id: break;
    }
    if (choice.id < 0 || static_cast<std::size_t>(choice.id) >= all_.size())
        return tl::unexpected{"there is no domain with id " + std::to_string(choice.id)};
    return &of(choice.id);
}

} // namespace lunette::mux
