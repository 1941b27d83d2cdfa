#pragma once

// What a host gives Lua: modules, functions, asynchronous functions, objects over records, and views that are
// computed in C++ from several callbacks. Everything here runs on the script thread; argument and result
// types are read from the lambdas, and a wrong argument raises an error that names the function, the argument
// and the user's line.

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include <lunette/async.h>
#include <lunette/command.h>
#include <lunette/record.h>

namespace lunette {

// ---------------------------------------------------------------------------------------------------------
// The script thread, as a bound function sees it

/// A Lua function (or any Lua value that is opaque to the host) held by the host. Copies share it.
///
/// Thread: script thread only. Outlived by its VM without harm.
class Function {
public:
    class Held;
    Function() = default;
    explicit Function(std::shared_ptr<Held> held) noexcept : held_{std::move(held)} {}
    explicit operator bool() const noexcept { return held_ != nullptr; }
    const std::shared_ptr<Held>& held() const noexcept { return held_; }
    /// "file:line" of its definition.
    std::string where() const;

private:
    std::shared_ptr<Held> held_;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };

std::string_view to_string(LogLevel level) noexcept;

/// What, besides records, a result may depend on. Reported by name.
enum class Impurity : std::uint8_t { clock, process, file, environment, random, shared_state, untracked };

std::string_view to_string(Impurity impurity) noexcept;

enum class Assumption : std::uint8_t {
    nothing,
    pure,        ///< depends on no Lua state that changes: nobody looks at its upvalues and modules
    is_volatile, ///< depends on what nobody can notice: its results hold for a second, or as long as 20 runs
                 ///< take
};

struct EngineReport; // report.h

/// Facilities of the running VM, for functions that declare `Script&` as their first parameter.
///
/// Thread: script thread only; never keep a reference.
class Script {
public:
    virtual ~Script() = default;

    // Events
    virtual void on(std::string_view event, Function handler) = 0;
    /// Registers a handler under a new name and returns the name.
    virtual std::string callback(Function handler) = 0;
    /// During a load the timer starts when the new configuration is in force.
    virtual void call_after(std::chrono::microseconds delay, Function function) = 0;

    // The model. Reads are recorded as dependencies of the running callback.
    /// The root of the running task's snapshot; recorded reads on it are up to the caller.
    virtual RecordRef root() const = 0;
    /// The newest version of a record, or empty; the look-up itself is recorded, also when it fails.
    virtual RecordRef find(Id id) = 0;
    /// Records that the field was read, with the value it has in this version of the record.
    virtual void read(const RecordNode& record, std::string_view field) = 0;

    /// Asks for a change. Returns its sequence number, or 0 in a speculative run, which ends. Fire and
    /// forget; for a reply use Io::command.
    virtual std::uint64_t command(Command command) = 0;

    // Impure sources
    /// The result depends on the clock, and may differ once `granularity` has passed (aligned to it in wall
    /// time: one second means the next full second).
    virtual void reads_clock(std::chrono::microseconds granularity) = 0;
    virtual void reads_file(std::string_view path) = 0;
    virtual void reads_environment(std::string_view name) = 0;
    virtual void reads_random() = 0;
    /// Any other state, known to the host under a name; `changed(name)` re-runs its readers.
    virtual void reads_state(std::string_view name) = 0;
    virtual void changed(std::string_view name) = 0;
    /// The shortest time that what children printed holds (it is the longer of this and twenty times what
    /// they took). 1 s until it is set; set while loading it holds for that configuration.
    virtual void child_results_hold(std::chrono::microseconds) {}
    /// What is known of a pure handler beyond what can be noticed. For the function, whenever it is
    /// registered.
    virtual void assume(const Function& handler, Assumption assumption) = 0;
    /// Runs a pure event's views again whatever they read. False when there is no such event. Does nothing
    /// in a pure run, which must not trigger itself.
    virtual bool invalidate(std::string_view event) = 0;
    /// Counters of all handlers so far; modules, logs and traces are left out.
    virtual void report(EngineReport& report) = 0;

    /// A map of values that outlives the VM: it survives reloads, and, as it was when the last task ended, a
    /// script thread that had to be given up. Nothing is recorded.
    virtual const Value& kept() const = 0;
    /// Takes its place.
    virtual void keep(Value map) = 0;

    virtual std::int64_t now_us() const = 0;  ///< monotonic, engine clock
    virtual std::int64_t wall_us() const = 0; ///< since 1970, UTC, engine clock

    virtual void log(LogLevel level, std::string_view message) = 0;
    /// For `check`: something is called or set that has no meaning here. Kept once per distinct text and
    /// place.
    virtual void problem(bool is_error, std::string_view what) = 0;
    /// "file:line" of the Lua code that called the running function, skipping the host's own chunks.
    virtual std::string where() const = 0;

    virtual bool loading() const = 0; ///< the configuration is being evaluated
    virtual std::uint64_t generation() const = 0;
    virtual const std::string& config_file() const = 0;
    virtual void request_reload() = 0;
    /// Adds a file (or a folder, for what lies in it) whose change reloads the configuration.
    virtual void watch(std::string_view path) = 0;
    /// Whether changes of files reload the configuration, as of this one. Default: they do.
    virtual void reload_on_change(bool) {}
    /// Front or back of package.path: pattern entries as in Lua, separated by ";".
    virtual void add_search_path(std::string_view patterns, bool front) = 0;
};

/// Raised by argument conversion, and free to use in bound functions; becomes a Lua error with the place.
class BindError {
public:
    explicit BindError(std::string message) : message_{std::move(message)} {}
    const std::string& message() const noexcept { return message_; }

private:
    std::string message_;
};

/// One call of a bound function: arguments in, results out. Bound lambdas rarely need it.
class Call {
public:
    virtual ~Call() = default;
    virtual Script& script() = 0;
    virtual int count() const = 0;
    virtual Kind kind(int index) const = 0;                  ///< from 0; nil beyond the last
    virtual std::string_view type_name(int index) const = 0; ///< Lua's, or the object's: "Pane"
    virtual bool is_function(int index) const = 0;
    virtual Value value(int index) = 0;           ///< throws BindError for functions and threads
    virtual std::string_view text(int index) = 0; ///< REQUIRES: kind string or a number
    /// Of a number, or of a string that Lua takes for one ("12", " 0x1p4 ").
    virtual std::optional<double> number(int index) const = 0;
    /// The same, its fraction cut as mlua does it (2.9 is 2); nothing when 64 bits do not hold it.
    virtual std::optional<std::int64_t> integer(int index) const = 0;
    virtual Function function(int index) = 0;
    virtual void push(const Value& value) = 0;
    virtual void push_text(std::string_view text) = 0;
    virtual void push_function(const Function& function) = 0;
    [[noreturn]] void bad_argument(int index, std::string_view expected) const;
    [[noreturn]] void out_of_range(int index, std::int64_t least, std::uint64_t most);
};

/// All remaining arguments.
struct Rest {
    Args values;
};

namespace detail {

template<class T>
struct Argument;

template<>
struct Argument<Value> {
    static Value get(Call& call, int i) { return call.value(i); }
};
template<>
struct Argument<bool> {
    static bool get(Call& call, int i) {
        return call.kind(i) == Kind::boolean ? static_cast<bool>(call.value(i)) : call.kind(i) != Kind::nil;
    }
};
template<class I>
requires(std::is_integral_v<I> && !std::is_same_v<I, bool>) struct Argument<I> {
    static I get(Call& call, int i) {
        if (!call.number(i)) call.bad_argument(i, "integer");
        const std::optional<std::int64_t> v = call.integer(i);
        if (!v || !std::in_range<I>(*v))
            call.out_of_range(i, static_cast<std::int64_t>(std::numeric_limits<I>::min()),
                              static_cast<std::uint64_t>(std::numeric_limits<I>::max()));
        return static_cast<I>(*v);
    }
};
template<>
struct Argument<double> {
    static double get(Call& call, int i) {
        const std::optional<double> v = call.number(i);
        if (!v) call.bad_argument(i, "number");
        return *v;
    }
};
template<>
struct Argument<std::string_view> {
    static std::string_view get(Call& call, int i) {
        const Kind kind = call.kind(i);
        if (kind != Kind::string && kind != Kind::integer && kind != Kind::number)
            call.bad_argument(i, "string");
        return call.text(i);
    }
};
template<>
struct Argument<std::string> {
    static std::string get(Call& call, int i) {
        return std::string{Argument<std::string_view>::get(call, i)};
    }
};
template<>
struct Argument<Function> {
    static Function get(Call& call, int i) {
        if (!call.is_function(i)) call.bad_argument(i, "function");
        return call.function(i);
    }
};
template<>
struct Argument<RecordRef> {
    static RecordRef get(Call& call, int i) {
        if (call.kind(i) != Kind::record) call.bad_argument(i, "object");
        return call.value(i).record_ref();
    }
};
template<>
struct Argument<Rest> {
    static Rest get(Call& call, int i) {
        Rest rest;
        for (; i < call.count(); ++i) rest.values.push_back(call.value(i));
        return rest;
    }
};
template<class T>
struct Argument<std::optional<T>> {
    static std::optional<T> get(Call& call, int i) {
        if (!call.is_function(i) && call.kind(i) == Kind::nil) return std::nullopt;
        return Argument<T>::get(call, i);
    }
};

inline void push_result(Call& call, const Value& value) { call.push(value); }
inline void push_result(Call& call, std::string_view text) { call.push_text(text); }
inline void push_result(Call& call, const std::string& text) { call.push_text(text); }
inline void push_result(Call& call, const char* text) { call.push_text(text); }
inline void push_result(Call& call, const Function& function) { call.push_function(function); }
template<class T>
requires std::is_arithmetic_v<T>
void push_result(Call& call, T value) { call.push(Value{value}); }
template<class T>
void push_result(Call& call, const std::optional<T>& value) {
    if (value)
        push_result(call, *value);
    else
        call.push(Value{});
}
template<class... T>
void push_result(Call& call, const std::tuple<T...>& values) {
    std::apply([&call](const auto&... value) { (push_result(call, value), ...); }, values);
}
template<class T>
void push_result(Call& call, const Expected<T>& result) {
    if (!result) throw BindError{result.error().message};
    if constexpr (!std::is_void_v<T>) push_result(call, *result);
}

template<class... T>
struct Types {
    static constexpr std::size_t size = sizeof...(T);
};
template<class First, class... T>
struct Types<First, T...> {
    static constexpr std::size_t size = 1 + sizeof...(T);
    using Head = First;
    using Tail = Types<T...>;
};

template<class F>
struct Signature : Signature<decltype(&F::operator())> {};
template<class R, class... A>
struct Signature<R (*)(A...)> {
    using Result = R;
    using Parameters = Types<std::remove_cvref_t<A>...>;
};
template<class C, class R, class... A>
struct Signature<R (C::*)(A...) const> : Signature<R (*)(A...)> {};
template<class C, class R, class... A>
struct Signature<R (C::*)(A...)> : Signature<R (*)(A...)> {};

template<class... A, std::size_t... I>
std::tuple<A...> decode_each(Call& call, Types<A...>, std::index_sequence<I...>) {
    // Braces fix the order of evaluation, so that the first bad argument is the one reported.
    return std::tuple<A...>{Argument<A>::get(call, static_cast<int>(I))...};
}
template<class... A>
std::tuple<A...> decode(Call& call, Types<A...> types) {
    return decode_each(call, types, std::index_sequence_for<A...>{});
}

/// Calls with the decoded arguments, after Script or Call if the function asks for one first.
template<class F, class P>
decltype(auto) apply(F& function, Call& call, P parameters) {
    if constexpr (P::size > 0) {
        using First = typename P::Head;
        if constexpr (std::is_same_v<First, Call> || std::is_same_v<First, Script>) {
            return std::apply(
                [&](auto&&... argument) -> decltype(auto) {
                    if constexpr (std::is_same_v<First, Call>)
                        return function(call, std::move(argument)...);
                    else
                        return function(call.script(), std::move(argument)...);
                },
                decode(call, typename P::Tail{}));
        } else {
            return std::apply(
                [&](auto&&... argument) -> decltype(auto) { return function(std::move(argument)...); },
                decode(call, parameters));
        }
    } else {
        return function();
    }
}

using NativeFunction = std::function<void(Call&)>;
/// Decodes now, runs later: the arguments move into the coroutine.
using NativeAsync = std::function<Async<Expected<Args>>(Io&, Call&)>;

template<class F>
NativeFunction native(F function) {
    return [function = std::move(function)](Call& call) mutable {
        using S = Signature<F>;
        typename S::Parameters parameters;
        if constexpr (std::is_void_v<typename S::Result>)
            apply(function, call, parameters);
        else
            push_result(call, apply(function, call, parameters));
    };
}

inline void append(Args&) {}
inline void append(Args& args, Rest rest) {
    for (auto& value : rest.values) args.push_back(std::move(value));
}
template<class T>
requires std::is_constructible_v<Value, T>
void append(Args& args, T&& value) { args.emplace_back(std::forward<T>(value)); }
template<class... T>
void append(Args& args, std::tuple<T...> values) {
    std::apply([&args](auto&... value) { (append(args, std::move(value)), ...); }, values);
}

template<class T>
Async<Expected<Args>> erase(Async<T> body) {
    Args results;
    if constexpr (std::is_void_v<T>) {
        co_await std::move(body);
    } else {
        auto result = co_await std::move(body);
        if constexpr (requires { result.error(); }) {
            if (!result) co_return tl::unexpected<Error>{result.error()};
            if constexpr (requires { *result; }) append(results, std::move(*result));
        } else {
            append(results, std::move(result));
        }
    }
    co_return Expected<Args>{std::move(results)};
}

template<class F>
NativeAsync native_async(F function) {
    return [function = std::move(function)](Io& io, Call& call) mutable {
        using P = typename Signature<F>::Parameters;
        static_assert(std::is_same_v<typename P::Head, Io>, "an async function takes Io& first");
        return std::apply([&](auto&&... argument) { return erase(function(io, std::move(argument)...)); },
                          decode(call, typename P::Tail{}));
    };
}

} // namespace detail

// ---------------------------------------------------------------------------------------------------------
// Modules and objects

struct BoundFunction {
    std::string name;
    detail::NativeFunction function; ///< exactly one of the two is set
    detail::NativeAsync async_function;
    std::string signature{};
    std::string documentation{};
};

/// A Lua table of the host's functions. Described once; installed into every VM.
///
/// Strings passed by std::string_view are valid only during the call; an async function takes std::string.
class Module {
public:
    explicit Module(std::string name) : name_{std::move(name)} {}

    template<class F>
    Module& function(std::string name, F body) {
        functions_.push_back({std::move(name), detail::native(std::move(body)), {}});
        return *this;
    }
    /// `body` takes Io& first and returns Async<T>. In Lua it looks like any function: the calling task is
    /// suspended; where Lua cannot yield, the script thread alone waits, at most 1 s.
    template<class F>
    Module& async(std::string name, F body) {
        functions_.push_back({std::move(name), {}, detail::native_async(std::move(body))});
        return *this;
    }
    /// A function for the module's own chunks, which find it in their third argument, and for nobody else.
    template<class F>
    Module& hidden(std::string name, F body) {
        hidden_.push_back({std::move(name), detail::native(std::move(body)), {}});
        return *this;
    }
    /// Documents the function declared last, for type stubs: a LuaLS signature and one sentence.
    Module& doc(std::string signature, std::string text);

    Module& constant(std::string name, Value value);
    /// Computed in every VM when it is made (a path, a version).
    Module& value(std::string name, std::function<Value(Script&)> get);
    /// A table inside this one; `require "outer.inner"` finds it too.
    Module& submodule(Module module);
    /// Lua source that runs when the module is made. Its arguments are the module's table, a table of the
    /// library's own functions (see docs/embedding.md), and one that all chunks of this module share: it has
    /// what hidden() declared. For glue that is shorter in Lua.
    Module& chunk(std::string name, std::string_view source);

    const std::string& name() const noexcept { return name_; }
    const std::vector<BoundFunction>& functions() const noexcept { return functions_; }
    const std::vector<BoundFunction>& hidden_functions() const noexcept { return hidden_; }
    const std::vector<std::pair<std::string, Value>>& constants() const noexcept { return constants_; }
    const std::vector<std::pair<std::string, std::function<Value(Script&)>>>& values() const noexcept {
        return values_;
    }
    const std::vector<Module>& submodules() const noexcept { return submodules_; }
    const std::vector<std::pair<std::string, std::string>>& chunks() const noexcept { return chunks_; }

private:
    std::string name_;
    std::vector<BoundFunction> functions_;
    std::vector<BoundFunction> hidden_;
    std::vector<std::pair<std::string, Value>> constants_;
    std::vector<std::pair<std::string, std::function<Value(Script&)>>> values_;
    std::vector<Module> submodules_;
    std::vector<std::pair<std::string, std::string>> chunks_;
};

enum class Binding : std::uint8_t {
    pinned, ///< reads the version that it was made from
    live,   ///< reads the newest version; raises when the record is gone
};

/// How records of one schema look in Lua: userdata with the schema's fields, `get_<field>()` for each, and
/// what is declared here. Methods take the record first: `RecordRef`, an `Id` of type lunette::Id through
/// `self_id`, or `Ref<T>` via the typed helpers of the host.
class Object {
public:
    Object(std::string name, const Schema& schema, Binding binding = Binding::live)
        : name_{std::move(name)}, schema_{&schema}, binding_{binding} {}

    /// `body(RecordRef self, …)`, optionally with Script& first. What it reads of `self` must be recorded
    /// with Script::read, or named in `reads`. Of a live object, a method that names `reads` waits until the
    /// snapshot includes the commands that the task issued before; others run at once.
    template<class F>
    Object& method(std::string name, F body, std::vector<std::string> reads = {}) {
        functions_.push_back({std::move(name), detail::native(std::move(body)), {}});
        if (!reads.empty()) reads_[functions_.back().name] = std::move(reads);
        return *this;
    }
    /// `body(Io&, RecordRef self, …)` returning Async<T>.
    /// `reads`: as of method(); what the answer depends on.
    template<class F>
    Object& async(std::string name, F body, std::vector<std::string> reads = {}) {
        functions_.push_back({std::move(name), {}, detail::native_async(std::move(body))});
        if (!reads.empty()) reads_[functions_.back().name] = std::move(reads);
        return *this;
    }
    /// `body(RecordRef self, …)` returns a command's payload; nothing is returned to Lua.
    template<class F>
    Object& command(std::string name, F body) {
        using P = typename detail::Signature<F>::Parameters;
        return command_impl(std::move(name), std::move(body), P{});
    }
    /// `body(RecordRef self, …)` returns a query's payload; its answer is the result.
    template<class F>
    Object& query(std::string name, F body) {
        using P = typename detail::Signature<F>::Parameters;
        return query_impl(std::move(name), std::move(body), P{});
    }
    /// Another name for reading a field as a method: `getter("get_title", "title")`.
    Object& getter(std::string method, std::string field);
    /// A field that `body(RecordRef self)` computes; `reads` names the schema fields it uses.
    template<class F>
    Object& property(std::string name, F body, std::vector<std::string> reads = {}) {
        properties_.push_back({std::move(name), detail::native(std::move(body)), {}});
        if (!reads.empty()) reads_[properties_.back().name] = std::move(reads);
        return *this;
    }
    /// A record field of this name shows itself as another object (`as("panes", pane_information)`); without
    /// it, as the first object registered for the field's schema.
    Object& as(std::string field, std::string object);
    /// A schema field that Lua does not see.
    Object& hide(std::string field);
    /// "__tostring", "__eq", "__lt", "__concat", …: as method().
    template<class F>
    Object& metamethod(std::string name, F body) {
        return method(std::move(name), std::move(body));
    }
    Object& doc(std::string signature, std::string text);
    /// It took the place of a string, which its __tostring gives: what it does not have itself is looked for
    /// in Lua's string library and works on that text, as do `..` and `#`. With a warning.
    Object& stands_for_text() {
        stands_for_text_ = true;
        return *this;
    }

    bool is_text() const noexcept { return stands_for_text_; }
    const std::string& name() const noexcept { return name_; }
    const Schema& schema() const noexcept { return *schema_; }
    Binding binding() const noexcept { return binding_; }
    const std::vector<BoundFunction>& functions() const noexcept { return functions_; }
    const std::vector<BoundFunction>& properties() const noexcept { return properties_; }
    const std::map<std::string, std::string>& getters() const noexcept { return getters_; }
    const std::map<std::string, std::string>& field_objects() const noexcept { return field_objects_; }
    const std::map<std::string, std::vector<std::string>>& reads() const noexcept { return reads_; }
    const std::vector<std::string>& hidden() const noexcept { return hidden_; }

private:
    template<class F, class... A>
    Object& command_impl(std::string name, F body, detail::Types<A...>) {
        return method(std::move(name), [body = std::move(body)](Script& script, A... arguments) {
            Args described;
            (detail::append(described, A{arguments}), ...);
            script.command(Command{body(std::move(arguments)...), std::move(described)});
        });
    }
    template<class F, class... A>
    Object& query_impl(std::string name, F body, detail::Types<A...>) {
        return async(std::move(name),
                     [body = std::move(body)](Io& io, A... arguments) -> Async<Expected<Value>> {
                         auto wait = io.query(Command{body(std::move(arguments)...)});
                         co_return co_await std::move(wait);
                     });
    }

    std::string name_;
    const Schema* schema_;
    Binding binding_;
    std::vector<BoundFunction> functions_;
    std::vector<BoundFunction> properties_;
    std::map<std::string, std::string> getters_;
    std::map<std::string, std::string> field_objects_;
    std::map<std::string, std::vector<std::string>> reads_;
    std::vector<std::string> hidden_;
    bool stands_for_text_ = false;
};

// ---------------------------------------------------------------------------------------------------------
// Views computed in C++ from several callbacks

/// An argument of a callback: a value, or a field of a record handed over as Lua would read it (a lazy list,
/// a lazy map), so that only what the callback touches becomes a dependency.
struct Argument {
    Value value;
    std::string field{};  ///< with it, `value` is the record to read from
    std::string object{}; ///< as which object a record shows itself; empty: the first registered
};

/// One evaluation of a composed view, on the script thread. Calls made through it are memoised by event and
/// arguments: one whose dependencies are unchanged costs a look-up.
class Evaluation {
public:
    virtual ~Evaluation() = default;

    /// The newest snapshot's root when this evaluation began.
    virtual RecordRef root() const = 0;
    /// The newest version of a record, or empty.
    virtual RecordRef find(Id id) const = 0;
    /// The number of the load whose handlers it calls (LoadResult::generation); 0 when that load failed. The
    /// root may be of before the UI thread took the load.
    virtual std::uint64_t generation() const = 0;
    /// Declares that the evaluation reads these fields; a change runs it again.
    virtual void read(const RecordRef& record, std::initializer_list<std::string_view> fields) = 0;
    virtual bool has_handler(std::string_view event) const = 0;
    /// How many parameters the first handler of the event declares; 255 when it is variadic.
    virtual int parameter_count(std::string_view event) const = 0;

    /// The first handler's result; nil without a handler. While the handler's last run failed, its last good
    /// result, or an error when there is none. `label` names the entry in reports: "tab 3".
    virtual Io::Wait<Expected<Value>> call(std::string_view event, std::string label,
                                           std::vector<Argument> arguments) = 0;
    /// The same if it is known, or else nothing: it is found out in idle time, and the view evaluated again.
    /// For what may be shown soon. Such a run issues no command and starts no child; one that tries is given
    /// up, and that call is not speculated on again.
    virtual std::optional<Expected<Value>> speculate(std::string_view event, std::string label,
                                                     std::vector<Argument> arguments) = 0;
};

/// A view whose value is computed by a C++ coroutine from memoised calls.
struct ViewFunction {
    std::string name;
    std::function<Async<Value>(Evaluation&, Args)> body;
};

} // namespace lunette
