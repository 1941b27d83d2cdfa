#include "wezterm/data_formats.h"
#include "wezterm/options_type.h"
#include "wezterm/sorted_lines.h"

#include <cassert>
#include <utility>

// WezTerm's structs of options (config/src/config.rs and its neighbours), each after those it refers to. A
// struct whose name ends in '~' takes fields that it does not know: WezTerm does not report them either. Then
// "field type default"; the default is JSON, '!' says that the field must be there. A default behind '!' is
// used where parts of the wrong type are left out.
namespace lunette::wezterm {

namespace {

constexpr std::string_view structs = R"data(
CubicBezier
 CubicBezier [num] !
HsbTransform
 hue num(0,) 1.0
 saturation num(0,) 1.0
 brightness num(0,) 1.0
CellWidth
 first int(0,) !
 last int(0,) !
 width int(0,) !
TabBarStyle
 new_tab str " + "
 new_tab_hover str " + "
 window_hide str " . "
 window_hide_hover str " . "
 window_maximize str " - "
 window_maximize_hover str " - "
 window_close str " X "
 window_close_hover str " X "
TabBarColor
 bg_color color !"#333333"
 fg_color color !"#808080"
 intensity enum(Normal|Bold|Half) "Normal"
 underline enum(None|Single|Double|Curly|Dotted|Dashed) "None"
 italic bool false
 strikethrough bool false
TabBarColors
 background color?
 active_tab @TabBarColor?
 inactive_tab @TabBarColor?
 inactive_tab_hover @TabBarColor?
 new_tab @TabBarColor?
 new_tab_hover @TabBarColor?
 inactive_tab_edge color?
 inactive_tab_edge_hover color?
Palette
 foreground color?
 background color?
 cursor_fg color?
 cursor_bg color?
 cursor_border color?
 selection_fg color?
 selection_bg color?
 ansi [color]?
 brights [color]?
 indexed {color} {}
 tab_bar @TabBarColors?
 scrollbar_thumb color?
 split color?
 visual_bell color?
 compose_cursor color?
 copy_mode_active_highlight_fg spec?
 copy_mode_active_highlight_bg spec?
 copy_mode_inactive_highlight_fg spec?
 copy_mode_inactive_highlight_bg spec?
 quick_select_label_fg spec?
 quick_select_label_bg spec?
 quick_select_match_fg spec?
 quick_select_match_bg spec?
 input_selector_label_fg spec?
 input_selector_label_bg spec?
 launcher_label_fg spec?
 launcher_label_bg spec?
FontAttributes~
 family str !
 weight num/str?
 stretch str?
 style str?
 italic bool?
 harfbuzz_features [str]?
 freetype_load_target str?
 freetype_render_target str?
 freetype_load_flags str?
 scale num?
 assume_emoji_presentation bool?
TextStyle
 font [@FontAttributes] !
 foreground color?
StyleRule
 bold bool?
 dim bool?
 intensity enum(Normal|Bold|Half)?
 underline enum(None|Single|Double|Curly|Dotted|Dashed)?
 italic bool?
 blink enum(None|Slow|Rapid)?
 reverse bool?
 strikethrough bool?
 invisible bool?
 font @TextStyle !
WindowFrameConfig
 inactive_titlebar_bg color "#333333"
 active_titlebar_bg color "#333333"
 inactive_titlebar_fg color "#cccccc"
 active_titlebar_fg color "#ffffff"
 inactive_titlebar_border_bottom color "#2b2042"
 active_titlebar_border_bottom color "#2b2042"
 button_fg color "#cccccc"
 button_bg color "#333333"
 button_hover_fg color "#ffffff"
 button_hover_bg color "#1f1f1f"
 font @TextStyle?
 font_size num?
 border_left_width dim "0px"
 border_right_width dim "0px"
 border_top_height dim "0px"
 border_bottom_height dim "0px"
 border_left_color color?
 border_right_color color?
 border_top_color color?
 border_bottom_color color?
WindowPadding
 left dim "1cell"
 right dim "1cell"
 top dim "0.5cell"
 bottom dim "0.5cell"
WindowContentAlignment
 horizontal enum(Left|Center|Right) "Left"
 vertical enum(Top|Center|Bottom) "Top"
Gradient
 orientation any "Horizontal"
 colors [str] []
 preset str?
 interpolation enum(Linear|Basis|CatmullRom) "Linear"
 blend enum(Rgb|LinearRgb|Hsv|Oklab) "Rgb"
 segment_size int(0,)?
 segment_smoothness num?
 noise int(0,)?
BackgroundLayer
 source any !
 origin enum(BorderBox|PaddingBox) "BorderBox"
 attachment any "Fixed"
 repeat_x enum(Repeat|Mirror|NoRepeat) "Repeat"
 repeat_x_size dim?
 repeat_y enum(Repeat|Mirror|NoRepeat) "Repeat"
 repeat_y_size dim?
 vertical_align enum(Top|Middle|Bottom) "Top"
 vertical_offset dim?
 horizontal_align enum(Left|Center|Right) "Left"
 horizontal_offset dim?
 opacity num 1.0
 hsb @HsbTransform {}
 width enum(Cover|Contain)/dim "Cover"
 height enum(Cover|Contain)/dim "Cover"
VisualBell
 fade_in_duration_ms int(0,) 0
 fade_in_function enum(Linear|Ease|EaseIn|EaseInOut|EaseOut|Constant)/@CubicBezier "Ease"
 fade_out_duration_ms int(0,) 0
 fade_out_function enum(Linear|Ease|EaseIn|EaseInOut|EaseOut|Constant)/@CubicBezier "Ease"
 target enum(BackgroundColor|CursorColor) "BackgroundColor"
HyperlinkRule
 regex str !
 format str !
 highlight int(0,) 0
Key~
 key key !
 mods mods "NONE"
 action action "Nop"
LeaderKey~
 key key !
 mods mods "NONE"
 timeout_milliseconds int(0,) 1000
MouseButtonEvent
 streak int(1,) !
 button enum(Left|Middle|Right|None)/{int} !
MouseEvent~
 Down @MouseButtonEvent?
 Up @MouseButtonEvent?
 Drag @MouseButtonEvent?
Mouse~
 event @MouseEvent !
 mods mods "NONE"
 mouse_reporting bool false
 alt_screen bool/enum(Any) "Any"
 action action "Nop"
GuiPosition
 x dim !
 y dim !
 origin any "ScreenCoordinateSystem"
SpawnCommand~
 label str?
 args [str]?
 cwd str?
 set_environment_variables {str} {}
 domain str/{str/int} "CurrentPaneDomain"
 position @GuiPosition?
UnixDomain
 name str !
 socket_path str?
 connect_automatically bool false
 no_serve_automatically bool false
 serve_command [str]?
 proxy_command [str]?
 skip_permissions_check bool false
 read_timeout any?
 write_timeout any?
 local_echo_threshold_ms int(0,)?
 overlay_lag_indicator bool false
SshDomain
 name str !
 remote_address str !
 no_agent_auth bool false
 username str?
 connect_automatically bool false
 timeout any?
 local_echo_threshold_ms int(0,)?
 overlay_lag_indicator bool false
 remote_wezterm_path str?
 override_proxy_command str?
 ssh_backend enum(Ssh2|LibSsh)?
 multiplexing enum(WezTerm|None) "WezTerm"
 ssh_option {str} {}
 default_prog [str]?
 assume_shell enum(Unknown|Posix) "Unknown"
TlsDomainServer
 bind_address str !
 pem_private_key str?
 pem_cert str?
 pem_ca str?
 pem_root_certs [str] []
TlsDomainClient
 name str !
 bootstrap_via_ssh str?
 remote_address str !
 pem_private_key str?
 pem_cert str?
 pem_ca str?
 pem_root_certs [str] []
 accept_invalid_hostnames bool false
 expected_cn str?
 connect_automatically bool false
 read_timeout any?
 write_timeout any?
 local_echo_threshold_ms int(0,)?
 remote_wezterm_path str?
 overlay_lag_indicator bool false
WslDomain
 name str !
 distribution str?
 username str?
 default_cwd str?
 default_prog [str]?
SerialDomain
 name str !
 port str?
 baud int(0,)?
ExecDomain~
 name str !
 fixup_command str?
 label any?
DaemonOptions
 pid_file str?
 stdout str?
 stderr str?
)data";

std::string_view take_word(std::string_view& line) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size() < line.size() ? word.size() + 1 : line.size());
    return word;
}

OptionField parse_field(std::string_view line, const OptionStructs& structs) {
    OptionField field;
    field.name = take_word(line);
    field.type = parse_option_type(take_word(line), structs);
    field.required = !line.empty() && line.front() == '!';
    if (field.required) line.remove_prefix(1);
    if (!line.empty()) {
        auto value = decode_data(DataFormat::json, line);
        assert(value);
        field.default_value = std::move(*value);
    }
    return field;
}

OptionStructs parse() {
    OptionStructs all;
    std::string_view rest = SortedLines{structs}.text();
    while (!rest.empty()) {
        std::string_view line = SortedLines::take_line(rest);
        if (line.front() == ' ') {
            OptionField field = parse_field(line.substr(1), all);
            all.back().fields.push_back(std::move(field));
        } else {
            OptionStruct& one = all.emplace_back();
            one.open = line.back() == '~';
            if (one.open) line.remove_suffix(1);
            one.name = line;
        }
    }
    return all;
}

} // namespace

const OptionStructs& option_structs() {
    static const OptionStructs all = parse();
    return all;
}

} // namespace lunette::wezterm
