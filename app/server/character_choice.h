#pragma once

#include "mux/mux.h"
#include "server/frecency.h"
#include "ui/char_select_overlay.h"

#include <cstdint>
#include <memory>
#include <string_view>

// What PaneSelect and CharSelect choose from, and what becomes of the choice. UI thread only.
namespace lunette::server {

// `group`: the one to begin with, as CharSelect names it; empty: those used lately, if there are any.
std::unique_ptr<ui::CharSelectOverlay> make_character_overlay(std::string_view group, Frecency& used,
                                                              std::int64_t now_s);

// PaneSelect's modes: "Activate" (or empty), "SwapWithActive", "SwapWithActiveKeepFocus", "MoveToNewTab",
// "MoveToNewWindow".
mux::Reply use_pane(mux::Mux& mux, std::string_view mode, Id active, Id chosen);

} // namespace lunette::server
