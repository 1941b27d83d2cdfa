#include "wezterm/options_effects.h"

namespace lunette::wezterm {

namespace {

constexpr auto applied = model::Effect::applied;
constexpr auto adapted = model::Effect::adapted;
constexpr auto accepted = model::Effect::accepted;

// Options that share a fate; the names are words, sorted.
struct Group {
    OptionEffect effect;
    std::string_view names;
};

constexpr Group groups[] = {
    {{applied, ""},
     "audible_bell automatically_reload_config bypass_mouse_reporting_modifiers canonicalize_pasted_newlines "
     "char_select_bg_color char_select_fg_color clean_exit_codes color_scheme color_scheme_dirs "
     "color_schemes colors command_palette_bg_color command_palette_fg_color command_palette_rows "
     "debug_key_events default_cwd default_domain default_prog default_workspace "
     "disable_default_key_bindings disable_default_mouse_bindings "
     "disable_default_quick_select_patterns enable_kitty_keyboard enable_tab_bar enable_title_reporting "
     "enq_answerback exec_domains exit_behavior exit_behavior_messaging force_reverse_video_cursor "
     "hide_tab_bar_if_only_one_tab hyperlink_rules inactive_pane_hsb key_map_preference key_tables keys "
     "launch_menu launcher_alphabet leader max_fps mouse_bindings "
     "mouse_wheel_scrolls_tabs "
     "pane_focus_follows_mouse pane_select_bg_color pane_select_fg_color "
     "quick_select_alphabet quick_select_patterns quick_select_remove_styling "
     "scroll_to_bottom_on_input selection_word_boundary set_environment_variables "
     "show_new_tab_button_in_tab_bar show_tab_index_in_tab_bar show_tabs_in_tab_bar "
     "skip_close_confirmation_for_processes_named status_update_interval "
     "swallow_mouse_click_on_pane_focus swap_backspace_and_delete "
     "switch_to_last_active_tab_when_closing_tab tab_and_split_indices_are_zero_based tab_bar_at_bottom "
     "tab_bar_style term treat_east_asian_ambiguous_width_as_wide unicode_version "
     "unzoom_on_switch_pane window_close_confirmation"},

    {{adapted, "the fancy bar is one row of text in the tab bar's colors"}, "use_fancy_tab_bar"},
    {{adapted, "limits tabs of the retro bar; fancy tabs shrink equally when the bar is full"},
     "tab_max_width"},
    {{adapted, "the button is a sign in the fancy bar's tabs"}, "show_close_tab_button_in_tabs"},
    {{adapted, "its colors paint the fancy bar; fonts and borders belong to the outer terminal"},
     "window_frame"},
    {{adapted, "the default background is left unpainted, so that the outer terminal's own shows through"},
     "background window_background_gradient window_background_image window_background_opacity"},
    {{adapted, "one column, shown while the pane is scrolled back"}, "enable_scroll_bar"},
    {{adapted, "at most a million lines"}, "scrollback_lines"},
    {{adapted, "whole cells, at most 4 a side, when the configuration sets it; pixels and parts of a cell "
               "count as none"},
     "window_padding"},
    {{adapted, "0 makes the cursor steady; any other rate is the outer terminal's"}, "cursor_blink_rate"},
    {{adapted, "the bar and the borders flash; at most three frames"}, "visual_bell"},
    {{adapted, "in panes whose palette the configuration sets, or when it sets this"},
     "bold_brightens_ansi_colors"},
    {{adapted, "lines scrolled per turn of the wheel on the alternate screen"},
     "alternate_buffer_wheel_scroll_speed"},
    {{adapted, "the system's OpenSSH client runs in a pane"}, "ssh_domains"},
    {{adapted, "names of this machine: a session outlives its terminals without a server of its own"},
     "unix_domains"},
    {{adapted, "the size of windows while no terminal is attached"}, "initial_cols initial_rows"},
    {{adapted, "only when the configuration sets it: panes otherwise get the session's environment"},
     "mux_env_remove"},
    {{adapted, "only when the configuration sets it; the outer terminal's own cursor otherwise"},
     "default_cursor_style"},
    {{adapted, "the outer terminal is asked to notify"}, "notification_handling"},
    {{adapted, "bounds the files and processes of this server"}, "ulimit_nofile ulimit_nproc"},

    {{accepted, "the font belongs to the outer terminal"},
     "adjust_window_size_when_changing_font_size allow_square_glyphs_to_overflow_width "
     "anti_alias_custom_block_glyphs cell_width char_select_font char_select_font_size command_palette_font "
     "command_palette_font_size command_palette_line_height "
     "custom_block_glyphs display_pixel_geometry dpi dpi_by_screen experimental_pixel_positioning font "
     "font_colr_rasterizer font_dirs font_locator font_rasterizer font_rules font_shaper font_size "
     "freetype_interpreter_version freetype_load_flags freetype_load_target "
     "freetype_pcf_long_family_names freetype_render_target harfbuzz_features ignore_svg_fonts line_height "
     "pane_select_font pane_select_font_size search_font_dirs_for_fallback sort_fallback_fonts_by_coverage "
     "strikethrough_position underline_position underline_thickness "
     "use_cap_height_to_scale_fallback_fonts warn_about_missing_glyphs"},
    {{accepted, "the outer terminal draws with its own graphics"},
     "enable_wayland enable_zwlr_output_manager foreground_text_hsb front_end glyph_cache_image_cache_size "
     "line_quad_cache_size line_state_cache_size line_to_ele_shape_cache_size prefer_egl shape_cache_size "
     "text_background_opacity use_box_model_render webgpu_force_fallback_adapter webgpu_power_preference "
     "webgpu_preferred_adapter window_background_image_hsb"},
    {{accepted, "the window belongs to the outer terminal"},
     "integrated_title_button_alignment integrated_title_button_color integrated_title_button_style "
     "integrated_title_buttons kde_window_background_blur macos_fullscreen_extend_behind_notch "
     "macos_window_background_blur wayland_window_background_blur "
     "min_scroll_bar_height native_macos_fullscreen_mode quote_dropped_files "
     "swallow_mouse_click_on_window_focus tiling_desktop_environments use_resize_increments "
     "win32_acrylic_accent_color win32_system_backdrop window_content_alignment window_decorations "
     "xcursor_size xcursor_theme"},
    {{accepted, "the outer terminal chooses readable colors"},
     "reverse_video_cursor_min_contrast text_min_contrast_ratio"},
    {{accepted, "bold and dim text are drawn by the outer terminal"},
     "dim_opacity track_bold_and_dim_separately"},
    {{accepted, "programs are never told checksums of the screen"}, "enable_checksum_rectangular_area"},
    {{accepted, "the cursor and blinking text are drawn by the outer terminal"},
     "cursor_blink_ease_in cursor_blink_ease_out cursor_thickness hide_mouse_cursor_when_typing "
     "text_blink_ease_in text_blink_ease_out text_blink_rapid_ease_in text_blink_rapid_ease_out "
     "text_blink_rate text_blink_rate_rapid"},
    {{accepted, "the outer terminal composes what is typed"},
     "ime_preedit_rendering macos_forward_to_ime_modifier_mask send_composed_key_when_left_alt_is_pressed "
     "send_composed_key_when_right_alt_is_pressed treat_left_ctrlalt_as_altgr use_dead_keys use_ime "
     "xim_im_name"},
    {{accepted, "keys are encoded as each program asks for it"},
     "allow_win32_input_mode enable_csi_u_key_encoding"},
    {{accepted, "this program does not look for updates"},
     "check_for_updates check_for_updates_interval_seconds show_update_window"},
    {{accepted, "images are not passed through"}, "allow_download_protocols enable_kitty_graphics"},
    {{accepted, "text is shown in the order in which programs write it"},
     "bidi_direction bidi_enabled normalize_output_to_unicode_nfc"},
    {{accepted, "tuning of WezTerm's own multiplexer; this one paces itself"},
     "default_mux_server_domain mux_output_parser_buffer_size mux_output_parser_coalesce_delay_ms "
     "periodic_stat_logging ratelimit_mux_line_prefetches_per_second"},
    {{accepted, "panes keep the agent of the session that started them"},
     "default_ssh_auth_sock mux_enable_ssh_agent"},
    {{accepted, "the system's OpenSSH client is used"}, "ssh_backend"},
    {{accepted, "there are no such domains here"}, "serial_ports tls_clients tls_servers wsl_domains"},
    {{accepted, "widths follow Unicode's tables, as those of the outer terminal do"}, "cell_widths"},
    {{accepted, "nothing is animated here"}, "animation_fps"},
    {{accepted, "the cursor is the outer terminal's and shows no lock"}, "detect_password_input"},
    {{accepted, "sequences that are not known are ignored in silence"}, "log_unknown_escape_sequences"},
    {{accepted, "a session ends with its last window: there would be nothing to attach to"},
     "quit_when_all_windows_are_closed"},
    {{accepted, "the server looks after its own files"}, "daemon_options"},
    {{accepted, "the command line decides what is started"}, "default_gui_startup_args"},
    {{accepted, "one window is shown in each attached terminal"}, "prefer_to_spawn_tabs"},
    {{accepted, "keys are named as in the configuration"},
     "palette_max_key_assigments_for_action ui_key_cap_rendering"},
    {{accepted, "computed from color_scheme and colors"}, "resolved_palette"},
};

bool holds(std::string_view names, std::string_view name) noexcept {
    while (!names.empty()) {
        const std::size_t end = names.find(' ');
        if (names.substr(0, end) == name) return true;
        if (end == std::string_view::npos) break;
        names.remove_prefix(end + 1);
    }
    return false;
}

} // namespace

OptionEffect option_effect(std::string_view name) noexcept {
    for (const Group& group : groups)
        if (holds(group.names, name)) return group.effect;
    return {};
}

} // namespace lunette::wezterm
