#pragma once

#include "model/records.h"
#include "model/spawn_options.h"

#include <lunette/record.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace lunette::mux {

// Where programs of panes run: here, as asked for or as a function of the configuration says, or on another
// machine through the system's OpenSSH client.
struct Domain {
    std::int64_t id = 0;
    std::string name;
    std::vector<std::string> client;  // command in front of a program; empty: it runs here
    std::vector<std::string> program; // when none is asked for; empty: the shell there
    std::string fixup;                // the event whose handler says what is started; empty: none
    std::string label;                // for people; empty: the name

    bool is_local() const noexcept { return client.empty(); }
    // What to start on this machine. REQUIRES: not is_local().
    std::vector<std::string> command(const std::vector<std::string>& arguments) const;
};

// The domains of a configuration, the local one first. The names of `unix_domains` are names of this machine
// too: what WezTerm's server is for, a session of this program does by itself. A value; any thread.
class Domains {
public:
    Domains() : Domains{Value{}} {}
    explicit Domains(const Value& options);

    const std::vector<Domain>& all() const noexcept { return all_; }
    // Ids are of one configuration: a domain that went away is the local one.
    const Domain& of(std::int64_t id) const noexcept;
    // `here`: that of the pane beside; nothing: the default one. The error says what there is none of.
    tl::expected<const Domain*, std::string> choose(const model::DomainChoice& choice,
                                                    std::optional<std::int64_t> here);
    std::int64_t default_id() const noexcept { return default_; }
    void set_default(std::int64_t id) noexcept { default_ = of(id).id; }
    void set_label(std::string_view name, std::string label);

private:
    const Domain* find(std::string_view name);
    void add(std::string name, std::vector<std::string> client, std::vector<std::string> program);

    std::vector<Domain> all_;
    std::int64_t default_ = 0;
    bool finds_hosts_ = false; // "SSH:host" without being configured
};

} // namespace lunette::mux
