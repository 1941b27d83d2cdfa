#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <lunette/bind.h>

#include "script/load/digest.h"

namespace lunette::script {

/// Which chunk an entry is of: its text and the name that messages call it by. A name leads to one entry per
/// text and build.
struct ChunkKey {
    Digest build;
    Digest text;
    std::uint64_t text_size = 0;
    std::string name;

    static ChunkKey of(std::string_view text, std::string name);
    /// Of the file that holds the entry.
    std::string file_name() const;
};

/// The bytes of an entry: a header that says what it is, the chunk's name, the bytecode; with a checksum over
/// all of it. Behind them may lie other entries, the *companions*, each with its own checksum.
std::string encode_entry(const ChunkKey& key, std::string_view bytecode, std::string_view companions = {});

struct CacheEntryView {
    Digest build, text;
    std::uint64_t text_size;
    std::string_view name, bytecode; ///< in the bytes that were decoded
    std::size_t size;                ///< of the entry; its companions follow
    bool is_of(const ChunkKey& key) const noexcept;
};
/// Of bytes that begin with an entry; its companions may be missing, if the file is that long. Fails on
/// anything but a whole, unchanged entry of this layout. Companions are not looked at.
Expected<CacheEntryView> decode_entry(std::string_view bytes, std::size_t file_size);
inline Expected<CacheEntryView> decode_entry(std::string_view bytes) {
    return decode_entry(bytes, bytes.size());
}

/// What an entry claims to be, by its first bytes.
struct EntryHead {
    static constexpr std::size_t bytes = 96;
    Digest text;
    std::size_t size; ///< without companions
};
/// Nothing: no entry begins so, or it has more than `room` bytes.
std::optional<EntryHead> peek_entry(std::string_view bytes, std::size_t room) noexcept;

} // namespace lunette::script
