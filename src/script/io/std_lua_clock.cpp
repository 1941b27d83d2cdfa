#include "script/io/std_lua.h"

namespace lunette::script {

const std::string_view clock_chunk = R"lua(
local native = {}
do
    local exported = ...
    for name, f in pairs(exported) do native[name] = f end
    for name in pairs(native) do exported[name] = nil end
end
local error, pcall, type = error, pcall, type
local date, time, clock, random = os.date, os.time, os.clock, math.random

-- An error in the original points to the caller of its replacement.
local function checked(ok, result)
    if not ok then error(result, 3) end
    return result
end

function os.time(fields)
    if fields ~= nil then
        local result = checked(pcall(time, fields))
        return result
    end
    native.reads_clock(1000000)
    return native.wall_seconds()
end

function os.date(format, at)
    if format == nil then format = "%c" end
    local text = checked(pcall(date, format, at == nil and native.wall_seconds() or at))
    if at == nil then native.reads_date(format) end
    return text
end

function os.clock()
    native.reads_clock(100000)
    return clock()
end

function os.exit()
    error("os.exit is not available here: Lua runs inside a host program and cannot end it", 2)
end

-- The locale belongs to the whole process; nothing but the one that is can be had.
function os.setlocale(locale)
    if locale == nil or locale == "" or locale == "C" or locale == "POSIX" then return "C" end
    return nil
end

os.getenv = native.getenv

function math.random(...)
    native.reads_random()
    return random(...)
end
)lua";

const std::string_view lunette_io_chunk = R"lua(
local module = ...
local read_dir, glob = module.read_dir, module.glob
local reads_file, reads_clock = module.reads_file, module.reads_clock
module.reads_file, module.reads_clock = nil, nil

function module.read_dir(path)
    reads_file(path)
    return read_dir(path)
end

-- What too many directories are behind is looked up again every ten seconds.
function module.glob(pattern, base)
    local paths, directories = glob(pattern, base)
    if not directories then
        reads_clock(10000000)
        return paths
    end
    for _, directory in ipairs(directories) do reads_file(directory) end
    return paths
end
)lua";

} // namespace lunette::script
