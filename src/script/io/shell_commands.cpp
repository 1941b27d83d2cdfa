#include "script/io/shell_commands.h"

#include <utility>

namespace lunette::script {
namespace {

Error unknown() { return {"the output of this command is gone: too many finished commands were not read"}; }
Error busy() { return {"another task waits for this command"}; }

} // namespace

ShellCommands::Id ShellCommands::start(ChildRequest request, std::optional<std::chrono::microseconds> limit) {
    const Id id = ++last_;
    Command& command = commands_[id];
    command.arguments = request.options.arguments;
    if (limit)
        command.limit = timers_.after(*limit, [this, id, limit = *limit] {
            Command& late = commands_.at(id);
            late.limit = 0;
            children_.cancel(late.child);
            ended(id, failure("the command was stopped after " + std::to_string(limit.count() / 1'000'000) +
                              " s"));
        });
    const auto child = children_.run(
        std::move(request), [this, id](Expected<ChildResult> result) { ended(id, std::move(result)); },
        [this, id] {
            if (const auto found = commands_.find(id); found != commands_.end()) tell_reader(found->second);
        });
    if (const auto found = commands_.find(id); found != commands_.end()) found->second.child = child;
    return id;
}

void ShellCommands::tell_reader(Command& command) {
    if (!command.reader) return;
    const auto tell = [&command](Expected<Part> part) {
        std::exchange(command.reader, nullptr)(std::move(part));
    };
    if (command.result && !*command.result) return tell(tl::unexpected<Error>{command.result->error()});
    const std::string* output =
        command.result ? &(*command.result)->result.output : children_.output(command.child);
    if (!output || (output->size() == command.taken && !command.result)) return;
    Part part{output->substr(command.taken), command.result.has_value(),
              command.result ? (*command.result)->duration : std::chrono::microseconds{0}};
    command.taken = output->size();
    tell(std::move(part));
}

void ShellCommands::read(Id id, std::function<void(Expected<Part>)> done) {
    const auto found = commands_.find(id);
    if (found == commands_.end()) return done(tl::unexpected<Error>{unknown()});
    Command& command = found->second;
    if (command.reader || command.finisher) return done(tl::unexpected<Error>{busy()});
    command.reader = std::move(done);
    tell_reader(command);
}

void ShellCommands::finish(Id id, std::function<void(Expected<ChildResult>)> done) {
    const auto found = commands_.find(id);
    if (found == commands_.end()) return done(tl::unexpected<Error>{unknown()});
    Command& command = found->second;
    if (command.reader || command.finisher) return done(tl::unexpected<Error>{busy()});
    if (command.result) {
        auto result = std::move(*command.result);
        commands_.erase(found);
        return done(std::move(result));
    }
    command.finisher = std::move(done);
    children_.close_output(command.child); // may end it at once
}

void ShellCommands::ended(Id id, Expected<ChildResult> result) {
    const auto found = commands_.find(id);
    if (found == commands_.end()) return;
    Command& command = found->second;
    if (command.limit) timers_.cancel(std::exchange(command.limit, 0));
    if (command.finisher || command.forgotten) {
        const auto finisher = std::move(command.finisher);
        commands_.erase(found);
        if (finisher) finisher(std::move(result));
        return;
    }
    command.result = std::move(result);
    tell_reader(command);
    drop_oldest();
}

void ShellCommands::kill(Id id) {
    const auto found = commands_.find(id);
    if (found == commands_.end()) return;
    if (found->second.limit) timers_.cancel(found->second.limit);
    children_.cancel(found->second.child);
    commands_.erase(found);
}

void ShellCommands::forget(Id id) {
    const auto found = commands_.find(id);
    if (found == commands_.end()) return;
    if (found->second.result) {
        commands_.erase(found);
        return;
    }
    found->second.forgotten = true;
    children_.close_output(found->second.child);
}

const std::vector<std::string>& ShellCommands::arguments(Id id) const {
    static const std::vector<std::string> none;
    const auto found = commands_.find(id);
    return found == commands_.end() ? none : found->second.arguments;
}

void ShellCommands::drop_oldest() {
    std::size_t results = 0;
    std::size_t bytes = 0;
    for (auto it = commands_.end(); it != commands_.begin();) {
        --it;
        const auto& result = it->second.result;
        if (!result) continue;
        ++results;
        bytes += *result ? (*result)->result.output.size() : 0;
        // The newest one always stays.
        if (results > 1 && (results > most_results || bytes > most_result_bytes)) it = commands_.erase(it);
    }
}

} // namespace lunette::script
