#include "script/io/io_context.h"

#include <cerrno>
#include <exception>
#include <memory>
#include <utility>

#include "script/io/open_files.h"

namespace lunette::script {
namespace {

/// Reads what is not a regular file to its end.
struct ReadAll : std::enable_shared_from_this<ReadAll> {
    OpenFiles& files;
    OpenFiles::Id id;
    std::size_t limit;
    std::function<void(FileResult<std::string>)> finish;
    std::string data{};

    ReadAll(OpenFiles& open_files, OpenFiles::Id stream, std::size_t most,
            std::function<void(FileResult<std::string>)> tell)
        : files{open_files}, id{stream}, limit{most}, finish{std::move(tell)} {}

    void next() {
        constexpr std::size_t step = std::size_t{64} << 10;
        files.read(id, step, [self = shared_from_this()](FileResult<std::string> part) {
            if (part && !part->empty() && self->data.size() + part->size() <= self->limit) {
                self->data += *part;
                return self->next();
            }
            self->files.forget(self->id);
            if (!part)
                self->finish(tl::unexpected<int>{part.error()});
            else if (part->empty())
                self->finish(std::move(self->data));
            else
                self->finish(tl::unexpected<int>{EFBIG});
        });
    }
};

template<class T>
Expected<T> with_message(const std::string& path, FileResult<T> result) {
    if (!result) return failure(file_error(path, result.error()));
    return std::move(*result);
}

} // namespace

IoContext::IoContext(IoRuntime& runtime, CallOptions options)
    : runtime_{runtime}, options_{std::move(options)} {}

IoContext& IoContext::of(Io& io) {
    auto* context = dynamic_cast<IoContext*>(&io);
    if (!context) throw BindError{"this function needs Lunette's own script thread"};
    return *context;
}

IoContext& IoContext::of(Io& io, std::string_view function) {
    IoContext& context = of(io);
    context.options_.function = function;
    return context;
}

Error IoContext::expired() const {
    const auto limit = options_.wait_limit.value_or(std::chrono::microseconds{0});
    const std::string seconds = limit.count() % 1'000'000 == 0
                                    ? std::to_string(limit.count() / 1'000'000) + " s"
                                    : std::to_string(limit.count() / 1000) + " ms";
    return {(options_.function.empty() ? "" : options_.function + ": ") + "no result after " + seconds +
            ", the most that may be waited for here"};
}

Io::Wait<bool> IoContext::sleep(std::chrono::microseconds duration) {
    return wait_for<bool>(
        [this, duration](std::function<void(bool)> finish) -> std::function<void()> {
            TimerQueue& timers = runtime_.timers();
            const auto id = timers.after(
                duration, [finish] { finish(true); }, owner());
            return [&timers, id] { timers.cancel(id); };
        },
        false);
}

Io::Wait<Expected<ChildResult>> IoContext::run(ChildRequest request) {
    return wait_for<ChildResult>(
        [this, request = std::move(request)](
            std::function<void(Expected<ChildResult>)> finish) -> std::function<void()> {
            const auto arguments = request.options.arguments;
            if (auto allowed = may_start(arguments); !allowed) {
                finish(tl::unexpected<Error>{allowed.error()});
                return {};
            }
            ChildRequest shared = request;
            shared.shareable = shared.shareable || options_.shareable;
            ChildTable& children = runtime_.children();
            const auto waiter = children.run(std::move(shared), std::move(finish));
            return [&children, waiter] { children.cancel(waiter); };
        });
}

Io::Wait<Expected<ProcessResult>> IoContext::run(ProcessOptions options) {
    auto arguments = options.arguments;
    ChildRequest request;
    request.options = std::move(options);
    auto inner = run(std::move(request));
    return Wait<Expected<ProcessResult>>{
        [this, arguments = std::move(arguments),
         start = std::move(inner.start)](std::function<void(Expected<ProcessResult>)> done) {
            return start([this, arguments, done = std::move(done)](Expected<ChildResult> result) {
                report(arguments, result);
                if (!result) return done(tl::unexpected<Error>{result.error()});
                done(std::move(result->result));
            });
        }};
}

Expected<void> IoContext::may_start(const std::vector<std::string>& arguments) {
    return options_.observer ? options_.observer->may_start(arguments) : Expected<void>{};
}

void IoContext::report(const std::vector<std::string>& arguments, const Expected<ChildResult>& result) {
    if (options_.observer)
        options_.observer->ran(arguments, result ? result->duration : std::chrono::microseconds{0});
}

Io::Wait<Expected<std::string>> IoContext::read_file(std::string path, std::size_t limit) {
    return wait_for<std::string>(
        [this, path = std::move(path),
         limit](std::function<void(Expected<std::string>)> finish) -> std::function<void()> {
            OpenFiles& files = runtime_.files();
            // 0 until there is a stream; ~0 once the wait was cancelled.
            auto stream = std::make_shared<OpenFiles::Id>(0);
            files.load(path, limit,
                       [&files, path, limit, finish, stream](FileResult<OpenFiles::Loaded> loaded) {
                           const auto tell = [path, finish](FileResult<std::string> result) {
                               finish(with_message(path, std::move(result)));
                           };
                           if (!loaded) return tell(tl::unexpected<int>{loaded.error()});
                           if (loaded->directory) return tell(tl::unexpected<int>{EISDIR});
                           if (!loaded->stream) return tell(std::move(loaded->content));
                           if (*stream == ~OpenFiles::Id{0}) return files.forget(loaded->stream);
                           *stream = loaded->stream;
                           std::make_shared<ReadAll>(files, loaded->stream, limit, tell)->next();
                       });
            return [&files, stream] { files.forget(std::exchange(*stream, ~OpenFiles::Id{0})); };
        });
}

Io::Wait<Expected<std::vector<DirectoryEntry>>> IoContext::read_dir(std::string path) {
    using Entries = std::vector<DirectoryEntry>;
    return on_pool<Entries>([path = std::move(path)] { return with_message(path, list_directory(path)); });
}

Io::Wait<Expected<Value>> IoContext::offload(std::function<Expected<Value>()> work) {
    return on_pool<Value>([work = std::move(work)]() -> Expected<Value> {
        try {
            return work();
        } catch (const BindError& error) {
            return failure(error.message());
        } catch (const std::exception& error) {
            return failure(error.what());
        }
    });
}

Io::Wait<Expected<Value>> IoContext::command(Command command) {
    return wait_for<Value>(
        [this, command = std::move(command)](CommandPort::Reply finish) -> std::function<void()> {
            if (options_.port) return options_.port->send(command, std::move(finish));
            finish(failure(std::string{command.name()} + ": there is no host that could do it"));
            return {};
        });
}

Io::Wait<Expected<Value>> IoContext::query(Command query) {
    return wait_for<Value>(
        [this, query = std::move(query)](CommandPort::Reply finish) -> std::function<void()> {
            if (options_.port) return options_.port->ask(query, std::move(finish));
            finish(failure(std::string{query.name()} + ": there is no host that could answer"));
            return {};
        });
}

} // namespace lunette::script
