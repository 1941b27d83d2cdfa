#include "lua/stdlib/byte_buffer.h"

namespace lunette::lua::stdlib {

void ByteBuffer::grow(lua_State* L, std::size_t count) {
    if (size_ > limit_ || count > limit_ - size_) luaL_error(L, "resulting string too large");
    rehouse(L, std::max(size_ + count, std::min(limit_, capacity_ * 2)));
}

void ByteBuffer::rehouse(lua_State* L, std::size_t capacity) {
    luaL_checkstack(L, 1, nullptr);
    auto* box = static_cast<char*>(lua_newuserdatauv(L, capacity, 0));
    if (size_ > 0) std::memcpy(box, data_, size_);
    lua_replace(L, box_);
    data_ = box;
    capacity_ = capacity;
    boxed_ = true;
}

} // namespace lunette::lua::stdlib
