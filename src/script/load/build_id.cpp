#include "script/load/build_id.h"

#include <cstring>
#include <limits>

#include <elf.h>
#include <fmt/format.h>
#include <link.h>
#include <sys/stat.h>

#include "lua/lua_api.h"

namespace lunette::script {

namespace {

/// The note of the first object, which is the program.
int find_build_note(dl_phdr_info* object, std::size_t, void* data) {
    constexpr auto aligned = [](std::size_t size) { return (size + 3) & ~std::size_t{3}; };
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        const auto* at = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
        const char* const end = at + segment.p_memsz;
        while (at + sizeof(ElfW(Nhdr)) <= end) {
            ElfW(Nhdr) note;
            std::memcpy(&note, at, sizeof note);
            const char* const name = at + sizeof note;
            const char* const content = name + aligned(note.n_namesz);
            if (content + note.n_descsz > end) break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
                static_cast<std::string*>(data)->assign(content, note.n_descsz);
                return 1;
            }
            at = content + aligned(note.n_descsz);
        }
    }
    return 1;
}

Digest compute() {
    std::string text;
    dl_iterate_phdr(find_build_note, &text);
    struct stat program {};
    if (text.empty() && stat("/proc/self/exe", &program) == 0)
        text = fmt::format("{} {}.{}", program.st_size, program.st_mtim.tv_sec, program.st_mtim.tv_nsec);
    text += fmt::format("\n{} {} {} {} {} {} {}", LUA_RELEASE, lua_version(nullptr), sizeof(lua_Integer),
                        sizeof(lua_Number), std::numeric_limits<lua_Number>::digits, sizeof(void*),
                        sizeof(std::size_t));
    return digest_of(text);
}

} // namespace

const Digest& build_id() {
    static const Digest id = compute();
    return id;
}

} // namespace lunette::script
