#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <latch>
#include <memory>
#include <sstream>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include <lunette/cache.h>

#include "script/engine_fixture.h"
#include "script/load/cache_entry.h"

namespace lunette::script::test {
namespace {

std::string content_of(const std::string& path) {
    std::stringstream text;
    text << std::ifstream{path, std::ios::binary}.rdbuf();
    return text.str();
}

void replace(const std::string& path, std::string content) {
    std::ofstream{path, std::ios::binary | std::ios::trunc} << content;
}

class BytecodeTest : public EngineTest {
protected:
    BytecodeTest() { options.cache_directory = directory.path("cache"); }

    /// Starts an engine, waits until it is idle and what was to be stored is, and ends it.
    void run(const std::function<bool()>& stored = [] { return true; }) {
        options.config = directory.path("main.lua");
        start("");
        EXPECT_TRUE(eventually(stored)) << log_text();
        modules_ = engine().load().modules;
        error_ = engine().load().error.message;
        ok_ = engine().load().ok;
        take_logged();
        destroy();
    }
    /// The first run, after which so many entries are there; with more than one, the main file's has the
    /// others.
    void fill(std::size_t count) {
        run([&] { return files().size() >= count && companions() + 1 >= count; });
    }
    /// How many entries the fullest file has beside its own.
    std::size_t companions() const {
        std::size_t most = 0;
        for (const std::string& file : files()) {
            const std::string bytes = content_of(file);
            std::string_view rest = bytes;
            std::size_t count = 0;
            for (auto head = peek_entry(rest, rest.size()); head; head = peek_entry(rest, rest.size())) {
                rest.remove_prefix(head->size);
                ++count;
            }
            most = std::max(most, count);
        }
        return most == 0 ? 0 : most - 1;
    }
    /// The file that has them.
    std::string fullest() const {
        std::vector<std::string> all = files();
        return *std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::filesystem::file_size(a) < std::filesystem::file_size(b);
        });
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator{options.cache_directory, error})
            if (entry.path().extension() == ".luac") names.push_back(entry.path().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    std::size_t from_bytecode() const {
        return static_cast<std::size_t>(std::count_if(modules_.begin(), modules_.end(),
                                                      [](const ModuleReport& m) { return m.from_bytecode; }));
    }
    std::string complaints() {
        std::string text;
        for (const std::string& line : logged_) text += line + "\n";
        return text;
    }
    /// What was logged since the last call, by the line.
    void take_logged() {
        std::string all = log_text();
        std::istringstream fresh{all.substr(seen_)};
        seen_ = all.size();
        for (std::string line; std::getline(fresh, line);)
            if (line.find("bytecode cache") != std::string::npos) logged_.push_back(line);
    }

    TemporaryDirectory directory;
    std::vector<ModuleReport> modules_;
    std::vector<std::string> logged_;
    std::string error_;
    bool ok_ = false;

private:
    std::size_t seen_ = 0;
};

TEST_F(BytecodeTest, MainFileModulesAndDofileAreStoredAndFound) {
    directory.write("part.lua", "return {deep = require 'deep.er'}");
    directory.write("deep/er.lua", "return 'deeper'");
    const std::string other = directory.write("other.lua", "return 'other'");
    const std::string loaded = directory.write("loaded.lua", "return 'loaded'");
    directory.write("main.lua", "return {a = require 'part'.deep, b = dofile('" + other +
                                    "'), c = loadfile('" + loaded + "')()}");
    fill(5);
    EXPECT_TRUE(ok_);
    EXPECT_EQ(modules_.size(), 5U);
    EXPECT_EQ(from_bytecode(), 0U);
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), 5U);
    EXPECT_EQ(files().size(), 5U);
    EXPECT_EQ(complaints(), "");
    for (const std::string& file : files()) {
        struct stat info {};
        ASSERT_EQ(stat(file.c_str(), &info), 0);
        EXPECT_EQ(info.st_mode & 0777U, 0600U);
    }
    struct stat info {};
    ASSERT_EQ(stat(options.cache_directory.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0700U);
}

TEST_F(BytecodeTest, MessagesNameLinesAsBefore) {
    directory.write("main.lua", "local function inner()\n\n error 'broken'\nend\ninner()");
    fill(1);
    EXPECT_EQ(error_, "main.lua:3: broken");
    run();
    EXPECT_EQ(error_, "main.lua:3: broken");
    EXPECT_EQ(files().size(), 1U);
}

TEST_F(BytecodeTest, TextOfEqualSizeAndTimeIsCompiledAnew) {
    const std::string part = directory.write("part.lua", "return 'old'");
    directory.write("main.lua", "return {value = require 'part'}");
    const utimbuf time{1'600'000'000, 1'600'000'000};
    utime(part.c_str(), &time);
    fill(2);
    directory.write("part.lua", "return 'new'");
    utime(part.c_str(), &time);
    options.config = directory.path("main.lua");
    start("");
    EXPECT_EQ(engine().load().configuration["value"], Value{"new"});
}

TEST_F(BytecodeTest, AFileThatDoesNotCompileIsNotStored) {
    directory.write("main.lua", "this is no Lua");
    run();
    EXPECT_FALSE(ok_);
    EXPECT_TRUE(files().empty());
}

TEST_F(BytecodeTest, WithoutAFolderThereIsNone) {
    options.cache_directory.clear();
    directory.write("main.lua", "return {}");
    run();
    EXPECT_TRUE(ok_);
    EXPECT_EQ(complaints(), "");
}

TEST_F(BytecodeTest, SeveralEnginesAtOnce) {
    for (int i = 0; i < 20; ++i)
        directory.write("m" + std::to_string(i) + ".lua", "return {n = " + std::to_string(i) + "}");
    directory.write("main.lua",
                    "local sum = 0 for i = 0, 19 do sum = sum + require('m' .. i).n end return {sum = sum}");
    std::vector<std::thread> threads;
    std::atomic<int> right{0};
    // None ends before the last has begun: libuv closes its descriptors where the thread sanitizer does not
    // see it, and their numbers would be another thread's.
    std::latch begun{4};
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            std::vector<std::unique_ptr<Engine>> engines;
            for (int round = 0; round < 5; ++round) {
                EngineOptions own;
                own.config = directory.path("main.lua");
                own.cache_directory = options.cache_directory;
                Engine& one = *engines.emplace_back(std::make_unique<Engine>(own));
                one.start();
                if (one.settle(60s) && one.load().configuration["sum"] == Value{190}) ++right;
            }
            begun.arrive_and_wait();
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(right, 20);
}

/// What may have happened to an entry, and what has to be said about it.
struct Damage {
    const char* name;
    std::function<void(const std::string& file)> happen;
    bool complains = true;
};

const Damage damages[] = {
    {"Empty", [](const std::string& f) { replace(f, ""); }},
    {"CutInTheHeader", [](const std::string& f) { replace(f, content_of(f).substr(0, 40)); }},
    {"CutInTheBytecode",
     [](const std::string& f) {
         std::string c = content_of(f);
         c.resize(c.size() - 1);
         replace(f, c);
     }},
    {"Longer", [](const std::string& f) { replace(f, content_of(f) + "x"); }},
    {"AnotherByteInTheBytecode",
     [](const std::string& f) {
         std::string c = content_of(f);
         c[c.size() - 9] ^= 1;
         replace(f, c);
     }},
    {"AnotherVersion",
     [](const std::string& f) {
         std::string c = content_of(f);
         c[8] ^= 1;
         replace(f, c);
     }},
    {"AnotherBuild",
     [](const std::string& f) {
         std::string c = content_of(f);
         c[16] ^= 1;
         replace(f, c);
     }},
    {"OtherBytes", [](const std::string& f) { replace(f, std::string(5000, 'x')); }},
    {"PlainBytecode", [](const std::string& f) { replace(f, "\x1bLua" + std::string(200, '\0')); }},
    {"ALink",
     [](const std::string& f) {
         std::filesystem::rename(f, f + ".real");
         std::filesystem::create_symlink(f + ".real", f);
     }},
    {"APipe",
     [](const std::string& f) {
         std::filesystem::remove(f);
         mkfifo(f.c_str(), 0600);
     }},
    {"OfSomebodyElse", [](const std::string& f) { EXPECT_EQ(chown(f.c_str(), 65534, 65534), 0); }},
    {"OthersMayRead", [](const std::string& f) { chmod(f.c_str(), 0644); }},
    {"OthersMayWrite", [](const std::string& f) { chmod(f.c_str(), 0622); }},
    {"Gone", [](const std::string& f) { std::filesystem::remove(f); }, false},
};

class DamagedEntry : public BytecodeTest, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedEntry, IsReplacedFromTheText) {
    if (GetParam().name == std::string_view{"OfSomebodyElse"} && geteuid() != 0)
        GTEST_SKIP() << "only root can give files away";
    directory.write("main.lua", "return {value = 'right'}");
    fill(1);
    const std::string file = files().at(0);
    GetParam().happen(file);
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), 0U);
    EXPECT_EQ(logged_.size(), GetParam().complains ? 1U : 0U) << complaints();
    fill(1);
    logged_.clear();
    run();
    EXPECT_EQ(from_bytecode(), 1U);
    EXPECT_EQ(complaints(), "");
}

INSTANTIATE_TEST_SUITE_P(All, DamagedEntry, ::testing::ValuesIn(damages),
                         [](const auto& info) { return std::string{info.param.name}; });

TEST_F(BytecodeTest, AnEntryOfAnotherChunkIsNotTaken) {
    directory.write("main.lua", "return {value = 'right'}");
    fill(1);
    const std::string file = files().at(0);
    const std::string bytes = content_of(file);
    std::filesystem::remove(file);
    directory.write("main.lua", "return {value = 'wrong'}");
    fill(1);
    replace(files().at(0), bytes);
    options.config = directory.path("main.lua");
    start("");
    EXPECT_EQ(engine().load().configuration["value"], Value{"wrong"});
}

// --- the main file's entry brings those of the modules

class BundleTest : public BytecodeTest {
protected:
    void write_and_fill() {
        // The fourth has more than is read at once.
        for (std::size_t i = 0; i < parts; ++i)
            directory.write("m" + std::to_string(i) + ".lua", "local text = '" +
                                                                  std::string(i == 3 ? 100'000 : 10, 'x') +
                                                                  "'\nreturn " + std::to_string(i));
        directory.write("order.lua", "return {0, 1, 2, 3, 4, 5}");
        directory.write("main.lua", "local sum = 0\nfor _, i in ipairs(require 'order') do sum = sum + "
                                    "require('m' .. i) end\nreturn {sum = sum}");
        fill(all);
    }
    void remove_all_but(const std::string& kept) {
        for (const std::string& file : files())
            if (file != kept) std::filesystem::remove(file);
    }
    static constexpr std::size_t parts = 6;
    static constexpr std::size_t all = parts + 2; ///< with main file and order
};

TEST_F(BundleTest, OneFileIsEnough) {
    write_and_fill();
    EXPECT_EQ(companions(), all - 1);
    remove_all_but(fullest());
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), all);
    EXPECT_EQ(files().size(), 1U);
    EXPECT_EQ(complaints(), "");
}

TEST_F(BundleTest, InAnotherOrder) {
    write_and_fill();
    remove_all_but(fullest());
    directory.write("order.lua", "return {5, 3, 4, 0, 2, 1}");
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), all - 1);
    EXPECT_EQ(complaints(), "");
}

TEST_F(BundleTest, AChangedModuleTakesItsPlace) {
    write_and_fill();
    const std::string main = fullest();
    directory.write("m2.lua", "return 102");
    const std::string before = content_of(main);
    run([&] { return content_of(main) != before; });
    EXPECT_EQ(from_bytecode(), all - 1);
    remove_all_but(main);
    run();
    EXPECT_EQ(from_bytecode(), all);
    options.config = directory.path("main.lua");
    start("");
    EXPECT_EQ(engine().load().configuration["sum"], Value{0 + 1 + 102 + 3 + 4 + 5});
}

TEST_F(BundleTest, ADamagedCompanionIsToldAndReplaced) {
    write_and_fill();
    const std::string main = fullest();
    std::string bytes = content_of(main);
    bytes[bytes.size() - 9] ^= 1; // of the last module
    replace(main, bytes);
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), all); // it has a file of its own
    EXPECT_EQ(logged_.size(), 1U) << complaints();
    fill(all);
    logged_.clear();
    run();
    EXPECT_EQ(from_bytecode(), all);
    EXPECT_EQ(complaints(), "");
}

TEST_F(BundleTest, CompanionsThatAreCutOff) {
    write_and_fill();
    const std::string main = fullest();
    const std::string bytes = content_of(main);
    replace(main, bytes.substr(0, bytes.size() - 1));
    run();
    EXPECT_TRUE(ok_) << error_;
    EXPECT_EQ(from_bytecode(), all - 1); // all but the main file
    EXPECT_EQ(logged_.size(), 1U) << complaints();
}

// --- the folder

TEST_F(BytecodeTest, AFolderThatOthersMayWriteToIsNotUsed) {
    directory.write("main.lua", "return {}");
    std::filesystem::create_directory(options.cache_directory);
    chmod(options.cache_directory.c_str(), 0777);
    run();
    EXPECT_TRUE(ok_);
    EXPECT_TRUE(files().empty());
    ASSERT_EQ(logged_.size(), 1U) << complaints();
    EXPECT_NE(logged_[0].find("others may write"), std::string::npos);
}

TEST_F(BytecodeTest, AFolderThatOthersMayReadIsClosedToThem) {
    directory.write("main.lua", "return {}");
    std::filesystem::create_directory(options.cache_directory);
    chmod(options.cache_directory.c_str(), 0755);
    fill(1);
    struct stat info {};
    ASSERT_EQ(stat(options.cache_directory.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0700U);
}

TEST_F(BytecodeTest, ALinkToAFolderIsNotUsed) {
    directory.write("main.lua", "return {}");
    std::filesystem::create_directory(directory.path("elsewhere"));
    std::filesystem::create_symlink(directory.path("elsewhere"), options.cache_directory);
    run();
    EXPECT_TRUE(ok_);
    EXPECT_EQ(logged_.size(), 1U) << complaints();
    EXPECT_TRUE(std::filesystem::is_empty(directory.path("elsewhere")));
}

TEST_F(BytecodeTest, AFolderOfSomebodyElseIsNotUsed) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can give folders away";
    directory.write("main.lua", "return {}");
    std::filesystem::create_directory(options.cache_directory);
    ASSERT_EQ(chown(options.cache_directory.c_str(), 65534, 65534), 0);
    run();
    EXPECT_TRUE(ok_);
    EXPECT_TRUE(files().empty());
    ASSERT_EQ(logged_.size(), 1U) << complaints();
    EXPECT_NE(logged_[0].find("belongs to somebody else"), std::string::npos);
}

/// Loads three files and waits for what there is to say about the cache.
class UnwritableTest : public BytecodeTest {
protected:
    UnwritableTest() {
        directory.write("main.lua", "return {a = require 'a', b = require 'b'}");
        directory.write("a.lua", "return 1");
        directory.write("b.lua", "return 2");
    }
    /// The status for the end of a process: 0 when all was as it should be.
    int loads_and_complains_once(std::string_view about) {
        options.config = directory.path("main.lua");
        start("");
        const bool told = eventually([&] { return logged("bytecode cache") > 0; });
        for (int i = 0; i < 20; ++i) settle();
        const bool once = logged("bytecode cache") == 1 && logged(about) == 1;
        return told && once && engine().load().ok ? 0 : 1;
    }
};

TEST_F(UnwritableTest, AFolderThatCannotBeMadeIsToldOnce) {
    directory.write("file", "");
    options.cache_directory = directory.path("file/cache");
    EXPECT_EQ(loads_and_complains_once("Not a directory"), 0) << log_text();
}

#if !defined(__SANITIZE_THREAD__) // it does not follow the threads of forked processes

TEST_F(UnwritableTest, AReadOnlyFolderIsToldOnce) {
    std::filesystem::create_directory(options.cache_directory);
    ASSERT_EQ(chmod(options.cache_directory.c_str(), 0500), 0);
    // Root may write anywhere, so that somebody else has to try.
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0) {
            const bool given = chown(options.cache_directory.c_str(), 65534, 65534) == 0 &&
                               chmod(directory.path("").c_str(), 0755) == 0 && setuid(65534) == 0;
            if (!given) _exit(2);
        }
        _exit(loads_and_complains_once("Permission denied"));
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_TRUE(std::filesystem::is_empty(options.cache_directory));
}

TEST_F(UnwritableTest, AFullDiskIsToldOnce) {
    const pid_t child = fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit tight{100, 100};
        if (setrlimit(RLIMIT_FSIZE, &tight) != 0) _exit(2);
        _exit(loads_and_complains_once("nothing more is stored"));
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    EXPECT_TRUE(std::filesystem::is_empty(options.cache_directory));
}

#endif

// --- for people

TEST_F(BytecodeTest, IsListedAndCleared) {
    directory.write("part.lua", "return 1");
    directory.write("main.lua", "return {require 'part'}");
    fill(2);
    const std::string mine = options.cache_directory + "/notes.txt";
    replace(mine, "mine");
    auto chunks = list_cache(options.cache_directory);
    ASSERT_TRUE(chunks);
    ASSERT_EQ(chunks->size(), 2U);
    std::vector<std::string> names{chunks->at(0).chunk, chunks->at(1).chunk};
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"main.lua", "part.lua"}));
    EXPECT_TRUE(chunks->at(0).usable);
    EXPECT_GT(chunks->at(0).bytes, 100U);
    replace(files().at(0), "damaged");
    chunks = list_cache(options.cache_directory);
    ASSERT_TRUE(chunks);
    EXPECT_EQ(std::count_if(chunks->begin(), chunks->end(), [](const auto& c) { return c.usable; }), 1);
    EXPECT_EQ(*clear_cache(options.cache_directory), 2U);
    EXPECT_TRUE(files().empty());
    EXPECT_EQ(content_of(mine), "mine");
    EXPECT_EQ(list_cache(directory.path("absent"))->size(), 0U);
    EXPECT_EQ(*clear_cache(directory.path("absent")), 0U);
    EXPECT_FALSE(list_cache(directory.path("main.lua")));
}

} // namespace
} // namespace lunette::script::test
