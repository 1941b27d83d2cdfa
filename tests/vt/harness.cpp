// A terminal behind a line protocol, for the conformance suites. One command a line on stdin, one
// line of answer each. Bytes travel as hexadecimal.
//
//   new COLUMNS ROWS SCROLLBACK    ok
//   feed HEX                       the replies, HEX
//   resize COLUMNS ROWS            ok
//   dump                           JSON: the screen
//   history                        JSON: the scrollback, oldest row first
//   key NAME MODIFIERS             HEX; NAME a character's code point in decimal or "up", "f1", …
//   mouse BUTTON ACTION MODIFIERS X Y   HEX
//   paste HEX, focus 0|1           HEX
//   parse HEX                      JSON: what the parser alone tells
//
// What only a test may ask is answered here and not by the terminal: DECRQCRA (the sum of the
// characters of a rectangle) and the reports of both titles.

#include "harness_json.h"

#include "model/utf8.h"
#include "terminal/mouse_out.h"
#include "terminal/parser.h"
#include "terminal/terminal.h"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <string>

namespace {

using namespace lunette;
using terminal::Terminal;

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

std::string to_hex(const std::string& bytes) {
    std::string hex;
    for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return hex;
}

class Session {
public:
    Session(int columns, int rows, std::size_t scrollback) : terminal_(options(columns, rows, scrollback)) {
        terminal_.set_cell_size({8, 16});
    }

    Terminal& terminal() { return terminal_; }

    std::string feed(const std::string& bytes) {
        static const std::regex question("\x1B\\[(?:([0-9;]*)\\*y|(20|21)t)");
        static const std::regex unfinished("\x1B(?:\\[[0-9;]*\\*?)?$");
        std::string text = held_ + bytes;
        held_.clear();
        std::smatch match;
        if (std::regex_search(text, match, unfinished)) {
            held_ = match.str();
            text.resize(static_cast<std::size_t>(match.position()));
        }
        std::string replies;
        while (std::regex_search(text, match, question)) {
            const std::string before = match.prefix().str();
            terminal_.feed(before);
            replies += terminal_.take_replies();
            replies += match[2].matched ? title(match[2] == "20") : checksum(match[1]);
            text = match.suffix().str();
        }
        terminal_.feed(text);
        return replies + terminal_.take_replies();
    }

private:
    static Terminal::Options options(int columns, int rows, std::size_t scrollback) {
        Terminal::Options options;
        options.columns = columns;
        options.rows = rows;
        options.scrollback_lines = scrollback;
        return options;
    }

    std::string title(bool icon) const {
        return icon ? "\x1B]L" + terminal_.icon_title() + "\x1B\\" : "\x1B]l" + terminal_.title() + "\x1B\\";
    }

    // Id;page;top;left;bottom;right. In origin mode xterm counts from the margins, which are private
    // to the terminal; a cursor position report from their corner tells them.
    std::string checksum(const std::string& parameters) {
        std::istringstream in(parameters);
        std::string field;
        std::vector<int> values;
        while (std::getline(in, field, ';')) values.push_back(field.empty() ? 0 : std::stoi(field));
        values.resize(6);
        int left = 0;
        int top = 0;
        if (terminal_.modes().origin) {
            const auto here = terminal_.cursor();
            terminal_.feed(std::string{"\x1B[H"});
            left = terminal_.cursor().x;
            top = terminal_.cursor().y;
            terminal_.feed(fmt::format("\x1B[{};{}H", here.y - top + 1, here.x - left + 1));
        }
        unsigned sum = 0;
        for (int y = values[2]; y <= values[4]; ++y) {
            for (int x = values[3]; x <= values[5]; ++x) {
                const terminal::Cell cell = terminal_.cell(x - 1 + left, y - 1 + top);
                sum += cell.is_blank() || cell.is_cluster() ? ' ' : cell.code_point();
            }
        }
        return fmt::format("\x1BP{}!~{:04X}\x1B\\", values[0], sum & 0xFFFF);
    }

    Terminal terminal_;
    std::string held_;
};

class Recorder final : public terminal::ParserActions {
public:
    nlohmann::json told = nlohmann::json::array();

    void print_ascii(std::string_view text) override {
        for (const char c : text) character(static_cast<unsigned char>(c));
    }
    void print(char32_t code_point) override { character(code_point); }
    void execute(unsigned char control) override { told.push_back({"control", control}); }
    void escape(const terminal::Sequence& sequence) override {
        told.push_back({"escape", intermediates(sequence) + sequence.final});
    }
    void csi(const terminal::Sequence& sequence) override {
        nlohmann::json arguments = nlohmann::json::array();
        for (std::size_t i = 0; i < sequence.params.size(); ++i) {
            const int value = sequence.params.at(i, -1);
            arguments.push_back({value, sequence.params.is_sub(i + 1)});
        }
        told.push_back({"csi", std::string(1, sequence.final),
                        sequence.prefix != 0 ? std::string(1, sequence.prefix) : std::string{}, arguments,
                        intermediates(sequence)});
    }
    void osc(std::string_view content) override { told.push_back({"osc", to_hex(std::string{content})}); }
    void dcs(const terminal::Sequence& head, std::string_view content) override {
        told.push_back({"dcs", intermediates(head) + head.final, to_hex(std::string{content})});
    }

private:
    void character(std::uint32_t code_point) {
        if (told.empty() || told.back()[0] != "text") told.push_back({"text", nlohmann::json::array()});
        told.back()[1].push_back(code_point);
    }
    static std::string intermediates(const terminal::Sequence& sequence) {
        return {sequence.intermediates.data(),
                std::min<std::size_t>(sequence.intermediate_count, sequence.intermediates.size())};
    }
};

model::KeyEvent key_event(const std::string& name, int modifiers) {
    using model::Key;
    static const std::map<std::string, Key> names = {
        {"up", Key::up},
        {"down", Key::down},
        {"left", Key::left},
        {"right", Key::right},
        {"enter", Key::enter},
        {"tab", Key::tab},
        {"escape", Key::escape},
        {"f1", Key::f1},
        {"keypad_0", Key::keypad_0},
        {"backspace", Key::backspace},
    };
    const auto found = names.find(name);
    model::KeyEvent event;
    event.modifiers = static_cast<model::Modifiers>(modifiers);
    event.key = found != names.end() ? found->second : Key::character;
    if (found == names.end()) event.code_point = static_cast<char32_t>(std::stoul(name));
    return event;
}

std::string mouse_bytes(std::istringstream& in, const Terminal& terminal) {
    int button = 0;
    std::string action;
    int modifiers = 0;
    terminal::MouseInput input;
    in >> button >> action >> modifiers >> input.x >> input.y;
    input.button = static_cast<terminal::MouseButton>(button);
    input.action = action == "press"     ? terminal::MouseAction::press
                   : action == "release" ? terminal::MouseAction::release
                                         : terminal::MouseAction::motion;
    input.modifiers = static_cast<model::Modifiers>(modifiers);
    return to_hex(terminal.encode_mouse(input));
}

} // namespace

int main() {
    Session session{80, 24, 0};
    terminal::Parser parser;
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream in(line);
        std::string command;
        std::string text;
        int a = 0;
        int b = 0;
        std::size_t scrollback = 0;
        in >> command;
        std::string answer = "ok";
        if (command == "new") {
            in >> a >> b >> scrollback;
            session = Session{a, b, scrollback};
            parser.reset();
        } else if (command == "feed") {
            in >> text;
            answer = to_hex(session.feed(from_hex(text)));
        } else if (command == "resize") {
            in >> a >> b;
            session.terminal().resize(a, b);
        } else if (command == "dump") {
            answer = vt::screen_json(session.terminal());
        } else if (command == "history") {
            answer = vt::history_json(session.terminal());
        } else if (command == "key") {
            in >> text >> a;
            answer = to_hex(session.terminal().encode_key(key_event(text, a)));
        } else if (command == "mouse") {
            answer = mouse_bytes(in, session.terminal());
        } else if (command == "paste") {
            in >> text;
            answer = to_hex(session.terminal().encode_paste(from_hex(text)));
        } else if (command == "focus") {
            in >> a;
            answer = to_hex(session.terminal().encode_focus(a != 0));
        } else if (command == "parse") {
            in >> text;
            Recorder recorder;
            parser.feed(from_hex(text), recorder);
            answer = recorder.told.dump();
        } else {
            answer = "unknown command";
        }
        std::puts(answer.c_str());
        std::fflush(stdout);
    }
}
