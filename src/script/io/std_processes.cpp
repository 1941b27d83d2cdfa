#include <utility>

#include "script/io/io_context.h"
#include "script/io/shell_commands.h"
#include "script/io/std_natives.h"

namespace lunette::script {
namespace {

using Results = Async<Expected<Rest>>;
using Id = ShellCommands::Id;

/// As system(3) and popen(3) run it.
ChildRequest shell(std::string command, Capture capture, std::string input = {}) {
    ChildRequest request;
    request.options.arguments = {"/bin/sh", "-c", std::move(command)};
    request.options.input = std::move(input);
    request.capture = capture;
    return request;
}

/// Exit status or signal, and whether it was a signal.
Rest ending(const ChildResult& result) {
    const int status = result.result.status;
    return {{Value{result.signalled ? status - 128 : status}, Value{result.signalled}}};
}

/// Runs a shell command to its end without its output.
Results execute(Io& io, std::string command, std::optional<std::string> input) {
    IoContext& context = IoContext::of(io, input ? "io.popen" : "os.execute");
    ChildRequest request = shell(std::move(command), Capture::none, std::move(input).value_or(""));
    const auto arguments = request.options.arguments;
    auto wait = context.run(std::move(request));
    const auto result = co_await std::move(wait);
    context.report(arguments, result);
    if (!result) co_return tl::unexpected<Error>{result.error()};
    co_return ending(*result);
}

/// Starts a shell command and does not wait for it.
Results start(Io& io, std::string command, std::optional<std::string> input) {
    IoContext& context = IoContext::of(io, "io.popen");
    const bool feed = input.has_value();
    ChildRequest request =
        shell(std::move(command), feed ? Capture::none : Capture::output, std::move(input).value_or(""));
    request.shareable = context.options().shareable && !feed;
    if (auto allowed = context.may_start(request.options.arguments); !allowed)
        co_return tl::unexpected<Error>{allowed.error()};
    ShellCommands& commands = context.runtime().shell_commands();
    const Id id = commands.start(std::move(request), context.options().wait_limit);
    if (feed) commands.forget(id);
    co_return Rest{{Value{id}}};
}

/// The next part of its output, and whether that was the last.
Results read(Io& io, Id id) {
    IoContext& context = IoContext::of(io, "io.popen");
    ShellCommands& commands = context.runtime().shell_commands();
    const auto arguments = commands.arguments(id);
    using Part = ShellCommands::Part;
    auto wait = context.wait_for<Part>(
        [&commands, id](std::function<void(Expected<Part>)> finish) -> std::function<void()> {
            commands.read(id, std::move(finish));
            return [&commands, id] { commands.kill(id); };
        });
    auto part = co_await std::move(wait);
    if (context.options().observer)
        context.options().observer->ran(arguments, part ? part->duration : std::chrono::microseconds{0});
    if (!part) co_return tl::unexpected<Error>{part.error()};
    co_return Rest{{Value{std::move(part->text)}, Value{part->end}}};
}

Results finish(Io& io, Id id) {
    IoContext& context = IoContext::of(io, "io.popen");
    ShellCommands& commands = context.runtime().shell_commands();
    const auto arguments = commands.arguments(id);
    auto wait = context.wait_for<ChildResult>(
        [&commands, id](std::function<void(Expected<ChildResult>)> finish) -> std::function<void()> {
            commands.finish(id, std::move(finish));
            return [&commands, id] { commands.kill(id); };
        });
    const auto result = co_await std::move(wait);
    context.report(arguments, result);
    if (!result) co_return tl::unexpected<Error>{result.error()};
    co_return ending(*result);
}

/// Does not wait.
Results forget(Io& io, Id id) {
    IoContext::of(io).runtime().shell_commands().forget(id);
    co_return Rest{};
}

/// A nil ends the list, as in WezTerm.
Expected<std::vector<std::string>> argument_list(const Value& value) {
    std::vector<std::string> arguments;
    for (std::int64_t i = 1; !value[Value{i}].is_nil(); ++i) {
        const Value& item = value[Value{i}];
        if (item.kind() == Kind::string)
            arguments.emplace_back(item.text());
        else if (item.kind() == Kind::integer)
            arguments.push_back(std::to_string(item.integer_or(0)));
        else
            return failure("argument " + std::to_string(arguments.size() + 1) +
                           " of the program must be a string, not " + std::string{kind_name(item.kind())});
    }
    if (arguments.empty()) return failure("a list of strings is expected, the first being the program");
    return arguments;
}

Results run_child_process(Io& io, Value arguments) {
    auto list = argument_list(arguments);
    if (!list) co_return tl::unexpected<Error>{list.error()};
    ProcessOptions options;
    options.arguments = std::move(*list);
    auto wait = io.run(std::move(options));
    auto result = co_await std::move(wait);
    if (!result) co_return tl::unexpected<Error>{result.error()};
    co_return Rest{
        {Value{result->success}, Value{std::move(result->output)}, Value{std::move(result->error_output)}}};
}

Async<Expected<Rest>> background_child_process(Io& io, Value arguments) {
    auto list = argument_list(arguments);
    if (!list) co_return tl::unexpected<Error>{list.error()};
    ProcessOptions options;
    options.arguments = std::move(*list);
    options.background = true;
    auto wait = io.run(std::move(options));
    const auto result = co_await std::move(wait);
    if (!result) co_return tl::unexpected<Error>{result.error()};
    co_return Rest{};
}

} // namespace

void add_process_natives(Module& module) {
    module.async("execute", execute)
        .async("start", start)
        .async("read_command", read)
        .async("finish_command", finish)
        .async("forget_command", forget);
}

void add_child_functions(Module& module) {
    module.async("run_child_process", run_child_process)
        .doc("run_child_process(arguments: string[]): boolean, string, string",
             "Runs a program without a shell; returns whether it succeeded, its output and its error output.")
        .async("background_child_process", background_child_process)
        .doc("background_child_process(arguments: string[])",
             "Starts a program without input or output and does not wait for it.");
}

} // namespace lunette::script
