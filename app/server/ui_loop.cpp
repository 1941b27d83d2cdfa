#include "server/ui_loop.h"

#include "server/config_records.h"
#include "server/ui_actions.h"
#include "server/visible_change.h"

#include "wezterm/api.h"
#include "wezterm/requests.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <utility>

#include <unistd.h>

namespace lunette::server {

namespace {

constexpr std::size_t bytes_per_turn = 256U << 10; // parsed before anything else is looked at
constexpr std::size_t most_log = 1000;

std::string host_name() {
    char name[HOST_NAME_MAX + 1] = {};
    ::gethostname(name, sizeof name - 1);
    return name;
}

} // namespace

UiLoop::UiLoop(Options options)
    : options_{std::move(options)},
      engine_{[this] {
          EngineOptions engine = engine_options(options_.config, options_.sync);
          engine.clock = options_.clock;
          engine.trace = options_.trace;
          engine.waker = [this] { io_.wake(); };
          // Terminals that run Lua inside the frame wait for as long as it takes.
          if (options_.sync) engine.soft_deadline = engine.hard_limit = std::chrono::hours{24};
          return engine;
      }()},
      mux_{[this] {
          mux::Mux::Options mux;
          mux.loop = &io_;
          mux.environment = options_.environment;
          mux.host = host_name();
          if (options_.process_reader) mux.processes.read = options_.process_reader;
          mux.processes.wake = [this] {
              processes_ready_.store(true, std::memory_order_release);
              io_.wake();
          };
          return mux;
      }()},
      pacer_{1'000'000'000 / std::max(options_.fps, 1)},
      events_{engine_},
      views_{engine_, instruments_} {
    wezterm::declare_events(engine_);
    engine_.start(); // makes a thread: not the first frame's business
    resized();
    root_ = mux_.snapshot();
    publish();
}

UiLoop::~UiLoop() = default;

std::int64_t UiLoop::now_ms() const noexcept {
    return options_.clock ? options_.clock->now_us() / 1000 : monotonic_ns() / 1'000'000;
}

const model::WindowInfo* UiLoop::window() const noexcept {
    return root_ && root_->active_window ? &*root_->active_window : nullptr;
}

bool UiLoop::idle() const noexcept { return !pacer_.due() && keys_.empty() && !more_output_; }

// ---- one turn

std::int64_t UiLoop::wait_time(std::int64_t at_most, std::int64_t now) const noexcept {
    if (more_output_) return 0;
    std::int64_t wait = at_most;
    if (const auto due = pacer_.due()) wait = std::min(wait, *due - now);
    if (fence_.is_up()) wait = std::min(wait, fence_.deadline() - now);
    // The panes' processes are looked at in real time even when everybody else's is virtual.
    if (const auto due = mux_.next_deadline_ms()) wait = std::min(wait, *due * 1'000'000 - now);
    if (!options_.clock) {
        if (const auto due = events_.next_deadline_ms()) wait = std::min(wait, *due * 1'000'000 - now);
        if (const auto due = router_.next_deadline_ms()) wait = std::min(wait, *due * 1'000'000 - now);
    }
    return std::max<std::int64_t>(wait, 0);
}

void UiLoop::turn(std::int64_t wait_at_most_ns) {
    io_.wait(wait_time(wait_at_most_ns, monotonic_ns()));
    instruments_.turn_started();
    read_panes();
    tick();
    take_commands();
    take_config();
    take_mux_events();
    publish();
    release_keys();
    if (const model::WindowInfo* shown = window(); shown && views_.changed(root_->active_window.id()))
        pacer_.damage(monotonic_ns());
    draw();
}

void UiLoop::read_panes() {
    budget_ = bytes_per_turn;
    more_output_ = false;
    const std::vector<Id>& readable = io_.readable();
    const std::size_t count = readable.size();
    for (std::size_t i = 0; i < count; ++i) {
        // A pane that floods must not starve those after it.
        std::size_t share = std::max<std::size_t>(budget_ / (count - i), 4096);
        const std::size_t before = share;
        const auto result = mux_.on_readable(readable[(i + first_pane_) % count], share);
        budget_ -= std::min(budget_, before - share);
        more_output_ |= result.more;
        if (result.bytes > 0) pacer_.damage(monotonic_ns());
    }
    ++first_pane_;
    for (const Id pane : io_.writable()) mux_.on_writable(pane);
    for (const Id pane : io_.exited()) mux_.on_exit(pane);
}

void UiLoop::tick() {
    const std::int64_t real_ms = monotonic_ns() / 1'000'000;
    const auto due = mux_.next_deadline_ms();
    if (processes_ready_.exchange(false, std::memory_order_acq_rel) || (due && *due <= real_ms)) mux_.tick();
    if (router_.tick(now_ms())) update_ui_state();
    events_.tick(now_ms());
}

void UiLoop::take_commands() {
    // Settled is looked at first: a settled task's commands are there.
    const bool settled = fence_.is_up() && engine_.settled(fence_.ticket());
    engine_.take_commands([this](const Command& command) { return apply(command); });
    if (settled)
        fence_.lower();
    else
        fence_.expire(monotonic_ns());
}

Expected<Value> UiLoop::apply(const Command& command) {
    const auto reply_of = [](mux::Reply reply) -> Expected<Value> {
        if (!reply) return failure(std::move(reply.error()));
        return std::move(*reply);
    };
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
    if (!load.ok) {
        log_.push_back({LogLevel::error, engine_.load().duration_us,
                        (load.error.where.empty() ? "" : load.error.where + ": ") + load.error.message});
        if (config_) return; // the one before stays in force
    }
    config_ = model::config_schema().make(loaded_config(load));
    mux_.set_config(config_);
    router_.set_config(model::ConfigView{config_});
    fence_.forget();
    if (root_)
        for (std::size_t i = 0; i < root_->windows.size(); ++i) apply_overrides(root_->windows[i].id());
    root_ = mux_.snapshot();
    events_.config_changed(root_, model::ConfigView{config_}.status_update_interval_ms(), now_ms());
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
        } else if (const auto* notice = std::get_if<mux::Notification>(&event)) {
            log_.push_back({LogLevel::info, 0, notice->message});
        }
    }
}

void UiLoop::publish() {
    const Ref<model::AppInfo> before = root_;
    root_ = mux_.snapshot();
    if (looks_different(before ? before->active_window : Ref<model::WindowInfo>{}, root_->active_window))
        pacer_.damage(monotonic_ns());
    events_.observe(root_);
    events_.started();
    {
        const Instruments::Span span{instruments_, "publish"};
        if (options_.probe) options_.probe();
        engine_.publish(root_);
    }
    views_.show(root_, root_->active_window);
}

// ---- input

void UiLoop::key(const model::KeyEvent& key) {
    if (fence_.is_up() || !keys_.empty())
        keys_.push_back(key);
    else
        route(key);
}

void UiLoop::release_keys() {
    while (!keys_.empty() && !fence_.is_up()) {
        const model::KeyEvent key = keys_.front();
        keys_.pop_front();
        route(key);
    }
}

void UiLoop::route(const model::KeyEvent& key) {
    const std::optional<std::string> table = router_.active_table();
    const bool leader = router_.leader_is_active();
    const KeyRouter::Meaning meaning = router_.press(key, now_ms());
    if (router_.active_table() != table || router_.leader_is_active() != leader) update_ui_state();
    if (meaning.kind == KeyRouter::Meaning::Kind::to_pane) {
        mux_.send_key(mux_.active_pane(mux_.active_window()), key);
    } else if (meaning.kind == KeyRouter::Meaning::Kind::action) {
        const mux::Reply reply = UiActions{*this}.perform(0, 0, meaning.action, true);
        if (!reply) log_.push_back({LogLevel::warning, 0, meaning.action.name + ": " + reply.error()});
    }
}

void UiLoop::mouse(const Mouse& mouse) {
    const model::WindowInfo* shown = window();
    if (!shown) return;
    const bool bottom = model::ConfigView{config_}.tab_bar_at_bottom();
    const int bar = !shown->tab_bar_visible ? -1 : bottom ? static_cast<int>(shown->rows) - 1 : 0;
    std::optional<TabBarPresenter::Spot> spot;
    if (mouse.kind != Mouse::Kind::leave && mouse.y == bar) spot = tab_bar_.at(mouse.x);
    using Area = model::TabBarArea::Kind;
    const bool over_tab = spot && (spot->kind == Area::tab || spot->kind == Area::close_tab);
    if (tab_bar_.hover_new_tab(spot && spot->kind == Area::new_tab)) pacer_.damage(monotonic_ns());
    const auto hovered = over_tab ? std::optional{spot->tab_id} : std::nullopt;
    if (hovered != hovered_tab_) {
        hovered_tab_ = hovered;
        update_ui_state();
    }
    if (mouse.kind != Mouse::Kind::press || !spot) return;
    const Id active = mux_.active_window();
    if (spot->kind == Area::new_tab) {
        const Value spawn = Value::map({{"SpawnTab", "CurrentPaneDomain"}});
        if (engine_.has_handler("new-tab-button-click"))
            events_.emit("new-tab-button-click", {Value{"Left"}, spawn});
        else
            UiActions{*this}.perform(active, 0, {"SpawnTab", "CurrentPaneDomain"}, false);
        return;
    }
    for (std::size_t i = 0; over_tab && i < shown->tabs.size(); ++i) {
        if (shown->tabs.at(i).tab_id != spot->tab_id) continue;
        const Id tab = shown->tabs[i].id();
        if (spot->kind == Area::close_tab)
            mux_.apply(model::CloseTab{tab});
        else
            mux_.apply(model::ActivateTab{tab});
    }
}

void UiLoop::update_ui_state() {
    mux::Mux::UiState state;
    state.active_key_table = router_.active_table();
    state.leader_is_active = router_.leader_is_active();
    state.hovered_tab = hovered_tab_;
    mux_.set_ui_state(mux_.active_window(), state);
}

void UiLoop::resized() {
    const OuterSize size = options_.outer->size();
    model::OuterInfo info;
    info.is_attached = true;
    info.is_focused = focused_;
    info.tty_name = options_.outer->tty_name();
    info.term = "xterm-256color";
    info.appearance = "Dark";
    info.columns = size.columns;
    info.rows = size.rows;
    info.pixel_width = static_cast<std::int64_t>(size.columns) * size.cell.width;
    info.pixel_height = static_cast<std::int64_t>(size.rows) * size.cell.height;
    mux_.set_outer(info, size.cell);
}

void UiLoop::focus(bool focused) {
    focused_ = focused;
    resized();
}

void UiLoop::invalidate(std::string_view event) { engine_.invalidate(event); }

void UiLoop::clock_changed() {
    engine_.clock_changed();
    tick();
}

std::vector<LogRecord> UiLoop::take_log() {
    std::vector<LogRecord> records{log_.begin(), log_.end()};
    log_.clear();
    for (LogRecord& record : engine_.take_log()) records.push_back(std::move(record));
    if (records.size() > most_log) records.resize(most_log);
    return records;
}

} // namespace lunette::server
