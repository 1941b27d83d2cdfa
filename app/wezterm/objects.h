#pragma once

#include <lunette/bind.h>

#include <memory>

// WezTerm's objects over the records of the model. Each function describes one; install() registers them.
namespace lunette::wezterm {

class ProcessInterest;

Object window_gui_object(); // "Window"
Object window_mux_object(); // "MuxWindow"
Object tab_mux_object();    // "MuxTab"
Object tab_information();
Object pane_live_object(); // "Pane", which is MuxPane too
Object pane_information(std::shared_ptr<ProcessInterest> interest);
Object domain_object();

Object color_object();
Object time_object();
Object url_object();
Object global_object();
Object nerdfonts_object();

} // namespace lunette::wezterm
