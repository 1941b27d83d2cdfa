#include "script/load/bytecode_cache.h"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <set>

#include <fmt/format.h>

namespace lunette::script {

namespace {

constexpr std::int64_t hour_s = 3600;
constexpr std::int64_t day_s = 24 * hour_s;
constexpr std::size_t largest_bundle = std::size_t{4} << 20;

bool is_of_other_build(const CacheDirectory& directory, const std::string& name, const Digest& build) {
    const auto bytes = directory.read(name);
    if (!bytes || !*bytes) return true; // nobody can use it
    const auto entry = decode_entry(**bytes);
    return !entry || entry->build != build;
}

/// How many bytes.
Expected<std::size_t> put(const CacheDirectory& folder, const ChunkKey& key, const std::string& bytes) {
    if (const auto written = folder.write(key.file_name(), bytes); !written)
        return tl::unexpected<Error>{written.error()};
    return bytes.size();
}

std::string companions_of(const CacheDirectory& folder, const std::vector<ChunkKey>& keys) {
    std::string all;
    std::set<std::string> names{keys[0].file_name()};
    for (auto key = keys.begin() + 1; key != keys.end(); ++key) {
        const auto [name, is_new] = names.insert(key->file_name());
        if (!is_new) continue;
        const auto bytes = folder.read(*name);
        if (!bytes || !*bytes) continue;
        const auto entry = decode_entry(**bytes);
        if (!entry || !entry->is_of(*key)) continue;
        if (all.size() + entry->bytecode.size() > largest_bundle) break;
        all += encode_entry(*key, entry->bytecode);
    }
    return all;
}

} // namespace

/// What jobs work on; they may end after the cache.
struct BytecodeCache::Shared {
    std::string path;
    std::uint64_t limit;
    std::atomic<std::uint64_t> written{0}; ///< bytes since the folder was tidied
    std::atomic<bool> tidied{false};
    bool gone = false; ///< the cache is; only the script thread looks
};

BytecodeCache::BytecodeCache(std::string directory, std::uint64_t limit, JobPool& jobs, Complain complain)
    : path_{std::move(directory)},
      limit_{limit},
      jobs_{jobs},
      complain_{std::move(complain)},
      shared_{std::make_shared<Shared>()} {
    shared_->path = path_;
    shared_->limit = limit_;
}

BytecodeCache::~BytecodeCache() { shared_->gone = true; }

void BytecodeCache::complain_once(const std::string& message) {
    if (!std::exchange(complained_, true)) complain_("bytecode cache: " + message);
}

const CacheDirectory* BytecodeCache::directory() {
    if (!std::exchange(opened_, true) && enabled()) {
        bool absent = false;
        if (auto opened = CacheDirectory::open(path_, CacheDirectory::Missing::fail, &absent)) {
            reading_ = std::move(*opened);
        } else if (!absent) { // it is made when there is something to store
            complain_once(opened.error().message + "; configurations are compiled each time");
            writable_ = false;
        }
    }
    return reading_ ? &*reading_ : nullptr;
}

std::unique_ptr<BytecodeCache::Hit> BytecodeCache::find(const ChunkKey& key) {
    const CacheDirectory* const folder = directory();
    if (!folder) return nullptr;
    const std::string name = key.file_name();
    std::string problem;
    auto file = folder->open_file(name);
    if (file && !*file) return nullptr;
    if (file) {
        auto hit = std::make_unique<Hit>(Hit{FileWindow{std::move(**file)}, {}});
        if (const auto entry = read_entry(*hit); !entry)
            problem = name + ": " + entry.error().message;
        else if (!entry->is_of(key))
            problem = name + ": it is of another chunk";
        if (problem.empty()) {
            if (std::time(nullptr) - hit->file.file().last_used_s() > hour_s) folder->touch(name);
            return hit;
        }
    } else {
        problem = file.error().message;
    }
    complain_once(problem + "; the text is compiled");
    folder->remove(name);
    return nullptr;
}

Expected<CacheEntryView> BytecodeCache::read_entry(Hit& hit) {
    const std::size_t size = hit.file.file().size();
    const auto decode = [&](std::string_view bytes) { return decode_entry(bytes, size); };
    const auto start = hit.file.at(0, EntryHead::bytes);
    const auto head = peek_entry(start.value_or(std::string_view{}), size);
    auto entry = (head ? hit.file.at(0, head->size) : start).and_then(decode);
    if (entry) hit.entry = *entry;
    return entry;
}

void BytecodeCache::reject(const ChunkKey& key, const std::string& problem) {
    complain_once(key.file_name() + ": " + problem + "; it is made anew");
    if (const CacheDirectory* const folder = directory()) folder->remove(key.file_name());
}

void BytecodeCache::store(ChunkKey key, std::string bytecode) {
    if (!writable_ || bytecode.size() > CacheDirectory::largest_file / 2) return;
    submit([key = std::move(key), bytecode = std::move(bytecode)](const CacheDirectory& folder) {
        return put(folder, key, encode_entry(key, bytecode));
    });
}

void BytecodeCache::bundle(std::vector<ChunkKey> keys) {
    to_bundle_ = std::move(keys);
    if (storing_ == 0) bundle_now();
}

void BytecodeCache::bundle_now() {
    if (to_bundle_.empty() || !writable_) return;
    submit([keys = std::exchange(to_bundle_, {})](const CacheDirectory& folder) -> Expected<std::size_t> {
        const auto first = folder.read(keys[0].file_name());
        if (!first || !*first) return 0; // it is removed already, or its problem is told when it is looked up
        const auto entry = decode_entry(**first);
        if (!entry || !entry->is_of(keys[0])) return 0;
        const std::string companions = companions_of(folder, keys);
        if (companions == std::string_view{**first}.substr(entry->size)) return 0;
        return put(folder, keys[0], encode_entry(keys[0], entry->bytecode, companions));
    });
}

void BytecodeCache::submit(std::function<Expected<std::size_t>(const CacheDirectory&)> write) {
    ++storing_;
    auto problem = std::make_shared<std::string>();
    jobs_.submit(
        [write = std::move(write), problem, shared = shared_] {
            const auto folder = CacheDirectory::open(shared->path, CacheDirectory::Missing::create);
            const auto bytes = folder ? write(*folder) : tl::unexpected<Error>{folder.error()};
            if (!bytes) {
                *problem = bytes.error().message;
                return;
            }
            const std::uint64_t written = shared->written += *bytes;
            if (shared->tidied.exchange(true) && written < shared->limit / 16) return;
            shared->written = 0;
            tidy_cache(*folder, shared->limit, std::time(nullptr));
        },
        [this, problem, shared = shared_] {
            if (shared->gone) return;
            if (!problem->empty()) {
                writable_ = false;
                complain_once(*problem + "; nothing more is stored");
            }
            if (!reading_) opened_ = false; // it may be there now
            if (--storing_ == 0) bundle_now();
        });
}

void tidy_cache(const CacheDirectory& directory, std::uint64_t limit, std::int64_t now_s) {
    for (const auto& left : directory.list(true))
        if (now_s - left.last_used_s > hour_s) directory.remove(left.name);
    std::vector<CacheDirectory::Found> entries = directory.list();
    const Digest& build = ChunkKey::of({}, {}).build;
    std::erase_if(entries, [&](const CacheDirectory::Found& entry) {
        // Another build may be in use beside this one.
        return now_s - entry.last_used_s > day_s && is_of_other_build(directory, entry.name, build) &&
               directory.remove(entry.name);
    });
    std::uint64_t total = 0;
    for (const auto& entry : entries) total += entry.bytes;
    if (total <= limit) return;
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.last_used_s < b.last_used_s; });
    for (const auto& entry : entries) {
        if (total <= limit / 10 * 9) break;
        if (directory.remove(entry.name)) total -= entry.bytes;
    }
}

} // namespace lunette::script
