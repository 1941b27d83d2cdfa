#include <lunette/report.h>

namespace lunette {

std::string_view to_string(RunResult result) noexcept {
    switch (result) {
    case RunResult::none: return "none";
    case RunResult::ok: return "ok";
    case RunResult::error: return "error";
    case RunResult::late: return "late";
    case RunResult::killed: return "killed";
    }
    return "none";
}

} // namespace lunette
