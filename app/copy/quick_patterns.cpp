#include "copy/quick_patterns.h"

namespace lunette::copy {

std::span<const std::string_view> default_quick_patterns() noexcept {
    static constexpr std::string_view patterns[] = {
        R"re(\[[^\]\n]*\]\(([^()\s]+)\))re", // the target of a Markdown link
        R"re((?:https?|ftp|file|git|ssh)://[^\s"'<>`]+[^\s"'<>`.,;:!?)\]}])re",
        R"re(\bgit@[\w.\-]+:[\w./~\-]+)re",                               // a repository, as ssh names it
        R"re(\bmailto:[^\s"'<>]+|\b[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+\b)re", // an address for mail
        R"re(^(?:---|\+\+\+) [ab]/(\S+))re",                              // a file that a patch changes
        R"re(\bsha(?:1|256|512):([0-9a-f]{32,128})\b)re",
        R"re((?:~|\.{1,2}|[\w.@+\-]+)?(?:/+[\w.@+~%=\-]+)+/?)re", // a path with a slash
        R"re(#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b)re",            // a colour
        R"re(\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b)re",
        R"re(\bQm[1-9A-HJ-NP-Za-km-z]{44}\b)re", // IPFS
        R"re(\b[0-9a-f]{7,64}\b)re",             // a commit
        R"re(\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?\b)re",
        R"re((?<![\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?:%\w+)?(?![\w:]))re",
        R"re(\b0x[0-9a-fA-F]+\b)re",
        R"re([0-9]{4,})re",
    };
    return patterns;
}

} // namespace lunette::copy
