#include "script/io/open_files.h"

#include <fcntl.h>

#include <optional>
#include <thread>

#include "script_io/support.h"

namespace lunette::script::test {
namespace {

class Files : public testing::Test {
protected:
    RealClock clock;
    IoRuntime runtime{clock};
    OpenFiles& files = runtime.files();
    TemporaryDirectory directory;

    template<class T, class F>
    FileResult<T> wait(F&& start) {
        std::optional<FileResult<T>> result;
        start([&result](FileResult<T> r) { result.emplace(std::move(r)); });
        drive_until(runtime, [&] { return result.has_value(); });
        return std::move(*result);
    }
    FileResult<OpenFiles::Id> open(const std::string& name, int flags) {
        return wait<OpenFiles::Id>([&](auto done) { files.open(directory / name, flags, done); });
    }
    int drain(OpenFiles::Id id) {
        const auto result = wait<OpenFiles::Nothing>([&](auto done) { files.drain(id, done); });
        return result ? 0 : result.error();
    }
    int close(OpenFiles::Id id) {
        const auto result = wait<OpenFiles::Nothing>([&](auto done) { files.close(id, done); });
        return result ? 0 : result.error();
    }
    static constexpr int create = O_WRONLY | O_CREAT | O_TRUNC;
};

TEST_F(Files, AreWrittenBehindInOrder) {
    const auto id = *open("a", create);
    EXPECT_GT(*files.write(id, 0, "one "), 0U);
    files.write(id, 4, "two ");
    files.write(id, 8, "three");
    files.write(id, 0, "ONE");
    EXPECT_EQ(drain(id), 0);
    EXPECT_EQ(file_content(directory / "a"), "ONE two three");
    EXPECT_EQ(close(id), 0);
    EXPECT_EQ(files.size(), 0U);
}

TEST_F(Files, AppendWhateverTheOffset) {
    write_file(directory / "a", "first ");
    const auto id = *open("a", O_WRONLY | O_CREAT | O_APPEND);
    files.write(id, -1, "second");
    EXPECT_EQ(close(id), 0);
    EXPECT_EQ(file_content(directory / "a"), "first second");
}

TEST_F(Files, ReachTheDiskWhenTheyAreForgottenOrTheRuntimeEnds) {
    {
        IoRuntime other{clock};
        std::optional<FileResult<OpenFiles::Id>> forgotten, left;
        other.files().open(directory / "a", create, [&](auto id) { forgotten = id; });
        other.files().open(directory / "b", create, [&](auto id) { left = id; });
        drive_until(other, [&] { return forgotten && left; });
        for (int i = 0; i < 100; ++i) {
            other.files().write(**forgotten, i * 10'000, std::string(10'000, 'a'));
            other.files().write(**left, i * 10'000, std::string(10'000, 'b'));
        }
        other.files().forget(**forgotten);
    }
    EXPECT_TRUE(file_content(directory / "a") == std::string(1'000'000, 'a'));
    EXPECT_TRUE(file_content(directory / "b") == std::string(1'000'000, 'b'));
}

TEST_F(Files, TellErrorsOfWritingOnce) {
    std::optional<FileResult<OpenFiles::Id>> full;
    files.open("/dev/full", O_WRONLY, [&](auto id) { full = id; });
    drive_until(runtime, [&] { return full.has_value(); });
    files.write(**full, 0, "x");
    EXPECT_EQ(drain(**full), ENOSPC);
    EXPECT_EQ(drain(**full), 0);
    files.write(**full, 0, "x");
    EXPECT_EQ(close(**full), ENOSPC);
    EXPECT_EQ(files.write(**full, 0, "x").error(), EBADF);
    EXPECT_EQ(drain(**full), EBADF);
}

TEST_F(Files, CannotBeOpenedWithoutReason) {
    EXPECT_EQ(open("missing/file", create).error(), ENOENT);
    EXPECT_EQ(open("missing", O_RDWR).error(), ENOENT);
    EXPECT_EQ(open(".", O_RDONLY).error(), EISDIR);
}

TEST_F(Files, AreBoundedInNumber) {
    std::vector<OpenFiles::Id> ids;
    for (std::size_t i = 0; i < OpenFiles::most_open; ++i) ids.push_back(*open("a", create));
    EXPECT_EQ(open("a", create).error(), EMFILE);
    files.forget(ids.front());
    EXPECT_TRUE(open("a", create));
}

TEST_F(Files, ContentAndSizeIncludeWhatWasJustWritten) {
    const auto id = *wait<OpenFiles::Id>([&](auto done) { files.open_unnamed(done); });
    files.write(id, 0, "hello");
    EXPECT_EQ(*wait<std::string>([&](auto done) { files.content(id, 100, done); }), "hello");
    files.write(id, 5, " world");
    EXPECT_EQ(*wait<std::int64_t>([&](auto done) { files.size(id, done); }), 11);
    EXPECT_EQ(wait<std::string>([&](auto done) { files.content(id, 10, done); }).error(), EFBIG);
}

TEST_F(Files, StreamsAreReadInParts) {
    const auto loaded = *wait<OpenFiles::Loaded>([&](auto done) { files.load("/dev/zero", 100, done); });
    ASSERT_NE(loaded.stream, 0U);
    EXPECT_EQ(*wait<std::string>([&](auto done) { files.read(loaded.stream, 7, done); }),
              std::string(7, '\0'));
    const auto null = *wait<OpenFiles::Loaded>([&](auto done) { files.load("/dev/null", 100, done); });
    EXPECT_EQ(*wait<std::string>([&](auto done) { files.read(null.stream, 7, done); }), "");
}

TEST_F(Files, OneReadAtATime) {
    ASSERT_EQ(::mkfifo((directory / "fifo").c_str(), 0600), 0);
    const auto loaded =
        *wait<OpenFiles::Loaded>([&](auto done) { files.load(directory / "fifo", 100, done); });
    bool told = false;
    files.read(loaded.stream, 10, [&](auto) { told = true; });
    EXPECT_EQ(wait<std::string>([&](auto done) { files.read(loaded.stream, 7, done); }).error(), EBUSY);
    files.stop_reading(loaded.stream);
    std::thread writer{[&] { std::ofstream{directory / "fifo"} << "data"; }};
    EXPECT_EQ(*wait<std::string>([&](auto done) { files.read(loaded.stream, 7, done); }), "data");
    writer.join();
    EXPECT_FALSE(told);
}

TEST_F(Files, AFifoIsWrittenAsItsReaderReads) {
    ASSERT_EQ(::mkfifo((directory / "fifo").c_str(), 0600), 0);
    EXPECT_EQ(open("fifo", O_WRONLY).error(), ENXIO);
    const int reader = ::open((directory / "fifo").c_str(), O_RDONLY | O_NONBLOCK);
    const auto id = *open("fifo", O_WRONLY);
    files.write(id, 0, std::string(1'000'000, 'x'));
    std::size_t received = 0;
    std::string buffer(65'536, '\0');
    bool closed = false;
    files.close(id, [&](FileResult<OpenFiles::Nothing> result) { closed = result.has_value(); });
    while (!closed) {
        runtime.run_once(false);
        if (const auto size = ::read(reader, buffer.data(), buffer.size()); size > 0)
            received += static_cast<std::size_t>(size);
    }
    while (true) {
        const auto size = ::read(reader, buffer.data(), buffer.size());
        if (size <= 0) break;
        received += static_cast<std::size_t>(size);
    }
    EXPECT_EQ(received, 1'000'000U);
    ::close(reader);
}

TEST_F(Files, AFifoWhoseReaderVanishesGivesAnErrorNotASignal) {
    ASSERT_EQ(::mkfifo((directory / "fifo").c_str(), 0600), 0);
    const int reader = ::open((directory / "fifo").c_str(), O_RDONLY | O_NONBLOCK);
    const auto id = *open("fifo", O_WRONLY);
    files.write(id, 0, std::string(1'000'000, 'x'));
    ::close(reader);
    EXPECT_EQ(drain(id), EPIPE);
}

TEST_F(Files, TheRuntimeEndsThoughAFifoIsFull) {
    ASSERT_EQ(::mkfifo((directory / "fifo").c_str(), 0600), 0);
    const int reader = ::open((directory / "fifo").c_str(), O_RDONLY | O_NONBLOCK);
    {
        IoRuntime other{clock};
        std::optional<FileResult<OpenFiles::Id>> id;
        other.files().open(directory / "fifo", O_WRONLY, [&](auto opened) { id = opened; });
        drive_until(other, [&] { return id.has_value(); });
        other.files().write(**id, 0, std::string(1'000'000, 'x'));
        other.files().close(**id, [](auto) {});
        for (int i = 0; i < 50; ++i) other.run_once(false);
    }
    ::close(reader);
}

} // namespace
} // namespace lunette::script::test
