#pragma once

#include "lua/lua_api.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace lunette::lua::stdlib {

// Collects a result string. Unlike luaL_Buffer it may be copied into a userdata and used after a yield, lets
// the stack be used freely meanwhile, and its growth runs the collector before it fails. Starts in memory of
// the caller and moves into a userdata at stack slot `box`, which the caller keeps for it.
class ByteBuffer {
public:
    ByteBuffer(char* initial, std::size_t capacity, int box, std::size_t limit)
        : data_(initial), capacity_(std::min(capacity, limit)), limit_(limit), box_(box) {}

    // Room for `count` more bytes; raises when the result would exceed the limit.
    char* reserve(lua_State* L, std::size_t count) {
        if (count > capacity_ - size_) grow(L, count);
        return data_ + size_;
    }
    void commit(std::size_t count) { size_ += count; }

    void append(lua_State* L, std::string_view text) {
        if (text.empty()) return;
        std::memcpy(reserve(L, text.size()), text.data(), text.size());
        size_ += text.size();
    }
    void append(lua_State* L, char c) {
        *reserve(L, 1) = c;
        ++size_;
    }

    // Moves the bytes out of the initial memory, so that they survive the caller's frame.
    void detach(lua_State* L) {
        if (!boxed_) rehouse(L, capacity_ > 0 ? capacity_ : 1);
    }
    void push(lua_State* L) const { lua_pushlstring(L, data_, size_); }

private:
    void grow(lua_State* L, std::size_t count);
    void rehouse(lua_State* L, std::size_t capacity);

    char* data_;
    std::size_t size_ = 0;
    std::size_t capacity_;
    std::size_t limit_;
    int box_;
    bool boxed_ = false;
};

} // namespace lunette::lua::stdlib
