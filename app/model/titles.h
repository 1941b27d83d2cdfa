#pragma once

#include "model/records.h"
#include "model/styled_text.h"
#include "model/tab_bar_layout.h"

#include <string>

// The titles that are shown where no handler says otherwise. Pure functions; any thread.
namespace lunette::model {

StyledText default_tab_title(const TabInfo& tab, const TabBarOptions& options);
std::string default_window_title(const WindowInfo& window);

} // namespace lunette::model
