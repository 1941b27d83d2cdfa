#include "cli/ballast.h"

#include <sys/mman.h>
#include <sys/resource.h>

namespace lunette::cli {

namespace {

constexpr std::size_t page = 4096;

std::int64_t faults_so_far() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt + usage.ru_majflt;
}

} // namespace

Ballast::~Ballast() {
    if (memory_) munmap(memory_, bytes_);
}

bool Ballast::load(std::size_t bytes) {
    if (memory_) munmap(memory_, bytes_);
    memory_ = nullptr;
    void* const mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return false;
    memory_ = static_cast<char*>(mapped);
    bytes_ = bytes;
    madvise(memory_, bytes_, MADV_NOHUGEPAGE); // a fault of its own for each page
    faults();
    return true;
}

std::int64_t Ballast::faults() {
    const std::int64_t before = faults_so_far();
    for (std::size_t at = 0; at < bytes_; at += page) ++memory_[at];
    return faults_so_far() - before;
}

} // namespace lunette::cli
