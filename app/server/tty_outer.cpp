#include "server/tty_outer.h"

#include "server/capability_texts.h"

#include "server/ui_loop.h"

#include <utility>

namespace lunette::server {

namespace {

constexpr unsigned char usual_erase = 0x7F;

tty::OuterSize tty_size(const OuterSize& size) {
    return {size.columns, size.rows, size.cell.width, size.cell.height};
}

std::optional<Mouse> to_mouse(const tty::MouseEvent& event) {
    using From = tty::MouseEvent::Kind;
    Mouse mouse;
    switch (event.kind) {
    case From::move: mouse.kind = Mouse::Kind::move; break;
    case From::press: mouse.kind = Mouse::Kind::press; break;
    case From::release: mouse.kind = Mouse::Kind::release; break;
    case From::wheel_up: mouse.kind = Mouse::Kind::wheel_up; break;
    case From::wheel_down: mouse.kind = Mouse::Kind::wheel_down; break;
    case From::wheel_left: mouse.kind = Mouse::Kind::wheel_left; break;
    case From::wheel_right: mouse.kind = Mouse::Kind::wheel_right; break;
    }
    switch (event.button) {
    case 0: break;
    case 1: mouse.button = Mouse::Button::left; break;
    case 2: mouse.button = Mouse::Button::middle; break;
    case 3: mouse.button = Mouse::Button::right; break;
    case 8: mouse.button = Mouse::Button::back; break;
    case 9: mouse.button = Mouse::Button::forward; break;
    default: return std::nullopt;
    }
    mouse.x = event.x;
    mouse.y = event.y;
    mouse.modifiers = event.modifiers;
    return mouse;
}

} // namespace

TtyOuter::TtyOuter(UiLoop& loop, Options options)
    : loop_{loop},
      descriptor_{std::move(options.descriptor)},
      size_{options.size},
      name_{std::move(options.name)},
      term_{options.hints.term},
      modes_{options.modes},
      hung_up_{std::move(options.hung_up)},
      tty_{[&] {
          tty::Outer::Options outer;
          outer.fd = descriptor_.get();
          outer.hints = std::move(options.hints);
          outer.ssh = options.ssh;
          outer.size = tty_size(size_);
          outer.erase = modes_ ? modes_->c_cc[VERASE] : usual_erase;
          return outer;
      }()},
      last_input_{monotonic_ns()} {
    start();
}

TtyOuter::~TtyOuter() {
    if (attended_) loop_.io().forget(descriptor_.get());
}

void TtyOuter::start() {
    loop_.io().attend(descriptor_.get(), [this](bool readable, bool writable) { ready(readable, writable); });
    attended_ = true;
    tty_.start(monotonic_ns());
    update_interest();
}

std::string TtyOuter::stop() {
    if (attended_) loop_.io().forget(descriptor_.get());
    attended_ = false;
    return tty_.stop();
}

void TtyOuter::undo() {
    const std::string bytes = stop();
    (void)!::write(descriptor_.get(), bytes.data(), bytes.size());
}

void TtyOuter::abandon() {
    undo();
    if (modes_) ::tcsetattr(descriptor_.get(), TCSANOW, &*modes_);
}

void TtyOuter::resize(const OuterSize& size) {
    size_ = size;
    tty_.resized(tty_size(size));
    loop_.resized();
}

std::optional<std::int64_t> TtyOuter::deadline() const noexcept { return tty_.deadline(); }

void TtyOuter::turn() {
    const std::int64_t now = monotonic_ns();
    if (const auto due = tty_.deadline(); due && *due <= now)
        tty_.timeout(now, [this](const tty::Event& event) { take(event); });
    update_interest();
}

void TtyOuter::ready(bool readable, bool writable) {
    if (writable) tty_.writable();
    if (readable) tty_.readable(monotonic_ns(), [this](const tty::Event& event) { take(event); });
    if (tty_.closed())
        hung_up_();
    else
        update_interest();
}

// A paste that waits for its program holds the terminal back, as a pipe would.
void TtyOuter::update_interest() {
    if (attended_) loop_.io().set_interest(descriptor_.get(), loop_.takes_paste(), tty_.wants_write());
}

void TtyOuter::take(const tty::Event& event) {
    if (const auto* key = std::get_if<model::KeyEvent>(&event)) {
        last_input_ = monotonic_ns();
        loop_.key(*key);
    } else if (const auto* mouse = std::get_if<tty::MouseEvent>(&event)) {
        last_input_ = monotonic_ns();
        if (const auto known = to_mouse(*mouse)) loop_.mouse(*known);
    } else if (const auto* paste = std::get_if<tty::PasteEvent>(&event)) {
        last_input_ = monotonic_ns();
        loop_.paste(paste->bytes, paste->first, paste->last);
    } else if (const auto* focus = std::get_if<tty::FocusEvent>(&event)) {
        loop_.focus(focus->focused);
    } else if (const auto* cell = std::get_if<tty::CellSizeEvent>(&event)) {
        size_.cell = {cell->width, cell->height};
        loop_.resized();
    } else {
        program_ = tty_.capabilities().name;
        loop_.resized(); // what is known of the terminal is part of the model; and all is drawn again
    }
}

bool TtyOuter::is_light() const { return tty_.colors().dark == std::optional{false}; }

void TtyOuter::present(ui::Frame& frame, const std::string& title) {
    std::optional<tty::Rgb> cursor;
    if (const model::TextColor color = frame.cursor().color; color.kind() == model::TextColor::Kind::direct)
        cursor = tty::Rgb{color.red(), color.green(), color.blue()};
    tty_.present(frame, title, cursor);
    update_interest();
}

void TtyOuter::bell() {
    tty_.bell();
    update_interest();
}

bool TtyOuter::copy(std::string_view selections, std::string_view text) {
    bool all = true;
    for (const char selection : selections) all &= tty_.copy(text, selection);
    update_interest();
    return all;
}

bool TtyOuter::notify(std::string_view title, std::string_view body) {
    const bool sent = tty_.notify(title, body);
    update_interest();
    return sent;
}

std::vector<std::pair<std::string, std::string>> TtyOuter::capabilities() const {
    return capability_texts(tty_.capabilities());
}

void TtyOuter::want_all_motion(bool all) {
    tty_.want_mouse(all ? tty::MouseWanted::all : tty::MouseWanted::drag);
}

void TtyOuter::want_keys(std::uint8_t kitty_flags) {
    tty_.want_keys(kitty_flags);
    update_interest();
}

} // namespace lunette::server
