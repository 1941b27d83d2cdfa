#include "cli/remote_line.h"

#include "wire/session_place.h"

#include <charconv>
#include <climits>
#include <optional>

#include <unistd.h>

namespace lunette::cli {

namespace {

const std::vector<std::string> directions{"Left", "Right", "Up", "Down", "Next", "Prev"};

std::string absolute(const std::string& path) {
    if (path.empty() || path.front() == '/') return path;
    char folder[PATH_MAX] = {};
    return ::getcwd(folder, sizeof folder) ? std::string{folder} + "/" + path : path;
}

// The pane in which we run.
std::optional<int> own_pane() {
    for (const char* variable : {"WEZTERM_PANE", "LUNETTE_PANE"})
        if (const auto text = wire::process_variable(variable)) {
            int pane = 0;
            const auto end = text->data() + text->size();
            if (std::from_chars(text->data(), end, pane).ptr == end) return pane;
        }
    return std::nullopt;
}

} // namespace

struct RemoteLine::Fields {
    std::optional<std::string> session, cwd, domain, workspace, window_class;
    std::optional<int> pane, window, tab, index, relative, moved, cells, percent, first, last;
    int amount = 1;
    bool no_auto_start = false, prefer_mux = false;
    bool horizontal = false, left = false, right = false, top = false, bottom = false, top_level = false;
    bool new_window = false, no_paste = false, escapes = false, no_wrap = false;
    bool zoom = false, unzoom = false, toggle = false;
    std::string format = "table", direction, word;
    std::vector<std::string> program;
};

RemoteLine::~RemoteLine() = default;

RemoteLine::RemoteLine(CLI::App& parent)
    : app_{parent.add_subcommand("cli", "Talk to a running session")}, fields_{std::make_unique<Fields>()} {
    Fields& f = *fields_;
    app_->require_subcommand(1);
    app_->add_option("-s,--session", f.session, "The session; the one that this runs in")->type_name("NAME");
    // Meaningless here, but scripts written for WezTerm pass them.
    app_->add_flag("--no-auto-start", f.no_auto_start)->group("");
    app_->add_flag("--prefer-mux", f.prefer_mux)->group("");
    app_->add_option("--class", f.window_class)->group("");

    const auto command = [&](const char* name, const char* what) { return app_->add_subcommand(name, what); };
    const auto pane = [&](CLI::App* of) {
        of->add_option("--pane-id", f.pane, "The pane; the one that this runs in")->type_name("ID");
        return of;
    };
    const auto direction = [&](CLI::App* of) {
        of->add_option("direction", f.direction, "Left, Right, Up, Down, Next or Prev")
            ->required()
            ->transform(CLI::IsMember(directions, CLI::ignore_case).description(""));
        return of;
    };
    const auto program = [&](CLI::App* of) {
        of->add_option("--cwd", f.cwd, "Where the program starts")->type_name("DIR");
        of->add_option("program", f.program, "What to run; better behind --");
        return of;
    };
    for (CLI::App* list :
         {command("list", "Windows, tabs and panes"), command("list-clients", "The attached terminal")})
        list->add_option("--format", f.format, "table or json")
            ->check(CLI::IsMember({"table", "json"}).description(""));

    CLI::App* split = program(pane(command("split-pane", "Split a pane; prints the new one's id")));
    split->add_flag("--horizontal", f.horizontal, "As --right");
    split->add_flag("--left", f.left, "The new pane comes to the left");
    split->add_flag("--right", f.right, "… to the right");
    split->add_flag("--top", f.top, "… to the top");
    split->add_flag("--bottom", f.bottom, "… to the bottom, which is the default");
    split->add_flag("--top-level", f.top_level, "Split the whole tab");
    auto* cells = split->add_option("--cells", f.cells, "Cells of the new pane")->check(CLI::Range(1, 4096));
    split->add_option("--percent", f.percent, "Its share")->check(CLI::Range(1, 99))->excludes(cells);
    split->add_option("--move-pane-id", f.moved, "Move this pane there instead of starting a program");

    CLI::App* spawn = program(pane(command("spawn", "A new tab or window; prints the new pane's id")));
    spawn->add_option("--domain-name", f.domain, "Its domain");
    auto* new_window = spawn->add_flag("--new-window", f.new_window, "A window of its own");
    spawn->add_option("--window-id", f.window, "The window that gets the tab")->excludes(new_window);
    spawn->add_option("--workspace", f.workspace, "Of the new window")->needs(new_window);

    CLI::App* send = pane(command("send-text", "Paste text into a pane; standard input without TEXT"));
    send->add_flag("--no-paste", f.no_paste, "As if typed");
    send->add_option("text", f.word);

    CLI::App* get = pane(command("get-text", "The text that a pane shows"));
    get->add_option("--start-line", f.first, "0: the top of the screen; less: above it");
    get->add_option("--end-line", f.last, "The last line; the bottom");
    get->add_flag("--escapes", f.escapes, "With colours and attributes");

    pane(command("activate-pane", "Give a pane the focus"));
    direction(pane(command("activate-pane-direction", "Give the focus to the pane beside")));
    direction(pane(command("get-pane-direction", "The id of the pane beside")));
    direction(pane(command("adjust-pane-size", "Move the edge of a pane")))
        ->add_option("--amount", f.amount, "Cells")
        ->capture_default_str();
    CLI::App* zoom = pane(command("zoom-pane", "One pane for the whole tab"));
    zoom->add_flag("--zoom", f.zoom, "The default");
    zoom->add_flag("--unzoom", f.unzoom);
    zoom->add_flag("--toggle", f.toggle);

    CLI::App* tab_title = pane(command("set-tab-title", "Name a tab"));
    tab_title->add_option("--tab-id", f.tab);
    tab_title->add_option("title", f.word)->required();
    CLI::App* window_title = pane(command("set-window-title", "Name a window"));
    window_title->add_option("--window-id", f.window);
    window_title->add_option("title", f.word)->required();
    CLI::App* rename = pane(command("rename-workspace", "Name a workspace"));
    rename->add_option("--workspace", f.workspace, "Its present name");
    rename->add_option("name", f.word)->required();

    CLI::App* activate = pane(command("activate-tab", "Show a tab"));
    auto* by_id = activate->add_option("--tab-id", f.tab);
    auto* by_index = activate->add_option("--tab-index", f.index, "From 0; -1: the last")->excludes(by_id);
    auto* by_step = activate->add_option("--tab-relative", f.relative, "-1: the one to the left");
    by_step->excludes(by_id)->excludes(by_index);
    activate->add_flag("--no-wrap", f.no_wrap)->needs(by_step);

    CLI::App* move = pane(command("move-pane-to-new-tab", "A tab of its own for a pane"));
    auto* into_new = move->add_flag("--new-window", f.new_window);
    move->add_option("--window-id", f.window)->excludes(into_new);
    move->add_option("--workspace", f.workspace)->needs(into_new);
    pane(command("kill-pane", "Close a pane"));

    command("reload", "Load the configuration again");
    command("scripting", "Turn Lua on or off; without a word: tells which it is")
        ->add_option("state", f.word, "on or off")
        ->check(CLI::IsMember({"on", "off"}).description(""));
    command("invalidate", "Run an event's handlers again")->add_option("event", f.word)->required();
}

RemoteOptions RemoteLine::chosen(const std::vector<std::string>& tail) const {
    const Fields& f = *fields_;
    const CLI::App& used = *app_->get_subcommands().front();
    const std::string name = used.get_name();
    RemoteOptions options;
    options.session = f.session;
    options.json = f.format == "json";
    nlohmann::json& request = options.request;
    request = {{"op", "cli"}, {"command", name}};
    const auto put = [&](const char* field, const auto& value) {
        if (value) request[field] = *value;
    };
    put("pane_id", f.pane ? f.pane : own_pane());
    put("window_id", f.window);
    put("tab_id", f.tab);
    put("tab_index", f.index);
    put("tab_relative", f.relative);
    put("move_pane_id", f.moved);
    put("cells", f.cells);
    put("percent", f.percent);
    put("start_line", f.first);
    put("end_line", f.last);
    put("workspace", f.workspace);
    put("domain_name", f.domain);
    if (f.cwd) request["cwd"] = absolute(*f.cwd);
    for (const auto& [field, set] :
         {std::pair{"top_level", f.top_level}, std::pair{"new_window", f.new_window},
          std::pair{"no_paste", f.no_paste}, std::pair{"escapes", f.escapes}, std::pair{"no_wrap", f.no_wrap},
          std::pair{"unzoom", f.unzoom}, std::pair{"toggle", f.toggle}})
        if (set) request[field] = true;
    std::vector<std::string> program = f.program;
    std::string word = f.word;
    if (name == "split-pane" || name == "spawn")
        program.insert(program.end(), tail.begin(), tail.end());
    else if (!tail.empty() && tail.size() == 1 && word.empty())
        word = tail.front();
    else if (!tail.empty())
        throw CLI::ExtrasError{name, tail};
    if (!program.empty()) request["arguments"] = program;
    if (name == "split-pane")
        request["direction"] = f.left ? "Left" : f.right || f.horizontal ? "Right" : f.top ? "Up" : "Down";
    else if (!f.direction.empty())
        request["direction"] = f.direction;
    if (name == "adjust-pane-size") request["amount"] = f.amount;
    if (name == "set-tab-title" || name == "set-window-title") request["title"] = word;
    if (name == "rename-workspace") request["name"] = word;
    if (name == "invalidate") request["event"] = word;
    if (name == "scripting") request["state"] = word;
    if (name == "send-text") {
        options.from_input = used.get_option("text")->count() == 0 && tail.empty();
        request["text"] = word;
    }
    return options;
}

} // namespace lunette::cli
