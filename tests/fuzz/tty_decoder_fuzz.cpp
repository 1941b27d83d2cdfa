// libFuzzer target: arbitrary bytes into two decoders, one fed in pieces; both must tell the same. Input: the
// first byte says how the rest is cut.

#include "tty/decoder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace lunette::tty;

// Joins pieces of pastes: only their number may differ.
struct Told {
    std::string text;

    void add(const Decoded& decoded) {
        if (const auto* paste = std::get_if<PasteEvent>(&decoded)) {
            if (paste->first) text += "\x01(";
            text += paste->bytes;
            if (paste->last) text += "\x01)";
            return;
        }
        text += static_cast<char>('A' + decoded.index());
        if (const auto* key = std::get_if<lunette::model::KeyEvent>(&decoded)) {
            for (const std::uint32_t n :
                 {static_cast<std::uint32_t>(key->key), static_cast<std::uint32_t>(key->modifiers),
                  static_cast<std::uint32_t>(key->action), static_cast<std::uint32_t>(key->code_point)})
                text += std::to_string(n) + ' ';
            if (key->code_point > 0x10FFFF || key->unshifted > 0x10FFFF || key->base_layout > 0x10FFFF)
                std::abort();
        }
        if (const auto* mouse = std::get_if<MouseEvent>(&decoded))
            for (const int n : {static_cast<int>(mouse->kind), mouse->button, mouse->x, mouse->y})
                text += std::to_string(n) + ' ';
        if (const auto* reply = std::get_if<Reply>(&decoded)) text += static_cast<char>('a' + reply->index());
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) return 0;
    const std::size_t piece = 1 + data[0] % 7;
    const std::string_view bytes{reinterpret_cast<const char*>(data + 1), size - 1};
    Told whole;
    Told pieces;
    const Decoder::Sink to_whole = [&](Decoded&& decoded) { whole.add(decoded); };
    const Decoder::Sink to_pieces = [&](Decoded&& decoded) { pieces.add(decoded); };
    Decoder at_once;
    Decoder split;
    at_once.feed(bytes, to_whole);
    for (std::size_t at = 0; at < bytes.size(); at += piece) split.feed(bytes.substr(at, piece), to_pieces);
    if (at_once.is_waiting() != split.is_waiting()) std::abort();
    at_once.expire(to_whole);
    split.expire(to_pieces);
    if (whole.text != pieces.text) std::abort();
    return 0;
}
