#pragma once

#include <lunette/bind.h>

#include <string>
#include <vector>

namespace lunette::wezterm {

// `color_schemes` with the schemes of the *.toml files in color_scheme_dirs and in the folders `colors`
// beside the configuration. Those of the table win, then earlier folders. A file that is none gives a
// warning. The files are watched. Script thread.
Value with_scheme_files(Script& script, const Value& color_schemes, const Value& color_scheme_dirs,
                        const std::string& config_folder, std::vector<std::string>& warnings);

} // namespace lunette::wezterm
