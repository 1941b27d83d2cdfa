#include "script/load/companions.h"

#include <utility>

namespace lunette::script {

void Companions::open(FileWindow file, std::size_t size) {
    close();
    file_ = std::move(file);
    undiscovered_ = size;
}

void Companions::close() noexcept { *this = Companions{}; }

bool Companions::discover() {
    if (!file_ || undiscovered_ >= file_->file().size()) return false;
    const std::size_t left = file_->file().size() - undiscovered_;
    const auto head =
        peek_entry(file_->at(undiscovered_, EntryHead::bytes).value_or(std::string_view{}), left);
    if (head) entries_.push_back({head->text, undiscovered_, head->size});
    undiscovered_ += head ? head->size : left;
    return head.has_value();
}

std::optional<std::string_view> Companions::find(const ChunkKey& key, std::string& problem) {
    for (std::size_t looked = 0; looked < entries_.size() || discover(); ++looked) {
        if (next_ >= entries_.size() && !discover()) next_ = 0;
        const Entry& candidate = entries_[next_++];
        if (candidate.text != key.text) continue;
        const auto entry = file_->at(candidate.at, candidate.size).and_then([](std::string_view bytes) {
            return decode_entry(bytes);
        });
        if (entry && entry->is_of(key)) return entry->bytecode;
        if (!entry) problem = entry.error().message;
    }
    return std::nullopt;
}

} // namespace lunette::script
