#include "server/ui_loop.h"

#include "server/config_records.h"
#include "server/info_page.h"
#include "server/prefix_keys.h"
#include "server/ui_actions.h"
#include "server/visible_change.h"

#include "wezterm/api.h"
#include "wezterm/evaluation.h"
#include "wezterm/exec_domains.h"
#include "wezterm/places.h"
#include "wezterm/requests.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <utility>

#include <unistd.h>

namespace lunette::server {

namespace {

constexpr std::int64_t default_fps = 60;
constexpr std::int64_t blank_ns = 30'000'000; // for the configuration, and a first program

} // namespace

UiLoop::UiLoop(Options options)
    : options_{std::move(options)},
      engine_{[this] {
          EngineOptions engine = engine_options(options_.config, options_.sync);
          engine.host_slice = std::chrono::microseconds{100}; // draws as soon as it wakes
          engine.clock = options_.clock;
          engine.trace = options_.trace;
          engine.failover = options_.failover;
          engine.failover.enabled = !options_.sync; // which is to show what waiting costs
          engine.test_module = options_.test_module;
          engine.waker = [this] { io_.wake(); };
          // Terminals that run Lua inside the frame wait for as long as it takes.
          if (options_.sync) engine.soft_deadline = engine.hard_limit = std::chrono::hours{24};
          return engine;
      }()},
      mux_{[this] {
          mux::Mux::Options mux;
          mux.loop = &io_;
          mux.environment = options_.environment;
          mux.host = wezterm::local_host_name();
          if (options_.process_reader) mux.processes.read = options_.process_reader;
          mux.processes.wake = [this] {
              processes_ready_.store(true, std::memory_order_release);
              io_.wake();
          };
          return mux;
      }()},
      pacer_{1'000'000'000 / (options_.fps > 0 ? options_.fps : default_fps)},
      helpers_{io_},
      clipboard_{helpers_},
      events_{engine_},
      views_{engine_, instruments_},
      mouse_{*this},
      overlays_{*this, options_.data_directory},
      own_overlays_{*this, options_.data_directory},
      debug_panel_{*this},
      modes_{*this} {
    wezterm::declare_events(engine_);
    clipboard_.set_environment(options_.environment);
    engine_.start(); // makes a thread: not the first frame's business
    tell_outer();
    root_ = mux_.snapshot();
    if (!options_.notice.empty()) {
        log_.push_back({LogLevel::error, 0, options_.notice});
        toast({Toasts::Kind::error, {}, home_relative(options_.notice), Toasts::longest_ms});
    }
    publish();
}

UiLoop::~UiLoop() = default;

std::int64_t UiLoop::now_ms() const noexcept {
    return options_.clock ? options_.clock->now_us() / 1000 : monotonic_ns() / 1'000'000;
}

const model::WindowInfo* UiLoop::window() const noexcept {
    return root_ && root_->active_window ? &*root_->active_window : nullptr;
}

bool UiLoop::idle() const noexcept {
    return !pacer_.due() && keys_.empty() && !reader_.has_more() && !modes_.is_busy();
}

// ---- one turn

std::int64_t UiLoop::wait_time(std::int64_t at_most, std::int64_t now) const noexcept {
    if (reader_.has_more() || modes_.is_busy()) return 0;
    std::int64_t wait = at_most;
    if (const auto due = pacer_.due(); due && may_draw())
        wait = std::min(wait, (*due <= now && now < blank_until_ ? blank_until_ : *due) - now);
    wait = std::min(wait, held_until_ - now);
    if (fence_.is_up()) wait = std::min(wait, fence_.deadline() - now);
    if (const auto due = helpers_.deadline_ns()) wait = std::min(wait, *due - now);
    if (const std::int64_t due = paste_stands_since_ + paste_patience_ns; paste_stands_since_ && due > now)
        wait = std::min(wait, due - now);
    // The panes' processes are looked at in real time even when everybody else's is virtual.
    if (const auto due = mux_.next_deadline_ms()) wait = std::min(wait, *due * 1'000'000 - now);
    if (!options_.clock) {
        if (const auto due = events_.next_deadline_ms(); due && options_.outer)
            wait = std::min(wait, *due * 1'000'000 - now);
        const auto flash = flash_until_ms_ ? std::optional{flash_until_ms_} : std::nullopt;
        for (const auto due : {router_.next_deadline_ms(), notice_.deadline_ms(), mouse_.next_deadline_ms(),
                               options_.outer ? toasts_.deadline_ms() : std::nullopt,
                               debug_panel_.deadline_ms(), own_overlays_.deadline_ms(), flash})
            if (due) wait = std::min(wait, *due * 1'000'000 - now);
    }
    return std::max<std::int64_t>(wait, 0);
}

void UiLoop::turn(std::int64_t wait_at_most_ns) {
    hand_over();
    io_.wait(wait_time(wait_at_most_ns, monotonic_ns()));
    handing_over_.emplace(engine_);
    instruments_.turn_started();
    read_panes();
    tick();
    take_commands();
    take_config();
    take_mux_events();
    modes_.work();
    follow_mode();
    publish();
    collect_log();
    observe_scripting();
    const bool overlay_changed = overlays_.observe();
    if (own_overlays_.observe() || overlay_changed) pacer_.damage(monotonic_ns());
    debug_panel_.observe(now_ms());
    mouse_.observe();
    release_keys();
    if (const model::WindowInfo* shown = window(); shown && views_.changed(root_->active_window.id()))
        pacer_.damage(monotonic_ns());
    draw();
    if (events_.is_behind()) {
        const Instruments::Span span{instruments_, "telling events", Instruments::Part::after_frame};
        events_.observe();
    }
}

// The script thread is woken, and its garbage freed, when there is nothing else to do.
void UiLoop::hand_over() {
    if (!handing_over_) return;
    const Instruments::Span span{instruments_, "waking the script thread", Instruments::Part::after_frame};
    handing_over_.reset();
}

void UiLoop::read_panes() {
    const PaneReader::Result read = reader_.read(mux_);
    if (read.any) pacer_.damage(monotonic_ns());
    if (read.answered) pacer_.hurry(monotonic_ns());
    for (const Id pane : io_.writable()) mux_.on_writable(pane);
    for (const Id pane : io_.exited()) mux_.on_exit(pane);
}

void UiLoop::tick() {
    const std::int64_t real_ms = monotonic_ns() / 1'000'000;
    const auto due = mux_.next_deadline_ms();
    if (processes_ready_.exchange(false, std::memory_order_acq_rel) || (due && *due <= real_ms)) mux_.tick();
    helpers_.tick(monotonic_ns());
    mouse_.tick(now_ms());
    if (router_.tick(now_ms())) update_ui_state();
    if (router_.take_hint(now_ms())) notify(std::string{prefix_hint()});
    if (notice_.expire(now_ms())) pacer_.damage(monotonic_ns());
    if (options_.outer && toasts_.expire(now_ms())) pacer_.damage(monotonic_ns());
    if (flash_until_ms_ && now_ms() >= flash_until_ms_) {
        flash_until_ms_ = 0;
        pacer_.damage(monotonic_ns());
    }
    if (options_.outer) events_.tick(now_ms());
    if (const std::int64_t now = monotonic_ns(); now >= held_until_) {
        held_until_ = INT64_MAX;
        pacer_.damage(now);
    }
}

void UiLoop::take_commands() {
    // Settled is looked at first: a settled task's commands are there.
    const bool settled = fence_.is_up() && engine_.settled(fence_.ticket());
    engine_.take_commands([this](const Command& command) { return apply(command); });
    if (settled)
        fence_.lower();
    else if (const std::string event = fence_.event(); fence_.expire(monotonic_ns()))
        log_.push_back(
            {LogLevel::info, 0, event + ": keys no longer wait for it, it took longer than 20 ms"});
}

Expected<Value> UiLoop::apply(const Command& command) {
    const auto reply_of = [](mux::Reply reply) -> Expected<Value> {
        if (!reply) return failure(std::move(reply.error()));
        return std::move(*reply);
    };
    if (const auto* evaluated = command.get_if<wezterm::Evaluated>()) {
        debug_panel_.take(*evaluated);
        return Value{};
    }
    if (const auto* fixed = command.get_if<wezterm::FixedUp>()) {
        mux_.start_program(fixed->pane, fixed->command);
        return Value{};
    }
    if (const auto* labelled = command.get_if<wezterm::DomainLabelled>()) {
        mux_.set_domain_label(labelled->domain, labelled->label);
        return Value{};
    }
    if (const auto query = wezterm::model_query(command)) return reply_of(mux_.answer(*query));
    const auto change = wezterm::model_command(command);
    if (!change) return failure(std::string{"nobody knows what "} + command.name() + " means");
    if (const auto* perform = std::get_if<model::PerformAction>(&*change))
        return reply_of(UiActions{*this}.perform(perform->window, perform->pane, perform->action, false));
    if (std::get_if<model::ReloadConfiguration>(&*change)) {
        engine_.reload();
        return Value{};
    }
    return reply_of(mux_.apply(*change));
}

void UiLoop::take_config() {
    if (!engine_.load_changed()) return;
    const LoadResult& load = engine_.load();
    const bool is_first = !config_;
    if (!load.ok) {
        log_.push_back({LogLevel::error, 0,
                        (load.error.where.empty() ? "" : load.error.where + ": ") + load.error.message});
        say_what_failed(load);
        if (!is_first) return; // the one before stays in force
    }
    config_ = model::config_schema().make(loaded_config(load));
    mux_.set_config(config_);
    router_.set_config(model::ConfigView{config_});
    overlays_.set_config(model::ConfigView{config_});
    for (std::string& problem : mouse_.set_config(model::ConfigView{config_}))
        log_.push_back({LogLevel::warning, 0, std::move(problem)});
    explains_keys_ = option("debug_key_events").boolean_or(false);
    if (options_.fps == 0)
        pacer_.set_interval(
            1'000'000'000 /
            std::clamp<std::int64_t>(config_->options["max_fps"].integer_or(default_fps), 10, 240));
    fence_.forget();
    if (root_)
        for (std::size_t i = 0; i < root_->windows.size(); ++i) apply_overrides(root_->windows[i].id());
    root_ = mux_.snapshot();
    events_.config_changed(root_, model::ConfigView{config_}.status_update_interval_ms(), now_ms());
    ask_labels();
    if (load.ok) greet(is_first);
    pacer_.damage(monotonic_ns());
}

void UiLoop::apply_overrides(Id id) {
    if (!config_) return;
    const Ref<model::AppInfo> newest = mux_.snapshot();
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < newest->windows.size(); ++i)
        if (newest->windows[i].id() == id)
            mux_.set_window_config(id,
                                   window_config(*config_, newest->windows.at(i).config_overrides, problems));
    for (std::string& problem : problems) log_.push_back({LogLevel::warning, 0, std::move(problem)});
}

void UiLoop::take_mux_events() {
    for (const mux::Event& event : mux_.take_events()) {
        events_.take(event);
        if (const auto* overrides = std::get_if<mux::ConfigOverridesChanged>(&event)) {
            apply_overrides(overrides->window);
        } else if (const auto* closed = std::get_if<mux::PaneClosed>(&event)) {
            cells_.erase(closed->pane);
        } else if (const auto* refused = std::get_if<mux::InputRefused>(&event)) {
            log_.push_back({LogLevel::warning, 0, refused->message});
        } else if (const auto* wanted = std::get_if<mux::FixupWanted>(&event)) {
            ask_program(*wanted);
        } else if (const auto* program = std::get_if<mux::ProgramRefused>(&event)) {
            log_.push_back({LogLevel::error, 0, program->message});
            toast({Toasts::Kind::error, {}, home_relative(program->message), Toasts::error_ms});
        } else if (const auto* notice = std::get_if<mux::Notification>(&event)) {
            toast_from(*notice);
        } else if (std::holds_alternative<mux::PaletteChanged>(event)) {
            if (pane_colors_.palette()) composer_.invalidate();
        } else if (std::holds_alternative<mux::BellRang>(event)) {
            ring();
        } else if (const auto* clipboard = std::get_if<mux::ClipboardWrite>(&event)) {
            copy(clipboard->selections, clipboard->text);
        }
    }
}

void UiLoop::publish() {
    const Ref<model::AppInfo> before = root_;
    root_ = mux_.snapshot();
    if (looks_different(before ? before->active_window : Ref<model::WindowInfo>{}, root_->active_window))
        pacer_.damage(monotonic_ns());
    if (root_.record() != published_ || engine_.applied_seq() != published_seq_) {
        const Instruments::Span span{instruments_, "publish"};
        if (options_.probe) options_.probe();
        published_ = root_.record();
        published_seq_ = engine_.applied_seq();
        events_.set_root(root_);
        engine_.publish(root_);
    }
    if (options_.outer) options_.outer->want_keys(wanted_key_flags());
    events_.started();
    views_.show(root_, root_->active_window);
}

std::uint8_t UiLoop::wanted_key_flags() const {
    const mux::Pane* pane = mux_.pane(mux_.active_pane(mux_.active_window()));
    return pane ? pane->terminal().modes().kitty_flags : std::uint8_t{0};
}

// ---- the outer terminal

void UiLoop::attach(Outer& outer, std::vector<std::string> environment) {
    options_.outer = &outer;
    focused_ = true;
    blank_until_ = window() ? 0 : monotonic_ns() + blank_ns;
    composer_.invalidate();
    if (!environment.empty()) {
        clipboard_.set_environment(environment);
        mux_.set_environment(std::move(environment));
    }
    tell_outer();
    events_.attached();
    toasts_.renew(now_ms());
    pacer_.damage(monotonic_ns());
}

void UiLoop::detach() {
    options_.outer = nullptr;
    mouse_.leave();
    tell_outer();
}

void UiLoop::tell_outer() {
    model::OuterInfo info;
    router_.set_modern_keys(options_.outer && options_.outer->has_modern_keys());
    if (!options_.outer) {
        mux_.set_outer(info, {});
        return;
    }
    const OuterSize size = options_.outer->size();
    info.is_attached = true;
    info.is_focused = focused_;
    info.tty_name = options_.outer->tty_name();
    info.term = options_.outer->term();
    info.program = options_.outer->program();
    info.appearance = options_.outer->is_light() ? "Light" : "Dark";
    info.columns = size.columns;
    info.rows = size.rows;
    info.pixel_width = static_cast<std::int64_t>(size.columns) * size.cell.width;
    info.pixel_height = static_cast<std::int64_t>(size.rows) * size.cell.height;
    mux_.set_key_releases(options_.outer->tells_key_releases());
    mux_.set_outer(info, size.cell);
}

void UiLoop::resized() {
    tell_outer();
    pacer_.damage(monotonic_ns());
}

void UiLoop::focus(bool focused) {
    focused_ = focused;
    tell_outer();
}

void UiLoop::invalidate(std::string_view event) { engine_.invalidate(event); }

void UiLoop::ask_report(std::function<void(const EngineReport&)> take) {
    report_wanted_.push_back(std::move(take));
    engine_.request_report();
}

void UiLoop::clock_changed() {
    engine_.clock_changed();
    tick();
}

} // namespace lunette::server
