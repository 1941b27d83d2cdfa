#!/usr/bin/env python3
"""Writes data/options.inc, the types and defaults of WezTerm's configuration options.

    python3 tools/generate_options.py wezterm-api.json > data/options.inc

Output: one raw string literal of lines "name<TAB>type<TAB>default", sorted by name. Types are those of
parse_option_type() (app/wezterm/options_type.h), defaults are JSON or empty. The input describes its types
and defaults for people; the tables below say the same to a program.
"""
import json
import sys

NAMED_TYPES = {
    'canonicalize_pasted_newlines': 'bool/enum(None|LineFeed|CarriageReturn|CarriageReturnAndLineFeed)?',
    'boolean': 'bool', 'integer': 'int(0,)', 'number': 'num', 'string': 'str', 'string (path)': 'str',
    'color string': 'color', 'modifier string': 'mods',
    'BoldBrightening': 'bool/enum(No|BrightAndBold|BrightOnly)',
    'EasingFunction': 'enum(Linear|Ease|EaseIn|EaseInOut|EaseOut|Constant)/@CubicBezier',
    'FreeTypeLoadFlags': 'flags(DEFAULT|NO_HINTING|NO_BITMAP|FORCE_AUTOHINT|MONOCHROME|NO_AUTOHINT|NO_SVG|SVG_ONLY)',
    'WindowDecorations': 'flags(NONE|TITLE|RESIZE|INTEGRATED_BUTTONS|MACOS_FORCE_DISABLE_SHADOW'
                         '|MACOS_FORCE_ENABLE_SHADOW|MACOS_FORCE_SQUARE_CORNERS'
                         '|MACOS_USE_BACKGROUND_COLOR_AS_TITLEBAR_COLOR)',
    'IntegratedTitleButtonColor': 'str', 'GpuInfo': 'any',
}
TYPES = {
    'macos_window_background_blur': 'int', 'scrollback_lines': 'int(0,999999999)', 'initial_rows': 'int(1,65535)',
    'initial_cols': 'int(1,65535)', 'line_height': 'num(0,)', 'max_fps': 'int(0,255)', 'animation_fps': 'int(0,255)',
    'unicode_version': 'int(0,255)', 'resolved_palette': 'any', 'exec_domains': '[@ExecDomain]',
}
LINKS = [(r'\((\w+://\S+)\)', '$1', 1), (r'\[(\w+://\S+)\]', '$1', 1), (r'<(\w+://\S+)>', '$1', 1),
         (r'\b\w+://[^\s()]*\(\S*\)(?=\s|$|[^_/a-zA-Z0-9-])', '$0', 0), (r'\b\w+://\S+[_/a-zA-Z0-9-]', '$0', 0),
         (r'\b\w+@[\w-]+(\.[\w-]+)+\b', 'mailto:$0', 0)]
STRUCT = {}  # every field from the struct's own defaults
DEFAULTS = {
    'line_height': 1.0, 'integrated_title_buttons': ['Hide', 'Maximize', 'Close'],
    'font_rules': [], 'integrated_title_button_style': 'Windows', 'integrated_title_button_color': 'auto',
    'font': {'font': [{'family': 'JetBrains Mono'}]}, 'window_frame': STRUCT, 'tab_bar_style': STRUCT,
    'char_select_fg_color': '#bfbfbf', 'command_palette_fg_color': '#bfbfbf', 'pane_select_fg_color': '#bfbfbf',
    'pane_select_bg_color': 'rgba(0% 0% 0% 50%)', 'win32_acrylic_accent_color': 'rgba(15.6863% 15.6863% 15.6863% 0.3923%)',
    'resolved_palette': None, 'scrollback_lines': 3500, 'default_gui_startup_args': ['start'],
    'initial_rows': 24, 'initial_cols': 80, 'font_locator': 'FontConfig',
    'hyperlink_rules': [{'regex': r, 'format': f, 'highlight': h} for r, f, h in LINKS],
    'harfbuzz_features': ['kern', 'liga', 'clig'], 'wsl_domains': None, 'ssh_domains': None,
    'unix_domains': [{'name': 'unix'}], 'mux_env_remove': ['SSH_AUTH_SOCK', 'SSH_CLIENT', 'SSH_CONNECTION'],
    'prefer_egl': True, 'window_padding': STRUCT, 'window_content_alignment': STRUCT, 'foreground_text_hsb': STRUCT,
    'inactive_pane_hsb': {'hue': 1.0, 'saturation': 0.9, 'brightness': 0.8}, 'check_for_updates': True,
    'show_update_window': False, 'visual_bell': STRUCT, 'daemon_options': STRUCT,
    'tiling_desktop_environments': ['X11 LG3D', 'X11 Qtile', 'X11 awesome', 'X11 bspwm', 'X11 dwm', 'X11 i3', 'X11 xmonad'],
    'skip_close_confirmation_for_processes_named':
        ['bash', 'sh', 'zsh', 'fish', 'tmux', 'nu', 'nu.exe', 'cmd.exe', 'pwsh.exe', 'powershell.exe'],
    'swallow_mouse_click_on_window_focus': False, 'quote_dropped_files': 'SpacesOnly',
    'ui_key_cap_rendering': 'UnixLong',
}
# Of WezTerm's nightly builds, later than the input: name -> type, default.
LATER = {
    'cell_widths': ('[@CellWidth]?', None), 'char_select_font': ('@TextStyle?', None),
    'command_palette_font': ('@TextStyle?', None), 'command_palette_line_height': ('num', 1.0),
    'dim_opacity': ('num?', None), 'enable_checksum_rectangular_area': ('bool', False),
    'kde_window_background_blur': ('bool', False),
    'launcher_alphabet': ('str', '1234567890abcdefghilmnopqrstuvwxyz'), 'pane_select_font': ('@TextStyle?', None),
    'quick_select_remove_styling': ('bool', False), 'reverse_video_cursor_min_contrast': ('num(0,)', 2.5),
    'text_min_contrast_ratio': ('num(0,)?', None), 'track_bold_and_dim_separately': ('bool', False),
    'wayland_window_background_blur': ('bool', False),
}


def type_text(name, text, enums):
    if name in TYPES:
        return TYPES[name]
    if text.endswith(' | nil'):
        return type_text('', text[:-len(' | nil')], enums) + '?'
    if text.startswith('array of '):
        return '[' + type_text('', text[len('array of '):], enums) + ']'
    if text.startswith('map string -> '):
        return '{' + type_text('', text[len('map string -> '):], enums) + '}'
    if text.startswith('Dimension'):
        return 'dim'
    if text in NAMED_TYPES:
        return NAMED_TYPES[text]
    if isinstance(enums.get(text), list):
        return 'enum(' + '|'.join(enums[text]) + ')'
    return '@' + text


def default_text(name, default):
    if name in DEFAULTS:
        default = DEFAULTS[name]
    elif default == '{}':
        default = []
    return '' if default is None else json.dumps(default, ensure_ascii=False)


def main():
    api = json.load(open(sys.argv[1], encoding='utf-8'))
    enums = api['types']['enums']
    print('R"data(')
    known = {o['name']: (type_text(o['name'], o['type'], enums), default_text(o['name'], o['default']))
             for o in api['config']}
    for name, (of_type, default) in LATER.items():
        known[name] = (of_type, default_text(name, default))
    for name in sorted(known, key=str.encode):
        print(name, *known[name], sep='\t')
    print(')data"')


main()
