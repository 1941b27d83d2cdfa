#include "server/start_record.h"

#include <algorithm>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace lunette::server {

StartRecord::StartRecord(std::string file) : file_{std::move(file)} {
    const int fd = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) return;
    char digit = '0';
    if (::read(fd, &digit, 1) == 1) crashes_ = std::clamp(digit - '0', 0, 9);
    ::close(fd);
}

void StartRecord::begins() const {
    if (file_.empty()) return;
    const int fd =
        ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (fd < 0) return; // then nothing is left out
    const char digit = static_cast<char>('0' + std::min(crashes_ + 1, 9));
    (void)!::write(fd, &digit, 1);
    ::close(fd);
}

void StartRecord::is_up() const {
    if (!file_.empty()) ::unlink(file_.c_str());
}

} // namespace lunette::server
