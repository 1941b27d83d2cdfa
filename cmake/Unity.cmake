# Builds with CMAKE_UNITY_BUILD compile the files of a target in batches, which takes a quarter of the time; the
# presets of the sanitizers do. A file stands here when a name that it has for itself is also one of another file of
# its target: it is compiled alone. Folders are relative to the repository.
set(LUNETTE_ALONE
    app/cli/profile.cpp
    app/cli/profile_text.cpp
    app/cli/remote_output.cpp
    app/cli/scenario_player.cpp
    app/cli/session_commands.cpp
    app/cli/why.cpp
    app/model/known_assignments.cpp
    app/model/width_rules.cpp
    app/server/help_page.cpp
    app/server/key_chords.cpp
    app/server/key_explanation.cpp
    app/server/modes/pane_modes.cpp
    app/server/modes/quick_select_mode.cpp
    app/server/session_log.cpp
    app/server/toasts.cpp
    app/server/ui_loop.cpp
    app/ui/list_overlay.cpp
    app/ui/page_overlay.cpp
    app/wezterm/data_formats.toml.cpp
    app/wezterm/data_formats.yaml.cpp
    app/wezterm/evaluation.cpp
    app/wezterm/named_colors.cpp
    app/wezterm/options.cpp
    app/wezterm/options_check.cpp
    app/wezterm/options_type.cpp
    app/wezterm/palette_value.cpp
    app/wezterm/schemes.cpp
    app/wezterm/ssh_config.cpp
    app/wezterm/time_text.cpp
    app/wezterm/url.cpp
    app/wezterm/window_object.cpp
    src/lua/lazy_table.cpp
    src/lua/stdlib/table_gather.cpp
    src/script/io/clock_format.cpp
    src/script/io/glob.cpp
    src/script/io/std_files.cpp
    src/script/io/std_processes.cpp
    src/script/load/file_signature.cpp
    src/state/record_compare.cpp
    tests/unit/cli/check_test.cpp
    tests/unit/model/titles_test.cpp
    tests/unit/server/mouse_test.cpp
    tests/unit/server/pages_test.cpp
    tests/unit/server/prefix_test.cpp
    tests/unit/server/terminal_cells_test.cpp
    tests/unit/server/ui_loop_test.cpp
    tests/unit/state/record_index_test.cpp
    tests/unit/terminal/rectangle_test.cpp
    tests/unit/terminal/reports_test.cpp
    tests/unit/terminal/resize_test.cpp
    tests/unit/ui/page_overlay_test.cpp
    tests/unit/ui/select_overlays_test.cpp
    tests/unit/view/view_mailbox_test.cpp
    tests/unit/view/view_table_test.cpp
    tests/unit/wezterm_config/keys_test.cpp
    tests/unit/wezterm_config/setup_test.cpp
)
list(TRANSFORM LUNETTE_ALONE PREPEND ${CMAKE_SOURCE_DIR}/)

# lunette_unity(TARGET): says so for the files of one target. Source properties hold in one directory only.
function(lunette_unity target)
    set_source_files_properties(${LUNETTE_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # Said of every test fixture that is not in the main file.
        target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
endfunction()
