#include "script/io/open_files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "script/io/poll_watch.h"

namespace lunette::script {

/// Shared with the jobs that use the descriptor, which is closed after the last of them.
struct OpenFiles::File {
    OpenedFile opened;
    bool reading = false;
    bool fresh_fifo = false; ///< no writer has been seen: the end it shows is not one
    PollWatch readable;
    PollWatch writable;
    std::vector<WritePiece> pending;   ///< not handed to a job yet
    std::vector<WritePiece> under_way; ///< in a job, or waiting for the descriptor
    std::size_t backlog = 0;           ///< bytes in both
    int error = 0;                     ///< of writing, not told yet
    std::vector<Done<Nothing>> drained;

    void add(std::int64_t offset, std::string data) {
        backlog += data.size();
        if (!pending.empty()) {
            WritePiece& last = pending.back();
            const auto end = last.offset + static_cast<std::int64_t>(last.data.size());
            if (offset < 0 ? last.offset < 0 : last.offset >= 0 && end == offset) {
                last.data += data;
                return;
            }
        }
        pending.push_back({offset, std::move(data)});
    }
    void forget_writes() {
        pending.clear();
        under_way.clear();
        backlog = 0;
    }
    void tell_drained() {
        if (backlog != 0 || drained.empty()) return;
        const auto waiting = std::exchange(drained, {});
        const int failed = std::exchange(error, 0);
        for (const auto& done : waiting)
            done(failed ? FileResult<Nothing>{tl::unexpected<int>{failed}} : FileResult<Nothing>{Nothing{}});
    }
};

namespace {

template<class T>
FileResult<T> fail(int error) {
    return tl::unexpected<int>{error};
}

} // namespace

OpenFiles::~OpenFiles() = default;

OpenFiles::FilePointer OpenFiles::find(Id id) const {
    const auto found = files_.find(id);
    return found == files_.end() ? nullptr : found->second;
}

FileResult<OpenFiles::Id> OpenFiles::keep(OpenedFile opened) {
    if (files_.size() >= most_open) return fail<Id>(EMFILE);
    auto file = std::make_shared<File>();
    file->fresh_fifo = opened.fifo;
    file->opened = std::move(opened);
    files_.emplace(++last_, std::move(file));
    return last_;
}

void OpenFiles::open(const std::string& path, int flags, Done<Id> done) {
    auto result = std::make_shared<FileResult<OpenedFile>>(fail<OpenedFile>(ECANCELED));
    jobs_.submit([result, path, flags] { *result = open_file(path, flags); },
                 [this, result, done = std::move(done)] {
                     if (!*result) return done(fail<Id>(result->error()));
                     if ((*result)->directory) return done(fail<Id>(EISDIR));
                     done(keep(std::move(**result)));
                 });
}

void OpenFiles::open_unnamed(Done<Id> done) {
    auto result = std::make_shared<FileResult<OpenedFile>>(fail<OpenedFile>(ECANCELED));
    jobs_.submit(
        [result] {
            const char* directory = ::secure_getenv("TMPDIR");
            std::string name = std::string{directory && *directory ? directory : P_tmpdir} + "/lua_XXXXXX";
            const int fd = ::mkostemp(name.data(), O_CLOEXEC);
            if (fd < 0) {
                *result = fail<OpenedFile>(errno);
                return;
            }
            ::unlink(name.c_str());
            OpenedFile file;
            file.fd.reset(fd);
            file.regular = true;
            *result = std::move(file);
        },
        [this, result, done = std::move(done)] {
            done(*result ? keep(std::move(**result)) : fail<Id>(result->error()));
        });
}

void OpenFiles::load(const std::string& path, std::size_t limit, Done<Loaded> done) {
    struct Work {
        FileResult<OpenedFile> file = fail<OpenedFile>(ECANCELED);
        ReadOutcome content;
    };
    auto work = std::make_shared<Work>();
    jobs_.submit(
        [work, path, limit] {
            work->file = open_file(path, O_RDONLY);
            if (work->file && work->file->regular)
                work->content = read_file_part(work->file->fd.get(), -1, limit, true);
        },
        [this, work, done = std::move(done)] {
            if (!work->file) return done(fail<Loaded>(work->file.error()));
            if (work->content.error) return done(fail<Loaded>(work->content.error));
            Loaded loaded;
            loaded.directory = work->file->directory;
            // A file of /proc may be one that waits for events: what it had so far is its content.
            loaded.content = std::move(work->content.data);
            if (!work->file->regular && !work->file->directory) {
                const auto id = keep(std::move(*work->file));
                if (!id) return done(fail<Loaded>(id.error()));
                loaded.stream = *id;
            }
            done(std::move(loaded));
        });
}

void OpenFiles::read(Id id, std::size_t limit, Done<std::string> done) {
    const FilePointer file = find(id);
    if (!file) return done(fail<std::string>(EBADF));
    if (file->reading) return done(fail<std::string>(EBUSY));
    file->reading = true;
    if (file->fresh_fifo)
        wait_readable(file, limit, std::move(done));
    else
        read_now(file, limit, std::move(done));
}

void OpenFiles::read_now(const FilePointer& file, std::size_t limit, Done<std::string> done) {
    auto outcome = std::make_shared<ReadOutcome>();
    jobs_.submit(
        [outcome, file, limit] { *outcome = read_file_part(file->opened.fd.get(), -1, limit, false); },
        [this, outcome, file, limit, done = std::move(done)] {
            if (outcome->wait && file->reading && !shut_down_) return wait_readable(file, limit, done);
            file->reading = false;
            done(outcome->error ? fail<std::string>(outcome->error)
                                : FileResult<std::string>{std::move(outcome->data)});
        });
}

void OpenFiles::wait_readable(const FilePointer& file, std::size_t limit, Done<std::string> done) {
    const std::weak_ptr<File> weak = file;
    const int error =
        file->readable.start(loop_, file->opened.fd.get(), UV_READABLE, [this, weak, limit, done](int) {
            const FilePointer file = weak.lock(); // it owns the watch
            file->readable.stop();
            file->fresh_fifo = false;
            read_now(file, limit, done);
        });
    if (!error) return;
    file->reading = false;
    done(fail<std::string>(-error));
}

void OpenFiles::stop_reading(Id id) {
    const FilePointer file = find(id);
    if (!file) return;
    file->readable.stop();
    file->reading = false;
}

void OpenFiles::content(Id id, std::size_t limit, Done<std::string> done) {
    drain(id, [this, id, limit, done = std::move(done)](FileResult<Nothing> drained) {
        const FilePointer file = find(id);
        if (!drained || !file) return done(fail<std::string>(drained ? EBADF : drained.error()));
        auto outcome = std::make_shared<ReadOutcome>();
        jobs_.submit(
            [outcome, file, limit] { *outcome = read_file_part(file->opened.fd.get(), 0, limit, true); },
            [outcome, done] {
                done(outcome->error ? fail<std::string>(outcome->error)
                                    : FileResult<std::string>{std::move(outcome->data)});
            });
    });
}

void OpenFiles::size(Id id, Done<std::int64_t> done) {
    drain(id, [this, id, done = std::move(done)](FileResult<Nothing> drained) {
        const FilePointer file = find(id);
        if (!drained || !file) return done(fail<std::int64_t>(drained ? EBADF : drained.error()));
        if (!file->opened.regular) return done(fail<std::int64_t>(ESPIPE));
        auto status = std::make_shared<struct stat>();
        auto error = std::make_shared<int>(0);
        jobs_.submit(
            [file, status, error] { *error = ::fstat(file->opened.fd.get(), status.get()) ? errno : 0; },
            [status, error, done] {
                done(*error ? fail<std::int64_t>(*error) : FileResult<std::int64_t>{status->st_size});
            });
    });
}

FileResult<std::size_t> OpenFiles::write(Id id, std::int64_t offset, std::string data) {
    const FilePointer file = find(id);
    if (!file) return fail<std::size_t>(EBADF);
    if (data.empty()) return file->backlog;
    file->add(file->opened.regular ? offset : -1, std::move(data));
    write_now(file);
    return file->backlog;
}

void OpenFiles::write_now(const FilePointer& file) {
    if (!file->under_way.empty() || file->pending.empty()) return;
    file->under_way.swap(file->pending);
    auto outcome = std::make_shared<WriteOutcome>();
    jobs_.submit([outcome, file] { *outcome = write_pieces(file->opened.fd.get(), file->under_way); },
                 [this, outcome, file] { written(file, *outcome); });
}

void OpenFiles::written(const FilePointer& file, const WriteOutcome& outcome) {
    std::vector<WritePiece> rest{
        std::make_move_iterator(file->under_way.begin() + static_cast<std::ptrdiff_t>(outcome.pieces)),
        std::make_move_iterator(file->under_way.end())};
    if (!rest.empty()) rest.front().data.erase(0, outcome.bytes);
    for (auto& piece : file->pending) rest.push_back(std::move(piece));
    file->under_way.clear();
    file->pending = std::move(rest);
    file->backlog = 0;
    for (const auto& piece : file->pending) file->backlog += piece.data.size();
    if (outcome.error || (outcome.wait && shut_down_)) {
        file->error = outcome.error;
        file->forget_writes();
    } else if (outcome.wait) {
        const std::weak_ptr<File> weak = file;
        const int error = file->writable.start(loop_, file->opened.fd.get(), UV_WRITABLE, [this, weak](int) {
            const FilePointer file = weak.lock();
            file->writable.stop();
            blocked_.erase(file);
            write_now(file);
        });
        if (!error) {
            blocked_.insert(file);
            return;
        }
        file->error = -error;
        file->forget_writes();
    }
    write_now(file);
    file->tell_drained();
}

void OpenFiles::drain(Id id, Done<Nothing> done) {
    const FilePointer file = find(id);
    if (!file) return done(fail<Nothing>(EBADF));
    file->drained.push_back(std::move(done));
    file->tell_drained();
}

void OpenFiles::close(Id id, Done<Nothing> done) {
    const FilePointer file = find(id);
    if (!file) return done(fail<Nothing>(EBADF));
    stop_reading(id);
    files_.erase(id);
    // The captured pointer keeps the file until it is told.
    file->drained.push_back([file, done = std::move(done)](FileResult<Nothing> result) { done(result); });
    file->tell_drained();
}

void OpenFiles::forget(Id id) {
    stop_reading(id);
    files_.erase(id);
}

void OpenFiles::shut_down() {
    shut_down_ = true;
    for (const auto& [id, file] : files_) file->readable.stop();
    for (const auto& file : blocked_) {
        file->writable.stop();
        file->forget_writes();
        file->drained.clear();
    }
    blocked_.clear();
}

} // namespace lunette::script
