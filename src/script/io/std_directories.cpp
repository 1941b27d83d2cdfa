#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "script/io/file_jobs.h"
#include "script/io/glob.h"
#include "script/io/io_context.h"
#include "script/io/std_natives.h"

namespace lunette::script {
namespace {

/// Beyond this many directories a result is not watched but looked up again.
constexpr std::size_t most_watched = 256;

Value list_of(std::vector<std::string> strings) {
    std::vector<Value> items;
    items.reserve(strings.size());
    for (auto& string : strings) items.emplace_back(std::move(string));
    return Value::list(std::move(items));
}

Async<Expected<Value>> read_dir(Io& io, std::string path) {
    auto wait = io.read_dir(path);
    const auto entries = co_await std::move(wait);
    if (!entries) co_return tl::unexpected<Error>{entries.error()};
    std::vector<std::string> paths;
    const std::string prefix = path.empty() || path.back() == '/' ? path : path + "/";
    for (const DirectoryEntry& entry : *entries) paths.push_back(prefix + entry.name);
    co_return list_of(std::move(paths));
}

/// The paths, and the directories they depend on (nil: too many).
Async<Expected<Rest>> find_paths(Io& io, std::string pattern, std::optional<std::string> base) {
    constexpr std::size_t most_pattern = 4096;
    if (pattern.size() > most_pattern) co_return failure("glob: the pattern is too long");
    IoContext& context = IoContext::of(io, "glob");
    auto stop = std::make_shared<std::atomic<bool>>(false);
    auto wait = context.wait_for<Rest>([&context, stop, pattern, base](auto finish) -> std::function<void()> {
        auto result = std::make_shared<GlobResult>();
        context.runtime().jobs().submit(
            [result, stop, pattern, base] { *result = glob(pattern, base.value_or(""), *stop); },
            [result, finish] {
                if (result->cut) return finish(failure("glob: too many files"));
                const bool watched = result->directories.size() <= most_watched;
                finish(Rest{{list_of(std::move(result->paths)),
                             watched ? list_of(std::move(result->directories)) : Value{}}});
            });
        return [stop] { stop->store(true, std::memory_order_relaxed); };
    });
    co_return co_await std::move(wait);
}

Async<Expected<Rest>> sleep_ms(Io& io, double milliseconds) {
    const auto duration = std::chrono::microseconds{
        static_cast<std::int64_t>(std::min(std::max(milliseconds, 0.0), 1e12) * 1000)};
    auto wait = io.sleep(duration);
    if (co_await std::move(wait)) co_return Rest{};
    co_return tl::unexpected<Error>{IoContext::of(io).expired()};
}

} // namespace

void add_directory_functions(Module& module) {
    module.async("read_dir", read_dir)
        .doc("read_dir(path: string): string[]",
             "The entries of a directory, unsorted, joined with its path.")
        .async("glob", find_paths)
        .doc("glob(pattern: string, base: string?): string[]",
             "The files that match *, ?, [a-z], {a,b} and **, relative to the base.")
        .async("sleep_ms", sleep_ms)
        .doc("sleep_ms(milliseconds: number)", "Lets other tasks run for at least this long.");
}

} // namespace lunette::script
