#include "script/load/cache_entry.h"

#include <cstring>

#include <lua.h>

#include "script/load/build_id.h"
#include "script/load/cache_directory.h"

namespace lunette::script {

namespace {

constexpr char magic[8] = {'L', 'u', 'n', 'e', 't', 't', 'e', '\n'};
constexpr std::uint32_t layout = 2;

// As it lies in the file. Files never leave the machine, so its byte order is the machine's.
struct Header {
    char magic[8];
    std::uint32_t layout;
    std::uint32_t lua_release;
    Digest build, text;
    std::uint64_t text_size, name_size, bytecode_size;
    std::uint64_t companions_size;
    Digest checksum; ///< over the header with zeros here, name and bytecode
};
static_assert(sizeof(Header) == 96);

Digest checksum_of(Header header, std::string_view rest) {
    header.checksum = {};
    const Digest parts[] = {
        digest_of({reinterpret_cast<const char*>(&header), sizeof header}), // no padding: see the size above
        digest_of(rest),
    };
    return digest_of({reinterpret_cast<const char*>(parts), sizeof parts});
}

bool fits(const Header& header, std::size_t size) noexcept {
    return header.name_size <= size && header.bytecode_size <= size - header.name_size;
}

} // namespace

ChunkKey ChunkKey::of(std::string_view text, std::string name) {
    return {build_id(), digest_of(text), text.size(), std::move(name)};
}

std::string ChunkKey::file_name() const {
    const Digest parts[] = {build, text, digest_of(name)};
    std::string file = digest_of({reinterpret_cast<const char*>(parts), sizeof parts}).hex();
    file += CacheDirectory::suffix;
    return file;
}

bool CacheEntryView::is_of(const ChunkKey& key) const noexcept {
    return build == key.build && text == key.text && text_size == key.text_size && name == key.name;
}

std::string encode_entry(const ChunkKey& key, std::string_view bytecode, std::string_view companions) {
    Header header{{},
                  layout,
                  LUA_VERSION_RELEASE_NUM,
                  key.build,
                  key.text,
                  key.text_size,
                  key.name.size(),
                  bytecode.size(),
                  companions.size(),
                  {}};
    std::memcpy(header.magic, magic, sizeof magic);
    std::string bytes;
    bytes.reserve(sizeof header + key.name.size() + bytecode.size() + companions.size());
    bytes.resize(sizeof header);
    bytes += key.name;
    bytes += bytecode;
    header.checksum = checksum_of(header, std::string_view{bytes}.substr(sizeof header));
    std::memcpy(bytes.data(), &header, sizeof header);
    bytes += companions;
    return bytes;
}

Expected<CacheEntryView> decode_entry(std::string_view bytes, std::size_t file_size) {
    Header header;
    if (bytes.size() < sizeof header) return failure("it is cut off");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, magic, sizeof magic) != 0) return failure("it is something else");
    if (header.layout != layout || header.lua_release != LUA_VERSION_RELEASE_NUM)
        return failure("it is of another version");
    if (!fits(header, bytes.size() - sizeof header)) return failure("it is cut off");
    const std::string_view rest = bytes.substr(sizeof header, header.name_size + header.bytecode_size);
    const std::size_t size = sizeof header + rest.size();
    if (file_size < size || header.companions_size != file_size - size) return failure("it is cut off");
    if (checksum_of(header, rest) != header.checksum) return failure("it is damaged");
    return CacheEntryView{header.build,
                          header.text,
                          header.text_size,
                          rest.substr(0, header.name_size),
                          rest.substr(header.name_size),
                          size};
}

std::optional<EntryHead> peek_entry(std::string_view bytes, std::size_t room) noexcept {
    static_assert(EntryHead::bytes == sizeof(Header));
    Header header;
    if (bytes.size() < sizeof header || room < sizeof header) return std::nullopt;
    std::memcpy(&header, bytes.data(), sizeof header);
    if (!fits(header, room - sizeof header)) return std::nullopt;
    return EntryHead{header.text, sizeof header + header.name_size + header.bytecode_size};
}

} // namespace lunette::script
