#pragma once

#include "tty/capabilities.h"
#include "tty/reply.h"

#include <string>

// Questions to a terminal, and what its answers mean. DA1, which every terminal answers, is asked last: what
// is not answered before it will not be. Pure.
namespace lunette::tty {

// All questions in one go. Writes samples on the screen, to be cleared afterwards, where there is room.
std::string probe_sequence(const Capabilities& capabilities, int columns, int rows);
// The samples of text about whose width terminals differ; empty where there is no room. Asked for
// once UTF-8 is certain: their bytes are controls in other encodings.
std::string width_samples(int columns, int rows);

// Takes what an answer tells into `capabilities`. Answers may come late, twice or unasked.
void apply_reply(Capabilities& capabilities, const Reply& reply);

} // namespace lunette::tty
