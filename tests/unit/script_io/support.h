#pragma once

// What the tests of src/script/io share: a clock, a loop to drive, and a directory of their own.

#include <stdlib.h>
#include <sys/stat.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <lunette/bind.h>
#include <lunette/engine.h>

#include "script/io/io_context.h"
#include "script/io/io_runtime.h"

namespace lunette::script::test {

class RealClock final : public Clock {
public:
    std::int64_t now_us() const noexcept override { return read(CLOCK_MONOTONIC); }
    std::int64_t wall_us() const noexcept override { return read(CLOCK_REALTIME); }

private:
    static std::int64_t read(clockid_t id) noexcept {
        timespec now{};
        ::clock_gettime(id, &now);
        return now.tv_sec * 1'000'000 + now.tv_nsec / 1000;
    }
};

/// Turns the loop until the condition holds.
template<class F>
void drive_until(IoRuntime& runtime, F&& condition) {
    while (!condition()) {
        runtime.run_once(true);
        runtime.deliver();
    }
}

/// Runs an asynchronous body to its end.
template<class T>
T complete(IoRuntime& runtime, Async<T> body) {
    body.start();
    drive_until(runtime, [&] { return body.done(); });
    return body.take();
}

template<class T>
Async<T> body_of(Io::Wait<T> wait) {
    co_return co_await std::move(wait);
}

/// Runs one wait to its end.
template<class T>
T wait(IoRuntime& runtime, Io::Wait<T> wait) {
    return complete(runtime, body_of(std::move(wait)));
}

class TemporaryDirectory {
public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "lunette-io-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline void write_file(const std::string& path, const std::string& content) {
    std::ofstream{path, std::ios::binary} << content;
}

inline std::string file_content(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream{path, std::ios::binary}.rdbuf();
    return content.str();
}

inline std::size_t open_descriptors() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator{"/proc/self/fd"}) ++count;
    return count;
}

inline ProcessOptions program(std::vector<std::string> arguments, std::string input = {}) {
    ProcessOptions options;
    options.arguments = std::move(arguments);
    options.input = std::move(input);
    return options;
}

inline ProcessOptions shell(std::string script, std::string input = {}) {
    return program({"/bin/sh", "-c", std::move(script)}, std::move(input));
}

} // namespace lunette::script::test
