#include "script/run/fate.h"

#include <unistd.h>

namespace lunette::script {

void Fate::unwind() noexcept {
    Choice before = Choice::open;
    choice_.compare_exchange_strong(before, Choice::unwinds, std::memory_order_acq_rel);
    while (before == Choice::frozen) ::pause();
}

bool Fate::freeze() noexcept {
    Choice before = Choice::open;
    return choice_.compare_exchange_strong(before, Choice::frozen, std::memory_order_acq_rel) ||
           before == Choice::frozen;
}

} // namespace lunette::script
