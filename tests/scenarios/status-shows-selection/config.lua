local wezterm = require 'wezterm'

wezterm.on('update-status', function(window, pane)
  window:set_right_status('{' .. window:get_selection_text_for_pane(pane) .. '}')
end)

return { use_fancy_tab_bar = false }
