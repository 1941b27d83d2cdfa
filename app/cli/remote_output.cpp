#include "cli/remote_output.h"

#include "model/width.h"

#include <algorithm>
#include <vector>

namespace lunette::cli {

namespace {

using Json = nlohmann::json;

struct Column {
    std::string title;
    bool right = false;
    std::vector<std::string> cells{};
};

std::string plain(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.is_null() ? std::string{} : value.dump();
}

std::string seconds(const Json& duration) {
    return plain(duration.value("secs", Json{0})) + "." +
           std::to_string(duration.value("nanos", std::int64_t{0}) / 100'000'000) + "s";
}

std::vector<Column> pane_columns(const Json& list) {
    std::vector<Column> columns{{"WINID", true}, {"TABID", true}, {"PANEID", true}, {"WORKSPACE"},
                                {"SIZE"},        {"TITLE"},       {"CWD"}};
    for (const Json& pane : list) {
        const Json& size = pane["size"];
        const std::string cells[] = {plain(pane["window_id"]),
                                     plain(pane["tab_id"]),
                                     plain(pane["pane_id"]),
                                     plain(pane["workspace"]),
                                     plain(size["cols"]) + "x" + plain(size["rows"]),
                                     plain(pane["title"]),
                                     plain(pane["cwd"])};
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
    }
    return columns;
}

std::vector<Column> client_columns(const Json& list) {
    std::vector<Column> columns{{"USER"}, {"HOST"},      {"PID", true},  {"CONNECTED"},
                                {"IDLE"}, {"WORKSPACE"}, {"FOCUS", true}};
    for (const Json& client : list) {
        const std::string cells[] = {plain(client["username"]),
                                     plain(client["hostname"]),
                                     plain(client["pid"]),
                                     seconds(client["connection_elapsed"]),
                                     seconds(client["idle_time"]),
                                     plain(client["workspace"]),
                                     plain(client["focused_pane_id"])};
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i].cells.push_back(cells[i]);
    }
    return columns;
}

std::string table(const std::vector<Column>& columns) {
    std::vector<std::string> lines(columns.front().cells.size() + 1);
    for (const Column& column : columns) {
        auto width = static_cast<std::size_t>(model::text_width(column.title));
        for (const std::string& cell : column.cells)
            width = std::max(width, static_cast<std::size_t>(model::text_width(cell)));
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const std::string& cell = i == 0 ? column.title : column.cells[i - 1];
            const std::string space(width - static_cast<std::size_t>(model::text_width(cell)), ' ');
            if (!lines[i].empty()) lines[i] += ' ';
            lines[i] += column.right ? space + cell : cell + space;
        }
    }
    std::string text;
    for (std::string& line : lines) {
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

} // namespace

std::string remote_output(const RemoteOptions& options, const Json& answer) {
    if (answer.contains("list")) {
        const Json& list = answer["list"];
        if (options.json) return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
        return table(options.request["command"] == "list" ? pane_columns(list) : client_columns(list));
    }
    return answer.contains("text") ? plain(answer["text"]) : std::string{};
}

} // namespace lunette::cli
