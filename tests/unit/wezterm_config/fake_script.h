#pragma once

#include "silent_script.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lunette::wezterm {

// Keeps what the conversion says while a configuration loads.
class FakeScript final : public lunette::fakes::SilentScript {
public:
    explicit FakeScript(std::string config_file = {}) { file = std::move(config_file); }

    std::vector<std::string> warnings, errors, watched;

    void problem(bool is_error, std::string_view what) override {
        (is_error ? errors : warnings).emplace_back(what);
    }
    bool loading() const override { return true; }
    std::uint64_t generation() const override { return 7; }
    void watch(std::string_view path) override { watched.emplace_back(path); }
};

} // namespace lunette::wezterm
