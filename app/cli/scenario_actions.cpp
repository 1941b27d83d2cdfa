#include "cli/scenario_player.h"

#include "cli/shells.h"
#include "model/utf8.h"
#include "server/key_chords.h"

#include <algorithm>
#include <utility>

// What scenarios do to a session: input, and what happens outside.
namespace lunette::cli {

namespace {

std::optional<std::string> failed(std::string what) { return what; }

} // namespace

// ---- input

ScenarioPlayer::Problem ScenarioPlayer::type(const Step& step) {
    const std::string* text = step.quoted();
    if (!text) return failed("a text is expected");
    frames_at_input_ = outer_->frames();
    for (std::string_view rest = *text; !rest.empty();) {
        const model::Decoded decoded = model::decode_utf8(rest);
        const std::size_t length = std::max<std::size_t>(decoded.length, 1);
        switch (decoded.code_point) {
        case U'\n':
        case U'\r': loop_->key(model::named_key(model::Key::enter)); break;
        case U'\t': loop_->key(model::named_key(model::Key::tab)); break;
        case 0x1b: loop_->key(model::named_key(model::Key::escape)); break;
        default: loop_->key(model::character_key(decoded.code_point));
        }
        typed_ = decoded.code_point == U'\n' ? std::string{} : typed_ + std::string{rest.substr(0, length)};
        rest.remove_prefix(std::min(length, rest.size()));
    }
    turn(0);
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::key(const Step& step) {
    frames_at_input_ = outer_->frames();
    for (std::size_t i = 1; i < step.tokens.size(); ++i) {
        const auto chord = server::parse_typed_chord(step.tokens[i].text);
        if (!chord) return failed("unknown key " + step.tokens[i].text);
        loop_->key(server::to_event(*chord));
    }
    turn(0);
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::mouse(const Step& step) {
    if (step.word(1) == "leave") {
        loop_->mouse({server::Mouse::Kind::leave, -1, -1});
        settle();
        return {};
    }
    const auto x = step.number(1);
    const auto y = step.number(2);
    if (!x || !y) return failed("column and row are expected");
    // `move times N`: back and forth by a column, as a hand that does not know where to go.
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) {
        loop_->mouse({server::Mouse::Kind::move, static_cast<int>(*x + i % 2), static_cast<int>(*y)});
        turn(0);
    }
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::click(const Step& step) {
    const auto x = step.number(1);
    const auto y = step.number(2);
    if (!x || !y) return failed("column and row are expected");
    for (const auto kind :
         {server::Mouse::Kind::move, server::Mouse::Kind::press, server::Mouse::Kind::release})
        loop_->mouse({kind, static_cast<int>(*x), static_cast<int>(*y), server::Mouse::Button::left});
    settle();
    return {};
}

// `drag X Y X Y`: the left button goes down at the first place and up at the second.
ScenarioPlayer::Problem ScenarioPlayer::drag(const Step& step) {
    const auto x = step.number(1);
    const auto y = step.number(2);
    const auto to_x = step.number(3);
    const auto to_y = step.number(4);
    if (!x || !y || !to_x || !to_y) return failed("column and row of both ends are expected");
    const auto send = [this](server::Mouse::Kind kind, std::int64_t column, std::int64_t row) {
        loop_->mouse({kind, static_cast<int>(column), static_cast<int>(row), server::Mouse::Button::left});
        turn(0);
    };
    send(server::Mouse::Kind::press, *x, *y);
    send(server::Mouse::Kind::move, *to_x, *to_y);
    send(server::Mouse::Kind::release, *to_x, *to_y);
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::wheel(const Step& step) {
    const auto x = step.number(2);
    const auto y = step.number(3);
    if (!x || !y) return failed("`wheel up|down X Y` is expected");
    const auto kind = step.word(1) == "up" ? server::Mouse::Kind::wheel_up : server::Mouse::Kind::wheel_down;
    loop_->mouse({kind, static_cast<int>(*x), static_cast<int>(*y)});
    settle();
    return {};
}

// Over all of the tab bar, a column at a time, and off it at the end.
ScenarioPlayer::Problem ScenarioPlayer::sweep(const Step&) {
    const int columns = outer_->size().columns;
    for (int x = 0; x < columns; ++x) {
        loop_->mouse({server::Mouse::Kind::move, x, 0});
        turn(0);
    }
    loop_->mouse({server::Mouse::Kind::leave, -1, -1});
    settle();
    return {};
}

// ---- changes from outside

ScenarioPlayer::Problem ScenarioPlayer::spawn(const Step& step) {
    model::SpawnOptions options = quiet_shell();
    if (const std::string* command = step.quoted()) options.args = {"/bin/sh", "-c", *command};
    auto problem = apply(model::SpawnTab{loop_->mux().active_window(), options});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::split(const Step& step) {
    const auto direction = model::parse_direction(step.word(1) == "down" ? "Down" : "Right");
    auto problem = apply(model::SplitPane{pane_of(step), *direction, {}, false, 0, quiet_shell()});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::close(const Step& step) {
    const Id which = tab(step.number_after("tab").value_or(0));
    if (!which) return failed("there is no such tab");
    auto problem = apply(model::CloseTab{which});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::rename(const Step& step) {
    const Id which = tab(step.number_after("tab").value_or(0));
    const std::string* title = step.quoted();
    if (!which || !title) return failed("`rename tab N \"title\"` is expected, of a tab that there is");
    auto problem = apply(model::SetTabTitle{which, *title});
    settle();
    return problem;
}

ScenarioPlayer::Problem ScenarioPlayer::activate(const Step& step) {
    if (step.number_after("pane")) {
        auto problem = apply(model::ActivatePane{pane_of(step)});
        settle();
        return problem;
    }
    const Id which = tab(step.number_after("tab").value_or(0));
    if (!which) return failed("there is no such tab");
    auto problem = apply(model::ActivateTab{which});
    settle();
    return problem;
}

// As if the pane's program had written it; `times N` as often, a turn of the loop between.
ScenarioPlayer::Problem ScenarioPlayer::output(const Step& step) {
    const std::string* text = step.quoted();
    const Id pane = pane_of(step);
    if (!text || !pane) return failed("`output [tab N] \"text\"` is expected, of a tab that there is");
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) {
        if (auto problem = apply(model::InjectOutput{pane, *text})) return problem;
        turn(0);
    }
    settle();
    return {};
}

// A program that writes without end; `stop` ends it.
ScenarioPlayer::Problem ScenarioPlayer::flood(const Step& step) {
    const Id pane = pane_of(step);
    if (!pane) return failed("there is no such tab");
    loop_->mux().send_bytes(pane, step.word(1) == "stop" ? "\x03" : "yes 'lunette is never in the way'\r");
    const std::uint64_t seen = loop_->mux().pane(pane)->terminal().scrolled_rows();
    if (step.word(1) == "stop") return {};
    const bool flows = turn_until(wait_bound_us, false, [&] {
        return loop_->mux().pane(pane)->terminal().scrolled_rows() > seen + 100;
    });
    return flows ? Problem{} : failed("the flood did not begin");
}

ScenarioPlayer::Problem ScenarioPlayer::resize(const Step& step) {
    const auto columns = step.number(1);
    const auto rows = step.number(2);
    if (!columns || !rows) return failed("columns and rows are expected");
    outer_->resize(static_cast<int>(*columns), static_cast<int>(*rows));
    loop_->resized();
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::focus(const Step& step) {
    loop_->focus(step.word(1) != "off");
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::emit(const Step& step) {
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i)
        if (!loop_->emit(step.word(1))) return failed("there is no window to emit for");
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::invalidate(const Step& step) {
    const std::int64_t times = step.number_after("times").value_or(1);
    for (std::int64_t i = 0; i < times; ++i) loop_->invalidate(step.word(1));
    settle();
    return {};
}

ScenarioPlayer::Problem ScenarioPlayer::reload(const Step&) {
    const std::uint64_t before = loop_->engine().load().generation;
    loop_->engine().reload();
    const bool done =
        turn_until(wait_bound_us, true, [&] { return loop_->engine().load().generation != before; });
    settle();
    return done ? Problem{} : failed("the configuration was not loaded again");
}

} // namespace lunette::cli
