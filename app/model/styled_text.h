#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Text with colours and attributes, as titles and status areas carry it from Lua to the screen.
// Values; any thread.
namespace lunette::model {

// A colour as asked for: that of the area the text is shown in, one of 256, a direct one, or none
// at all. A transparent background is the outer terminal's own; transparent text is not seen.
class TextColor {
public:
    enum class Kind : std::uint8_t { inherited, indexed, direct, transparent };

    constexpr TextColor() noexcept = default;
    static constexpr TextColor indexed(std::uint8_t index) noexcept { return TextColor{1U << 24 | index}; }
    static constexpr TextColor direct(std::uint8_t red, std::uint8_t green, std::uint8_t blue) noexcept {
        return TextColor{2U << 24 | static_cast<std::uint32_t>(red) << 16 |
                         static_cast<std::uint32_t>(green) << 8 | blue};
    }

    static constexpr TextColor transparent() noexcept { return TextColor{3U << 24}; }

    constexpr Kind kind() const noexcept { return static_cast<Kind>(bits_ >> 24); }
    constexpr bool is_inherited() const noexcept { return bits_ == 0; }
    // REQUIRES: kind() == Kind::indexed.
    constexpr std::uint8_t index() const noexcept { return static_cast<std::uint8_t>(bits_); }
    // REQUIRES: kind() == Kind::direct.
    constexpr std::uint8_t red() const noexcept { return static_cast<std::uint8_t>(bits_ >> 16); }
    constexpr std::uint8_t green() const noexcept { return static_cast<std::uint8_t>(bits_ >> 8); }
    constexpr std::uint8_t blue() const noexcept { return static_cast<std::uint8_t>(bits_); }
    friend constexpr bool operator==(const TextColor&, const TextColor&) = default;

private:
    explicit constexpr TextColor(std::uint32_t bits) noexcept : bits_{bits} {}
    std::uint32_t bits_ = 0;
};

enum class TextIntensity : std::uint8_t { normal, bold, half };
enum class TextUnderline : std::uint8_t { none, single, double_, curly, dotted, dashed };
enum class TextBlink : std::uint8_t { none, slow, rapid };

// A style that says which attributes it sets: the others come from the area the text is shown in
// (an active tab may be bold by configuration, and "no colour" means the tab's own colour).
struct TextStyle {
    // Bits of `set`.
    enum Attribute : std::uint16_t {
        sets_intensity = 1,
        sets_italic = 2,
        sets_underline = 4,
        sets_strikethrough = 8,
        sets_inverse = 16,
        sets_invisible = 32,
        sets_blink = 64,
        sets_overline = 128,
    };

    TextColor foreground;
    TextColor background;
    TextColor underline_color;
    std::uint16_t set = 0;
    TextIntensity intensity = TextIntensity::normal;
    TextUnderline underline = TextUnderline::none;
    TextBlink blink = TextBlink::none;
    bool italic = false;
    bool strikethrough = false;
    bool inverse = false;
    bool invisible = false;
    bool overline = false;

    // This style where it says something, `base` elsewhere.
    TextStyle over(const TextStyle& base) const noexcept;
    friend constexpr bool operator==(const TextStyle&, const TextStyle&) = default;
};

struct StyledRun {
    std::string text; // valid UTF-8 without control characters
    TextStyle style;
    friend bool operator==(const StyledRun&, const StyledRun&) = default;
};

// Runs in reading order; neighbours differ in style, none is empty: equal cells are equal values.
class StyledText {
public:
    StyledText() = default;
    explicit StyledText(std::string_view plain) { append(plain, {}); }

    // Joins the last run when the style is the same. Invalid UTF-8 becomes U+FFFD, control
    // characters are left out.
    void append(std::string_view text, const TextStyle& style);
    void append(const StyledText& other);

    const std::vector<StyledRun>& runs() const noexcept { return runs_; }
    bool empty() const noexcept { return runs_.empty(); }
    // Without styles.
    std::string plain() const;
    // Cells, cluster by cluster. A cluster that two runs share is counted in pieces, as it is drawn.
    int width() const noexcept;

    // The longest left, or right, part of at most `cells` cells; no cluster is cut in two.
    StyledText truncated_right(int cells) const;
    StyledText truncated_left(int cells) const;

    friend bool operator==(const StyledText&, const StyledText&) = default;

private:
    std::vector<StyledRun> runs_;
};

} // namespace lunette::model
