#pragma once

#include <string>
#include <string_view>

namespace lunette::server {

// What was copied last in this session: terminals let nobody read their clipboard. UI thread only.
class CopiedText {
public:
    // `selections` as in OSC 52.
    void take(std::string_view selections, std::string_view text) {
        for (const char selection : selections) (selection == 'c' ? clipboard_ : primary_) = text;
    }
    // As PasteFrom names it: "Clipboard" or "PrimarySelection".
    const std::string& find(std::string_view source) const noexcept {
        return source == "PrimarySelection" ? primary_ : clipboard_;
    }

private:
    std::string clipboard_;
    std::string primary_;
};

} // namespace lunette::server
