#pragma once

#include "model/spawn_options.h"

#include <lunette/bind.h>

#include <string>
#include <string_view>
#include <tl/expected.hpp>

// Domains whose programs a function of the configuration chooses. The multiplexer makes the pane and emits
// the domain's event; what the function returned comes back as a command. Script thread.
namespace lunette::wezterm {

// Emitted with a SpawnCommand and the pane's record id; the first handler answers.
std::string exec_domain_event(std::string_view domain);
// Emitted with the name of the domain, where a function makes its label.
std::string exec_domain_label_event(std::string_view domain);

struct FixedUp {
    static constexpr const char* name = "start_program";
    Id pane = 0;
    tl::expected<model::SpawnOptions, std::string> command; // or why there is none
};

struct DomainLabelled {
    static constexpr const char* name = "label_domain";
    std::string domain;
    std::string label;
};

void add_exec_domains(Module& wezterm);

} // namespace lunette::wezterm
