#pragma once

#include "copy/quick_finder.h"
#include "server/modes/pane_mode.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// WezTerm's quick select: what looks like an address, a path, a hash and so on has a label; typing it
// chooses. UI thread only.
class QuickSelectMode final : public PaneMode {
public:
    struct Options {
        std::vector<std::string> patterns;
        std::string alphabet;
        std::string label;               // what is done with the chosen text, for people
        std::int64_t scope_lines = 1000; // searched above and below what is seen
        bool plain = false;
    };
    // `pastes`: the label was typed in upper case.
    using Choose = std::function<void(const model::CellRange& range, bool pastes)>;

    // Patterns that cannot be understood are left out; each gives a sentence. REQUIRES: the pane is frozen.
    QuickSelectMode(mux::Pane& pane, Options options, Choose choose, std::vector<std::string>& problems);

    // Called when this mode is over, once; does nothing unless something was chosen.
    void finish();

    bool type(mux::Pane& pane, const model::KeyEvent& key) override;
    Work work(mux::Pane& pane) override;
    Look look(const mux::Pane& pane) const override;

private:
    bool type_character(char32_t character);
    void take_label();
    void begin(const mux::Pane& pane);
    void step(mux::Pane& pane, std::int64_t step);
    void step_page(mux::Pane& pane, std::int64_t step);
    void show(mux::Pane& pane, std::size_t match);
    std::size_t first_at(std::int64_t row) const noexcept;

    Options options_;
    Choose choose_;
    copy::QuickFinder finder_;
    std::string typed_;
    std::optional<std::size_t> current_; // match that the view moved to
    std::optional<copy::QuickFinder::Match> chosen_;
    bool pastes_ = false;
    int columns_ = 0;
};

} // namespace lunette::server
