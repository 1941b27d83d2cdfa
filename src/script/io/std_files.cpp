#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>

#include "script/io/io_context.h"
#include "script/io/open_files.h"
#include "script/io/std_natives.h"

namespace lunette::script {
namespace {

using Results = Async<Expected<Rest>>;
using Id = OpenFiles::Id;

constexpr std::size_t most_content = std::size_t{64} << 20;

Rest failed(int error, const std::string& path = {}) {
    return {{Value{}, Value{path.empty() ? file_error(error) : file_error(path, error)}, Value{error}}};
}

/// A wait for an operation of OpenFiles; its result as Lua sees it.
template<class T>
Io::Wait<Expected<Rest>>
wait_for_file(Io& io, std::string path, std::function<void(OpenFiles&, OpenFiles::Done<T>)> operation,
              std::function<Rest(T)> results, std::function<void(OpenFiles&)> stop = {}) {
    IoContext& context = IoContext::of(io, "io");
    OpenFiles& files = context.runtime().files();
    return context.wait_for<Rest>(
        [&files, path = std::move(path), operation = std::move(operation), results = std::move(results),
         stop = std::move(stop)](std::function<void(Expected<Rest>)> finish) -> std::function<void()> {
            operation(files, [path, results, finish = std::move(finish)](FileResult<T> result) {
                finish(result ? results(std::move(*result)) : failed(result.error(), path));
            });
            if (!stop) return {};
            return [&files, stop] { stop(files); };
        });
}

/// Runs a function that returns an errno on the pool; true in Lua when it is 0.
Io::Wait<Expected<Rest>> wait_for_call(Io& io, std::string path, std::function<int()> call) {
    return IoContext::of(io, "os").on_pool<Rest>(
        [path = std::move(path), call = std::move(call)]() -> Expected<Rest> {
            const int error = call();
            return error ? failed(error, path) : Rest{{Value{true}}};
        });
}

int open_flags(const std::string& mode) {
    const bool update = mode.find('+') != std::string::npos;
    switch (mode.front()) {
    case 'w': return (update ? O_RDWR : O_WRONLY) | O_CREAT | O_TRUNC;
    case 'a': return (update ? O_RDWR : O_WRONLY) | O_CREAT | O_APPEND;
    default: return O_RDWR;
    }
}

Rest text_result(std::string text) { return {{Value{std::move(text)}}}; }
Rest true_result(OpenFiles::Nothing) { return {{Value{true}}}; }

/// The wait was cancelled: what is opened is not wanted any more.
using Gone = std::shared_ptr<bool>;

Results load(Io& io, std::string path) {
    const Gone gone = std::make_shared<bool>(false);
    auto wait = wait_for_file<OpenFiles::Loaded>(
        io, path,
        [path, gone](OpenFiles& files, OpenFiles::Done<OpenFiles::Loaded> done) {
            files.load(path, most_content,
                       [&files, gone, done = std::move(done)](FileResult<OpenFiles::Loaded> loaded) {
                           if (*gone && loaded && loaded->stream) return files.forget(loaded->stream);
                           done(std::move(loaded));
                       });
        },
        [](OpenFiles::Loaded loaded) -> Rest {
            if (loaded.directory) return {{Value{"directory"}}};
            if (loaded.stream) return {{Value{"stream"}, Value{loaded.stream}}};
            return {{Value{"content"}, Value{std::move(loaded.content)}}};
        },
        [gone](OpenFiles&) { *gone = true; });
    co_return co_await std::move(wait);
}

Io::Wait<Expected<Rest>> wait_for_open(Io& io, std::string path,
                                       std::function<void(OpenFiles&, OpenFiles::Done<Id>)> operation) {
    const Gone gone = std::make_shared<bool>(false);
    return wait_for_file<Id>(
        io, std::move(path),
        [gone, operation = std::move(operation)](OpenFiles& files, OpenFiles::Done<Id> done) {
            operation(files, [&files, gone, done = std::move(done)](FileResult<Id> id) {
                if (*gone && id) return files.forget(*id);
                done(id);
            });
        },
        [](Id id) -> Rest { return {{Value{id}}}; }, [gone](OpenFiles&) { *gone = true; });
}

Results open(Io& io, std::string path, std::string mode) {
    auto wait =
        wait_for_open(io, path, [path, flags = open_flags(mode)](OpenFiles& files, OpenFiles::Done<Id> done) {
            files.open(path, flags, std::move(done));
        });
    co_return co_await std::move(wait);
}

Results open_unnamed(Io& io) {
    auto wait = wait_for_open(
        io, {}, [](OpenFiles& files, OpenFiles::Done<Id> done) { files.open_unnamed(std::move(done)); });
    co_return co_await std::move(wait);
}

Results read(Io& io, Id id) {
    constexpr std::size_t step = std::size_t{64} << 10;
    auto wait = wait_for_file<std::string>(
        io, {},
        [id](OpenFiles& files, OpenFiles::Done<std::string> done) { files.read(id, step, std::move(done)); },
        text_result, [id](OpenFiles& files) { files.stop_reading(id); });
    co_return co_await std::move(wait);
}

Results content(Io& io, Id id) {
    auto wait = wait_for_file<std::string>(
        io, {},
        [id](OpenFiles& files, OpenFiles::Done<std::string> done) {
            files.content(id, most_content, std::move(done));
        },
        text_result);
    co_return co_await std::move(wait);
}

Results size(Io& io, Id id) {
    auto wait = wait_for_file<std::int64_t>(
        io, {},
        [id](OpenFiles& files, OpenFiles::Done<std::int64_t> done) { files.size(id, std::move(done)); },
        [](std::int64_t bytes) -> Rest { return {{Value{bytes}}}; });
    co_return co_await std::move(wait);
}

/// Does not wait.
Results write(Io& io, Id id, std::int64_t offset, std::string data) {
    const auto backlog = IoContext::of(io).runtime().files().write(id, offset, std::move(data));
    co_return backlog ? Rest{{Value{*backlog}}} : failed(backlog.error());
}

Results drain(Io& io, Id id) {
    auto wait = wait_for_file<OpenFiles::Nothing>(
        io, {},
        [id](OpenFiles& files, OpenFiles::Done<OpenFiles::Nothing> done) {
            files.drain(id, std::move(done));
        },
        true_result);
    co_return co_await std::move(wait);
}

Results close(Io& io, Id id) {
    auto wait = wait_for_file<OpenFiles::Nothing>(
        io, {},
        [id](OpenFiles& files, OpenFiles::Done<OpenFiles::Nothing> done) {
            files.close(id, std::move(done));
        },
        true_result);
    co_return co_await std::move(wait);
}

/// Does not wait.
Results forget(Io& io, Id id) {
    IoContext::of(io).runtime().files().forget(id);
    co_return Rest{};
}

Results remove(Io& io, std::string path) {
    auto wait = wait_for_call(io, path, [path] { return std::remove(path.c_str()) == 0 ? 0 : errno; });
    co_return co_await std::move(wait);
}

Results rename(Io& io, std::string from, std::string to) {
    auto wait =
        wait_for_call(io, {}, [from, to] { return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno; });
    co_return co_await std::move(wait);
}

Results tmpname(Io& io) {
    auto wait = IoContext::of(io).on_pool<Rest>([]() -> Expected<Rest> {
        std::string name = P_tmpdir "/lua_XXXXXX";
        const int fd = ::mkostemp(name.data(), O_CLOEXEC);
        if (fd < 0) return failure("unable to generate a unique filename");
        ::close(fd);
        return text_result(std::move(name));
    });
    co_return co_await std::move(wait);
}

} // namespace

void add_file_natives(Module& module) {
    module.async("load", load)
        .async("open", open)
        .async("open_unnamed", open_unnamed)
        .async("read", read)
        .async("content", content)
        .async("size", size)
        .async("write", write)
        .async("drain", drain)
        .async("close", close)
        .async("forget", forget)
        .async("remove", remove)
        .async("rename", rename)
        .async("tmpname", tmpname)
        .function("log",
                  [](Script& script, bool is_error, std::string_view text) {
                      script.log(is_error ? LogLevel::warning : LogLevel::info, text);
                  })
        .function("reads_file", [](Script& script, std::string_view path) { script.reads_file(path); });
}

} // namespace lunette::script
