find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(LIBUV REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(LUA REQUIRED lua5.4-c++)

# The C++ build of Lua, statically: errors unwind C++ frames, and calls need no PLT.
find_library(LUA_STATIC liblua5.4-c++.a REQUIRED)
add_library(lunette_lua_vm INTERFACE)
target_include_directories(lunette_lua_vm SYSTEM INTERFACE ${LUA_INCLUDE_DIRS})
target_link_libraries(lunette_lua_vm INTERFACE ${LUA_STATIC} m dl)

find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
add_library(utf8proc INTERFACE)
target_link_libraries(utf8proc INTERFACE ${UTF8PROC_LIBRARY})

find_library(XXHASH_LIBRARY xxhash REQUIRED)
add_library(xxHash INTERFACE)
target_link_libraries(xxHash INTERFACE ${XXHASH_LIBRARY})

add_library(lunette_data_formats INTERFACE)
target_link_libraries(lunette_data_formats INTERFACE PkgConfig::YAML nlohmann_json::nlohmann_json)

add_library(lunette_api INTERFACE)
target_include_directories(lunette_api INTERFACE ${CMAKE_SOURCE_DIR}/include)
