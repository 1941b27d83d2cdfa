#include "script/load/file_window.h"

#include <algorithm>

namespace lunette::script {

Expected<std::string_view> FileWindow::at(std::size_t begin, std::size_t count) {
    count = std::min(count, file_.size() - std::min(begin, file_.size()));
    if (begin < begin_ || begin + count > begin_ + size_) {
        if (const std::size_t wanted = std::max(count, std::min(piece, file_.size())); wanted > room_) {
            bytes_ = std::make_unique_for_overwrite<char[]>(wanted);
            room_ = wanted;
        }
        begin_ = begin;
        size_ = 0;
        const auto read = file_.read({bytes_.get(), room_}, begin);
        if (!read) return tl::unexpected<Error>{read.error()};
        size_ = *read;
    }
    return std::string_view{bytes_.get(), size_}.substr(begin - begin_, count);
}

} // namespace lunette::script
