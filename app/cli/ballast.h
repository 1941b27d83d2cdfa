#pragma once

#include <cstddef>
#include <cstdint>

namespace lunette::cli {

// Resident memory that is good for nothing: scenarios make the process large with it. What it tells is
// whether somebody copied the process's page tables: then the next write to each page is a fault. UI thread.
class Ballast {
public:
    Ballast() = default;
    ~Ballast();
    Ballast(const Ballast&) = delete;
    Ballast& operator=(const Ballast&) = delete;

    // False when the system has not so much.
    bool load(std::size_t bytes);
    // How many faults a write to each page meets.
    std::int64_t faults();

private:
    char* memory_ = nullptr;
    std::size_t bytes_ = 0;
};

} // namespace lunette::cli
