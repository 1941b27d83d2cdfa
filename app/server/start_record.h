#pragma once

#include <string>

namespace lunette::server {

// Remembers, in a small file, starts of a session that never got as far as being up: a configuration with
// which the program crashes is left out after two. UI thread only.
class StartRecord {
public:
    static constexpr int most_crashes = 2;

    // No file: nothing is remembered.
    StartRecord() = default;
    explicit StartRecord(std::string file);

    // Starts in a row that crashed.
    int crashes() const noexcept { return crashes_; }
    // This start counts as a crash until is_up().
    void begins() const;
    void is_up() const;

private:
    std::string file_;
    int crashes_ = 0;
};

} // namespace lunette::server
