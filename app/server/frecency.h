#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lunette::server {

// What was chosen how often, and how lately: a choice counts half as much each week. Kept in a small file;
// one that is broken counts as empty. UI thread only.
class Frecency {
public:
    static constexpr std::size_t most = 300; // names; those of the least weight go

    // `path`: empty: nothing is kept. Read at the first use.
    explicit Frecency(std::string path = {}) : path_{std::move(path)} {}

    // Seconds since 1970. Writes the file.
    void note(std::string_view name, std::int64_t now_s);
    // 0 for what was never chosen; 1000 for once, just now.
    int weight(std::string_view name, std::int64_t now_s);
    // The heaviest first.
    std::vector<std::string> best(std::size_t count, std::int64_t now_s);

private:
    struct Use {
        double score = 0; // at `at_s`
        std::int64_t at_s = 0;
    };
    static double now(const Use& use, std::int64_t now_s) noexcept;
    void read();
    void write() const;

    std::string path_;
    std::map<std::string, Use, std::less<>> uses_;
    bool was_read_ = false;
};

} // namespace lunette::server
