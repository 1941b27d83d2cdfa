#include "server/close_inquiry.h"

#include "server/close_question.h"
#include "server/ui_loop.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace lunette::server {

namespace {

constexpr std::string_view event = "mux-is-process-stateful";
constexpr std::int64_t patience_ms = 100; // then names decide, as without a handler

} // namespace

bool CloseInquiry::begin(Subject subject) {
    if (waiting_) return true; // one at a time
    if (loop_.engine_.has_handler(event)) {
        const Ref<model::AppInfo> root = loop_.mux_.snapshot();
        Waiting waiting{std::move(subject), {}, loop_.now_ms() + patience_ms};
        for (const Id pane : waiting.subject.panes) {
            const model::PanePlace place = model::place_of(*root, pane);
            waiting.answers.push_back(
                loop_.engine_.view(event, {place ? place.pane->foreground_process_info : Value{}}));
        }
        waiting_ = std::move(waiting);
        return true;
    }
    auto lines = question(subject, std::vector<Value>(subject.panes.size()));
    if (!lines) return false;
    ask(std::move(subject), std::move(*lines));
    return true;
}

void CloseInquiry::observe() {
    if (!waiting_) return;
    const auto has_answer = [](const View& view) { return !view || view.latest().serial > 0; };
    const bool answered = std::all_of(waiting_->answers.begin(), waiting_->answers.end(), has_answer);
    if (!answered && loop_.now_ms() < waiting_->until_ms) return;
    Waiting waiting = std::move(*std::exchange(waiting_, std::nullopt));
    Subject& subject = waiting.subject;
    std::vector<Value> answers;
    std::vector<Id> left; // the others have ended meanwhile
    for (std::size_t i = 0; i < waiting.answers.size(); ++i) {
        const View& view = waiting.answers[i];
        if (loop_.mux_.pane(subject.panes[i])) {
            left.push_back(subject.panes[i]);
            answers.push_back(view ? view.latest().value : Value{});
        }
        if (view) loop_.engine_.release(view);
    }
    subject.panes = std::move(left);
    if (subject.panes.empty()) return;
    auto lines = question(subject, answers);
    if (lines)
        ask(std::move(subject), std::move(*lines));
    else
        subject.close();
}

std::optional<std::vector<std::string>> CloseInquiry::question(const Subject& subject,
                                                               const std::vector<Value>& answers) {
    const Ref<model::AppInfo> root = loop_.mux_.snapshot();
    std::vector<Id> by_name;
    std::vector<std::string> stateful;
    for (std::size_t i = 0; i < subject.panes.size(); ++i) {
        if (answers[i].kind() != Kind::boolean) {
            by_name.push_back(subject.panes[i]);
        } else if (answers[i].boolean_or(true)) {
            for (std::string& name : foreground_programs(loop_.mux_, *root, {subject.panes[i]}))
                stateful.push_back(std::move(name));
        }
    }
    std::vector<std::string> others = foreground_programs(loop_.mux_, *root, by_name);
    return close_question(subject.what, stateful, others,
                          loop_.option("skip_close_confirmation_for_processes_named"));
}

void CloseInquiry::ask(Subject subject, std::vector<std::string> lines) {
    if (subject.show) subject.show();
    loop_.overlays_.ask(subject.over, std::move(lines), std::move(subject.close));
}

} // namespace lunette::server
